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
