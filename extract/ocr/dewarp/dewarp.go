package dewarp

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	pix "github.com/countybudget/extract/extract/ocr/image"
)

const (
	leastSide   = 200  // pixels; smaller pictures are not looked at
	leastLevel  = 2    // level traces; fewer tell nothing
	leastTraces = 4    // of both directions
	bent        = 700  // straight traces leave straightness by less than one in this many parts of the picture's longer side
	bentRules   = 1200 // the same of the rules alone
	bentShare   = 0.9  // the quantile of the distances
	mended      = 0.35 // flattening leaves at most this part of the distances
	turns       = 12   // of the iteration that inverts the field
	folded      = 0.35 // the mapping nowhere squeezes or stretches lengths by more than this factor or its inverse
)

// Flat is a flattened picture.
type Flat struct {
	Picture *pix.Raster // as large as the one that was photographed, white outside the paper
	mesh    *model.Bend
}

// Place is the place in the photographed picture of a place in the flat one, pixels.
func (f *Flat) Place(x, y float64) (float64, float64) {
	p := f.mesh.Point(model.Point{X: x, Y: y})
	return p.X, p.Y
}

// Flatten flattens the picture of a photographed page. It returns nil for a picture whose lines are straight already, except for
// skew, or that has too few of them.
func Flatten(r *pix.Raster) *Flat {
	if min(r.W, r.H) < leastSide {
		return nil
	}
	border := edges(r)
	all := append(traces(r, false), traces(r, true)...)
	rules := len(all)
	for _, e := range border {
		if len(e.points) > 0 {
			all = append(all, e)
		}
	}
	c := camera{unit: float64(max(r.W, r.H)) / 2, cx: float64(r.W) / 2, cy: float64(r.H) / 2}
	for i := range all {
		all[i] = c.normal(all[i])
	}
	if rules >= leastTraces && distance(all[:rules], turned(all[:rules]))*c.unit < 2*c.unit/bentRules {
		return nil // a copier's dark border may be crooked where the page is not
	}
	if !c.fit(all) {
		return nil
	}
	s := sheetOf(border, r.W, r.H)
	m := c.mesh(r, c.within(s, float64(r.W), float64(r.H)))
	if m == nil {
		return nil
	}
	return &Flat{drawn(r, m, s), m}
}

// camera maps places of the picture to the flat page: the homography first, then the fields. Both pictures have their middles and
// units in common.
type camera struct {
	unit, cx, cy float64
	homography   homography
	level, down  field
}

// normal returns a trace measured from the middle in units.
func (c *camera) normal(t trace) trace {
	out := trace{make([]point, len(t.points)), t.down}
	for i, p := range t.points {
		out.points[i] = point{(p.x - c.cx) / c.unit, (p.y - c.cy) / c.unit}
	}
	return out
}

// fit finds the mapping that straightens normal traces; false where they are straight, or do not become so.
func (c *camera) fit(all []trace) bool {
	level := 0
	for _, t := range all {
		if !t.down {
			level++
		}
	}
	if level < leastLevel || len(all) < leastTraces {
		return false
	}
	before := distance(all, turned(all))
	if before*c.unit < 2*c.unit/bent {
		return false
	}
	ok := false
	for range 2 {
		if c.homography, ok = fitHomography(all); !ok {
			return false
		}
		all = consistent(all, c.homography.apply)
	}
	mapped := make([]trace, len(all))
	for i, t := range all {
		mapped[i] = trace{make([]point, len(t.points)), t.down}
		for k, p := range t.points {
			mapped[i].points[k] = c.homography.apply(p)
		}
	}
	c.level, c.down = fitField(mapped, false), fitField(mapped, true)
	return distance(all, c.apply) < mended*before
}

// distance is how far most points of mapped traces leave the middles of their traces.
func distance(all []trace, apply func(point) point) float64 {
	var d []float64
	for _, t := range all {
		v := make([]float64, len(t.points))
		sum := 0.0
		for i, p := range t.points {
			v[i] = off(apply(p), t.down)
			sum += v[i]
		}
		for i := range v {
			d = append(d, math.Abs(v[i]-sum/float64(len(v))))
		}
	}
	return quantile(d, bentShare)
}

// apply maps a place of the picture to the flat page.
func (c *camera) apply(p point) point {
	q := c.homography.apply(p)
	return point{q.x + c.down.at(q), q.y + c.level.at(q)}
}

// invert is the place of the picture that apply maps to p.
func (c *camera) invert(p point) point {
	q := p
	for range turns {
		q = point{p.x - c.down.at(q), p.y - c.level.at(q)}
	}
	return c.homography.invert(q)
}

// window is the part of the flat page that is drawn: where its top left corner is, and the units for a pixel.
type window struct{ left, top, size float64 }

// within finds the window: the paper, or the whole picture where the paper has no edge in it, must fit.
func (c *camera) within(s *sheet, w, h float64) window {
	const steps = 64
	top, bottom, left, right := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for j := range steps + 1 {
		for i := range steps + 1 {
			p := point{w * float64(i) / steps, h * float64(j) / steps}
			if !s.has(p) {
				continue
			}
			q := c.apply(point{(p.x - c.cx) / c.unit, (p.y - c.cy) / c.unit})
			top, bottom = math.Min(top, q.y), math.Max(bottom, q.y)
			left, right = math.Min(left, q.x), math.Max(right, q.x)
		}
	}
	size := math.Max(1/c.unit, math.Max((right-left)/w, (bottom-top)/h))
	return window{fitted(left, right, -c.cx*size, w*size), fitted(top, bottom, -c.cy*size, h*size), size}
}

// fitted moves an interval of some length as little as it takes to hold lo to hi, and returns its beginning.
func fitted(lo, hi, from, length float64) float64 {
	switch {
	case lo < from:
		return lo
	case hi > from+length:
		return hi - length
	}
	return from
}
