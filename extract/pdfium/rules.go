package pdfium

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

const (
	// maxThin is the most that a filled rectangle may measure across to be a line, in points.
	maxThin = 2.5
	// maxSlant is the most that the ends of a horizontal or vertical line may be off, in points.
	maxSlant = 0.3
	// maxSegments is the most segments of one path that are read: rules are drawn with few.
	maxSegments = 1 << 16
)

// pathReader turns a path object into rules.
type pathReader struct {
	g      *guest
	object *object
}

// subpath is a connected part of a path, in the page's points.
type subpath struct {
	points []model.Point
	curved bool
	closed bool
}

func (p *pathReader) rules() []model.Rule {
	g, o := p.g, p.object
	if !g.ok("FPDFPath_GetDrawMode", o.handle, g.out(0), g.out(1)) {
		return nil
	}
	fill, stroke := g.outUint(0) != 0, g.bytes(g.out(1), 1)[0] != 0
	if !fill && !stroke {
		return nil
	}
	m := model.Identity
	if g.ok("FPDFPageObj_GetMatrix", o.handle, g.scratch) {
		m = model.Matrix(g.floats(6))
	}
	m = m.Mul(o.matrix)
	parts := p.subpaths(m)
	var rules []model.Rule
	if stroke {
		rules = p.strokes(parts, m)
	}
	if fill && len(rules) == 0 {
		rules = p.fills(parts)
	}
	return rules
}

// subpaths reads the path's segments.
func (p *pathReader) subpaths(m model.Matrix) []subpath {
	const bezier, move = 1, 2 // FPDF_SEGMENT_*
	g := p.g
	var parts []subpath
	n := min(g.int("FPDFPath_CountSegments", p.object.handle), maxSegments)
	for i := range n {
		s := g.ptr("FPDFPath_GetPathSegment", p.object.handle, uint64(i))
		if s == 0 || !g.ok("FPDFPathSegment_GetPoint", s, g.out(0), g.out(1)) {
			continue
		}
		at := m.Apply(g.outFloat(0), g.outFloat(1))
		kind := g.int("FPDFPathSegment_GetType", s)
		if kind == move || len(parts) == 0 {
			parts = append(parts, subpath{})
		}
		part := &parts[len(parts)-1]
		part.points = append(part.points, at)
		part.curved = part.curved || kind == bezier
		part.closed = part.closed || g.ok("FPDFPathSegment_GetClose", s)
	}
	return parts
}

// strokes are the horizontal and vertical segments of a stroked path.
func (p *pathReader) strokes(parts []subpath, m model.Matrix) []model.Rule {
	g := p.g
	ink := color(g, "FPDFPageObj_GetStrokeColor", p.object.handle)
	if ink.Alpha == 0 {
		return nil
	}
	width := 0.0
	if g.ok("FPDFPageObj_GetStrokeWidth", p.object.handle, g.out(0)) {
		width = g.outFloat(0) * math.Sqrt(math.Abs(m[0]*m[3]-m[1]*m[2]))
	}
	var rules []model.Rule
	for _, part := range parts {
		if part.curved {
			continue
		}
		points := part.points
		if part.closed && len(points) > 2 {
			points = append(points[:len(points):len(points)], points[0])
		}
		for i := 1; i < len(points); i++ {
			if line, ok := straight(points[i-1], points[i]); ok {
				rules = p.add(rules, model.Rule{Rect: line, Width: width, Color: ink, Kind: model.RuleStroke})
			}
		}
	}
	return rules
}

// straight returns the segment between two points, when it is horizontal or vertical and has a length.
func straight(a, b model.Point) (model.Rect, bool) {
	r := bounds(a, b)
	switch w, h := r.Width(), r.Height(); {
	case w > h && h <= maxSlant:
		r.Y0 = (r.Y0 + r.Y1) / 2
		r.Y1 = r.Y0
	case h > w && w <= maxSlant:
		r.X0 = (r.X0 + r.X1) / 2
		r.X1 = r.X0
	default:
		return r, false
	}
	return r, true
}

// fills are the rectangles of a filled path: thin ones are lines, others have edges unless they are white.
func (p *pathReader) fills(parts []subpath) []model.Rule {
	ink := color(p.g, "FPDFPageObj_GetFillColor", p.object.handle)
	if ink.Alpha == 0 {
		return nil
	}
	const white = 0.99
	var rules []model.Rule
	for _, part := range parts {
		box, ok := part.rectangle()
		switch {
		case !ok:
		case math.Min(box.Width(), box.Height()) <= maxThin:
			rule := model.Rule{Rect: box, Color: ink, Kind: model.RuleFill}
			if box.Width() >= box.Height() {
				rule.Width = box.Height()
				rule.Y0 = box.Center().Y
				rule.Y1 = rule.Y0
			} else {
				rule.Width = box.Width()
				rule.X0 = box.Center().X
				rule.X1 = rule.X0
			}
			rules = p.add(rules, rule)
		case ink.Luminance() < white:
			for _, side := range sides(box) {
				rules = p.add(rules, model.Rule{Rect: side, Color: ink, Kind: model.RuleEdge})
			}
		}
	}
	return rules
}

// rectangle returns the box of a subpath that is an upright rectangle.
func (s *subpath) rectangle() (model.Rect, bool) {
	points := s.points
	n := len(points)
	if n == 5 && near(points[0], points[4]) {
		n = 4
	}
	if n != 4 || s.curved {
		return model.Rect{}, false
	}
	for i := range n {
		a, b := points[i], points[(i+1)%n]
		if math.Abs(a.X-b.X) > maxSlant && math.Abs(a.Y-b.Y) > maxSlant {
			return model.Rect{}, false
		}
	}
	return bounds(points[:n]...), true
}

func near(a, b model.Point) bool { return math.Abs(a.X-b.X) < maxSlant && math.Abs(a.Y-b.Y) < maxSlant }

// sides are the four sides of a box: top, bottom, left, right.
func sides(b model.Rect) [4]model.Rect {
	return [4]model.Rect{
		{X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y0}, {X0: b.X0, Y0: b.Y1, X1: b.X1, Y1: b.Y1},
		{X0: b.X0, Y0: b.Y0, X1: b.X0, Y1: b.Y1}, {X0: b.X1, Y0: b.Y0, X1: b.X1, Y1: b.Y1},
	}
}

// add adds the visible part of a rule: half of its width lies outside the rule itself.
func (p *pathReader) add(rules []model.Rule, r model.Rule) []model.Rule {
	clip, half := p.object.clip, r.Width/2+0.01
	if r.X1 < clip.X0-half || r.X0 > clip.X1+half || r.Y1 < clip.Y0-half || r.Y0 > clip.Y1+half {
		return rules
	}
	if r.Horizontal() {
		r.X0, r.X1 = math.Max(r.X0, clip.X0), math.Min(r.X1, clip.X1)
	} else {
		r.Y0, r.Y1 = math.Max(r.Y0, clip.Y0), math.Min(r.Y1, clip.Y1)
	}
	if r.X1 < r.X0 || r.Y1 < r.Y0 || r.X0 == r.X1 && r.Y0 == r.Y1 {
		return rules
	}
	return append(rules, r)
}
