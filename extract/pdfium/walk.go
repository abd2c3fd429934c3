package pdfium

import (
	"hash/fnv"
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// PDFium's kinds of page object (FPDF_PAGEOBJ_*).
const (
	kindText  = 1
	kindPath  = 2
	kindImage = 3
	kindForm  = 5
)

// Limits of one page, far above real documents.
const (
	maxObjects = 1 << 20
	maxDepth   = 32
	maxClips   = 64 // clipping paths of one object that are read
)

// object is a page object that draws something, in drawing order.
type object struct {
	handle uint64 // FPDF_PAGEOBJECT
	kind   int
	matrix model.Matrix // from the object's holder (page or form) to the page's points
	clip   model.Rect   // in the page's points
	formID int          // 0 for the page itself
	flags  model.GlyphFlags
	group  string // name of its optional content group; "" for none
	veiled bool   // may be transparent: a clipping path that is no rectangle, or an enclosing transparent form
}

// holder contains objects: the page or a form XObject.
type holder struct {
	matrix model.Matrix
	clip   model.Rect
	formID int
	flags  model.GlyphFlags
	group  string
	veiled bool
	depth  int
}

// walker lists the objects of a page.
type walker struct {
	g           *guest
	doc         *Document
	marks       map[uint64]mark // by marked content item
	annotations *annotations    // nil when none were merged
	objects     []object
	truncated   bool
}

// page lists the objects of the page and of its forms. The matrix maps user space to the page's points.
func (w *walker) page(page uint64, view model.Matrix, box model.Rect) []object {
	h := holder{matrix: view, clip: box}
	n := w.g.int("FPDFPage_CountObjects", page)
	for i := range n {
		o := w.g.ptr("FPDFPage_GetObject", page, uint64(i))
		if w.annotations != nil && i == n-1 && w.kind(o) == kindForm {
			w.appearances(o, h)
			break
		}
		w.object(o, h)
	}
	return w.objects
}

func (w *walker) kind(o uint64) int { return w.g.int("FPDFPageObj_GetType", o) }

// object adds an object, or the objects of a form.
func (w *walker) object(o uint64, h holder) {
	if o == 0 {
		return
	}
	if len(w.objects) >= maxObjects {
		w.truncated = true
		return
	}
	kind := w.kind(o)
	clip, loose := w.clip(o, h)
	mark := w.marked(o)
	flags, group, veiled := h.flags|mark.flags, h.group, h.veiled || loose
	if group == "" {
		group = mark.group
	}
	switch kind {
	case kindText, kindPath, kindImage, kindShading:
		w.objects = append(w.objects, object{
			handle: o, kind: kind, matrix: h.matrix, clip: clip, formID: h.formID, flags: flags, group: group, veiled: veiled,
		})
	case kindForm:
		veiled = veiled || w.g.ok("FPDFPageObj_HasTransparency", o)
		w.form(o, holder{matrix: h.matrix, clip: clip, flags: flags | model.FlagForm, group: group, veiled: veiled, depth: h.depth})
	}
}

// form walks the objects of a form XObject that is drawn in h.
func (w *walker) form(o uint64, h holder) {
	if h.depth > maxDepth {
		w.truncated = true
		return
	}
	h.matrix, h.formID, h.depth = w.matrix(o).Mul(h.matrix), w.formID(o), h.depth+1
	n := w.g.int("FPDFFormObj_CountObjects", o)
	for i := range n {
		w.object(w.g.ptr("FPDFFormObj_GetObject", o, uint64(i)), h)
	}
}

// appearances walks the form into which annotations were merged: one inner form for each appearance.
func (w *walker) appearances(o uint64, h holder) {
	h.matrix = w.matrix(o).Mul(h.matrix)
	n := w.g.int("FPDFFormObj_CountObjects", o)
	for i := range n {
		inner := w.g.ptr("FPDFFormObj_GetObject", o, uint64(i))
		if inner == 0 || w.kind(inner) != kindForm {
			continue
		}
		var loose bool
		h.clip, loose = w.clip(inner, holder{matrix: h.matrix, clip: h.clip})
		h.flags = model.FlagAnnotation | w.annotations.flags(i, n)
		h.veiled = loose || w.annotations.markup(i, n)
		w.form(inner, h)
	}
}

// matrix is an object's own matrix.
func (w *walker) matrix(o uint64) model.Matrix {
	if !w.g.ok("FPDFPageObj_GetMatrix", o, w.g.scratch) {
		return model.Identity
	}
	return model.Matrix(w.g.floats(6))
}

// clip is the box that an object is clipped to: the bounding box of its clipping path. loose reports a path that is not a
// rectangle.
func (w *walker) clip(o uint64, h holder) (c model.Rect, loose bool) {
	c = h.clip
	path := w.g.ptr("FPDFPageObj_GetClipPath", o)
	if path == 0 {
		return c, false
	}
	n := w.g.int("FPDFClipPath_CountPaths", path)
	for i := range min(n, maxClips) {
		if b, whole, ok := w.clipBox(path, i, h.matrix); ok {
			c.X0, c.Y0 = math.Max(c.X0, b.X0), math.Max(c.Y0, b.Y0)
			c.X1, c.Y1 = math.Min(c.X1, b.X1), math.Min(c.Y1, b.Y1)
			loose = loose || !whole
		}
	}
	return c, loose || n > maxClips
}

func (w *walker) clipBox(path uint64, i int, m model.Matrix) (box model.Rect, whole, ok bool) {
	const bezier, move = 1, 2 // FPDF_SEGMENT_*
	g := w.g
	n := g.int("FPDFClipPath_CountPathSegments", path, uint64(i))
	var points []model.Point
	parts, curved := 0, false
	for s := range n {
		segment := g.ptr("FPDFClipPath_GetPathSegment", path, uint64(i), uint64(s))
		if g.ok("FPDFPathSegment_GetPoint", segment, g.out(0), g.out(1)) {
			points = append(points, m.Apply(g.outFloat(0), g.outFloat(1)))
		}
		switch g.int("FPDFPathSegment_GetType", segment) {
		case bezier:
			curved = true
		case move:
			parts++
		}
	}
	return bounds(points...), isBox(points, parts, curved), len(points) > 0
}

// mark is the meaning of a marked-content item.
type mark struct {
	flags model.GlyphFlags
	group string // name of the optional content group
}

// marked combines the marked-content items around an object; of optional content groups the outermost counts.
func (w *walker) marked(o uint64) (all mark) {
	n := w.g.int("FPDFPageObj_CountMarks", o)
	for i := range n {
		handle := w.g.ptr("FPDFPageObj_GetMark", o, uint64(i))
		m, ok := w.marks[handle]
		if !ok {
			m = w.readMark(handle)
			w.marks[handle] = m
		}
		all.flags |= m.flags
		if all.group == "" {
			all.group = m.group
		}
	}
	return all
}

// readMark reads a mark's tag and, for optional content, the name of its group.
func (w *walker) readMark(handle uint64) (m mark) {
	g := w.g
	if !g.ok("FPDFPageObjMark_GetName", handle, g.scratch+8, scratchSize-8, g.scratch) {
		return m
	}
	tag := g.utf16At(8, int(g.outUint(0)))
	if tag == "Artifact" {
		m.flags |= model.FlagArtifact
	}
	group := w.markParameter(handle, "Name")
	if tag == "OC" {
		m.group = "OC " + group
	}
	name := tag + " " + group + " " + w.markParameter(handle, "Subtype")
	if wording.NamesWatermark(name) {
		m.flags |= model.FlagWatermarkContent
	}
	return m
}

// markParameter is a string of a mark's property list. PDFium returns no names.
func (w *walker) markParameter(mark uint64, key string) string {
	g := w.g
	k := g.cString(key)
	defer g.free(k)
	if !g.ok("FPDFPageObjMark_GetParamStringValue", mark, k, g.scratch+8, scratchSize-8, g.scratch) {
		return ""
	}
	return g.utf16At(8, int(g.outUint(0)))
}

// formID numbers forms by their content, because PDFium does not tell which XObject a form is.
func (w *walker) formID(o uint64) int {
	g := w.g
	sum := fnv.New64a()
	n := g.int("FPDFFormObj_CountObjects", o)
	for i := range n {
		inner := g.ptr("FPDFFormObj_GetObject", o, uint64(i))
		// A result takes 4 of 8 bytes; the other 4 hold earlier results.
		copy(g.bytes(g.scratch, 32), make([]byte, 32))
		g.call("FPDFPageObj_GetBounds", inner, g.out(0), g.out(1), g.out(2), g.out(3))
		sum.Write(g.bytes(g.scratch, 32))
		g.call("FPDFPageObj_GetFillColor", inner, g.out(0), g.out(1), g.out(2), g.out(3))
		sum.Write(g.bytes(g.scratch, 32))
		sum.Write([]byte{byte(w.kind(inner))})
	}
	key := sum.Sum64()
	id, ok := w.doc.forms[key]
	if !ok {
		id = len(w.doc.forms) + 1
		w.doc.forms[key] = id
	}
	return id
}
