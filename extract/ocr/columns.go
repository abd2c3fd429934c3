package ocr

import (
	"slices"

	"github.com/countybudget/extract/extract/ocr/shape"
)

// What the other cells of a number's column hold tells whether it is an amount.

// amounts reports whether the cells above and below a number hold amounts: numbers with decimal points, unlike codes and
// counts.
func (n *session) amounts(p *entry) bool {
	if p.Cell < 0 {
		return false
	}
	with, without := 0, 0
	for i := range n.entries {
		o := &n.entries[i]
		if o == p || !o.Number || o.Cell < 0 || len(o.best.Text) < 3 || !n.columns.Same(o.Cell, p.Cell) {
			continue
		}
		if slices.Contains([]byte(o.best.Text), '.') {
			with++
		} else {
			without++
		}
	}
	return with > 0 && with*3 >= without
}

// amountsOnly reports whether the cells above and below a segment hold amounts and hardly anything else.
func (n *session) amountsOnly(p *entry) bool {
	if !n.amounts(p) {
		return false
	}
	numbers, all := 0, 0
	for i := range n.entries {
		o := &n.entries[i]
		if o == p || o.Cell < 0 || !n.columns.Same(o.Cell, p.Cell) {
			continue
		}
		all++
		if o.Number {
			numbers++
		}
	}
	return numbers*4 >= all*3
}

// lostAllPoints reports whether no number of a column has a decimal point, yet all are wider than their digits by one: a column
// of amounts.
func (n *session) lostAllPoints(p *entry, m shape.Widths) bool {
	if p.Cell < 0 {
		return false
	}
	count := 0
	for i := range n.entries {
		o := &n.entries[i]
		if !o.Number || o.Cell < 0 || len(o.best.Text) < 3 || !n.columns.Same(o.Cell, p.Cell) {
			continue
		}
		if !m.RoomForPoint(&o.Segment, o.best.Text) {
			return false
		}
		count++
	}
	return count > 1
}
