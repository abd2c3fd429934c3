package font

import (
	"bufio"
	"bytes"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/encoding/charmap"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// initSimple sets a Type1, TrueType or Type3 font up.
func initSimple(f *Font, v cos.Object, name string) {
	enc := simpleEncoding(f, v, name)
	f.decode = func(code uint32, _ int) string { return enc[code&0xff] }
	first, list := int(v.Key("FirstChar").Int()), v.Key("Widths")
	if list.Kind() == cos.Lost {
		f.damaged(name, "table of widths", errNotInFile)
	}
	var w [256]float64
	known := [256]bool{}
	for i := range min(list.Len(), 256) {
		if c := first + i; c >= 0 && c < 256 {
			w[c], known[c] = saneWidth(list.Index(i).Float()/1000), true
		}
	}
	missing := v.Key("FontDescriptor").Key("MissingWidth").Float() / 1000
	standard := standardWidths(name)
	f.measure = func(g *Glyph, code uint32, _ int) {
		c := code & 0xff
		switch {
		case known[c]:
			g.Width = w[c]
		case standard != nil && list.Len() == 0:
			g.Width = standard.of(enc[c])
		case missing > 0:
			g.Width = saneWidth(missing)
		case list.Len() == 0:
			g.Width = 0.5
		}
	}
}

// simpleEncoding is the text of each code: by the base encoding, or the font program's if there is none, then by
// /Differences.
func simpleEncoding(f *Font, v cos.Object, name string) *[256]string {
	enc := v.Key("Encoding")
	base := enc.Name()
	if enc.Kind() == cos.Dict {
		base = enc.Key("BaseEncoding").Name()
	}
	switch base {
	case "", "WinAnsiEncoding", "MacRomanEncoding", "MacExpertEncoding", "StandardEncoding", "PDFDocEncoding":
	default:
		if f.toUni == nil {
			f.damaged(name, "encoding", errUnknownName)
		}
	}
	const symbolic = 1 << 2
	flags := v.Key("FontDescriptor").Key("Flags").Int()
	var t *[256]string
	switch {
	case base == "WinAnsiEncoding":
		t = charmapTable(charmap.Windows1252)
	case base == "MacRomanEncoding":
		t = charmapTable(charmap.Macintosh)
	case base == "" && flags&symbolic != 0 && isSymbolName(name):
		t = new([256]string)
		for i := 0x21; i < 256; i++ {
			t[i] = "•"
		}
	case v.Key("Subtype").Name() == "TrueType":
		t = charmapTable(charmap.Windows1252)
	default:
		t = standardEncoding()
	}
	if base == "" && f.toUni == nil && !f.symbolic && (flags&symbolic != 0 || v.Key("Subtype").Name() != "TrueType") {
		own := programEncodingOf(v)
		if own.arbitrary {
			*t = [256]string{}
			f.Model.Arbitrary = true
		}
		for code, text := range own.texts {
			t[code&0xff] = text
		}
	}
	if enc.Kind() == cos.Dict {
		applyDifferences(t, enc.Key("Differences"))
	}
	return t
}

func applyDifferences(t *[256]string, diff cos.Object) {
	code := 0
	for i := range min(diff.Len(), 4096) {
		switch e := diff.Index(i); e.Kind() {
		case cos.Integer:
			code = int(e.Int())
		case cos.Name:
			if code >= 0 && code < 256 {
				t[code] = glyphText(e.Name())
			}
			code++
		}
	}
}

func charmapTable(c *charmap.Charmap) *[256]string {
	t := new([256]string)
	for i := range t {
		if r := c.DecodeByte(byte(i)); i >= ' ' && r != '\uFFFD' {
			t[i] = string(r)
		}
	}
	t[0x7f] = ""
	return t
}

// glyphText is the text of a glyph name (Adobe Glyph List Specification, section 2).
func glyphText(name string) string {
	if i := strings.IndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		b.WriteString(componentText(part))
	}
	return b.String()
}

func componentText(name string) string {
	if t, ok := glyphList()[name]; ok {
		return t
	}
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) >= 4 && len(hex)%4 == 0 {
		var u []uint16
		for i := 0; i+4 <= len(hex); i += 4 {
			v, err := strconv.ParseUint(hex[i:i+4], 16, 16)
			if err != nil {
				return ""
			}
			u = append(u, uint16(v))
		}
		return decodeUnits(u)
	}
	if hex, ok := strings.CutPrefix(name, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if v, err := strconv.ParseUint(hex, 16, 32); err == nil {
			return runeText(rune(v))
		}
	}
	return ""
}

// glyphList is the Adobe Glyph List.
var glyphList = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	eachLine("data/glyphlist.txt", func(key, value string) {
		var b strings.Builder
		for hex := range strings.FieldsSeq(value) {
			v, _ := strconv.ParseUint(hex, 16, 32)
			b.WriteRune(rune(v))
		}
		m[key] = b.String()
	})
	return m
})

var standardTable = sync.OnceValue(func() (t [256]string) {
	eachLine("data/standard_encoding.txt", func(key, value string) {
		if code, err := strconv.ParseUint(key, 16, 8); err == nil {
			t[code] = glyphText(value)
		}
	})
	return t
})

func standardEncoding() *[256]string {
	t := standardTable()
	return &t
}

// metrics are the widths of a standard font by character, in em.
type metrics map[rune]float64

func (m metrics) of(s string) float64 {
	for _, r := range s {
		if w, ok := m[r]; ok {
			return w
		}
	}
	return 0.5
}

var standardFonts = sync.OnceValue(func() map[string]metrics {
	fonts := map[string]metrics{}
	eachLine("data/standard14.txt", func(key, value string) {
		m := metrics{}
		fields := strings.Fields(value)
		for i := 0; i+1 < len(fields); i += 2 {
			r, _ := strconv.ParseUint(fields[i], 16, 32)
			w, _ := strconv.ParseFloat(fields[i+1], 64)
			m[rune(r)] = w / 1000
		}
		fonts[key] = m
	})
	return fonts
})

// standardWidths finds the metrics of a standard 14 font, or of a font commonly used in place of one.
func standardWidths(name string) metrics {
	if m, ok := standardFonts()[name]; ok {
		return m
	}
	low := strings.ToLower(name)
	bold, italic := strings.Contains(low, "bold"), strings.Contains(low, "italic") || strings.Contains(low, "oblique")
	family, regular, slant := "", "", "Oblique"
	switch {
	case strings.HasPrefix(low, "arial"), strings.HasPrefix(low, "helvetica"):
		family = "Helvetica"
	case strings.HasPrefix(low, "courier"):
		family = "Courier"
	case strings.HasPrefix(low, "times"):
		family, regular, slant = "Times", "-Roman", "Italic"
	default:
		return nil
	}
	switch {
	case bold && italic:
		return standardFonts()[family+"-Bold"+slant]
	case bold:
		return standardFonts()[family+"-Bold"]
	case italic:
		return standardFonts()[family+"-"+slant]
	}
	return standardFonts()[family+regular]
}

// eachLine reads a data file of "key;value" lines.
func eachLine(file string, do func(key, value string)) {
	b, err := dataFiles.ReadFile(file)
	if err != nil {
		panic(err)
	}
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		if key, value, ok := strings.Cut(sc.Text(), ";"); ok && !strings.HasPrefix(key, "#") {
			do(key, value)
		}
	}
}

// nameList reads a data file of one name a line.
func nameList(file string) []string {
	b, err := dataFiles.ReadFile(file)
	if err != nil {
		panic(err)
	}
	_, names, _ := strings.Cut(string(b), "\n") // the first line is a heading
	return strings.Fields(names)
}

var (
	cffStrings = sync.OnceValue(func() []string { return nameList("data/cff_strings.txt") })
	macGlyphs  = sync.OnceValue(func() []string { return nameList("data/mac_glyphs.txt") })
)
