package stroke

import (
	"math"
	"sort"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
)

// A strike-through runs through the middle of letters, and an underline ends where its words end. Neither is a border: borders
// do not cross texts, and they end at other borders.

// unmarked drops the horizontal lines that strike out or underline words, and those no longer than a minus sign, unless a
// vertical line meets both ends. Words are in rows from the top.
func unmarked(hor, ver []lattice.Span, words []model.Word) []lattice.Span {
	if len(hor) == 0 || len(ver) == 0 {
		return hor
	}
	const sign, near, far = 12, 1, 4 // points
	out := hor[:0]
	for _, h := range hor {
		switch {
		case h.Length() < sign:
			if meets(h.Lo, h.At, far, ver) && meets(h.Hi, h.At, far, ver) {
				out = append(out, h)
			}
		case !marksWords(h, words) || meets(h.Lo, h.At, near, ver) && meets(h.Hi, h.At, near, ver):
			out = append(out, h)
		}
	}
	return out
}

// meets reports whether a vertical line passes near a point.
func meets(x, y, near float64, ver []lattice.Span) bool {
	i := sort.Search(len(ver), func(i int) bool { return ver[i].At >= x-near })
	for ; i < len(ver) && ver[i].At <= x+near; i++ {
		if ver[i].Lo <= y+near && ver[i].Hi >= y-near {
			return true
		}
	}
	return false
}

// marksWords reports whether a horizontal line is drawn through words or right below them, and begins and ends with them.
func marksWords(h lattice.Span, words []model.Word) bool {
	const tallest = 60 // points; larger words are no content of a table
	i := sort.Search(len(words), func(i int) bool { return words[i].Baseline() >= h.At-0.3*tallest })
	covered := 0.0
	for ; i < len(words) && words[i].Baseline() < h.At+tallest; i++ {
		w := &words[i]
		size, up := w.Em(), w.Baseline()-h.At // how far the baseline stands below the line
		if w.Box.X1 < h.Lo || w.Box.X0 > h.Hi || up < -0.3*size || up > 0.7*size {
			continue
		}
		if w.Box.X0 < h.Lo-0.5*size || w.Box.X1 > h.Hi+0.5*size {
			return false // a word that extends beyond the line is not marked by it
		}
		covered += math.Min(w.Box.X1, h.Hi) - math.Max(w.Box.X0, h.Lo)
	}
	return covered >= 0.85*h.Length()
}
