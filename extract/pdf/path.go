package pdf

import (
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
)

const (
	thin       = 2.5  // points: a filled rectangle no thicker than this is a line
	thick      = 4    // points: a stroke wider than this is an area
	straight   = 0.35 // points by which a segment may deviate from horizontal or vertical
	shortest   = 0.3  // points; shorter segments are joins and dots
	nearWhite  = 0.97 // luminance above which a fill is paper
	pageShare  = 0.8  // of the page's area: a larger fill is a background
	maxSegment = 1 << 20
)

// subpath is a polyline in page coordinates; of a curve only the end point is kept.
type subpath struct {
	from, to int // in path.points
	closed   bool
	curved   bool // it has a curve
}

// path is the path under construction.
type path struct {
	points []model.Point
	bent   []bool // by point: it ends a curve
	subs   []subpath
	clip   bool // W or W* was seen: the painting operator also clips
}

func (p *path) reset() {
	p.points, p.bent, p.subs, p.clip = p.points[:0], p.bent[:0], p.subs[:0], false
}

func (in *interp) moveTo(x, y float64) {
	p := &in.path
	if len(p.points) >= maxSegment {
		return
	}
	p.start(in.state.ctm.Apply(x, y))
}

// start begins a subpath.
func (p *path) start(at model.Point) {
	p.points = append(p.points, at)
	p.bent = append(p.bent, false)
	p.subs = append(p.subs, subpath{from: len(p.points) - 1, to: len(p.points)})
}

func (in *interp) lineTo(x, y float64) {
	p := &in.path
	if len(p.subs) == 0 {
		in.moveTo(x, y)
		return
	}
	if len(p.points) >= maxSegment {
		return
	}
	last := &p.subs[len(p.subs)-1]
	if last.closed { // after h the current point is the start of the closed subpath
		p.start(p.points[last.from])
		last = &p.subs[len(p.subs)-1]
	}
	p.points = append(p.points, in.state.ctm.Apply(x, y))
	p.bent = append(p.bent, false)
	last.to = len(p.points)
}

func (in *interp) curveTo(x, y float64) {
	in.lineTo(x, y)
	if p := &in.path; len(p.subs) > 0 {
		p.subs[len(p.subs)-1].curved = true
		p.bent[len(p.bent)-1] = true
	}
}

func (in *interp) closePath() {
	if n := len(in.path.subs); n > 0 {
		in.path.subs[n-1].closed = true
	}
}

func (in *interp) rectangle(args []cos.Object) {
	x, y, w, h := num(args, 0), num(args, 1), num(args, 2), num(args, 3)
	in.moveTo(x, y)
	in.lineTo(x+w, y)
	in.lineTo(x+w, y+h)
	in.lineTo(x, y+h)
	in.closePath()
}

// pathOperator executes the operators of PDF 32000-1, 8.5.
func (in *interp) pathOperator(op string, args []cos.Object) bool {
	switch op {
	case "m":
		in.moveTo(num(args, 0), num(args, 1))
	case "l":
		in.lineTo(num(args, 0), num(args, 1))
	case "c":
		in.curveTo(num(args, 4), num(args, 5))
	case "v", "y":
		in.curveTo(num(args, 2), num(args, 3))
	case "h":
		in.closePath()
	case "re":
		in.rectangle(args)
	case "W", "W*":
		in.path.clip = true
	case "n":
		in.endPath(false, false)
	case "S":
		in.endPath(false, true)
	case "s":
		in.closePath()
		in.endPath(false, true)
	case "f", "F", "f*":
		in.endPath(true, false)
	case "B", "B*":
		in.endPath(true, true)
	case "b", "b*":
		in.closePath()
		in.endPath(true, true)
	default:
		return false
	}
	return true
}

// endPath paints the path, then intersects the clipping path with it if W or W* was seen.
func (in *interp) endPath(fill, stroke bool) {
	p := &in.path
	if in.unseen == 0 {
		if fill && !in.fillFrame() {
			in.coverPath()
			for _, s := range p.subs {
				if !s.curved {
					in.fillSubpath(p.points[s.from:s.to])
				}
			}
			in.fillShapes()
		}
		if stroke {
			for _, s := range p.subs {
				in.strokeSubpath(p.points[s.from:s.to], p.bent[s.from:s.to], s.closed)
			}
		}
	}
	if p.clip {
		in.state.clip = in.state.clip.Intersect(bounds(p.points))
		if _, ok := uprightRectangle(p.points); !ok || len(p.subs) != 1 || p.subs[0].curved {
			in.state.looseClip = true
		}
	}
	p.reset()
}

// fillShapes reports the boxes of filled subpaths that are no rectangles, and areas filled with a pattern.
func (in *interp) fillShapes() {
	p, s := &in.path, &in.state
	if s.shown(s.fill).Alpha == 0 {
		return
	}
	if s.fill.pattern {
		box := bounds(p.points).Intersect(s.clip)
		if in.page.AddPattern(box) {
			in.tilePictures(box)
		}
		return
	}
	if len(in.page.Shapes) >= model.MaxShapes {
		return
	}
	odd := func(sub subpath) bool {
		if sub.curved {
			return true
		}
		pts := p.points[sub.from:sub.to]
		_, rectangle := uprightRectangle(pts)
		return len(pts) > 4 && !rectangle
	}
	if slices.ContainsFunc(p.subs, odd) && in.page.AddShape(bounds(p.points).Intersect(s.clip)) {
		return
	}
	for _, sub := range p.subs { // one path may hold a line of outlined text
		if odd(sub) {
			in.page.AddShape(bounds(p.points[sub.from:sub.to]).Intersect(s.clip))
		}
	}
}

// tilePictures adds the pictures of the pattern cell that a box is filled with, for their resolution. Text and lines of the
// cell are repeated many times and are not read.
func (in *interp) tilePictures(box model.Rect) {
	tile := in.state.fill.tile
	if tile == nil || in.depth >= maxFormDepth {
		return
	}
	f := tile()
	if f == nil || f.open {
		return
	}
	saved, outline, glyphs, rules := in.state, in.path, len(in.page.Glyphs), len(in.page.Rules)
	shapes, patterns := len(in.page.Shapes), len(in.page.Patterns)
	in.path = path{}
	in.state.ctm, in.state.clip = in.base, box
	_ = in.drawForm(f, f.matrix, newResources(cos.Object{})) // a cell that cannot be drawn adds no pictures
	in.state, in.path = saved, outline
	in.page.Glyphs, in.page.Rules = in.page.Glyphs[:glyphs], in.page.Rules[:rules]
	in.page.Shapes, in.page.Patterns = in.page.Shapes[:shapes], in.page.Patterns[:patterns]
}

func bounds(pts []model.Point) model.Rect {
	if len(pts) == 0 {
		return model.Rect{}
	}
	r := model.Rect{X0: pts[0].X, Y0: pts[0].Y, X1: pts[0].X, Y1: pts[0].Y}
	for _, p := range pts[1:] {
		r.X0, r.X1 = min(r.X0, p.X), max(r.X1, p.X)
		r.Y0, r.Y1 = min(r.Y0, p.Y), max(r.Y1, p.Y)
	}
	return r
}

// strokeSubpath turns horizontal and vertical segments into rules.
func (in *interp) strokeSubpath(pts []model.Point, bent []bool, closed bool) {
	width := in.state.lineWidth * lineScale(in.state.ctm)
	if in.state.shown(in.state.stroke).Alpha == 0 {
		return
	}
	n := len(pts)
	for i := 1; i < n; i++ {
		if bent[i] {
			continue
		}
		in.segment(pts[i-1], pts[i], width)
	}
	if closed && n > 2 {
		in.segment(pts[n-1], pts[0], width)
	}
}

func (in *interp) segment(a, b model.Point, width float64) {
	dx, dy := math.Abs(a.X-b.X), math.Abs(a.Y-b.Y)
	if max(dx, dy) < shortest {
		return
	}
	r := model.Rect{X0: min(a.X, b.X), Y0: min(a.Y, b.Y), X1: max(a.X, b.X), Y1: max(a.Y, b.Y)}
	in.coverStroke(r, width)
	if width > thick && (dx <= straight || dy <= straight) { // an area drawn as one thick stroke
		if dx >= dy {
			r.Y0, r.Y1 = r.Y0-width/2, r.Y1+width/2
		} else {
			r.X0, r.X1 = r.X0-width/2, r.X1+width/2
		}
		in.fillBox(r, in.state.stroke)
		return
	}
	switch {
	case dy <= straight && dx > dy:
		in.addRule(r, true, width, in.state.shown(in.state.stroke), model.RuleStroke)
	case dx <= straight && dy > dx:
		in.addRule(r, false, width, in.state.shown(in.state.stroke), model.RuleStroke)
	}
}

// fillSubpath turns upright rectangles into rules: a thin one, which may have mitred ends, into one line, another one into
// its four edges.
func (in *interp) fillSubpath(pts []model.Point) {
	if box, ok := uprightRectangle(pts); ok {
		in.fillBox(box, in.state.fill)
	} else if box, ok := model.Bar(pts, thin); ok {
		in.fillBox(box, in.state.fill)
	}
}

// fillFrame recognizes a border that is filled as two nested rectangles, and reports whether it did.
func (in *interp) fillFrame() bool {
	p := &in.path
	if len(p.subs) != 2 || p.subs[0].curved || p.subs[1].curved {
		return false
	}
	outer, ok := uprightRectangle(p.points[p.subs[0].from:p.subs[0].to])
	inner, ok2 := uprightRectangle(p.points[p.subs[1].from:p.subs[1].to])
	if !ok || !ok2 {
		return false
	}
	if inner.Area() > outer.Area() {
		outer, inner = inner, outer
	}
	for _, d := range []float64{inner.X0 - outer.X0, inner.Y0 - outer.Y0, outer.X1 - inner.X1, outer.Y1 - inner.Y1} {
		if d < 0 || d > thin {
			return false
		}
	}
	if inner.Width() <= thin || inner.Height() <= thin {
		return false
	}
	c := in.state.fill
	in.fillBox(model.Rect{X0: outer.X0, Y0: outer.Y0, X1: outer.X1, Y1: inner.Y0}, c)
	in.fillBox(model.Rect{X0: outer.X0, Y0: inner.Y1, X1: outer.X1, Y1: outer.Y1}, c)
	in.fillBox(model.Rect{X0: outer.X0, Y0: outer.Y0, X1: inner.X0, Y1: outer.Y1}, c)
	in.fillBox(model.Rect{X0: inner.X1, Y0: outer.Y0, X1: outer.X1, Y1: outer.Y1}, c)
	return true
}

// uprightRectangle reports whether a polygon is a rectangle parallel to the page.
func uprightRectangle(pts []model.Point) (model.Rect, bool) {
	if len(pts) < 3 || len(pts) > 12 {
		return model.Rect{}, false
	}
	box := bounds(pts)
	near := func(a, b float64) bool { return math.Abs(a-b) < straight }
	corners := 0
	for _, p := range pts {
		onX := near(p.X, box.X0) || near(p.X, box.X1)
		onY := near(p.Y, box.Y0) || near(p.Y, box.Y1)
		if !onX && !onY {
			return box, false
		}
		if onX && onY {
			corners++
		}
	}
	for i := range pts { // each side runs along an axis
		a, b := pts[i], pts[(i+1)%len(pts)]
		if !near(a.X, b.X) && !near(a.Y, b.Y) {
			return box, false
		}
	}
	return box, corners >= 4 || corners >= 3 && min(box.Width(), box.Height()) < straight
}

func (in *interp) fillBox(box model.Rect, p paint) {
	c := in.state.shown(p)
	if c.Alpha == 0 {
		return
	}
	w, h := box.Width(), box.Height()
	switch {
	case h <= thin && w >= h:
		in.addRule(box, true, h, c, model.RuleFill)
		return
	case w <= thin:
		in.addRule(box, false, w, c, model.RuleFill)
		return
	}
	if c.Luminance() >= nearWhite || p.pattern {
		return
	}
	seen := box.Intersect(in.state.clip)
	if seen.Empty() || seen.Area() > pageShare*in.page.Width*in.page.Height {
		return
	}
	top, bottom, left, right := seen, seen, seen, seen
	top.Y1, bottom.Y0, left.X1, right.X0 = seen.Y0, seen.Y1, seen.X0, seen.X1
	in.addRule(top, true, 0, c, model.RuleEdge)
	in.addRule(bottom, true, 0, c, model.RuleEdge)
	in.addRule(left, false, 0, c, model.RuleEdge)
	in.addRule(right, false, 0, c, model.RuleEdge)
}

// addRule adds a rule along the middle of a box, clipped to the clipping path's box.
func (in *interp) addRule(r model.Rect, horizontal bool, width float64, c model.Color, kind model.RuleKind) {
	clip := in.state.clip
	if horizontal {
		y := (r.Y0 + r.Y1) / 2
		r.Y0, r.Y1 = y, y
		r.X0, r.X1 = max(r.X0, clip.X0), min(r.X1, clip.X1)
		if y < clip.Y0-width-0.5 || y > clip.Y1+width+0.5 || r.X1-r.X0 <= 0 {
			return
		}
	} else {
		x := (r.X0 + r.X1) / 2
		r.X0, r.X1 = x, x
		r.Y0, r.Y1 = max(r.Y0, clip.Y0), min(r.Y1, clip.Y1)
		if x < clip.X0-width-0.5 || x > clip.X1+width+0.5 || r.Y1-r.Y0 <= 0 {
			return
		}
	}
	in.page.Rules = append(in.page.Rules, model.Rule{Rect: r, Width: width, Color: c, Kind: kind, Order: in.nextOrder()})
}
