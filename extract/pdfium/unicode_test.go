package pdfium

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func TestGlyphText(t *testing.T) {
	plain, symbols := &model.Font{Name: "SimSun"}, &model.Font{Name: "Wingdings"}
	tests := []struct {
		name  string
		runes []rune
		font  *model.Font
		want  string
	}{
		{"ordinary", []rune("预"), plain, "预"},
		{"full width stays", []rune("（１，"), plain, "（１，"},
		{"radical", []rune{0x2F08}, plain, "人"},
		{"radical of the supplement", []rune{0x2ED4}, plain, "门"},
		{"compatibility ideograph", []rune{0xF9FC}, plain, "識"},
		{"ligature", []rune{0xFB01}, plain, "fi"},
		{"several characters", []rune("ffi"), plain, "ffi"},
		{"surrogates", []rune{0xD840, 0xDC0B}, plain, "\U0002000B"},
		{"lone surrogate", []rune{0xD840}, plain, undecoded},
		{"no-break space", []rune{0xA0}, plain, " "},
		{"soft hyphen", []rune{0xAD}, plain, "-"},
		{"nothing", []rune{0}, plain, undecoded},
		{"code of the font", []rune{5}, plain, undecoded},
		{"private use", []rune{0xE123}, plain, undecoded},
		{"bullet", []rune{0xF06C}, symbols, "•"},
		{"byte of a font", []rune{0xF041}, plain, "A"},
	}
	for _, test := range tests {
		if got := glyphText(&char{runes: test.runes}, test.font); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if got := glyphText(&char{runes: []rune("a"), unmapped: true}, plain); got != undecoded {
		t.Errorf("unmapped: %q", got)
	}
}

func TestFontNames(t *testing.T) {
	for _, test := range []struct{ raw, want string }{
		{"ABCDEF+SimSun", "SimSun"}, {"SimSun", "SimSun"}, {"AbCDEF+SimSun", "AbCDEF+SimSun"},
		{"ABCDEF+\xBA\xDA\xCC\xE5", "黑体"},
	} {
		if got := utf8Name(withoutTag(test.raw)); got != test.want {
			t.Errorf("%q: %q, want %q", test.raw, got, test.want)
		}
	}
	if !boldName("SimHei") || !boldName("Arial-BoldMT") || boldName("SimSun") {
		t.Error("bold by name")
	}
}
