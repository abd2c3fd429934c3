package pdfium

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// maxSegments is how many segments of one path are read; rules have few.
const maxSegments = 1 << 16

// path is a painted path, in the page's points.
type path struct {
	parts        []subpath
	fill, stroke *paint  // nil if it is not filled or stroked
	width        float64 // of the stroke
}

// subpath is a polyline; of a curve only the end point is kept.
type subpath struct {
	points         []model.Point
	curved, closed bool
}

// paint is what a path is painted with.
type paint struct {
	color   model.Color
	pattern bool
}

// readPath reads a path object that paints something; nil otherwise.
func readPath(g *guest, o *object) *path {
	if !g.ok("FPDFPath_GetDrawMode", o.handle, g.out(0), g.out(1)) {
		return nil
	}
	fill, stroke := g.outUint(0) != 0, g.outUint(1) != 0
	if !fill && !stroke {
		return nil
	}
	m := objectMatrix(g, o)
	p := &path{}
	if fill {
		p.fill = readPaint(g, "FPDFPageObj_GetFillColor", o.handle)
	}
	if stroke {
		p.stroke = readPaint(g, "FPDFPageObj_GetStrokeColor", o.handle)
		if g.ok("FPDFPageObj_GetStrokeWidth", o.handle, g.out(0)) {
			p.width = g.outFloat(0) * math.Sqrt(math.Abs(m[0]*m[3]-m[1]*m[2]))
		}
	}
	p.read(g, o, m)
	return p
}

// read reads the path's segments.
func (p *path) read(g *guest, o *object, m model.Matrix) {
	const bezier, move = 1, 2 // FPDF_SEGMENT_*
	for i := range min(g.int("FPDFPath_CountSegments", o.handle), maxSegments) {
		s := g.ptr("FPDFPath_GetPathSegment", o.handle, uint64(i))
		if s == 0 || !g.ok("FPDFPathSegment_GetPoint", s, g.out(0), g.out(1)) {
			continue
		}
		at := m.Apply(g.outFloat(0), g.outFloat(1))
		kind := g.int("FPDFPathSegment_GetType", s)
		if kind == move || len(p.parts) == 0 {
			p.parts = append(p.parts, subpath{})
		}
		part := &p.parts[len(p.parts)-1]
		part.points = append(part.points, at)
		part.curved = part.curved || kind == bezier
		part.closed = part.closed || g.ok("FPDFPathSegment_GetClose", s)
	}
}

// objectMatrix maps an object's own coordinates to the page's points.
func objectMatrix(g *guest, o *object) model.Matrix {
	if !g.ok("FPDFPageObj_GetMatrix", o.handle, g.scratch) {
		return o.matrix
	}
	return model.Matrix(g.floats(6)).Mul(o.matrix)
}

// readPaint reads an object's colour; PDFium gives none for a pattern.
func readPaint(g *guest, function string, o uint64) *paint {
	if !g.ok(function, o, g.out(0), g.out(1), g.out(2), g.out(3)) {
		return &paint{color: model.Black, pattern: true}
	}
	return &paint{color: model.Color{
		R: uint8(g.outUint(0)), G: uint8(g.outUint(1)), B: uint8(g.outUint(2)), Alpha: uint8(g.outUint(3)),
	}}
}
