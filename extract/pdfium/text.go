package pdfium

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// char is one glyph of a text object, in user space.
type char struct {
	runes    []rune // as PDFium gives them, surrogates as separate values
	unmapped bool   // the values are codes of the font, because it has no Unicode mapping
	origin   model.Point
	matrix   model.Matrix // of the text, without font size and origin
	advance  float64      // the glyph's width in text space, with the font size applied
	vertical bool         // the font is for vertical writing
}

// textReader reads the characters of a page by their text objects.
type textReader struct {
	g        *guest
	chars    map[uint64][]char // by text object
	last     uint64            // the text object to which size and font belong
	lastSize float64
	lastFont uint64
}

// readText reads all characters of a loaded page.
func readText(g *guest, page uint64) map[uint64][]char {
	t := &textReader{g: g, chars: map[uint64][]char{}}
	text := g.ptr("FPDFText_LoadPage", page)
	if text == 0 {
		return t.chars
	}
	defer g.call("FPDFText_ClosePage", text)
	for i := range g.int("FPDFText_CountChars", text) {
		if g.ok("FPDFText_IsGenerated", text, uint64(i)) {
			continue
		}
		if o := g.ptr("FPDFText_GetTextObject", text, uint64(i)); o != 0 {
			t.chars[o] = appendChar(t.chars[o], t.char(text, uint64(i), o))
		}
	}
	return t.chars
}

// char reads the i-th character.
func (t *textReader) char(text, i, o uint64) (c char) {
	g := t.g
	t.unicode(text, i, &c)
	if g.ok("FPDFText_GetCharOrigin", text, i, g.out(0), g.out(1)) {
		c.origin = model.Point{X: g.outDouble(0), Y: g.outDouble(1)}
	}
	c.matrix = model.Identity
	if g.ok("FPDFText_GetMatrix", text, i, g.scratch) {
		c.matrix = model.Matrix(g.floats(6))
	}
	t.enter(o)
	size := t.lastSize
	width := t.width(c.runes[0]) * size
	if width*size < 0 { // only a vertical font has negative widths
		c.vertical = true
		c.advance = t.verticalWidth(&c, text, i, size)
	} else {
		c.advance = t.advance(&c, text, i, size, width)
	}
	return c
}

// advance computes the advance of a character.
//
// PDFium's loose box ends at the advance, unless the glyph's own box goes further: then it ends there. A font without ascent
// and descent has only the glyph's box. In both cases, and if the baseline is oblique, the width is read by Unicode value
// instead. That is the second choice: if several codes have the same character, it may be the width of another code.
func (t *textReader) advance(c *char, text, i uint64, size, width float64) float64 {
	const right = 0.001 // sine of an angle up to which it counts as 0
	a, b := c.matrix[0], c.matrix[1]
	loose, tight := t.loose(text, i), t.tight(text, i)
	var end, glyphEnd float64
	switch {
	case a != 0 && math.Abs(b) <= right*math.Abs(a):
		end, glyphEnd = loose.along(a*size > 0, false), tight.along(a*size > 0, false)
		end, glyphEnd = (end-c.origin.X)/a, (glyphEnd-c.origin.X)/a
	case b != 0 && math.Abs(a) <= right*math.Abs(b):
		end, glyphEnd = loose.along(b*size > 0, true), tight.along(b*size > 0, true)
		end, glyphEnd = (end-c.origin.Y)/b, (glyphEnd-c.origin.Y)/b
	default:
		return width
	}
	exact := math.Abs(end-glyphEnd)*math.Hypot(a, b) > boxTolerance && loose != tight
	if exact || width == 0 || loose != tight && width/end > 1.001 {
		return end
	}
	return width
}

// boxTolerance is the difference, in points, up to which coordinates of PDFium's boxes are equal.
const boxTolerance = 0.005

// charBox is a box as PDFium gives it, y up.
type charBox struct{ left, top, right, bottom float64 }

// along is the coordinate of the box's border in the direction of an axis.
func (b charBox) along(positive, vertical bool) float64 {
	switch {
	case vertical && positive:
		return b.top
	case vertical:
		return b.bottom
	case positive:
		return b.right
	}
	return b.left
}

// loose is the box around advance and em, and around the glyph where it goes further.
func (t *textReader) loose(text, i uint64) charBox {
	t.g.call("FPDFText_GetLooseCharBox", text, i, t.g.scratch)
	v := t.g.floats(4)
	return charBox{left: v[0], top: v[1], right: v[2], bottom: v[3]}
}

// tight is the box around the glyph.
func (t *textReader) tight(text, i uint64) charBox {
	g := t.g
	g.call("FPDFText_GetCharBox", text, i, g.out(0), g.out(1), g.out(2), g.out(3))
	f := func(i int) float64 { return float64(float32(g.outDouble(i))) } // in the precision of the loose box
	return charBox{left: f(0), right: f(1), bottom: f(2), top: f(3)}
}

// verticalWidth is the width of a character of a vertical font. Its origin is half of that to the left of the vertical
// origin, and its loose box ends half an em to the right of the vertical origin, unless the glyph's own box goes further.
// PDFium does not scale or rotate that box with the text.
func (t *textReader) verticalWidth(c *char, text, i uint64, size float64) float64 {
	loose, tight := t.loose(text, i), t.tight(text, i)
	if width := 2 * (loose.right - c.origin.X - size/2); loose.right-tight.right > boxTolerance &&
		width > 0 && width <= size {
		return width
	}
	return size
}

// width is the width of a character in ems, by its Unicode value.
func (t *textReader) width(r rune) float64 {
	one := uint64(math.Float32bits(1))
	if !t.g.ok("FPDFFont_GetGlyphWidth", t.lastFont, uint64(uint32(r)), one, t.g.out(0)) {
		return 0
	}
	return t.g.outFloat(0)
}

// enter makes o the current text object and reads its font and size.
func (t *textReader) enter(o uint64) {
	if o != t.last {
		t.last, t.lastSize, t.lastFont = o, fontSize(t.g, o), t.g.ptr("FPDFTextObj_GetFont", o)
	}
}

// fontSize is the font size of a text object, in text space.
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

// appendChar adds a character. Several in one place belong to one glyph: a ligature, a surrogate pair, or the ActualText of
// a whole object.
func appendChar(chars []char, c char) []char {
	if n := len(chars); n > 0 && chars[n-1].origin == c.origin {
		last := &chars[n-1]
		last.runes = append(last.runes, c.runes...)
		last.unmapped = last.unmapped || c.unmapped
		return chars
	}
	return append(chars, c)
}
