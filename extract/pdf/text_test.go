package pdf

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// TestTextState checks where the last glyph of a text stands. In Helvetica A and B are 0.667 em wide, the space 0.278.
func TestTextState(t *testing.T) {
	for _, c := range []struct {
		name, content string
		x, y          float64
	}{
		{"Tw goes with code 32", "5 Tw 20 50 Td (A B) Tj", 20 + 6.67 + 2.78 + 5, 50},
		{"Tw goes with no other code", "5 Tw 20 50 Td (AB) Tj", 26.67, 50},
		{"Tw goes with each space", "5 Tw 20 50 Td (A   B) Tj", 20 + 6.67 + 3*(2.78+5), 50},
		{"Tw is scaled by Tz", "5 Tw 50 Tz 20 50 Td (A B) Tj", 20 + (6.67+2.78+5)/2, 50},
		{"Tw and Tc", "5 Tw 1 Tc 20 50 Td (A B) Tj", 20 + 6.67 + 1 + 2.78 + 5 + 1, 50},
		{"Tw lasts beyond ET", "5 Tw ET BT 20 50 Td (A B) Tj", 20 + 6.67 + 2.78 + 5, 50},
		{"Tw is restored by Q", "ET q 5 Tw Q BT 20 50 Td (A B) Tj", 20 + 6.67 + 2.78, 50},
		{"Tw in an array", "5 Tw 20 50 Td [(A ) (B)] TJ", 20 + 6.67 + 2.78 + 5, 50},
		{"word and character spacing of quotes", "12 TL 20 62 Td 5 1 (A B) \"", 20 + 6.67 + 1 + 2.78 + 5 + 1, 50},
		{"quotes set the spacing", "20 62 Td 5 0 () \" (A B) Tj", 20 + 6.67 + 2.78 + 5, 38},
		{"Tc goes with each code", "3 Tc 20 50 Td (AAB) Tj", 20 + 2*(6.67+3), 50},
		{"Tc is scaled by Tz", "3 Tc 200 Tz 20 50 Td (AB) Tj", 20 + 2*(6.67+3), 50},
		{"offsets of TJ are thousandths", "20 50 Td [(A) 100 (B)] TJ", 26.67 - 1, 50},
		{"offsets of TJ are scaled by Tz", "50 Tz 20 50 Td [(A) -500 (B)] TJ", 20 + (6.67+5)/2, 50},
		{"offsets of TJ need no Tc", "3 Tc 20 50 Td [-500 (B)] TJ", 25, 50},
		{"Ts moves up, and back", "4 Ts 20 50 Td (A) Tj 0 Ts (B) Tj", 26.67, 50},
		{"Ts does not add up", "4 Ts 20 50 Td (A) Tj 4 Ts (B) Tj", 26.67, 46},
		{"TL and T*", "12 TL 20 50 Td (A) Tj T* T* (B) Tj", 20, 74},
		{"TD sets the leading", "20 50 Td 0 -10 TD (A) Tj T* (B) Tj", 20, 70},
		{"Td starts from the line", "20 50 Td (AA) Tj 5 -10 Td (B) Tj", 25, 60},
		{"Td goes by the text matrix", "2 0 0 2 20 50 Tm (A) Tj 5 -10 Td (B) Tj", 30, 70},
		{"Tm starts anew", "20 50 Td (A) Tj 1 0 0 1 30 40 Tm (B) Tj", 30, 60},
		{"BT starts anew", "20 50 Td (A) Tj ET BT (B) Tj", 0, 100},
	} {
		p := newPDF("BT /F1 10 Tf "+c.content+" ET", helvetica).withHelvetica().page(t)
		if len(p.Glyphs) == 0 {
			t.Errorf("%s: no glyphs", c.name)
			continue
		}
		if g := p.Glyphs[len(p.Glyphs)-1]; g.Text != "B" || !near(g.Origin.X, c.x) || !near(g.Origin.Y, c.y) {
			t.Errorf("%s: %q stands at %v, want %g, %g", c.name, g.Text, g.Origin, c.x, c.y)
		}
	}
}

// TestWordSpacingOfCodes: word spacing goes with code 32 of one byte, never with a code of two (PDF 32000-1, 9.3.3).
func TestWordSpacingOfCodes(t *testing.T) {
	for _, c := range []struct {
		name, encoding, show string
		x                    float64
	}{
		{"two bytes, code 32", "/Identity-H", "<00200041>", 30},
		{"two bytes, the first is 32", "/Identity-H", "<20200041>", 30},
		{"one byte of a mixed encoding", "/GBK-EUC-H", "<20D6D0>", 30 + 5},
		{"two bytes of a mixed encoding", "/GBK-EUC-H", "<D6D0D6D0>", 30},
	} {
		b := newPDF("BT /F1 10 Tf 5 Tw 20 50 Td "+c.show+" Tj ET", helvetica)
		b.Objects[10] = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding" + c.encoding + "/DescendantFonts[11 0 R]>>"
		b.Objects[11] = "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
		p := b.page(t)
		if len(p.Glyphs) != 2 || !near(p.Glyphs[1].Origin.X, c.x) {
			t.Errorf("%s: the second glyph stands at %v, want %g", c.name, p.Glyphs[1].Origin, c.x)
		}
	}
}

func TestRenderingModes(t *testing.T) {
	for mode, invisible := range map[string]bool{"0": false, "1": false, "2": false, "3": true, "4": false, "5": false, "6": false, "7": true} {
		g := newPDF("BT /F1 10 Tf "+mode+" Tr 20 50 Td (A) Tj ET", helvetica).withHelvetica().page(t).Glyphs[0]
		if g.Is(model.FlagInvisible) != invisible {
			t.Errorf("mode %s: invisible is %v", mode, !invisible)
		}
	}
}
