package model

import "math"

// Bend is where the places of a flattened page are on the page as published: a photographed page is read as if it lay flat. It holds
// the places of a grid of knots; between them, the mapping is bilinear. All lengths of a page are points, those of a picture pixels.
type Bend struct {
	Cols, Rows int     // of the knots, 2 at least
	Step       float64 // between knots; the first is the top left
	At         []Point // of the knots, row by row
}

// Point is the published place of a place of the flat page.
func (b *Bend) Point(p Point) Point {
	u, v := p.X/b.Step, p.Y/b.Step
	i, j := max(0, min(b.Cols-2, int(math.Floor(u)))), max(0, min(b.Rows-2, int(math.Floor(v))))
	u, v = u-float64(i), v-float64(j)
	k := j*b.Cols + i
	nw, ne, sw, se := b.At[k], b.At[k+1], b.At[k+b.Cols], b.At[k+b.Cols+1]
	return Point{
		(nw.X*(1-u)+ne.X*u)*(1-v) + (sw.X*(1-u)+se.X*u)*v,
		(nw.Y*(1-u)+ne.Y*u)*(1-v) + (sw.Y*(1-u)+se.Y*u)*v,
	}
}

// Box is the upright box around the published place of a box of the flat page. The zero Rect stays.
func (b *Bend) Box(r Rect) Rect {
	if r == (Rect{}) {
		return r
	}
	p := b.Point(Point{r.X0, r.Y0})
	out := Rect{X0: p.X, Y0: p.Y, X1: p.X, Y1: p.Y}
	for _, c := range [3]Point{{r.X1, r.Y0}, {r.X0, r.Y1}, {r.X1, r.Y1}} {
		q := b.Point(c)
		out.X0, out.X1 = min(out.X0, q.X), max(out.X1, q.X)
		out.Y0, out.Y1 = min(out.Y0, q.Y), max(out.Y1, q.Y)
	}
	return out
}
