package dewarp

import "math"

// Places are measured from the picture's middle, with half its longer side as the unit. The homography has four parameters: where
// level and upright lines vanish. Size and place of the page in the middle of the picture stay.

// homography maps x' = (x + b·y)/D, y' = (d·x + y)/D with D = 1 + g·x + h·y.
type homography struct{ b, d, g, h float64 }

const (
	rounds  = 8    // of Gauss-Newton
	steady  = 1e-4 // weight of the parameters' being 0, for pages that do not tell one of them
	vanish  = 0.6  // g and h are at most this, or the page would be seen from its side
	outlier = 4    // a trace that is this many times as crooked as the median after fitting is none
)

func (m homography) apply(p point) point {
	d := 1 + m.g*p.x + m.h*p.y
	return point{(p.x + m.b*p.y) / d, (m.d*p.x + p.y) / d}
}

// invert is the place that apply maps to p.
func (m homography) invert(p point) point {
	a11, a12 := 1-p.x*m.g, m.b-p.x*m.h
	a21, a22 := m.d-p.y*m.g, 1-p.y*m.h
	det := a11*a22 - a12*a21
	return point{(p.x*a22 - a12*p.y) / det, (a11*p.y - a21*p.x) / det}
}

// sane reports whether the page is seen from above.
func (m homography) sane() bool {
	return math.Abs(m.g)+math.Abs(m.h) < vanish && math.Abs(m.b) < vanish && math.Abs(m.d) < vanish
}

// off is how far a mapped point of a trace is along the direction that the trace should not extend in.
func off(p point, down bool) float64 {
	if down {
		return p.x
	}
	return p.y
}

// fitHomography makes traces as straight as a homography can; ok is false where it makes no sense.
func fitHomography(all []trace) (m homography, ok bool) {
	for range rounds {
		s := newNormal(4)
		for _, t := range all {
			rows := make([][4]float64, len(t.points))
			values := make([]float64, len(t.points))
			var mean [4]float64
			middle := 0.0
			for i, p := range t.points {
				q := m.apply(p)
				d := 1 + m.g*p.x + m.h*p.y
				v := off(q, t.down)
				row := [4]float64{0, p.x / d, -p.x * v / d, -p.y * v / d}
				if t.down {
					row[0], row[1] = p.y/d, 0
				}
				rows[i], values[i] = row, v
				for k := range row {
					mean[k] += row[k] / float64(len(t.points))
				}
				middle += v / float64(len(t.points))
			}
			for i, row := range rows {
				for k := range row {
					row[k] -= mean[k]
				}
				s.add(row[:], middle-values[i])
			}
		}
		for i := range 4 {
			s.damp(i, steady*float64(len(all)))
		}
		x := s.solve()
		if x == nil {
			return m, false
		}
		m.b, m.d, m.g, m.h = m.b+x[0], m.d+x[1], m.g+x[2], m.h+x[3]
		if !m.sane() {
			return m, false
		}
	}
	return m, true
}

// crooked is the root of the mean square by which a mapped trace leaves its mean.
func crooked(t trace, apply func(point) point) float64 {
	sum, squares, n := 0.0, 0.0, float64(len(t.points))
	for _, p := range t.points {
		v := off(apply(p), t.down)
		sum += v
		squares += v * v
	}
	return math.Sqrt(max(0, squares/n-sum*sum/n/n))
}

// consistent drops the traces that are far more crooked than the others under a mapping.
func consistent(all []trace, apply func(point) point) []trace {
	c := make([]float64, len(all))
	for i, t := range all {
		c[i] = crooked(t, apply)
	}
	limit := outlier * quantile(append([]float64(nil), c...), 0.5)
	var out []trace
	for i, t := range all {
		if c[i] <= limit {
			out = append(out, t)
		}
	}
	return out
}

// turned is the rotation that makes traces as level or upright as a rotation can.
func turned(all []trace) func(point) point {
	num, den := 0.0, 0.0
	for _, t := range all {
		var mx, my float64
		for _, p := range t.points {
			mx += p.x / float64(len(t.points))
			my += p.y / float64(len(t.points))
		}
		for _, p := range t.points {
			x, y := p.x-mx, p.y-my
			if t.down {
				x, y = y, -x
			}
			num += x * y
			den += x * x
		}
	}
	angle := 0.0
	if den > 0 {
		angle = math.Atan(num / den)
	}
	sin, cos := math.Sincos(angle)
	return func(p point) point { return point{p.x*cos + p.y*sin, p.y*cos - p.x*sin} }
}
