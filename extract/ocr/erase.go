package ocr

import (
	"image"
	"math"
)

// erase takes the lines out of the cleaned raster: along each the dark pixels across it, unless they go on beyond it as
// the stroke of a character does.
func (s *Sheet) erase(lines []Line) {
	for i := range lines {
		l := &lines[i]
		e := eraser{pix: s.ink.pix, at: int(math.Round(l.Y0)), half: int(math.Ceil(l.Width / 2)), across: s.Width, along: 1, limit: s.Height}
		lo, hi := l.X0, l.X1
		if l.vertical() {
			lo, hi = l.Y0, l.Y1
			e.at, e.across, e.along, e.limit = int(math.Round(l.X0)), 1, s.Width, s.Width
		}
		for v := int(lo); v < int(hi); v++ {
			e.clear(v)
		}
	}
	for i := range lines {
		for j := range lines {
			if l, o := &lines[i], &lines[j]; !l.vertical() && o.vertical() && l.crosses(o) {
				x, y := int(math.Round(o.X0)), int(math.Round(l.Y0))
				dx, dy := int(o.Width/2)+3, int(l.Width/2)+3
				s.ink.fill(image.Rect(x-dx, y-dy, x+dx, y+dy), 255)
			}
		}
	}
}

func (l *Line) vertical() bool { return l.X0 == l.X1 }

// crosses reports whether a horizontal line meets a vertical one.
func (l *Line) crosses(o *Line) bool {
	const near = 4
	return o.X0 > l.X0-near && o.X0 < l.X1+near && l.Y0 > o.Y0-near && l.Y0 < o.Y1+near
}

// eraser works along one line; across and along are the steps in the pixels of the two directions.
type eraser struct {
	pix           []byte
	at, half      int // the line's place and half its width
	across, along int
	limit         int // pixels across
}

// clear takes out the line at one place. Ink that goes on beyond one of the line's sides stays outside the line itself;
// ink that goes on beyond both crosses it and stays whole.
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
