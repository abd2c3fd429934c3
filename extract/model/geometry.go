package model

import "math"

// Point is a place on a page, in points from the page's top left, y down.
type Point struct{ X, Y float64 }

// Rect is an upright box in points from the page's top left, y down: X0 ≤ X1 and Y0 ≤ Y1.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// Width is the horizontal extent in points.
func (r Rect) Width() float64 { return r.X1 - r.X0 }

// Height is the vertical extent in points.
func (r Rect) Height() float64 { return r.Y1 - r.Y0 }

// Area is the area in square points; a rule may have none.
func (r Rect) Area() float64 { return r.Width() * r.Height() }

// Center is the middle of the box.
func (r Rect) Center() Point { return Point{(r.X0 + r.X1) / 2, (r.Y0 + r.Y1) / 2} }

// Empty reports whether the box encloses nothing.
func (r Rect) Empty() bool { return r.X1 <= r.X0 || r.Y1 <= r.Y0 }

// Contains reports whether p lies in the box, borders included.
func (r Rect) Contains(p Point) bool {
	return p.X >= r.X0 && p.X <= r.X1 && p.Y >= r.Y0 && p.Y <= r.Y1
}

// Union is the smallest box around both; the zero Rect counts as nothing.
func (r Rect) Union(o Rect) Rect {
	switch {
	case r == (Rect{}):
		return o
	case o == (Rect{}):
		return r
	}
	return Rect{math.Min(r.X0, o.X0), math.Min(r.Y0, o.Y0), math.Max(r.X1, o.X1), math.Max(r.Y1, o.Y1)}
}

// Intersect is the common part of both boxes; it is Empty when there is none.
func (r Rect) Intersect(o Rect) Rect {
	i := Rect{math.Max(r.X0, o.X0), math.Max(r.Y0, o.Y0), math.Min(r.X1, o.X1), math.Min(r.Y1, o.Y1)}
	if i.X1 < i.X0 || i.Y1 < i.Y0 {
		return Rect{}
	}
	return i
}

// Matrix is the transformation [a b c d e f] of PDF 32000-1, 8.3.3: x' = a·x + c·y + e, y' = b·x + d·y + f.
type Matrix [6]float64

// Identity leaves every point where it is.
var Identity = Matrix{1, 0, 0, 1, 0, 0}

// Mul returns the matrix that applies m first and n after it (m × n in the row-vector convention of PDF).
func (m Matrix) Mul(n Matrix) Matrix {
	return Matrix{
		m[0]*n[0] + m[1]*n[2],
		m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2],
		m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4],
		m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// Apply transforms a point.
func (m Matrix) Apply(x, y float64) Point {
	return Point{m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]}
}

// Box is the upright box around a rectangle under the matrix.
func (m Matrix) Box(r Rect) Rect {
	p := m.Apply(r.X0, r.Y0)
	out := Rect{X0: p.X, Y0: p.Y, X1: p.X, Y1: p.Y}
	for _, q := range [3]Point{m.Apply(r.X1, r.Y0), m.Apply(r.X0, r.Y1), m.Apply(r.X1, r.Y1)} {
		out.X0, out.X1 = min(out.X0, q.X), max(out.X1, q.X)
		out.Y0, out.Y1 = min(out.Y0, q.Y), max(out.Y1, q.Y)
	}
	return out
}
