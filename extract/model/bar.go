package model

import "math"

// Bar reports whether a filled quadrilateral is a horizontal or vertical line, at most thin points across. Its ends may be
// mitred, as browsers draw the sides of a box. The result is its box, as long as its longer side.
func Bar(corners []Point, thin float64) (Rect, bool) {
	if n := len(corners); n == 5 && corners[0] == corners[4] {
		corners = corners[:4]
	}
	if len(corners) != 4 {
		return Rect{}, false
	}
	box := Rect{X0: corners[0].X, Y0: corners[0].Y, X1: corners[0].X, Y1: corners[0].Y}
	for _, p := range corners[1:] {
		box.X0, box.X1 = math.Min(box.X0, p.X), math.Max(box.X1, p.X)
		box.Y0, box.Y1 = math.Min(box.Y0, p.Y), math.Max(box.Y1, p.Y)
	}
	w, h := box.Width(), box.Height()
	across, along := h, w
	side := func(p Point) (a, z bool) { return p.Y-box.Y0 < 0.1*h, box.Y1-p.Y < 0.1*h }
	place := func(p Point) float64 { return p.X }
	if h > w {
		across, along = w, h
		side = func(p Point) (a, z bool) { return p.X-box.X0 < 0.1*w, box.X1-p.X < 0.1*w }
		place = func(p Point) float64 { return p.Y }
	}
	if across > thin || across == 0 || along < 4*across {
		return box, false
	}
	// Two corners are on each long side; the ends are cut by no more than a mitre.
	first, last := Point{math.Inf(1), math.Inf(-1)}, Point{math.Inf(1), math.Inf(-1)} // the extent of each side
	na, nz := 0, 0
	for _, p := range corners {
		a, z := side(p)
		switch {
		case a:
			na++
			first.X, first.Y = math.Min(first.X, place(p)), math.Max(first.Y, place(p))
		case z:
			nz++
			last.X, last.Y = math.Min(last.X, place(p)), math.Max(last.Y, place(p))
		}
	}
	mitre := 1.5 * across
	ok := na == 2 && nz == 2 && math.Abs(first.X-last.X) <= mitre && math.Abs(first.Y-last.Y) <= mitre
	return box, ok
}
