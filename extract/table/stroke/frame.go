package stroke

import (
	"math"
	"sort"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
)

// A frame round a word of a table is no cell. Near a rule of the table it would join with it to a grid of its own, and the table
// would lose the rule.

// unframed drops the rules that frame one line of text closely and meet no other vertical rule. Both lists are sorted by
// position, and stay so. reach is how far apart rules still cross, points.
func unframed(hor, ver []lattice.Span, words []model.Word, reach float64) (h, v []lattice.Span) {
	dropHor, dropVer := map[lattice.Span]bool{}, map[lattice.Span]bool{}
	for _, top := range hor {
		box, sides := frameBelow(top, hor, ver)
		if len(sides) < 4 || !holdsLine(box, words) || joined(box, ver, sides[2:], reach) {
			continue
		}
		dropHor[sides[0]], dropHor[sides[1]], dropVer[sides[2]], dropVer[sides[3]] = true, true, true, true
	}
	if len(dropHor) == 0 {
		return hor, ver
	}
	return without(hor, dropHor), without(ver, dropVer)
}

func without(spans []lattice.Span, drop map[lattice.Span]bool) []lattice.Span {
	var out []lattice.Span
	for _, s := range spans {
		if !drop[s] {
			out = append(out, s)
		}
	}
	return out
}

// frameBelow finds the box whose upper side is a rule and whose other sides are rules of the same extent. sides are its rules:
// top, bottom, left, right; nil if there is none.
func frameBelow(top lattice.Span, hor, ver []lattice.Span) (box model.Rect, sides []lattice.Span) {
	const tallest = 60 // points; a line of larger text is no content of a table
	left, ok := spanAt(ver, top.Lo, top.At, math.Inf(1))
	if !ok || left.Length() > tallest {
		return box, nil
	}
	right, ok := spanAt(ver, top.Hi, left.Lo, left.Hi)
	if !ok {
		return box, nil
	}
	bottom, ok := spanAt(hor, left.Hi, top.Lo, top.Hi)
	if !ok {
		return box, nil
	}
	return model.Rect{X0: left.At, Y0: top.At, X1: right.At, Y1: bottom.At}, []lattice.Span{top, bottom, left, right}
}

// spanAt finds the span at a position that begins at lo and ends at hi, or anywhere if that is infinite.
func spanAt(spans []lattice.Span, at, lo, hi float64) (lattice.Span, bool) {
	const slip = 1 // points by which the sides of a drawn box may miss each other
	i := sort.Search(len(spans), func(i int) bool { return spans[i].At >= at-slip })
	for ; i < len(spans) && spans[i].At <= at+slip; i++ {
		if s := spans[i]; math.Abs(s.Lo-lo) <= slip && (math.IsInf(hi, 1) || math.Abs(s.Hi-hi) <= slip) {
			return s, true
		}
	}
	return lattice.Span{}, false
}

// holdsLine reports whether a box is little larger than the line of text in it. Words are in rows from the top.
func holdsLine(box model.Rect, words []model.Word) bool {
	const wide, high = 0.8, 1.8 // of the box's width, at the least; ems, at the most: two lines need more
	i := sort.Search(len(words), func(i int) bool { return words[i].Baseline() >= box.Y0 })
	covered := 0.0
	for ; i < len(words) && words[i].Baseline() <= box.Y1; i++ {
		if w := &words[i]; box.Contains(w.Box.Center()) {
			if box.Height() > high*w.Em() {
				return false
			}
			covered += w.Box.Width()
		}
	}
	return covered >= wide*box.Width()
}

// joined reports whether a vertical rule other than a box's own sides comes near the box: it is a cell beside others.
func joined(box model.Rect, ver, sides []lattice.Span, reach float64) bool {
	i := sort.Search(len(ver), func(i int) bool { return ver[i].At >= box.X0-reach })
	for ; i < len(ver) && ver[i].At <= box.X1+reach; i++ {
		if v := ver[i]; v != sides[0] && v != sides[1] && v.Lo <= box.Y1+reach && v.Hi >= box.Y0-reach {
			return true
		}
	}
	return false
}
