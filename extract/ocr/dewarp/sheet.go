package dewarp

import "math"

// margin is the pixels inside the paper's edge that become paper with the desk.
const margin = 4

// sheet is where the paper is in the picture, for each column from top to bottom, and for each row from left to right.
type sheet struct{ border [sides][]float64 }

// sheetOf is the paper within the edges that were found.
func sheetOf(edges [sides]trace, w, h int) *sheet {
	s := &sheet{}
	for side, e := range edges {
		length := w
		if e.down {
			length = h
		}
		points := make([]point, len(e.points))
		for i, p := range e.points {
			if e.down {
				p.x, p.y = p.y, p.x
			}
			points[i] = p
		}
		inset := float64(margin)
		if side&1 == 1 {
			inset = -inset
		}
		s.border[side] = prolonged(points, length, inset)
	}
	return s
}

// prolonged gives the height of a line of points, plus an inset, at each of so many places, beyond its ends too; nil of no points.
func prolonged(points []point, length int, inset float64) []float64 {
	n := len(points)
	if n < 2 {
		return nil
	}
	out := make([]float64, length)
	slope := (points[n-1].y - points[0].y) / (points[n-1].x - points[0].x)
	k := 0
	for x := range out {
		at := float64(x) + 0.5
		for k+2 < n && points[k+1].x < at {
			k++
		}
		a, b := points[k], points[k+1]
		switch {
		case at < points[0].x:
			out[x] = points[0].y + slope*(at-points[0].x)
		case at > points[n-1].x:
			out[x] = points[n-1].y + slope*(at-points[n-1].x)
		default:
			out[x] = a.y + (b.y-a.y)*(at-a.x)/(b.x-a.x)
		}
		out[x] += inset
	}
	return out
}

// has reports whether a place of the picture is on the paper, as far as its edges are known.
func (s *sheet) has(p point) bool {
	for side, b := range s.border {
		x, y := p.x, p.y
		if side >= 2 {
			x, y = y, x
		}
		if b == nil {
			continue
		}
		edge := b[max(0, min(len(b)-1, int(math.Floor(x))))]
		if side&1 == 0 && y < edge || side&1 == 1 && y > edge {
			return false
		}
	}
	return true
}
