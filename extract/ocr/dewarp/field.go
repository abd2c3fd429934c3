package dewarp

import "math"

// After the homography, what is left is smooth: it is a polynomial of low degree in x and y for each direction (products of
// Legendre polynomials), fitted so that traces become straight. Terms that move whole lines only are left out, for nothing tells
// them. Terms that the traces hardly tell are damped.

const (
	alongDegree  = 9    // of the polynomials along a line
	acrossDegree = 3    // of those across the lines
	damping      = 3e-5 // of the weight of all points, times the square of a term's degree
	refits       = 4    // fits, each without the points that the one before left far off
	farOff       = 6    // times the median distance
)

// field is displacements along one direction.
type field struct {
	down bool      // it moves x, by traces that are upright
	c    []float64 // coefficients; none: it moves nothing
	box  [2]point  // the traces lie in it; outside, places move as those on its border
	unit float64   // half of the longer side of all coordinates
}

// terms are the polynomials at a place.
func (f *field) terms(p point) []float64 {
	x := math.Max(f.box[0].x, math.Min(f.box[1].x, p.x)) / f.unit
	y := math.Max(f.box[0].y, math.Min(f.box[1].y, p.y)) / f.unit
	if f.down {
		x, y = y, x
	}
	var along [alongDegree + 1]float64
	var across [acrossDegree + 1]float64
	legendre(along[:], x)
	legendre(across[:], y)
	out := make([]float64, 0, alongDegree*(acrossDegree+1))
	for _, a := range along[1:] {
		for _, b := range across {
			out = append(out, a*b)
		}
	}
	return out
}

// legendre sets p to the Legendre polynomials at x.
func legendre(p []float64, x float64) {
	p[0], p[1] = 1, x
	for n := 2; n < len(p); n++ {
		p[n] = (float64(2*n-1)*x*p[n-1] - float64(n-1)*p[n-2]) / float64(n)
	}
}

// at is the displacement of a place.
func (f *field) at(p point) float64 {
	if f.c == nil {
		return 0
	}
	v := 0.0
	for i, t := range f.terms(p) {
		v += f.c[i] * t
	}
	return v
}

// fitField fits the field of one direction to traces that the homography has mapped.
func fitField(all []trace, down bool) field {
	f := field{down: down, box: [2]point{{math.Inf(1), math.Inf(1)}, {math.Inf(-1), math.Inf(-1)}}, unit: 1}
	var mine []trace
	for _, t := range all {
		if t.down != down {
			continue
		}
		mine = append(mine, t)
		for _, p := range t.points {
			f.box[0] = point{math.Min(f.box[0].x, p.x), math.Min(f.box[0].y, p.y)}
			f.box[1] = point{math.Max(f.box[1].x, p.x), math.Max(f.box[1].y, p.y)}
			f.unit = math.Max(f.unit, math.Max(math.Abs(p.x), math.Abs(p.y)))
		}
	}
	for range refits {
		f.c = f.fit(mine)
		if f.c == nil {
			return f
		}
		mine = f.nearest(mine)
	}
	return f
}

// fit returns the coefficients for traces; nil where there are none.
func (f *field) fit(mine []trace) []float64 {
	s := newNormal(alongDegree * (acrossDegree + 1))
	n := 0.0
	for _, t := range mine {
		rows := make([][]float64, len(t.points))
		mean := make([]float64, s.n)
		middle := 0.0
		for i, p := range t.points {
			rows[i] = f.terms(p)
			for k, v := range rows[i] {
				mean[k] += v / float64(len(rows))
			}
			middle += off(p, f.down) / float64(len(rows))
		}
		for i, row := range rows {
			for k := range row {
				row[k] -= mean[k]
			}
			s.add(row, middle-off(t.points[i], f.down))
			n++
		}
	}
	if n == 0 {
		return nil
	}
	for i := range s.n {
		degree := float64(i/(acrossDegree+1) + 1 + i%(acrossDegree+1))
		s.damp(i, damping*n*degree*degree/4)
	}
	return s.solve()
}

// nearest returns the traces without the points that the field leaves far off, and without traces of few points.
func (f *field) nearest(mine []trace) []trace {
	rest := make([][]float64, len(mine))
	var all []float64
	for i, t := range mine {
		values := make([]float64, len(t.points))
		for k, p := range t.points {
			values[k] = off(p, f.down) + f.at(p)
		}
		middle := quantile(append([]float64(nil), values...), 0.5)
		for k := range values {
			values[k] = math.Abs(values[k] - middle)
		}
		rest[i] = values
		all = append(all, values...)
	}
	limit := farOff * quantile(all, 0.5)
	var out []trace
	for i, t := range mine {
		kept := trace{down: t.down}
		for k, p := range t.points {
			if rest[i][k] <= limit {
				kept.points = append(kept.points, p)
			}
		}
		if len(kept.points)*2 > len(t.points) {
			out = append(out, kept)
		}
	}
	return out
}
