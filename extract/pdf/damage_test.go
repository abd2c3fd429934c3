package pdf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

// TestDamageIsSaid breaks one thing of a page at a time: what is left is read, and the page's error tells of the rest.
func TestDamageIsSaid(t *testing.T) {
	const content = "BT /F1 10 Tf 20 50 Td (Budget) Tj ET /X1 Do"
	whole := func() *pdfBuilder {
		b := newPDF(content, helvetica+"/XObject<</X1 11 0 R>>").withHelvetica()
		b.Stream(11, "/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources<<"+helvetica+">>", "BT /F1 10 Tf 60 50 Td (2025) Tj ET")
		return b
	}
	compressed := testfiles.Deflate(content)
	flip := func(s string, at int) string {
		b := []byte(s)
		b[at] ^= 0x10
		return string(b)
	}
	for name, c := range map[string]struct {
		damage func(b *pdfBuilder)
		text   string // "" does not matter
		says   string // "" for nothing
	}{
		"nothing":             {func(*pdfBuilder) {}, "Budget2025", ""},
		"nothing, compressed": {func(b *pdfBuilder) { b.Stream(4, "/Filter/FlateDecode", compressed) }, "Budget2025", ""},
		"checksum missing":    {func(b *pdfBuilder) { b.Stream(4, "/Filter/FlateDecode", compressed[:len(compressed)-4]) }, "Budget2025", ""},
		"checksum zero": {func(b *pdfBuilder) {
			b.Stream(4, "/Filter/FlateDecode", compressed[:len(compressed)-4]+"\x00\x00\x00\x00")
		}, "Budget2025", ""},
		"checksum wrong":             {func(b *pdfBuilder) { b.Stream(4, "/Filter/FlateDecode", flip(compressed, len(compressed)-1)) }, "Budget2025", "checksum"},
		"compressed data cut off":    {func(b *pdfBuilder) { b.Stream(4, "/Filter/FlateDecode", compressed[:len(compressed)/2]) }, "", "content stream is damaged"},
		"compressed data changed":    {func(b *pdfBuilder) { b.Stream(4, "/Filter/FlateDecode", flip(compressed, len(compressed)/2)) }, "", "content stream is damaged"},
		"name of the filter changed": {func(b *pdfBuilder) { b.Stream(4, "/Filter/FlateDecodf", compressed) }, "", "unknown filter"},
		"base 85 with other bytes":   {func(b *pdfBuilder) { b.Stream(4, "/Filter/ASCII85Decode", "6<#'\\\xff7PQ~>") }, "", "no digits"},
		"hex with other bytes":       {func(b *pdfBuilder) { b.Stream(4, "/Filter/ASCIIHexDecode", testfiles.Hex(content)+"xy>") }, "Budget2025", "no digits"},
		"run length cut off":         {func(b *pdfBuilder) { b.Stream(4, "/Filter/RunLengthDecode", testfiles.RunLength(content)[:20]) }, "", "content stream is damaged"},
		"content lost":               {func(b *pdfBuilder) { delete(b.Objects, 4) }, "", "content stream is not in the file"},
		"key of the content lost":    {func(b *pdfBuilder) { b.Objects[3] = strings.Replace(b.Objects[3], "/Contents", "/Contenxs", 1) }, "", "its content is not there"},
		"part of the content lost": {func(b *pdfBuilder) {
			b.Objects[3] = strings.Replace(b.Objects[3], "4 0 R", "[4 0 R 15 0 R]", 1)
		}, "Budget2025", "a part of the page's content stream"},
		"text cut off":          {func(b *pdfBuilder) { b.Stream(4, "", "BT /F1 10 Tf 20 50 Td (Budget) Tj") }, "Budget", "in the middle of its text"},
		"string cut off":        {func(b *pdfBuilder) { b.Stream(4, "", "BT /F1 10 Tf 20 50 Td (Bud") }, "", "in the middle of an operation"},
		"words of noise":        {func(b *pdfBuilder) { b.Stream(4, "", strings.Replace(content, "Tj", "T\xffj", 1)) }, "2025", "no operators"},
		"unknown between BX EX": {func(b *pdfBuilder) { b.Stream(4, "", "BX new EX "+content) }, "Budget2025", ""},
		"font lost":             {func(b *pdfBuilder) { delete(b.Objects, 10) }, "", "a font is not in the file"},
		"form lost":             {func(b *pdfBuilder) { delete(b.Objects, 11) }, "Budget", "X1"},
		"form null":             {func(b *pdfBuilder) { b.Objects[11] = "null" }, "Budget", "X1"},
		"form damaged": {func(b *pdfBuilder) {
			b.Stream(11, "/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Filter/FlateDecode", "\x78\x9cabc")
		}, "Budget", "content stream of a form"},
		"character map damaged": {func(b *pdfBuilder) {
			b.Objects[10] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 12 0 R>>"
			b.Stream(12, "/Filter/FlateDecode", testfiles.Deflate("1 beginbfchar <41> <0042> endbfchar")[:12])
		}, "", "character map"},
		"character map lost": {func(b *pdfBuilder) {
			b.Objects[10] = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 12 0 R>>"
		}, "", "character map"},
		"type of the font damaged": {func(b *pdfBuilder) {
			b.Objects[10] = "<</Type/Font/Subtype/Typf0/BaseFont/Helvetica>>"
		}, "", "type of font"},
		"encoding's name damaged": {func(b *pdfBuilder) {
			b.Objects[10] = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBL-EUC-H/DescendantFonts[<</Subtype/CIDFontType2>>]>>"
		}, "", "encoding of font"},
		"widths lost": {func(b *pdfBuilder) {
			b.Objects[10] = "<</Type/Font/Subtype/TrueType/BaseFont/Helvetica/Widths 12 0 R>>"
		}, "Budget2025", "table of widths"},
		"content empty": {func(b *pdfBuilder) { b.Stream(4, "", " ") }, "", "content is empty"},
		"content empty below a field": {func(b *pdfBuilder) {
			b.Stream(4, "", "")
			b.Objects[3] = strings.Replace(b.Objects[3], "/Contents", "/Annots[<</Subtype/Widget/Rect[0 0 9 9]>>]/Contents", 1)
		}, "", ""},
		"content empty below a link": {func(b *pdfBuilder) {
			b.Stream(4, "", "")
			b.Objects[3] = strings.Replace(b.Objects[3], "/Contents", "/Annots[<</Subtype/Link/Rect[0 0 9 9]>>]/Contents", 1)
		}, "", "content is empty"},
		"forms in forms": {func(b *pdfBuilder) {
			for n := range 40 {
				b.Stream(20+n, fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources<</XObject<</X1 %d 0 R>>>>", 21+n), "/X1 Do")
			}
			b.Objects[60] = b.Objects[11]
			b.Objects[11] = b.Objects[20]
		}, "Budget2025", ""},
		"too many forms in forms": {func(b *pdfBuilder) {
			for n := range 70 {
				b.Stream(20+n, fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources<</XObject<</X1 %d 0 R>>>>", 21+n), "/X1 Do")
			}
			b.Objects[90] = b.Objects[11]
			b.Objects[11] = b.Objects[20]
		}, "Budget", "drawn in each other"},
		"text in a soft mask": {func(b *pdfBuilder) {
			b.Objects[3] = strings.Replace(b.Objects[3], "/Resources<<", "/Resources<</ExtGState<</G<</SMask<</S/Alpha/G 11 0 R>>>>>>", 1)
			b.Stream(4, "", "/G gs 0 0 200 100 re f")
		}, "", "transparency mask"},
		"descendant lost": {func(b *pdfBuilder) {
			b.Objects[10] = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[12 0 R]>>"
		}, "", "description"},
	} {
		b := whole()
		c.damage(b)
		p := b.open(t).Page(1)
		if got := textOf(p); c.text != "" && got != c.text {
			t.Errorf("%s: read %q, want %q", name, got, c.text)
		}
		switch {
		case c.says == "" && p.Err != nil:
			t.Errorf("%s: %v", name, p.Err)
		case c.says != "" && (!IsDamage(p.Err) || !strings.Contains(p.Err.Error(), c.says)):
			t.Errorf("%s: the error is %v, want a damage with %q", name, p.Err, c.says)
		}
	}
}

// An operator inside the array of TJ is left out with its operands; one after an array that is not closed ends it.
func TestOperatorInArray(t *testing.T) {
	for content, want := range map[string]string{
		"[(Bud) 0.0 Tc -250 (get) 1 Tw (s)] TJ":       "Budgets",
		"[(Bud) (get) TJ (next) Tj":                   "Budgetnext",
		"[(Bud) (get) ET BT 20 30 Td [(next)] TJ":     "next",
		"(Budget) TJ [(s)] Tj":                        "Budgets",
		"[(Bud) 1 0 0 RG (get)] TJ [(a) 2 Tc (b)] TJ": "Budgetab",
	} {
		p := newPDF("BT /F1 10 Tf 20 50 Td "+content+" ET", helvetica).withHelvetica().open(t).Page(1)
		if got := textOf(p); got != want {
			t.Errorf("%s: got %q, want %q", content, got, want)
		}
	}
}

// pagesOf is a document of n pages that say their number; its page tree can be changed by the tests.
func pagesOf(n int) *pdfBuilder {
	b := newPDF("", "").withHelvetica()
	var kids []string
	for i := range n {
		page, content := 20+2*i, 21+2*i
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
		b.Objects[page] = fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<<%s>>>>", content, helvetica)
		b.Stream(content, "", fmt.Sprintf("BT /F1 10 Tf 20 50 Td (%d) Tj ET", i+1))
	}
	delete(b.Objects, 3)
	delete(b.Objects, 4)
	b.Objects[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 200 100]>>", strings.Join(kids, " "), n)
	return b
}

// TestPageTreeDamaged: pages that the tree should have named are read, those that are lost keep their places.
func TestPageTreeDamaged(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(b *pdfBuilder)
		pages  string // what they say; ? for a lost one
		code   string
	}{
		"sound":                     {func(*pdfBuilder) {}, "1 2 3 4 5", ""},
		"a byte among the kids":     {func(b *pdfBuilder) { b.Objects[2] = strings.Replace(b.Objects[2], "24 0 R", "24 0 \xff", 1) }, "1 2 3 4 5", codePageTree},
		"a kid's number changed":    {func(b *pdfBuilder) { b.Objects[2] = strings.Replace(b.Objects[2], "24 0 R", "84 0 R", 1) }, "1 2 3 4 5", codePageTree},
		"a kid named twice":         {func(b *pdfBuilder) { b.Objects[2] = strings.Replace(b.Objects[2], "24 0 R", "22 0 R", 1) }, "1 2 3 4 5", codePageTree},
		"a kid that is a font":      {func(b *pdfBuilder) { b.Objects[2] = strings.Replace(b.Objects[2], "24 0 R", "10 0 R", 1) }, "1 2 3 4 5", codePageTree},
		"a page lost":               {func(b *pdfBuilder) { delete(b.Objects, 24) }, "1 2 ? 4 5", codePageTree},
		"kids lost":                 {func(b *pdfBuilder) { b.Objects[2] = "<</Type/Pages/Kixs[]/Count 5/MediaBox[0 0 200 100]>>" }, "1 2 3 4 5", codePageTree},
		"the root of the tree lost": {func(b *pdfBuilder) { delete(b.Objects, 2) }, "1 2 3 4 5", codePageTree},
		"the catalog lost":          {func(b *pdfBuilder) { delete(b.Objects, 1) }, "1 2 3 4 5", codePageTree},
		"pages deleted by an editor": {func(b *pdfBuilder) {
			b.Objects[2] = "<</Type/Pages/Kids[20 0 R 28 0 R]/Count 2/MediaBox[0 0 200 100]>>"
		}, "1 5", codePageTree},
		"a page emptied":              {func(b *pdfBuilder) { b.Objects[24] = "<<>>" }, "1 2 ? 4 5", codePageTree},
		"a count that is too small":   {func(b *pdfBuilder) { b.Objects[2] = strings.Replace(b.Objects[2], "/Count 5", "/Count 4", 1) }, "1 2 3 4 5", ""},
		"pages counted, not there":    {func(b *pdfBuilder) { b.Objects[2] = strings.Replace(b.Objects[2], "/Count 5", "/Count 9", 1) }, "1 2 3 4 5", codePageTree},
		"a page's type damaged":       {func(b *pdfBuilder) { b.Objects[24] = strings.Replace(b.Objects[24], "/Type/Page", "/Type/Pafe", 1) }, "1 2 3 4 5", ""},
		"the last kid and its number": {func(b *pdfBuilder) { b.Objects[2] = strings.Replace(b.Objects[2], " 28 0 R", "", 1) }, "1 2 3 4 5", codePageTree},
	} {
		b := pagesOf(5)
		c.damage(b)
		d := b.open(t)
		var got []string
		for i := range d.NumPages() {
			p := d.Page(i + 1)
			text := textOf(p)
			if p.Err != nil && text == "" {
				text = "?"
			}
			got = append(got, text)
		}
		if s := strings.Join(got, " "); s != c.pages {
			t.Errorf("%s: pages %q, want %q; %v", name, s, c.pages, d.Diagnostics())
		}
		code := ""
		for _, g := range d.Diagnostics() {
			if g.Code == codePageTree {
				code = g.Code
			}
		}
		if code != c.code {
			t.Errorf("%s: diagnostics %v, want %q", name, d.Diagnostics(), c.code)
		}
	}
}

// A glyph of a Type 3 font is a content stream, which may show any text.
func TestTextInGlyphs(t *testing.T) {
	for glyph, want := range map[string]string{
		"600 0 d0 BT /F1 10 Tf 0 0 Td (Budget) Tj 0 -12 Td (2025) Tj ET": "Budget2025",
		"600 0 d0 BT /F1 10 Tf 0 0 Td (B) Tj ET":                         "A",
		"600 0 d0 BT /F2 10 Tf 0 0 Td (A) Tj ET":                         "A", // itself
		"600 0 d0 0 0 500 500 re f":                                      "A",
	} {
		b := newPDF("BT /F2 1 Tf 20 50 Td (A) Tj ET", "/Font<</F1 10 0 R/F2 11 0 R>>").withHelvetica()
		b.Objects[11] = "<</Type/Font/Subtype/Type3/FontBBox[0 0 600 600]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[600]" +
			"/Encoding<</Differences[65/A]>>/CharProcs<</A 12 0 R>>>>"
		b.Stream(12, "", glyph)
		p := b.page(t)
		if got := textOf(p); got != want {
			t.Errorf("%s: read %q, want %q", glyph, got, want)
		}
		if want == "Budget2025" && (!near(p.Glyphs[0].Origin.X, 20) || !near(p.Glyphs[0].Origin.Y, 50) || !near(p.Glyphs[0].Size, 10)) {
			t.Errorf("the first character stands at %v, %v points", p.Glyphs[0].Origin, p.Glyphs[0].Size)
		}
	}
}

// What an XFA form shows need not be on the pages.
func TestXFAIsSaid(t *testing.T) {
	b := newPDF("", "")
	b.Objects[1] = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/XFA 11 0 R>>>>"
	b.Stream(11, "", "<xdp/>")
	if got := codesOf(b.open(t)); len(got) != 1 || got[0] != codeForm {
		t.Errorf("diagnostics %v, want %s", got, codeForm)
	}
}
