package pdfium

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// char is one glyph of a text object, in user space.
type char struct {
	runes    []rune // as PDFium gives them: halves of surrogate pairs are still apart
	unmapped bool   // the values are codes of the font, for want of Unicode
	origin   model.Point
	matrix   model.Matrix // of the text, without font size and origin
	advance  float64      // the glyph's width in text space, with the font size applied
	vertical bool         // the font is for vertical writing
}

// textReader reads the characters of a page by their text objects.
type textReader struct {
	g     *guest
	chars map[uint64][]char // by text object

	// The objects of the page are turned for reading.
	turn, back model.Matrix // from user space and to it
	last       uint64       // the text object whose size is known
	lastSize   float64
}

// readText reads all characters of a loaded page.
//
// PDFium gives the advance of a character only through a box that is right for text along the x axis. So the page's
// objects are turned to bring text that is upright as seen to it, and by another quarter when some text remains.
func readText(g *guest, page uint64, rotate int) map[uint64][]char {
	t := &textReader{g: g, chars: map[uint64][]char{}, turn: model.Identity, back: model.Identity}
	t.turnPage(page, 4-rotate/90)
	if t.read(page, false) {
		t.turnPage(page, 1)
		t.read(page, true)
	}
	return t.chars
}

// turnPage turns the page's objects by quarter turns counterclockwise about the origin of user space.
func (t *textReader) turnPage(page uint64, quarters int) {
	if quarters%4 == 0 {
		return
	}
	m := quarterTurn(quarters)
	t.turn, t.back = t.turn.Mul(m), quarterTurn(-quarters).Mul(t.back)
	for i := range t.g.int("FPDFPage_CountObjects", page) {
		transformObject(t.g, t.g.ptr("FPDFPage_GetObject", page, uint64(i)), m)
	}
}

func transformObject(g *guest, o uint64, m model.Matrix) {
	args := [7]uint64{o}
	for k, v := range m {
		args[1+k] = math.Float64bits(v)
	}
	g.call("FPDFPageObj_Transform", args[:]...)
}

func quarterTurn(n int) model.Matrix {
	switch n & 3 {
	case 1:
		return model.Matrix{0, 1, -1, 0, 0, 0}
	case 2:
		return model.Matrix{-1, 0, 0, -1, 0, 0}
	case 3:
		return model.Matrix{0, -1, 1, 0, 0, 0}
	}
	return model.Identity
}

// read reads the page as it is turned: everything, or what was steep before the last turn. It reports whether there is
// steep text, nearer to the y axis than to the x axis.
func (t *textReader) read(page uint64, onlyFlat bool) (steep bool) {
	g := t.g
	text := g.ptr("FPDFText_LoadPage", page)
	if text == 0 {
		return false
	}
	defer g.call("FPDFText_ClosePage", text)
	fresh := map[uint64][]char{}
	for i := range g.int("FPDFText_CountChars", text) {
		if g.ok("FPDFText_IsGenerated", text, uint64(i)) {
			continue
		}
		o := g.ptr("FPDFText_GetTextObject", text, uint64(i))
		if o == 0 {
			continue
		}
		c, flat := t.char(text, uint64(i), o)
		steep = steep || !flat
		if flat || !onlyFlat {
			fresh[o] = appendChar(fresh[o], c)
		}
	}
	for o, chars := range fresh {
		t.chars[o] = chars
	}
	return steep
}

// char reads the i-th character. When it is not flat, along the x axis, its advance is not known.
func (t *textReader) char(text, i, o uint64) (c char, flat bool) {
	g := t.g
	t.unicode(text, i, &c)
	var origin model.Point
	if g.ok("FPDFText_GetCharOrigin", text, i, g.out(0), g.out(1)) {
		origin = model.Point{X: g.outDouble(0), Y: g.outDouble(1)}
	}
	m := model.Identity
	if g.ok("FPDFText_GetMatrix", text, i, g.scratch) {
		m = model.Matrix(g.floats(6))
		m[4], m[5] = 0, 0
	}
	c.origin, c.matrix = t.back.Apply(origin.X, origin.Y), m.Mul(t.back)
	if flat = m[0] != 0 && math.Abs(m[0]) >= math.Abs(m[1])*0.99; flat {
		t.measure(&c, text, i, o, origin, m[0])
	}
	return c, flat
}

// measure finds the advance of a character of flat text that has the scale a along the x axis.
//
// PDFium's loose box ends where the advance ends, unless the glyph's own box goes further: then it ends with that. A font
// without ascent and descent has only the glyph's box. In both cases the width is asked for by Unicode value, which finds
// another code's when the font has several codes for one character; so it is only the second choice.
func (t *textReader) measure(c *char, text, i, o uint64, origin model.Point, a float64) {
	g, size := t.g, t.size(o)
	width := t.width(o, c.runes[0]) * size
	if width*size < 0 { // only a vertical font has negative widths
		c.vertical = true
		t.measureVertical(c, text, i, origin, size)
		return
	}
	tight := t.tight(text, i)
	g.call("FPDFText_GetLooseCharBox", text, i, g.scratch)
	v := g.floats(4)
	loose := charBox{left: v[0], top: v[1], right: v[2], bottom: v[3]}
	end, glyphEnd := loose.right, tight.right
	if a*size < 0 {
		end, glyphEnd = loose.left, tight.left
	}
	c.advance = (end - origin.X) / a
	if math.Abs(end-glyphEnd) > boxTolerance && loose != tight {
		return
	}
	if width != 0 && (loose == tight || width/c.advance <= 1.001) {
		c.advance = width
	}
}

// boxTolerance is the difference between equal coordinates of PDFium's boxes, in points.
const boxTolerance = 0.005

// charBox is a box as PDFium gives it: y up.
type charBox struct{ left, top, right, bottom float64 }

// tight is the box around a character's glyph.
func (t *textReader) tight(text, i uint64) charBox {
	g := t.g
	g.call("FPDFText_GetCharBox", text, i, g.out(0), g.out(1), g.out(2), g.out(3))
	f := func(i int) float64 { return float64(float32(g.outDouble(i))) } // as precise as the loose box
	return charBox{left: f(0), right: f(1), bottom: f(2), top: f(3)}
}

// measureVertical finds the place of a character of a vertical font: its origin is to the lower left of the vertical
// origin, by half of the glyph's width. The loose box ends half an em to the right of the vertical origin and is not scaled,
// unless the glyph's own box goes further.
func (t *textReader) measureVertical(c *char, text, i uint64, origin model.Point, size float64) {
	g := t.g
	c.advance = size
	tight := t.tight(text, i)
	g.call("FPDFText_GetLooseCharBox", text, i, g.scratch)
	if right := g.floats(4)[2]; right-tight.right > boxTolerance {
		c.advance = 2 * (right - origin.X - size/2)
	}
}

// width is the width of a character in ems, by its Unicode value.
func (t *textReader) width(o uint64, r rune) float64 {
	g := t.g
	font := g.ptr("FPDFTextObj_GetFont", o)
	one := uint64(math.Float32bits(1))
	if !g.ok("FPDFFont_GetGlyphWidth", font, uint64(uint32(r)), one, g.out(0)) {
		return 0
	}
	return g.outFloat(0)
}

// size is the font size of a text object, in text space.
func (t *textReader) size(o uint64) float64 {
	if o != t.last {
		t.last, t.lastSize = o, fontSize(t.g, o)
	}
	return t.lastSize
}

func fontSize(g *guest, o uint64) float64 {
	if !g.ok("FPDFTextObj_GetFontSize", o, g.out(0)) {
		return 0
	}
	return g.outFloat(0)
}

// unicode reads the Unicode value of a character.
func (t *textReader) unicode(text, i uint64, c *char) {
	const hyphen = 2 // PDFium's mark for a hyphen at the end of a line
	r := rune(t.g.int("FPDFText_GetUnicode", text, i))
	if r == hyphen && t.g.ok("FPDFText_IsHyphen", text, i) {
		r = '-'
	}
	c.unmapped = t.g.ok("FPDFText_HasUnicodeMapError", text, i)
	c.runes = []rune{r}
}

// appendChar adds a character. Several in one place stand for one glyph: a ligature, a pair of surrogates, or the
// replacement text of a whole object.
func appendChar(chars []char, c char) []char {
	if n := len(chars); n > 0 && chars[n-1].origin == c.origin {
		last := &chars[n-1]
		last.runes = append(last.runes, c.runes...)
		last.unmapped = last.unmapped || c.unmapped
		return chars
	}
	return append(chars, c)
}
