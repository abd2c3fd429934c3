package pdfium

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// char is one glyph of a text object, in user space.
type char struct {
	runes    []rune // as PDFium gives them: halves of surrogate pairs are still apart
	unknown  bool   // no Unicode value is known
	origin   model.Point
	matrix   model.Matrix // of the text, without font size and origin
	advance  float64      // text space, with the font size applied
	vertical bool         // vertical writing: advance runs down
	corner   model.Point  // vertical writing: from the origin to the lower left of the box, text space
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
		args := [7]uint64{t.g.ptr("FPDFPage_GetObject", page, uint64(i))}
		for k, v := range m {
			args[1+k] = math.Float64bits(v)
		}
		t.g.call("FPDFPageObj_Transform", args[:]...)
	}
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
		g.call("FPDFText_GetLooseCharBox", text, i, g.scratch)
		box := g.floats(4) // left, top, right, bottom
		c.measure(origin, box[0], box[1], box[2], box[3], m[0], t.size(o))
	}
	return c, flat
}

// measure takes the advance from PDFium's box around a character, whose text has the scale a along the x axis.
func (c *char) measure(origin model.Point, left, top, right, bottom, a, size float64) {
	if (top-bottom)*a*size >= 0 {
		c.advance = (right - left) / a
		return
	}
	// Only the box of a vertical font is upside down. It starts at the vertical origin and is not scaled.
	c.vertical = true
	c.advance = bottom - top
	c.corner = model.Point{X: left - origin.X, Y: top - origin.Y}
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
	c.unknown = !isText(r) || t.g.ok("FPDFText_HasUnicodeMapError", text, i)
	c.runes = []rune{r}
}

// appendChar adds a character. Several in one place stand for one glyph: a ligature, a pair of surrogates, or the
// replacement text of a whole object.
func appendChar(chars []char, c char) []char {
	if n := len(chars); n > 0 && chars[n-1].origin == c.origin {
		last := &chars[n-1]
		last.runes = append(last.runes, c.runes...)
		last.unknown = last.unknown || c.unknown
		return chars
	}
	return append(chars, c)
}
