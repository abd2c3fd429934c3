package pdf

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// verticalText is a page with two characters of vertical writing.
func verticalText(descendant string) *pdfBuilder {
	b := newPDF("BT /F1 10 Tf 100 50 Td <4E004E8C> Tj ET", helvetica)
	b.Objects[10] = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-V/DescendantFonts[11 0 R]>>"
	b.Objects[11] = "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>" + descendant + ">>"
	return b
}

func TestVerticalWriting(t *testing.T) {
	p := verticalText("").page(t)
	if textOf(p) != "一二" {
		t.Fatalf("got %q", textOf(p))
	}
	a, b := p.Glyphs[0], p.Glyphs[1]
	if !a.Is(model.FlagVertical) || !near(b.Origin.Y-a.Origin.Y, 10) || !near(a.Origin.X, 95) {
		t.Errorf("origins %v, %v", a.Origin, b.Origin)
	}
	if want := (model.Rect{X0: 95, Y0: 50, X1: 105, Y1: 60}); !nearRect(a.Box, want) {
		t.Errorf("box %v, want %v", a.Box, want)
	}
	p = verticalText("/DW2[800 -500]").page(t)
	if d := p.Glyphs[1].Origin.Y - p.Glyphs[0].Origin.Y; !near(d, 5) {
		t.Errorf("advance %g with DW2", d)
	}
}

// In vertical writing, character spacing and the offsets of TJ go along the line, downwards where they are positive and
// negative (PDF 32000-1, 9.3.2 and 9.4.3).
func TestVerticalSpacing(t *testing.T) {
	for show, want := range map[string]float64{
		"2 Tc <4E004E8C> Tj":         10 - 2,
		"[<4E00> 500 <4E8C>] TJ":     10 + 5,
		"50 Tz [<4E00> 0 <4E8C>] TJ": 10,
	} {
		b := verticalText("")
		b.Stream(4, "", "BT /F1 10 Tf 100 50 Td "+show+" ET")
		p := b.page(t)
		if d := p.Glyphs[1].Origin.Y - p.Glyphs[0].Origin.Y; !near(d, want) {
			t.Errorf("%s: the second character is %g below, want %g", show, d, want)
		}
	}
}
