package ocr

import (
	"image"
	"slices"
)

// Cells above each other hold the same kind of thing. That tells numbers from text before anything is read, where digits
// touch, and amounts from codes after it.

// columns groups the cells of a sheet by their left and right borders.
type columns struct {
	of []int // column by cell
	n  int
}

func columnsOf(cells []image.Rectangle) columns {
	const slip = 4 // pixels between the borders of a column's cells
	c := columns{of: make([]int, len(cells))}
	var seen []image.Rectangle
	for i, b := range cells {
		k := slices.IndexFunc(seen, func(o image.Rectangle) bool {
			return abs(o.Min.X-b.Min.X) <= slip && abs(o.Max.X-b.Max.X) <= slip
		})
		if k < 0 {
			k = len(seen)
			seen = append(seen, b)
		}
		c.of[i] = k
	}
	c.n = len(seen)
	return c
}

// markNumbers marks the pieces that are as high as the numbers of their column, or of the sheet: digits that touch are not
// known by their shapes, but Chinese characters are higher than digits.
func (n *session) markNumbers() {
	heights := make([][]int, n.columns.n)
	var all []int
	for i := range n.pieces {
		if p := &n.pieces[i]; p.cell >= 0 && p.number {
			k := n.columns.of[p.cell]
			heights[k] = append(heights[k], p.box.Dy())
			all = append(all, p.box.Dy())
		}
	}
	usual, few := middle(all), len(all) < 8
	for i := range n.pieces {
		p := &n.pieces[i]
		if p.number || p.cell < 0 || p.best.Text != "" {
			continue
		}
		h := usual
		if own := heights[n.columns.of[p.cell]]; len(own) > 2 {
			h = middle(own)
		} else if few {
			continue
		}
		if abs(p.box.Dy()-h) <= 1 && h*10 <= n.em*9 && p.box.Dx() < 10*h {
			p.number = true
		}
	}
}

// middle is the median, 0 of nothing.
func middle(v []int) int {
	if len(v) == 0 {
		return 0
	}
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}

// amounts reports whether the cells above and below a number hold amounts: numbers with decimal points, which codes and
// counts have not.
func (n *session) amounts(p *piece) bool {
	if p.cell < 0 {
		return false
	}
	with, without := 0, 0
	for i := range n.pieces {
		o := &n.pieces[i]
		if o == p || !o.number || o.cell < 0 || len(o.best.Text) < 3 || n.columns.of[o.cell] != n.columns.of[p.cell] {
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

// amountsOnly reports whether the cells above and below a piece hold amounts and hardly anything else.
func (n *session) amountsOnly(p *piece) bool {
	if !n.amounts(p) {
		return false
	}
	numbers, all := 0, 0
	for i := range n.pieces {
		o := &n.pieces[i]
		if o == p || o.cell < 0 || n.columns.of[o.cell] != n.columns.of[p.cell] {
			continue
		}
		all++
		if o.number {
			numbers++
		}
	}
	return numbers*4 >= all*3
}

// pointless reports whether all numbers of a column are wider than their digits by a decimal point, and none has one: a
// column of amounts that lost them all.
func (n *session) pointless(p *piece, m measure) bool {
	if p.cell < 0 {
		return false
	}
	count := 0
	for i := range n.pieces {
		o := &n.pieces[i]
		if !o.number || o.cell < 0 || len(o.best.Text) < 3 || n.columns.of[o.cell] != n.columns.of[p.cell] {
			continue
		}
		if !m.roomForPoint(o, o.best.Text) {
			return false
		}
		count++
	}
	return count > 1
}

func abs(v int) int { return max(v, -v) }
