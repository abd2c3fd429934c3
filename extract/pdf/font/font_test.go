package font

import (
	"fmt"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/testfiles"
)

// composite makes a file with a Type0 font.
func composite(encoding, descendant, extra string) *testfiles.PDF {
	b := testfiles.NewPDF("", "/Font<</F1 10 0 R>>")
	b.Objects[10] = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding" + encoding + extra + "/DescendantFonts[11 0 R]>>"
	b.Objects[11] = "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun" + descendant + ">>"
	return b
}

const gb1 = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"

func TestCompositeFonts(t *testing.T) {
	for _, c := range []struct {
		name, encoding, descendant, show string
		text                             string
		widths                           []float64 // in em
	}{
		{"GBK", "/GBK-EUC-H", gb1, "<D6D041B2BF>", "中A部", []float64{1, 1, 1}},
		{"GBK, half-width Latin", "/GBK-EUC-H", gb1 + "/DW 1000/W[814 907 500 7716[500]]", "<41D6D020>", "A中 ", []float64{.5, 1, .5}},
		{"GBKp, proportional Latin", "/GBKp-EUC-H", gb1 + "/W[34[722]]", "(A)", "A", []float64{.722}},
		{"GB", "/GB-EUC-H", gb1, "<B9ABBFAA>", "公开", []float64{1, 1}},
		{"GB of the Mac", "/GBpc-EUC-H", gb1, "<B9ABBFAA>", "公开", []float64{1, 1}},
		{"GB18030 of four bytes", "/GBK2K-H", gb1, "<8139EF30D6D0>", "㐁中", []float64{1, 1}},
		{"UCS2", "/UniGB-UCS2-H", gb1 + "/W[1 95 500]", "<4E0000310000>", "一1\uFFFD", []float64{1, .5, 1}},
		{"UTF-16", "/UniGB-UTF16-H", gb1, "<4E00D840DC0B>", "一𠀋", []float64{1, 1}},
		{"UTF-8", "/UniGB-UTF8-H", gb1, "<E4B880>", "一", []float64{1}},
		{"UTF-32", "/UniGB-UTF32-H", gb1, "<00004E00>", "一", []float64{1}},
		{"Big5", "/ETen-B5-H", "", "<A440A4A4>", "一中", []float64{1, 1}},
		{"HKSCS", "/HKscs-B5-H", "", "<A440>", "一", []float64{1}},
		{"CNS of Unicode", "/UniCNS-UCS2-H", "", "<4E00>", "一", []float64{1}},
		{"Identity with GB1", "/Identity-H", gb1, "<0001002210FE>", " A" + adobeGB1.text(0x10fe), []float64{1, 1, 1}},
		{"Identity, unknown", "/Identity-H", "/CIDSystemInfo<</Ordering(Identity)>>/W[5[250]]", "<0005>", "\uFFFD", []float64{.25}},
		{"odd last byte", "/Identity-H", gb1, "<000122>", " A", []float64{1, 1}},
	} {
		glyphs := glyphsOf(t, composite(c.encoding, c.descendant, ""), c.show)
		if got := textOf(glyphs); got != c.text {
			t.Errorf("%s: got %q, want %q", c.name, got, c.text)
			continue
		}
		for i, w := range c.widths {
			if g := glyphs[i]; !near(g.Width, w) {
				t.Errorf("%s: glyph %d is %g wide, want %g", c.name, i, g.Width, w)
			}
		}
		for i, r := range []rune(c.text) {
			if undecoded := glyphs[i].Undecoded; undecoded != (r == '\uFFFD') {
				t.Errorf("%s: glyph %d undecoded: %v", c.name, i, undecoded)
			}
		}
	}
}

func TestToUnicodeComesFirst(t *testing.T) {
	b := composite("/Identity-H", gb1, "/ToUnicode 12 0 R")
	b.Stream(12, "", "6 beginbfchar <0001> <4E00> <0002> <2F00> <0003> <FF1A> <0004> <F900> <0022> <0000> <0023> <E123> endbfchar")
	// A radical and a compatibility ideograph become ordinary, punctuation stays, and what is unusable comes from the CID.
	if got := textOf(glyphsOf(t, b, "<000100020003000400220023>")); got != "一一：豈AB" {
		t.Errorf("got %q", got)
	}
}

func TestVerticalWriting(t *testing.T) {
	for _, c := range []struct {
		name, descendant string
		next, x, y       float64
	}{
		{"defaults", "", -1, .5, .88},
		{"DW2", "/DW2[800 -500]", -.5, .5, .8},
		{"W2, a range", "/W2[1 30000 -700 250 900]", -.7, .25, .9},
		{"W2, the second of a list", fmt.Sprintf("/W2[%d[-600 300 850 -650 350 870]]", adobeGB1.cid('一')-1), -.65, .35, .87},
		{"W2, one by one", fmt.Sprintf("/W2[%d[-600 300 850]]", adobeGB1.cid('一')), -.6, .3, .85},
	} {
		f := fontOf(t, composite("/UniGB-UCS2-V", gb1+c.descendant, ""))
		if !f.Vertical {
			t.Fatalf("%s: the writing mode was not seen", c.name)
		}
		if g := f.Glyph(0x4e00, 2); !near(g.AdvanceY, c.next) || !near(g.OriginX, c.x) || !near(g.OriginY, c.y) {
			t.Errorf("%s: got %+v", c.name, *g)
		}
	}
}

func TestEmbeddedCMap(t *testing.T) {
	b := composite(" 12 0 R", gb1+"/W[1000[600]]", "")
	b.Stream(12, "/Type/CMap/CMapName/X/UseCMap/GBK-EUC-H", "1 begincidrange <b0a1> <b0a1> 1000 endcidrange")
	glyphs := glyphsOf(t, b, "<20B0A1D6D0>")
	if got := textOf(glyphs); got != " 啊中" {
		t.Errorf("got %q", got)
	}
	if w := glyphs[1].Width; !near(w, .6) {
		t.Errorf("width %g", w)
	}
}

func TestSimpleFonts(t *testing.T) {
	for _, c := range []struct{ name, font, show, want string }{
		{"WinAnsi", "/Subtype/TrueType/Encoding/WinAnsiEncoding", `(A\200\225\344)`, "A€•ä"},
		{"MacRoman", "/Subtype/TrueType/Encoding/MacRomanEncoding", `(A\200)`, "AÄ"},
		{"Standard", "/Subtype/Type1", `(A\256\341)`, "AﬁÆ"},
		{"Differences", "/Subtype/Type1/Encoding<</Differences[65/uni4E00/f_i/u20000/Euro/alpha.alt]>>", "(ABCDE)", "一fi𠀀€α"},
		{"Type3", "/Subtype/Type3/FontMatrix[0.01 0 0 0.01 0 0]/FontBBox[0 -20 100 80]/FirstChar 65/Widths[50]/Encoding<</Differences[65/zero]>>", "(A)", "0"},
	} {
		b := testfiles.NewPDF("", "/Font<</F1 10 0 R>>")
		b.Objects[10] = "<</Type/Font/BaseFont/ABCDEF+Some" + c.font + ">>"
		want := strings.NewReplacer("ﬁ", "fi").Replace(c.want)
		glyphs := glyphsOf(t, b, c.show)
		if got := textOf(glyphs); got != want {
			t.Errorf("%s: got %q, want %q", c.name, got, want)
		}
		if c.name == "Type3" {
			if f := fontOf(t, b); !near(glyphs[0].Width, .5) || !near(f.Model.Ascent, .8) || !near(f.Model.Descent, .2) {
				t.Errorf("Type3: %g wide, %+v", glyphs[0].Width, f.Model)
			}
		}
	}
}

func TestFontDescription(t *testing.T) {
	for _, c := range []struct {
		name, descriptor string
		want             model.Font
	}{
		{"#D0#A1#B1#EA#CB#CE", "", model.Font{Name: "小标宋", Bold: true, Ascent: .88, Descent: .12}},
		{"ABCDEF+SimHei", "", model.Font{Name: "SimHei", Bold: true, Ascent: .88, Descent: .12}},
		{"#CB#CE#CC#E5", "/Ascent 859/Descent -141", model.Font{Name: "宋体", Ascent: .859, Descent: .141}},
		{"Arial", "/Ascent 905/Descent 212/Flags 262176", model.Font{Name: "Arial", Bold: true, Ascent: .905, Descent: .212}},
		{"Odd", "/Ascent 20000/Descent -3000/StemV 80", model.Font{Name: "Odd", Ascent: .88, Descent: .12}},
		{"Plain", "/StemV 157", model.Font{Name: "Plain", Ascent: .88, Descent: .12}},
		{"Plain", "/StemV 80/FontWeight 700", model.Font{Name: "Plain", Bold: true, Ascent: .88, Descent: .12}},
		{"Odd,Bold", "/Ascent 0/Descent 0", model.Font{Name: "Odd,Bold", Bold: true, Ascent: .88, Descent: .12}},
	} {
		b := testfiles.NewPDF("", "/Font<</F1 10 0 R>>")
		b.Objects[10] = "<</Type/Font/Subtype/TrueType/BaseFont/" + c.name + "/FontDescriptor<<" + c.descriptor + ">>>>"
		if got := *fontOf(t, b).Model; got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestPrivateUse(t *testing.T) {
	for _, c := range []struct{ font, value, want string }{
		{"Wingdings", "F06C", "•"}, {"SimSun", "F041", "A"}, {"SimSun", "E123", "\uFFFD"},
	} {
		b := testfiles.NewPDF("", "/Font<</F1 10 0 R>>")
		b.Objects[10] = "<</Type/Font/Subtype/TrueType/ToUnicode 12 0 R/BaseFont/" + c.font + ">>"
		b.Stream(12, "", "1 beginbfchar <01> <"+c.value+"> endbfchar")
		if got := textOf(glyphsOf(t, b, "<01>")); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.font, c.value, got, c.want)
		}
	}
}

func TestNormalizeText(t *testing.T) {
	for in, want := range map[string]string{
		"预算": "预算", "：（）％１": "：（）％１", "⼀⽉": "一月", "⺟": "母", "⻓": "长", "ﬁ": "fi", "豈": "豈", "\u00a0": " ", "a\u200bb": "ab",
		"\u200b": " ", "①": "①", "㎡": "㎡", "\u3000": "\u3000", "\u00ad": "-",
	} {
		if got := NormalizeText(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestFontFile decodes a font without ToUnicode by the character map of its TrueType program.
func TestFontFile(t *testing.T) {
	cmap := "\x00\x00\x00\x01\x00\x03\x00\x01\x00\x00\x00\x0c" + // one subtable, Windows Unicode
		"\x00\x04\x00\x20\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00" + // format 4, two segments
		"\x4e\x02\xff\xff\x00\x00\x4e\x00\xff\xff\xb2\x05\x00\x01\x00\x00\x00\x00" // 4E00–4E02 are glyphs 5–7
	file := "\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00cmap\x00\x00\x00\x00\x00\x00\x00\x1c\x00\x00\x00\x2c" + cmap
	b := composite("/Identity-H", "/CIDSystemInfo<</Ordering(Identity)>>/FontDescriptor<</FontFile2 12 0 R>>", "")
	b.Stream(12, "", file)
	if got := textOf(glyphsOf(t, b, "<00050006>")); got != "一丁" {
		t.Errorf("got %q", got)
	}
	b.Objects[11] = strings.Replace(b.Objects[11], "/FontDescriptor", "/CIDToGIDMap 13 0 R/FontDescriptor", 1)
	b.Stream(13, "", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x06\x00\x05")
	if got := textOf(glyphsOf(t, b, "<00050006>")); got != "丁一" {
		t.Errorf("with a glyph map: got %q", got)
	}
}

// TestWidths: a simple font has widths from /FirstChar on, and /MissingWidth for other codes; a composite font has /W and,
// for other CIDs, /DW.
func TestWidths(t *testing.T) {
	for _, c := range []struct {
		name, font, show string
		want             []float64
	}{
		{"simple", "/Subtype/TrueType/FirstChar 65/Widths[100 11 0 R 300]/FontDescriptor<</MissingWidth 700>>", "(@ABCD)", []float64{.7, .1, .25, .3, .7}},
		{"wild", "/Subtype/TrueType/FirstChar 65/Widths[99999]", "(A)", []float64{1}},
		{"standard", "/Subtype/Type1/BaseFont/Helvetica", "(A )", []float64{.667, .278}},
		{"a font like a standard one", "/Subtype/TrueType/BaseFont/Arial,Bold", "(A)", []float64{.722}},
		{"composite", "/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 600/W[1[100 200]5 6 11 0 R]>>]", "<0000000100020005000600070003>", []float64{.6, .1, .2, .25, .25, .6, .6}},
		{"composite, without DW", "/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]", "<0001>", []float64{1}},
	} {
		b := testfiles.NewPDF("", "/Font<</F1 10 0 R>>")
		b.Objects[10], b.Objects[11] = "<</Type/Font"+c.font+">>", "250"
		for i, g := range glyphsOf(t, b, c.show) {
			if !near(g.Width, c.want[i]) {
				t.Errorf("%s: glyph %d is %g wide, want %g", c.name, i, g.Width, c.want[i])
			}
		}
	}
}

func TestWritingModeOfEmbeddedCMap(t *testing.T) {
	for dict, program := range map[string]string{"/WMode 1": "", "": "/WMode 1 def"} {
		b := composite(" 12 0 R", gb1, "")
		b.Stream(12, "/Type/CMap/CMapName/X"+dict, program)
		if !fontOf(t, b).Vertical {
			t.Errorf("%s%s: not vertical", dict, program)
		}
	}
}

// Differences count up from each number, for the names of a Type 3 font's glyphs as for the texts of other fonts.
func TestDifferences(t *testing.T) {
	for _, subtype := range []string{"Type3", "Type1"} {
		b := testfiles.NewPDF("", "/Font<</F1 10 0 R>>")
		b.Objects[10] = "<</Type/Font/Subtype/" + subtype + "/Encoding<</Differences[65/one/two 80/three/four]>>>>"
		f := fontOf(t, b)
		if got := textOf(decode(t, f, "(ABPQ)")); got != "1234" {
			t.Errorf("%s: got %q", subtype, got)
		}
		if t3 := f.Type3; t3 != nil && (t3.GlyphName('B') != "two" || t3.GlyphName('Q') != "four" || t3.GlyphName('C') != "") {
			t.Errorf("the names are %q, %q, %q", t3.GlyphName('B'), t3.GlyphName('Q'), t3.GlyphName('C'))
		}
	}
}
