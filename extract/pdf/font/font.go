// Package font turns the codes of a PDF font into text and widths: encodings and their Differences (simple.go), ToUnicode and
// other CMaps (cmap.go) with their repair (mend.go), and font programs. Which of them is believed is decided in font.go.
package font

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf/cos"
)

// Glyph is what one character code of a font stands for.
type Glyph struct {
	Text             string  // U+FFFD where it is not known
	Width            float64 // of the em
	AdvanceY         float64 // vertical writing: the displacement in ems, negative downwards
	OriginX, OriginY float64 // vertical writing: the position vector in ems
	Undecoded        bool    // it is not known which text the code stands for
	ready            bool
}

// Font decodes character codes. What a code stands for is worked out when it is first asked for.
type Font struct {
	Model    *model.Font // what later stages want to know of the font
	Vertical bool        // text runs downwards
	Type3    *Type3      // nil for other fonts
	Damage   error       // which part of the font is damaged or missing, so that its text may be missing or wrong; nil if none

	coding   coding                          // cuts strings into codes
	toUni    *cmap                           // nil when there is none
	decode   func(code uint32, n int) string // without ToUnicode
	measure  func(g *Glyph, code uint32, n int)
	symbolic bool // a symbol font: bullets and signs at private-use or Latin codes

	// Decoded glyphs by code, allocated on the first code of each kind.
	single *[256]Glyph
	double *[1 << 10]*[1 << 6]*Glyph
	room   []Glyph // for two-byte codes, which are sparse
	others map[uint32]*Glyph
	widths map[rune]float64 // of characters, for text that a viewer lays out
}

// coding splits the first character code off a string that is not empty, and gives its length in bytes.
type coding func(s []byte) (code uint32, n int)

// None is the font for text without a font, or with one that cannot be read.
func None() *Font {
	return &Font{
		Model: &model.Font{Ascent: 0.88, Descent: 0.12}, coding: oneByte,
		decode:  func(uint32, int) string { return "" },
		measure: func(g *Glyph, _ uint32, _ int) { g.Width = 0.5 },
	}
}

func oneByte(s []byte) (uint32, int) { return uint32(s[0]), 1 }

func twoBytes(s []byte) (uint32, int) {
	if len(s) < 2 {
		return uint32(s[0]), 1
	}
	return uint32(s[0])<<8 | uint32(s[1]), 2
}

// Next splits the first character code off a string that is not empty: the code and its length in bytes.
func (f *Font) Next(s []byte) (code uint32, n int) { return f.coding(s) }

// Glyph returns what a code of n bytes stands for.
func (f *Font) Glyph(code uint32, n int) *Glyph {
	var g *Glyph
	switch {
	case n == 1:
		if f.single == nil {
			f.single = new([256]Glyph)
		}
		g = &f.single[code&0xff]
	case n == 2:
		if f.double == nil {
			f.double = new([1 << 10]*[1 << 6]*Glyph)
		}
		page := f.double[code>>6&0x3ff]
		if page == nil {
			page = new([1 << 6]*Glyph)
			f.double[code>>6&0x3ff] = page
		}
		if g = page[code&0x3f]; g == nil {
			if len(f.room) == 0 {
				f.room = make([]Glyph, 32)
			}
			g, f.room = &f.room[0], f.room[1:]
			page[code&0x3f] = g
		}
	default:
		if g = f.others[code]; g == nil {
			if f.others == nil || len(f.others) > 1<<16 {
				f.others = map[uint32]*Glyph{}
			}
			g = new(Glyph)
			f.others[code] = g
		}
	}
	if !g.ready {
		f.prepare(g, code, n)
	}
	return g
}

func (f *Font) prepare(g *Glyph, code uint32, n int) {
	g.ready = true
	f.measure(g, code, n)
	g.Text = f.unicode(code, n)
	if g.Text == "" {
		g.Text, g.Undecoded = string(utf8.RuneError), true
	}
}

// unicode uses ToUnicode, and the encoding where ToUnicode gives nothing usable.
func (f *Font) unicode(code uint32, n int) string {
	if f.toUni != nil {
		if t, ok := f.toUni.text(code, n); ok && usable(t) {
			return NormalizeText(t)
		}
	}
	t := f.decode(code, n)
	if !usable(t) {
		if f.toUni != nil && t == "" {
			t, _ = f.toUni.text(code, n)
		}
		return f.privateUse(t)
	}
	return NormalizeText(t)
}

// usable reports whether text has no NUL, private-use or replacement character.
func usable(s string) bool {
	if s == "" {
		return false
	}
	for _, r := range s {
		if r == 0 || r == utf8.RuneError || r >= 0x7f && r < 0xa0 || r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 || r == 0xFFFE || r == 0xFFFF {
			return false
		}
	}
	return true
}

// privateUse maps the private-use codes of symbol fonts, U+F000 plus the byte of an 8-bit font, to text.
func (f *Font) privateUse(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || size != len(s) || r < 0xF020 || r > 0xF0FF {
		return ""
	}
	switch {
	case f.symbolic:
		return "•"
	case r < 0xF07F:
		return string(r - 0xF000)
	}
	return ""
}

// New makes the font of a font dictionary. A damaged font still gives its glyphs widths.
func New(v cos.Object) (f *Font) {
	f = None()
	if v.Kind() != cos.Dict {
		f.Damage = cos.Missing("a font is not in the file: its text cannot be read")
		return f
	}
	name := fontName(v.Key("BaseFont").Name())
	switch t := v.Key("ToUnicode"); {
	case t.Kind() == cos.Stream:
		data, err := t.Data()
		if len(data) > 0 {
			f.toUni = parseCMap(data, t, 0)
		}
		f.damaged(name, "character map", err)
	case t.Kind() == cos.Lost:
		f.damaged(name, "character map", errNotInFile)
	}
	if enc := v.Key("Encoding"); enc.Kind() == cos.Lost {
		f.damaged(name, "encoding", errNotInFile)
	}
	f.symbolic = isSymbolName(name)
	switch v.Key("Subtype").Name() {
	case "Type0":
		child := v.Key("DescendantFonts")
		if child.Kind() == cos.Array {
			child = child.Index(0)
		}
		if child.Kind() != cos.Dict {
			f.damaged(name, "description", errNotInFile)
		}
		f.Model = newModelFont(name, child.Key("FontDescriptor"))
		initComposite(f, v, child)
	case "Type3":
		f.Model = newModelFont(name, v.Key("FontDescriptor"))
		initSimple(f, v, name)
		f.Model.OwnColors = true
		initType3(f, v)
	case "Type1", "MMType1", "TrueType", "":
		f.Model = newModelFont(name, v.Key("FontDescriptor"))
		initSimple(f, v, name)
	default:
		f.damaged(name, "type", errUnknownName)
		f.Model = newModelFont(name, v.Key("FontDescriptor"))
		initSimple(f, v, name)
	}
	return f
}

// errNotInFile is the reason for a stream or object that a font refers to and that is missing.
var errNotInFile = errors.New("it is not in the file")

// errUnknownName is the reason for a name that is not one of those defined for its entry.
var errUnknownName = errors.New("its name is not known")

// damaged keeps the first damage of a font.
func (f *Font) damaged(name, what string, err error) {
	if err != nil && f.Damage == nil {
		f.Damage = cos.DamagedStream(fmt.Sprintf("%s of font %q", what, name), err)
	}
}

// fontName removes the subset tag and decodes names that Chinese programs write in GBK.
func fontName(s string) string {
	if len(s) > 7 && s[6] == '+' && strings.Trim(s[:6], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		s = s[7:]
	}
	if !utf8.ValidString(s) {
		if t, err := simplifiedchinese.GBK.NewDecoder().String(s); err == nil {
			s = t
		}
	}
	return cos.CleanText(s)
}

func isSymbolName(name string) bool {
	low := strings.ToLower(name)
	for _, s := range []string{"symbol", "wingding", "webding", "dingbat"} {
		if strings.Contains(low, s) {
			return true
		}
	}
	return false
}

// newModelFont reads the name, style and metrics of a font for later stages.
func newModelFont(name string, desc cos.Object) *model.Font {
	const forceBold = 1 << 18
	m := &model.Font{Name: name, Ascent: desc.Key("Ascent").Float() / 1000, Descent: desc.Key("Descent").Float() / -1000}
	if m.Descent < 0 { // the sign is often forgotten
		m.Descent = -m.Descent
	}
	// Some programs write other values into these entries; they are out of range.
	if m.Ascent < 0.5 || m.Ascent > 1.3 {
		m.Ascent = 0.88
	}
	if m.Descent == 0 || m.Descent > 0.6 {
		m.Descent = 0.12
	}
	low := strings.ToLower(name)
	for _, s := range boldNames() {
		m.Bold = m.Bold || strings.Contains(low, s)
	}
	// StemV is no evidence: many programs write the same for all fonts, and Ghostscript writes 0.15 of the font box's right edge.
	m.Bold = m.Bold || desc.Key("Flags").Int()&forceBold != 0 || desc.Key("FontWeight").Float() >= 600
	return m
}

// boldNames are words in the names of bold fonts.
var boldNames = sync.OnceValue(func() (words []string) {
	eachLine("data/bold_names.txt", func(word, _ string) { words = append(words, word) })
	return words
})
