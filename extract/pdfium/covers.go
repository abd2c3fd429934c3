package pdfium

import (
	"github.com/countybudget/extract/extract/model"
)

// Painted areas, as the first reader reports them (extract/pdf/covers.go). PDFium says only that an object has some
// transparency, not which; such an object is a veil.

const (
	leastSide    = 0.3 // points; smaller areas are not reported
	leastArea    = 30  // square points, of a shape that is no rectangle
	leastStroke  = 1.5 // points; from this line width on a stroke may be one of several that fill an area
	mostOutline  = 256 // vertices of a polygon that is kept as an outline
	mostAreas    = 64  // subpaths of one path that are tested for overlap
	kindShading  = 4   // FPDF_PAGEOBJ_SHADING
	annotMarkup  = 9   // FPDF_ANNOT_HIGHLIGHT: viewers multiply it with the page
	opaqueAlpha  = 250 // of 255
	opaqueShare  = 0.99
	opaqueBorder = 2    // pixels at the edge of a rendered picture, which may be partly covered
	mostTexts    = 5000 // text objects that a picture is compared with
	mostOpaque   = 100  // pictures of a page that are rendered to test whether they are opaque
)

// patternGray is the colour that PDFium returns for a pattern.
var patternGray = model.Color{R: 191, G: 191, B: 191, Alpha: 255}

// coverer gathers the areas that one object paints.
type coverer struct {
	o      *object
	covers []model.Cover
	veil   bool
}

func (c *coverer) add(cover model.Cover) {
	if c.veil {
		cover.Kind = model.CoverVeil
	}
	cover.Box = cover.Box.Intersect(c.o.clip)
	if cover.Box.Width() > leastSide && cover.Box.Height() > leastSide {
		c.covers = append(c.covers, cover)
	}
}

func (c *coverer) paint(box model.Rect, outline []model.Point, ink *paint) {
	cover := model.Cover{Box: box, Outline: outline, Color: ink.color, Kind: model.CoverPaint}
	if ink.pattern || ink.color == patternGray {
		cover.Kind = model.CoverVeil
	}
	if ink.color.Alpha > 0 {
		c.add(cover)
	}
}

// shape reports that something was painted somewhere in a box.
func (c *coverer) shape(box model.Rect) {
	if box.Area() >= leastArea {
		c.add(model.Cover{Box: box, Kind: model.CoverVeil})
	}
}

// pathCovers are the areas that a path object paints.
func (r *reading) pathCovers(o *object, p *path) []model.Cover {
	c := &coverer{o: o, veil: r.through(o)}
	if p.fill != nil {
		c.fill(p)
	}
	if p.stroke != nil && p.width >= leastStroke {
		for i := range p.parts {
			c.stroke(&p.parts[i], p)
		}
	}
	return c.covers
}

// through reports whether an object may be transparent.
func (r *reading) through(o *object) bool {
	return o.veiled || r.textClip || r.g.ok("FPDFPageObj_HasTransparency", o.handle)
}

func (c *coverer) fill(p *path) {
	if len(p.parts) == 1 {
		part := &p.parts[0]
		if box, ok := part.rectangle(); ok && !part.curved {
			c.paint(box, nil, p.fill)
			return
		}
		n := len(part.points)
		if n == 0 {
			return
		}
		box := bounds(part.points...)
		if part.curved || n > mostOutline {
			c.shape(box)
		}
		if box.Area() >= leastArea && n >= 3 && n <= mostOutline {
			c.paint(box, part.points, p.fill)
		}
		return
	}
	var all, boxes []model.Rect
	apartAll := true
	for i := range p.parts {
		part := &p.parts[i]
		if len(part.points) == 0 {
			continue
		}
		all = append(all, bounds(part.points...))
		box, ok := part.rectangle()
		if !ok || part.curved || len(boxes) == mostAreas {
			apartAll = false
			continue
		}
		for _, b := range boxes {
			apartAll = apartAll && b.Intersect(box).Empty()
		}
		boxes = append(boxes, box)
	}
	if frame(boxes, len(all)) {
		return
	}
	if !apartAll { // what is inside depends on the filling rule
		var around model.Rect
		for _, b := range all {
			around = around.Union(b)
		}
		c.shape(around)
		return
	}
	for _, b := range boxes {
		c.paint(b, nil, p.fill)
	}
}

// frame reports whether two rectangles are a border, one closely inside the other.
func frame(boxes []model.Rect, parts int) bool {
	if parts != 2 || len(boxes) != 2 {
		return false
	}
	outer, inner := boxes[0], boxes[1]
	if inner.Area() > outer.Area() {
		outer, inner = inner, outer
	}
	for _, d := range []float64{inner.X0 - outer.X0, inner.Y0 - outer.Y0, outer.X1 - inner.X1, outer.Y1 - inner.Y1} {
		if d < 0 || d > maxThin {
			return false
		}
	}
	return true
}

func (c *coverer) stroke(part *subpath, p *path) {
	for i := range part.points {
		from, to := part.points[max(i-1, 0)], part.points[i]
		if i == 0 {
			if !part.closed || len(part.points) < 3 {
				continue
			}
			from = part.points[len(part.points)-1]
		}
		box := bounds(from, to)
		half := p.width / 2
		switch w, h := box.Width(), box.Height(); {
		case part.curved:
			c.shape(model.Rect{X0: box.X0 - half, Y0: box.Y0 - half, X1: box.X1 + half, Y1: box.Y1 + half})
		case h <= maxSlant && w > h:
			c.paint(model.Rect{X0: box.X0, Y0: box.Y0 - half, X1: box.X1, Y1: box.Y1 + half}, nil, p.stroke)
		case w <= maxSlant && h > w:
			c.paint(model.Rect{X0: box.X0 - half, Y0: box.Y0, X1: box.X1 + half, Y1: box.Y1}, nil, p.stroke)
		default:
			c.shape(model.Rect{X0: box.X0 - half, Y0: box.Y0 - half, X1: box.X1 + half, Y1: box.Y1 + half})
		}
	}
}

// pictureCover is the area of a picture. Whether it is opaque is tested only if there is text below.
func (r *reading) pictureCover(o *object, p *model.Picture) []model.Cover {
	c := &coverer{o: o, veil: p.Mask || r.through(o)}
	if !c.veil && r.textBelow(p.Box) {
		r.drawnAlone++
		c.veil = r.drawnAlone > mostOpaque || !r.opaque(o)
	}
	cover := model.Cover{Box: p.Box, Kind: model.CoverPicture}
	if m := p.Matrix; m[1] != 0 || m[2] != 0 {
		cover.Outline = []model.Point{m.Apply(0, 0), m.Apply(1, 0), m.Apply(1, 1), m.Apply(0, 1)}
	}
	c.add(cover)
	return c.covers
}

// textBelow reports whether text was shown in a box before.
func (r *reading) textBelow(box model.Rect) bool {
	if len(r.texts) >= mostTexts {
		return true
	}
	for _, b := range r.texts {
		if !apart(b, box) {
			return true
		}
	}
	return false
}

// opaque renders a picture alone and reports whether it is opaque.
func (r *reading) opaque(o *object) bool {
	g := r.g
	bitmap := g.ptr("FPDFImageObj_GetRenderedBitmap", r.doc.handle, r.doc.shownPage, o.handle)
	if bitmap == 0 {
		return false
	}
	defer g.call("FPDFBitmap_Destroy", bitmap)
	const bgra = 4
	if g.int("FPDFBitmap_GetFormat", bitmap) != bgra {
		return false
	}
	w, h := g.int("FPDFBitmap_GetWidth", bitmap), g.int("FPDFBitmap_GetHeight", bitmap)
	stride := g.int("FPDFBitmap_GetStride", bitmap)
	pix := g.bytes(g.ptr("FPDFBitmap_GetBuffer", bitmap), stride*h)
	all, solid := 0, 0
	for y := opaqueBorder; y < h-opaqueBorder; y++ {
		for x := opaqueBorder; x < w-opaqueBorder; x++ {
			all++
			if pix[y*stride+4*x+3] >= opaqueAlpha {
				solid++
			}
		}
	}
	return all > 0 && float64(solid) >= opaqueShare*float64(all)
}

// isBox reports whether a clipping path is the whole of its box.
func isBox(points []model.Point, parts int, curved bool) bool {
	s := subpath{points: points}
	_, ok := s.rectangle()
	return ok && parts == 1 && !curved
}
