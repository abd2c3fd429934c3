package pdfium

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// In points, except white and maxShading.
const (
	maxThin    = 2.5  // thickness up to which a filled rectangle is a line
	maxSlant   = 0.35 // deviation of a segment from horizontal or vertical
	minLength  = 0.3  // shorter strokes are joins and dots
	white      = 0.97 // luminance from which on a fill is paper
	maxShading = 0.8  // part of the page from which a fill is a background, not the shading of a cell
)

// ruler turns paths into rules.
type ruler struct {
	page  *model.Page
	clip  model.Rect
	rules []model.Rule
}

// pathRules are the horizontal and vertical lines that a path object draws.
func pathRules(p *path, o *object, page *model.Page) []model.Rule {
	r := &ruler{page: page, clip: o.clip}
	r.shapes(p)
	for i := range p.parts {
		part := &p.parts[i]
		if part.curved {
			continue
		}
		if p.fill != nil {
			if box, ok := part.rectangle(); ok {
				r.fill(box, p.fill)
			} else if box, ok := model.Bar(part.points, maxThin); ok {
				r.fill(box, p.fill)
			}
		}
		if p.stroke != nil {
			r.stroke(part, p.stroke, p.width)
		}
	}
	return r.rules
}

// shapes reports the boxes of filled subpaths that are no rectangles, and areas filled with a pattern.
func (r *ruler) shapes(p *path) {
	if p.fill == nil || p.fill.color.Alpha == 0 {
		return
	}
	var all model.Rect
	var odd []model.Rect
	for i := range p.parts {
		part := &p.parts[i]
		box := bounds(part.points...)
		all = all.Union(box)
		if _, rectangle := part.rectangle(); part.curved || len(part.points) > 4 && !rectangle {
			odd = append(odd, box.Intersect(r.clip))
		}
	}
	if all = all.Intersect(r.clip); p.fill.pattern {
		r.page.AddPattern(all)
		return
	}
	if len(odd) > 0 && r.page.AddShape(all) {
		return
	}
	for _, box := range odd { // one path may hold a line of outlined text
		r.page.AddShape(box)
	}
}

// stroke adds the segments of a stroked polyline.
func (r *ruler) stroke(part *subpath, ink *paint, width float64) {
	points := part.points
	for i := 1; i < len(points); i++ {
		r.segment(points[i-1], points[i], ink, width)
	}
	if n := len(points); part.closed && n > 2 {
		r.segment(points[n-1], points[0], ink, width)
	}
}

func (r *ruler) segment(a, b model.Point, ink *paint, width float64) {
	box := bounds(a, b)
	w, h := box.Width(), box.Height()
	switch length := math.Max(w, h); {
	case length < minLength:
	case width > maxThin && width > length:
		// A rectangle drawn as a short thick line.
		if w >= h {
			box.Y0, box.Y1 = box.Y0-width/2, box.Y1+width/2
		} else {
			box.X0, box.X1 = box.X0-width/2, box.X1+width/2
		}
		r.fill(box, ink)
	case w > h && h <= maxSlant, h > w && w <= maxSlant:
		r.add(box, w > h, model.Rule{Width: width, Color: ink.color, Kind: model.RuleStroke})
	}
}

// fill adds a filled rectangle: as a line when it is thin, otherwise its edges unless it is white.
func (r *ruler) fill(box model.Rect, ink *paint) {
	w, h := box.Width(), box.Height()
	if math.Min(w, h) <= maxThin {
		r.add(box, w >= h, model.Rule{Width: math.Min(w, h), Color: ink.color, Kind: model.RuleFill})
		return
	}
	seen := box.Intersect(r.clip)
	if ink.pattern || ink.color.Luminance() >= white || seen.Empty() ||
		seen.Area() > maxShading*r.page.Width*r.page.Height {
		return
	}
	edge := model.Rule{Color: ink.color, Kind: model.RuleEdge}
	r.add(model.Rect{X0: seen.X0, Y0: seen.Y0, X1: seen.X1, Y1: seen.Y0}, true, edge)
	r.add(model.Rect{X0: seen.X0, Y0: seen.Y1, X1: seen.X1, Y1: seen.Y1}, true, edge)
	r.add(model.Rect{X0: seen.X0, Y0: seen.Y0, X1: seen.X0, Y1: seen.Y1}, false, edge)
	r.add(model.Rect{X0: seen.X1, Y0: seen.Y0, X1: seen.X1, Y1: seen.Y1}, false, edge)
}

// add adds a rule along the middle of a box, clipped to the clipping path's box. The line width is not clipped: of a line on
// the border of the clip one half is visible.
func (r *ruler) add(box model.Rect, horizontal bool, rule model.Rule) {
	if rule.Color.Alpha == 0 {
		return
	}
	half := rule.Width/2 + 0.01
	if horizontal {
		box.Y0 = box.Center().Y
		box.Y1 = box.Y0
		box.X0, box.X1 = math.Max(box.X0, r.clip.X0), math.Min(box.X1, r.clip.X1)
		if box.X0 >= box.X1 || box.Y0 < r.clip.Y0-half || box.Y0 > r.clip.Y1+half {
			return
		}
	} else {
		box.X0 = box.Center().X
		box.X1 = box.X0
		box.Y0, box.Y1 = math.Max(box.Y0, r.clip.Y0), math.Min(box.Y1, r.clip.Y1)
		if box.Y0 >= box.Y1 || box.X0 < r.clip.X0-half || box.X0 > r.clip.X1+half {
			return
		}
	}
	rule.Rect = box
	r.rules = append(r.rules, rule)
}

// rectangle returns the box of a subpath that is a rectangle parallel to the page, drawn with any number of points.
func (s *subpath) rectangle() (model.Rect, bool) {
	const most = 12
	n := len(s.points)
	if n < 3 || n > most {
		return model.Rect{}, false
	}
	box := bounds(s.points...)
	corners := 0
	for i, p := range s.points {
		next := s.points[(i+1)%n]
		onX := near(p.X, box.X0) || near(p.X, box.X1)
		onY := near(p.Y, box.Y0) || near(p.Y, box.Y1)
		if !onX && !onY || !near(p.X, next.X) && !near(p.Y, next.Y) {
			return box, false
		}
		if onX && onY {
			corners++
		}
	}
	return box, corners >= 4
}

func near(a, b float64) bool { return math.Abs(a-b) < maxSlant }
