package caption

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Tables beside each other have titles, units and notes of their own. A line over two of them is parted at the gutter between
// them, and each table reads only its own strip of the page.

// strip is the part of a page, from left to right, that belongs to one of the tables beside each other.
type strip struct{ lo, hi float64 }

var everywhere = strip{math.Inf(-1), math.Inf(1)}

// has reports whether a box lies in a strip or extends over its border: what stands over both tables belongs to both.
func (s strip) has(b model.Rect) bool {
	x := b.Center().X
	return x >= s.lo && x <= s.hi || b.X0 < s.lo && b.X1 > s.lo || b.X0 < s.hi && b.X1 > s.hi
}

// beside is the strip of table i among those of its page.
func beside(tables []model.Rect, i int) strip {
	out, own := everywhere, tables[i]
	for k, other := range tables {
		if k == i || inColumn(other, own) || !level(other, own) {
			continue
		}
		if other.X0 > own.X0 {
			out.hi = math.Min(out.hi, (own.X1+other.X0)/2)
		} else {
			out.lo = math.Max(out.lo, (other.X1+own.X0)/2)
		}
	}
	return out
}

// inColumn reports whether two boxes stand over each other, at least in part.
func inColumn(a, b model.Rect) bool { return a.X0 < b.X1 && b.X0 < a.X1 }

// level reports whether two boxes stand at one height, at least in part.
func level(a, b model.Rect) bool { return a.Y0 < b.Y1 && b.Y0 < a.Y1 }

// partLines parts lines at the gutters between tables beside each other. whole gives the line that each is a part of.
func partLines(tables []model.Rect, lines []model.Line, s Settings) (parts []model.Line, whole []int) {
	for i := range lines {
		cuts := []model.Line{lines[i]}
		for k, table := range tables {
			gutter := beside(tables, k).hi
			if math.IsInf(gutter, 1) || lines[i].Box.Y1 < table.Y0-s.CaptionGap || lines[i].Box.Y0 > table.Y1+s.CaptionGap {
				continue
			}
			last := len(cuts) - 1
			if left, right, ok := partLine(&cuts[last], gutter); ok {
				cuts = append(cuts[:last], left, right)
			}
		}
		for _, c := range cuts {
			parts, whole = append(parts, c), append(whole, i)
		}
	}
	return parts, whole
}

// partLine parts a line at x. It does not if a word stands there, or if all words are on one side.
func partLine(l *model.Line, x float64) (left, right model.Line, ok bool) {
	at := 0
	for at < len(l.Words) && l.Words[at].Box.X1 <= x {
		at++
	}
	if at == 0 || at == len(l.Words) || l.Words[at].Box.X0 < x {
		return left, right, false
	}
	return lineOfWords(l, l.Words[:at]), lineOfWords(l, l.Words[at:]), true
}

// lineOfWords is a line made of some of a line's words.
func lineOfWords(l *model.Line, words []model.Word) model.Line {
	out := *l
	out.Words, out.Text, out.Box = words, "", model.Rect{}
	for i := range words {
		gap := i > 0 && words[i].Box.X0-words[i-1].Box.X1 > 0.12*l.Size
		out.Text = wording.JoinWords(out.Text, words[i].Text, gap)
		out.Box = out.Box.Union(words[i].Box)
	}
	return out
}

// mark marks the lines all parts of which are used.
func mark(used []bool, whole []int, taken []bool) {
	for i := 0; i < len(whole); {
		all, k := true, i
		for ; k < len(whole) && whole[k] == whole[i]; k++ {
			all = all && used[k]
		}
		taken[whole[i]] = taken[whole[i]] || all
		i = k
	}
}
