package pdf

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// seenAndHidden are the texts of a page that are shown and that are not.
func seenAndHidden(p *model.Page) (seen, hidden string) {
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; g.Is(model.FlagHidden) {
			hidden += g.Text
		} else {
			seen += g.Text
		}
	}
	return seen, hidden
}

// A field of the page is 100 × 20 points at 50, 40.
func fieldPage(form, field string) *pdfBuilder {
	b := newPDF("", "").withHelvetica()
	b.Objects[1] = "<</Type/Catalog/Pages 2 0 R/AcroForm<</DA(/Helv 10 Tf 0 g)/DR<</Font<</Helv 10 0 R>>>>/Fields[12 0 R]" + form + ">>>>"
	b.Objects[3] = strings.Replace(b.Objects[3], "/Type/Page/", "/Type/Page/Annots[12 0 R]/", 1)
	b.Objects[12] = "<</Subtype/Widget/Rect[50 40 150 60]" + field + ">>"
	b.Objects[13] = "<</FT/Tx/V(77.50)/Q 2/DA(/Helv 8 Tf 1 0 0 rg)/Kids[12 0 R]>>"
	b.Stream(15, "/Subtype/Form/BBox[0 0 100 20]/Resources<<"+helvetica+">>", "BT /F1 10 Tf 5 5 Td (12.50) Tj ET")
	b.Stream(16, "/Subtype/Form/BBox[0 0 100 20]", "")
	return b
}

func TestFields(t *testing.T) {
	const need = "/NeedAppearances true"
	for _, c := range []struct{ name, form, field, seen, hidden string }{
		{"text without appearance", "", "/FT/Tx/V(12.50)", "12.50", ""},
		{"Unicode", "", "/FT/Tx/V<FEFF5408>", "合", ""},
		{"inherited value", "", "/Parent 13 0 R", "77.50", ""},
		{"appearance that shows the value", need, "/FT/Tx/V(12.50)/AP<</N 15 0 R>>", "12.50", ""},
		{"appearance of before", need, "/FT/Tx/V(99)/AP<</N 15 0 R>>", "99", "12.50"},
		{"appearance that counts", "", "/FT/Tx/V(99)/AP<</N 15 0 R>>", "12.50", ""},
		{"empty appearance", "", "/FT/Tx/V(99)/AP<</N 16 0 R>>", "", "99"},
		{"empty appearance made anew", need, "/FT/Tx/V(99)/AP<</N 16 0 R>>", "99", ""},
		{"no value", need, "/FT/Tx", "", ""},
		{"hidden", need, "/F 2/FT/Tx/V(12.50)", "", "12.50"},
		{"not to be viewed", need, "/F 32/FT/Tx/V(12.50)", "", "12.50"},
		{"password", need, "/FT/Tx/Ff 8192/V(12.50)", "", ""},
		{"choice", need, "/FT/Ch/Ff 131072/V(b)/Opt[[(a)(one)][(b)(two)]]", "two", ""},
		{"list", need, "/FT/Ch/V(b)/Opt[(a)(b)]/DA(/Helv 6 Tf)", "ab", ""},
		{"check mark", need, "/FT/Btn/AS/Yes", "✔", ""},
		{"no check mark", need, "/FT/Btn/AS/Off", "", ""},
		{"caption", need, "/FT/Btn/Ff 65536/MK<</CA(Go)>>", "Go", ""},
		{"free text", "", "/Subtype/FreeText/DA(/Helv 10 Tf)/Contents(A note)", "Anote", ""},
		{"free text with appearance", "", "/Subtype/FreeText/Contents(A note)/AP<</N 15 0 R>>", "12.50", ""},
		{"no field", need, "/Subtype/Square/Contents(A note)", "", ""},
	} {
		b := fieldPage(c.form, c.field)
		if strings.Contains(c.field, "/Subtype") {
			b.Objects[12] = "<<" + c.field + "/Rect[50 40 150 60]>>"
		}
		if seen, hidden := seenAndHidden(b.page(t)); seen != c.seen || hidden != c.hidden {
			t.Errorf("%s: seen %q, hidden %q; want %q, %q", c.name, seen, hidden, c.seen, c.hidden)
		}
	}
}

func TestFieldLayout(t *testing.T) {
	for _, c := range []struct {
		name, field string
		first, last model.Point // origins
		size        float64
	}{
		{"left", "/FT/Tx/V(11)", model.Point{X: 52, Y: 53.8}, model.Point{X: 57.56, Y: 53.8}, 10},
		{"right", "/FT/Tx/V(11)/Q 2", model.Point{X: 136.88, Y: 53.8}, model.Point{X: 142.44, Y: 53.8}, 10},
		{"centred", "/FT/Tx/V(11)/Q 1", model.Point{X: 94.44, Y: 53.8}, model.Point{X: 100, Y: 53.8}, 10},
		{"comb", "/FT/Tx/V(11)/Ff 16777216/MaxLen 10", model.Point{X: 52.22, Y: 53.8}, model.Point{X: 62.22, Y: 53.8}, 10},
		{"size that fits", "/FT/Tx/V(11)/DA(/Helv 0 Tf)", model.Point{X: 52, Y: 55.47}, model.Point{X: 60.01, Y: 55.47}, 14.4},
		{"wrapped", "/FT/Tx/Ff 4096/V(1111111111 1111111111 1)", model.Point{X: 52, Y: 50.8}, model.Point{X: 52, Y: 62.3}, 10},
		{"turned", "/FT/Tx/V(11)/MK<</R 90>>", model.Point{X: 103.8, Y: 58}, model.Point{X: 103.8, Y: 52.44}, 10},
	} {
		p := fieldPage("", c.field).page(t)
		n := len(p.Glyphs)
		if n < 2 {
			t.Errorf("%s: %d glyphs", c.name, n)
			continue
		}
		first, last := p.Glyphs[0], p.Glyphs[n-1]
		off := func(a, b model.Point) bool { return a.X-b.X > 0.1 || b.X-a.X > 0.1 || a.Y-b.Y > 0.1 || b.Y-a.Y > 0.1 }
		if c.name == "wrapped" {
			last = p.Glyphs[10]
		}
		if off(first.Origin, c.first) || off(last.Origin, c.last) || !near(first.Size, c.size) || !first.Is(model.FlagAnnotation) {
			t.Errorf("%s: %v, %v, size %g", c.name, first.Origin, last.Origin, first.Size)
		}
	}
	p := fieldPage("", "/Parent 13 0 R").page(t)
	if g := p.Glyphs[0]; !near(g.Size, 8) || g.Color != (model.Color{R: 255, Alpha: 255}) || g.Origin.X < 100 {
		t.Errorf("inherited: %+v", g)
	}
	p = fieldPage("", "/FT/Tx/V(11)/MK<</BG[1 1 1]>>").page(t)
	if len(p.Covers) != 1 || !nearRect(p.Covers[0].Box, model.Rect{X0: 50, Y0: 40, X1: 150, Y1: 60}) {
		t.Errorf("ground: %+v", p.Covers)
	}
}
