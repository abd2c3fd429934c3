package extract

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// TestDecodeText: characters of a broken font are read from the page as drawn, if a character beside them is read as the font says.
func TestDecodeText(t *testing.T) {
	song, wing := &model.Font{}, &model.Font{}
	line := func(font *model.Font, y float64, texts ...string) (out []model.Glyph) {
		for i, text := range texts {
			x := 10 * float64(i)
			g := model.Glyph{Text: text, Font: font, Size: 10, Box: model.Rect{X0: x, Y0: y, X1: x + 10, Y1: y + 10}, Origin: model.Point{X: x, Y: y + 8}, Source: model.SourceText, Confidence: 1}
			if text == "\uFFFD" {
				g.Flags = model.FlagUndecoded
			}
			out = append(out, g)
		}
		return out
	}
	text := func(p *model.Page) (s string) {
		for i := range p.Glyphs {
			s += p.Glyphs[i].Text
		}
		return s
	}
	for _, tt := range []struct{ printed, drawn, want []string }{
		{[]string{"财", "\uFFFD", "拨", "款"}, []string{"财", "政", "拨", "款"}, []string{"财", "政", "拨", "款"}},
		{[]string{"财", "\uFFFD", "上", "幪"}, []string{"财", "政", "上", "年"}, []string{"财", "政", "上", "年"}},
		{[]string{"财", "\uFFFD", "拨", "款"}, []string{"则", "攻", "拔", "款"}, []string{"财", "\uFFFD", "拨", "款"}}, // its neighbours are misread
		{[]string{"上", "幪"}, []string{"上", "年"}, []string{"上", "幪"}},                                         // a font without a fault
		{[]string{"财", "\uFFFD"}, []string{"财", "5"}, []string{"财", "\uFFFD"}},
	} {
		p, found := &model.Page{Width: 500, Height: 500, Glyphs: line(song, 0, tt.printed...)}, &model.Page{Glyphs: line(song, 0, tt.drawn...)}
		decodeText(p, found)
		want := &model.Page{Glyphs: line(song, 0, tt.want...)}
		if text(p) != text(want) {
			t.Errorf("%v drawn %v: %s, want %s", tt.printed, tt.drawn, text(p), text(want))
		}
		for i := range p.Glyphs {
			if read := p.Glyphs[i].Text != tt.printed[i]; read != (p.Glyphs[i].Source == model.SourceOCR) {
				t.Errorf("%s: source %s", p.Glyphs[i].Text, p.Glyphs[i].Source)
			}
		}
	}
	bullet := &model.Page{Width: 500, Height: 500, Glyphs: append(line(wing, 0, "\uFFFD"), line(song, 0, "", "财")[1:]...)}
	if needsDecoding(bullet) {
		t.Error("a bullet of another font is recognized")
	}
}
