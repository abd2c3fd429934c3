package segment

import (
	"image"
	"math"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// erase removes rules from a sheet's Ink: the dark pixels across each, unless they continue beyond it, as the stroke of a
// character does.
func erase(s *pix.Sheet, rules []Rule) {
	for i := range rules {
		l := &rules[i]
		e := eraser{pix: s.Ink.Pix, at: int(math.Round(l.Y0)), half: int(math.Ceil(l.Width / 2)), across: s.Width, along: 1, limit: s.Height}
		lo, hi := l.X0, l.X1
		if l.Vertical() {
			lo, hi = l.Y0, l.Y1
			e.at, e.across, e.along, e.limit = int(math.Round(l.X0)), 1, s.Width, s.Width
		}
		for v := int(lo); v < int(hi); v++ {
			e.clear(v)
		}
	}
	for i := range rules {
		for j := range rules {
			if l, o := &rules[i], &rules[j]; !l.Vertical() && o.Vertical() && l.crosses(o) {
				x, y := int(math.Round(o.X0)), int(math.Round(l.Y0))
				dx, dy := int(o.Width/2)+3, int(l.Width/2)+3
				s.Ink.Fill(image.Rect(x-dx, y-dy, x+dx, y+dy), 255)
			}
		}
	}
}

// crosses reports whether a horizontal rule meets a vertical one.
func (l *Rule) crosses(o *Rule) bool {
	const near = 4
	return o.X0 > l.X0-near && o.X0 < l.X1+near && l.Y0 > o.Y0-near && l.Y0 < o.Y1+near
}

// eraser works along one rule; across and along are the steps between pixels in the two directions.
type eraser struct {
	pix           []byte
	at, half      int // the rule's place and half its width
	across, along int
	limit         int // pixels across
}

// clear removes the rule at one place. Ink that continues beyond one side of the rule is kept outside the rule; ink that
// continues beyond both sides crosses it and is kept whole.
func (e *eraser) clear(v int) {
	const faint, stroke = 250, 4
	dark := func(u int) bool { return u >= 0 && u < e.limit && e.pix[u*e.across+v*e.along] < faint }
	first, last := e.at-e.half, e.at+e.half
	for n := 0; n < stroke && dark(first-1); n++ {
		first--
	}
	for n := 0; n < stroke && dark(last+1); n++ {
		last++
	}
	up, down := e.at-e.half-first == stroke, last-e.at-e.half == stroke
	if up && down {
		return
	}
	if up {
		first = e.at - e.half
	}
	if down {
		last = e.at + e.half
	}
	for u := max(first, 0); u <= min(last, e.limit-1); u++ {
		e.pix[u*e.across+v*e.along] = 255
	}
}
