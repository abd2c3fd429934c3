// Package dash joins rules that are drawn as dashes, dots or little squares.
package dash

import (
	"cmp"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// Join replaces each run of short, evenly spaced rules on one line by one rule. Longer rules stay apart: the gap
// between them may be intended. A square has no direction, and may be part of a run in either.
func Join(rules []model.Rule) []model.Rule {
	const dash, gap, least = 8.0, 6.0, 4
	var pieces []piece
	for i := range rules {
		r := &rules[i]
		if r.Kind == model.RuleEdge || max(r.Rect.Width(), r.Height()) > dash {
			continue
		}
		pieces = append(pieces, piece{*r, i})
		if square(r) {
			pieces = append(pieces, piece{turned(r), i})
		}
	}
	if len(pieces) < least {
		return rules
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return byPlace(&a.Rule, &b.Rule) })
	drop, runs := map[int]bool{}, map[int][]model.Rule{}
	for start := 0; start < len(pieces); {
		end := start + 1
		for end < len(pieces) && follows(&pieces[end-1].Rule, &pieces[end].Rule, gap) {
			end++
		}
		if end-start >= least {
			first, last := pieces[start].Rule, &pieces[end-1]
			if first.Horizontal() {
				first.X1 = last.X1
			} else {
				first.Y1 = last.Y1
			}
			runs[pieces[start].index] = append(runs[pieces[start].index], first)
			for _, p := range pieces[start:end] {
				drop[p.index] = true
			}
		}
		start = end
	}
	if len(drop) == 0 {
		return rules
	}
	out := make([]model.Rule, 0, len(rules)-len(drop)+len(runs))
	for i := range rules {
		out = append(out, runs[i]...)
		if !drop[i] {
			out = append(out, rules[i])
		}
	}
	return out
}

// piece is a short rule that may be a dash, in one of the directions that it may have.
type piece struct {
	model.Rule
	index int // of the rule on the page
}

// square reports whether a filled rule is about as wide as it is long.
func square(r *model.Rule) bool {
	const even = 0.1 // of the width
	return r.Kind == model.RuleFill && math.Abs(max(r.Rect.Width(), r.Height())-r.Width) <= even*r.Width
}

// turned is a square as a rule of the other direction.
func turned(r *model.Rule) model.Rule {
	out, c := *r, r.Center()
	if r.Horizontal() {
		out.Rect = model.Rect{X0: c.X, Y0: c.Y - r.Width/2, X1: c.X, Y1: c.Y + r.Width/2}
	} else {
		out.Rect = model.Rect{X0: c.X - r.Width/2, Y0: c.Y, X1: c.X + r.Width/2, Y1: c.Y}
	}
	return out
}

// along is a rule's extent in its own direction, and its fixed coordinate.
func along(r *model.Rule) (from, to, across float64) {
	if r.Horizontal() {
		return r.X0, r.X1, r.Y0
	}
	return r.Y0, r.Y1, r.X0
}

// byPlace orders rules by direction, line and place on it.
func byPlace(a, b *model.Rule) int {
	if a.Horizontal() != b.Horizontal() {
		if a.Horizontal() {
			return -1
		}
		return 1
	}
	fa, _, ca := along(a)
	fb, _, cb := along(b)
	if math.Round(ca*4) != math.Round(cb*4) {
		return cmp.Compare(ca, cb)
	}
	return cmp.Compare(fa, fb)
}

// follows reports whether a rule is the next of the same run.
func follows(a, b *model.Rule, gap float64) bool {
	_, ta, ca := along(a)
	fb, _, cb := along(b)
	return a.Horizontal() == b.Horizontal() && math.Abs(ca-cb) <= 0.25 && fb-ta > 0.05 && fb-ta <= gap && a.Color == b.Color
}
