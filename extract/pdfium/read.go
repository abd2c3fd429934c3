package pdfium

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// reading turns the objects of one page into the model.
type reading struct {
	g     *guest
	doc   *Document
	page  *model.Page
	fonts map[uint64]*model.Font // by FPDF_FONT, which is only valid while the page is loaded
	chars map[uint64][]char
	view  model.Matrix // from user space to the page's points
	order int

	texts      []model.Rect // of the text objects so far that are drawn
	textClip   bool         // text was added to the clipping path, which PDFium does not report
	drawnAlone int          // pictures that were rendered to test whether they are opaque
}

// read fills the page. Characters are read after all objects, because PDFium returns them in another order, and are then
// looked up in drawing order.
func (r *reading) read(objects []object, view model.Matrix) {
	r.view = view
	drawn := make([]drawing, len(objects))
	for i := range objects {
		r.draw(&objects[i], &drawn[i])
	}
	r.chars = r.readLayers(objects, drawn)
	for i := range objects {
		r.add(&objects[i], &drawn[i])
	}
}

// drawing is what a non-text object draws, before it has a place in the drawing order.
type drawing struct {
	rules   []model.Rule
	covers  []model.Cover
	picture *model.Picture
	style   style
}

func (r *reading) draw(o *object, d *drawing) {
	switch o.kind {
	case kindPath:
		if p := readPath(r.g, o); p != nil {
			d.rules, d.covers = pathRules(p, o, r.page), r.pathCovers(o, p)
		}
	case kindImage:
		if d.picture = readPicture(r.g, r.doc.shownPage, o); d.picture != nil {
			d.covers = r.pictureCover(o, d.picture)
		}
	case kindShading:
		c := &coverer{o: o, veil: true}
		c.add(model.Cover{Box: objectBounds(r.g, o)})
		d.covers = c.covers
	case kindText:
		d.style = r.style(o)
		if d.style.flags&model.FlagInvisible == 0 && len(r.texts) < mostTexts {
			r.texts = append(r.texts, d.style.box)
		}
		if d.style.box.Width() < emptyWidth || d.style.box.Height() < emptyWidth {
			widen(r.g, o.handle)
		}
	}
}

// emptyWidth is the width, in points, below which PDFium leaves a text object out of the text page.
const emptyWidth = 0.02

// widen gives a text object without an extent a bounding box. A single character of a font that is not embedded, and whose
// shape PDFium does not have, has an empty box; as stroked text it has one as wide as the line.
func widen(g *guest, o uint64) {
	const stroke = 1
	one := uint64(math.Float32bits(1))
	g.call("FPDFTextObj_SetTextRenderMode", o, stroke)
	g.call("FPDFPageObj_SetStrokeWidth", o, one)
	zero, unit := math.Float64bits(0), math.Float64bits(1)
	g.call("FPDFPageObj_Transform", o, unit, zero, zero, unit, zero, zero) // recomputes the box
}

// add puts what an object draws on the page.
func (r *reading) add(o *object, d *drawing) {
	for _, c := range d.covers {
		if len(r.page.Covers) < model.MaxCovers {
			c.Order = r.next()
			r.page.Covers = append(r.page.Covers, c)
		}
	}
	for _, rule := range d.rules {
		rule.Order = r.next()
		r.page.Rules = append(r.page.Rules, rule)
	}
	if d.picture != nil {
		d.picture.Order = r.next()
		r.page.Pictures = append(r.page.Pictures, *d.picture)
	}
	for _, c := range r.chars[o.handle] {
		r.glyph(o, &d.style, c)
	}
}

func (r *reading) next() int {
	r.order++
	return r.order - 1
}

// style is what the glyphs of a text object share.
type style struct {
	font  *model.Font
	size  float64 // text space
	color model.Color
	flags model.GlyphFlags
	box   model.Rect // of the whole object
}

func (r *reading) style(o *object) style {
	g := r.g
	s := style{font: r.font(o.handle), size: fontSize(g, o.handle), flags: o.flags}
	const stroke, both, invisible, fillClip, strokeClip, bothClip, clip = 1, 2, 3, 4, 5, 6, 7
	mode := g.int("FPDFTextObj_GetTextRenderMode", o.handle)
	r.textClip = r.textClip || mode >= fillClip
	switch mode {
	case stroke, strokeClip:
		s.color = readPaint(g, "FPDFPageObj_GetStrokeColor", o.handle).color
	case invisible, clip:
		s.flags |= model.FlagInvisible
		fallthrough
	default:
		s.color = readPaint(g, "FPDFPageObj_GetFillColor", o.handle).color
	}
	if mode == both || mode == bothClip {
		if outline := readPaint(g, "FPDFPageObj_GetStrokeColor", o.handle).color; s.color.Luminance() >= white && outline.Luminance() < white {
			s.color = outline
		}
	}
	s.box = objectBounds(g, o)
	return s
}

// objectBounds is the upright box around an object.
func objectBounds(g *guest, o *object) model.Rect {
	if !g.ok("FPDFPageObj_GetBounds", o.handle, g.out(0), g.out(1), g.out(2), g.out(3)) {
		return model.Rect{}
	}
	return transformRect(o.matrix, g.outFloat(0), g.outFloat(1), g.outFloat(2), g.outFloat(3))
}

// glyph adds a glyph, or the glyphs of an object's replacement text.
func (r *reading) glyph(o *object, s *style, c char) {
	m := c.matrix.Mul(model.Matrix{r.view[0], r.view[1], r.view[2], r.view[3], 0, 0})
	origin := r.view.Apply(c.origin.X, c.origin.Y)
	m[4], m[5] = origin.X, origin.Y
	_, em := scale(m)
	g := model.Glyph{
		Origin: origin, Font: s.font, Color: s.color, FormID: o.formID, Flags: s.flags,
		Text: glyphText(&c, s.font), Size: math.Abs(s.size) * em, Angle: angle(m, s.size),
		Source: model.SourceText, Confidence: 1,
	}
	g.Box = transformRect(m, 0, -s.font.Descent*s.size, c.advance, s.font.Ascent*s.size)
	if g.Text == undecoded {
		g.Flags |= model.FlagUndecoded
	}
	if c.vertical {
		g.Flags |= model.FlagVertical
	}
	const ligature = 4 // characters of one glyph at most
	if len(c.runes) > ligature && g.Text != undecoded {
		r.spread(o, s, g)
		return
	}
	r.put(o, g)
}

func (r *reading) put(o *object, g model.Glyph) {
	if apart(g.Box, o.clip) {
		g.Flags |= model.FlagClipped
	}
	g.Order = r.next()
	r.page.Glyphs = append(r.page.Glyphs, g)
}

// spread distributes the ActualText of a whole object over the object's box, along its longer side.
func (r *reading) spread(o *object, s *style, g model.Glyph) {
	runes := []rune(g.Text)
	share := 1 / float64(len(runes))
	w, h := s.box.Width()*share, s.box.Height()*share
	for i, c := range runes {
		part, at := g, float64(i)
		part.Text = string(c)
		part.Box = s.box
		if s.box.Width() >= s.box.Height() {
			part.Box.X0 += w * at
			part.Box.X1 = part.Box.X0 + w
			part.Origin.X = part.Box.X0
		} else {
			part.Box.Y0 += h * at
			part.Box.Y1 = part.Box.Y0 + h
		}
		r.put(o, part)
	}
}

// angle is the direction of the baseline, in degrees clockwise as displayed. A negative font size rotates text by 180°.
func angle(m model.Matrix, size float64) float64 {
	dx, dy := m[0], m[1]
	if size < 0 {
		dx, dy = -dx, -dy
	}
	a := math.Atan2(dy, dx) * 180 / math.Pi
	if a <= -180 {
		a += 360
	}
	return a + 0 // no negative zero
}
