package extract

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/pdf"
)

// damagedPDF is a file of one page whose compressed content was changed into other valid data: only its checksum tells.
func damagedPDF(t *testing.T) []byte {
	t.Helper()
	// A stored deflate block, so that a digit can be changed without touching the code.
	content := "BT /F1 10 Tf 20 50 Td (Total 1234.56) Tj ET"
	n := len(content)
	block := "\x78\x01\x01" + string([]byte{byte(n), byte(n >> 8), byte(^n), byte(^n >> 8)}) + strings.Replace(content, "1234", "1934", 1)
	a, b := 1, 0
	for i := range content { // Adler-32 of the content as it was
		a = (a + int(content[i])) % 65521
		b = (b + a) % 65521
	}
	block += string([]byte{byte(b >> 8), byte(b), byte(a >> 8), byte(a)})
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"+
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n"+
		"4 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n"+
		"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%%%EOF\n", len(block), block)
}

// The second reader knows nothing of damage: what the first one saw must not be forgotten when the second one answers.
func TestDamageIsNotForgotten(t *testing.T) {
	d, err := Extract(context.Background(), damagedPDF(t), Options{OCR: OCRNever})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Pages) != 1 || !pdf.IsDamage(d.Pages[0].Err) {
		t.Errorf("the page's error is %v, want a damage", d.Pages[0].Err)
	}
}

func TestBetter(t *testing.T) {
	odd := errors.New("reading the page: index out of range")
	broken := damageOf(t)
	glyphs := func(n int) []model.Glyph { return make([]model.Glyph, n) }
	for name, c := range map[string]struct {
		first, second model.Page
		takes         string
		err           error
	}{
		"equal":                             {model.Page{Glyphs: glyphs(3)}, model.Page{Glyphs: glyphs(3)}, "first", nil},
		"more characters":                   {model.Page{Glyphs: glyphs(3)}, model.Page{Glyphs: glyphs(4)}, "second", nil},
		"a fault of the first reader":       {model.Page{Err: odd}, model.Page{Glyphs: glyphs(4)}, "second", nil},
		"a fault, and nothing from either":  {model.Page{Err: odd}, model.Page{}, "second", odd},
		"damage, more from the second":      {model.Page{Glyphs: glyphs(3), Err: broken}, model.Page{Glyphs: glyphs(4)}, "second", broken},
		"damage, the same from the second":  {model.Page{Glyphs: glyphs(3), Err: broken}, model.Page{Glyphs: glyphs(3)}, "first", broken},
		"damage, nothing from the second":   {model.Page{Glyphs: glyphs(3), Err: broken}, model.Page{}, "first", broken},
		"a fault of the second reader only": {model.Page{Glyphs: glyphs(3)}, model.Page{Glyphs: glyphs(2), Err: odd}, "first", nil},
	} {
		first, second := c.first, c.second
		got := better(&first, &second)
		if taken := map[*model.Page]string{&first: "first", &second: "second"}[got]; taken != c.takes || !errors.Is(got.Err, c.err) {
			t.Errorf("%s: took the %s with error %v, want the %s with %v", name, taken, got.Err, c.takes, c.err)
		}
	}
}

// damageOf is the error of a damaged page.
func damageOf(t *testing.T) error {
	t.Helper()
	d, err := pdf.Open(damagedPDF(t), pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d.Page(1).Err
}

// foreignPDF prints 予算公開 in an encoding of Japanese systems (90ms-RKSJ-H), which only the second reader knows.
func foreignPDF() []byte {
	const content = "BT /F1 14 Tf 40 150 Td <975c8e5a8cf68a4a> Tj ET"
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"+
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n"+
		"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n"+
		"5 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/Sun/Encoding/90ms-RKSJ-H/DescendantFonts[6 0 R]>>\nendobj\n"+
		"6 0 obj\n<</Type/Font/Subtype/CIDFontType0/BaseFont/Sun/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000/FontDescriptor 7 0 R>>\nendobj\n"+
		"7 0 obj\n<</Type/FontDescriptor/FontName/Sun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>\nendobj\n"+
		"trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%%%EOF\n", len(content), content)
}

// A page whose characters the first reader cannot decode is read by the second one, and its better reading is taken.
func TestBetterReadingIsTaken(t *testing.T) {
	first, err := pdf.Open(foreignPDF(), pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if undecoded, all := undecodedGlyphs(first.Page(1)); undecoded != all || all == 0 {
		t.Fatalf("the first reader decodes %d of %d characters: this test needs another encoding", all-undecoded, all)
	}
	d, err := Extract(t.Context(), foreignPDF(), Options{OCR: OCRNever})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Lines) != 1 || d.Lines[0].Text != "予算公開" || d.Pages[0].Reader != model.ReaderPDFium {
		t.Errorf("read by %s: %v", d.Pages[0].Reader, d.Lines)
	}
}
