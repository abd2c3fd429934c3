package pdfium

import (
	_ "embed"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"golang.org/x/text/unicode/norm"
)

//go:embed radicals.txt
var radicals string

const undecoded = "\uFFFD"

// glyphText is the normalized text of a glyph, or U+FFFD if one of its characters is not known.
func glyphText(c *char, font *model.Font) string {
	var b strings.Builder
	for i := 0; i < len(c.runes); i++ {
		r := c.runes[i]
		if utf16.IsSurrogate(r) && i+1 < len(c.runes) {
			i++
			r = utf16.DecodeRune(r, c.runes[i])
		}
		if r = publicUse(r, font); !usable(r) || c.unmapped {
			return undecoded
		}
		b.WriteString(normalizeRune(r))
	}
	return b.String()
}

// usable reports whether a character can be shown by a page. Private-use characters have no meaning without the font, and
// control characters are codes of the font, which PDFium returns for fonts without Unicode mapping.
func usable(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r':
		return true
	case r < ' ', r >= 0x7F && r < 0xA0, r >= 0xE000 && r <= 0xF8FF, r == utf8.RuneError, r == 0xFFFE, r == 0xFFFF:
		return false
	}
	return r < 0xF0000
}

// publicUse maps the private-use codes of symbol fonts, U+F000 plus the byte of an 8-bit font.
func publicUse(r rune, font *model.Font) rune {
	switch {
	case r < 0xF020 || r > 0xF0FF:
		return r
	case symbolName(font.Name):
		return '•'
	case r < 0xF07F:
		return r - 0xF000
	}
	return r
}

// normalizeRune replaces characters that only look like ordinary ones: CJK radicals, compatibility ideographs, Latin
// ligatures and kinds of white space. Full-width punctuation stays, as it is usual in Chinese.
func normalizeRune(r rune) string {
	switch {
	case r < ' ', r == 0xA0, r >= 0x2000 && r <= 0x200F, r == 0x202F, r == 0x205F, r == 0xFEFF:
		return " "
	case r == 0xAD:
		return "-" // a soft hyphen that is shown is a hyphen
	case r >= 0x2E80 && r < 0x2F00:
		if i := strings.Index(radicals, "\n"+string(r)); i >= 0 {
			ordinary, _ := utf8.DecodeRuneInString(radicals[i+1+utf8.RuneLen(r):])
			return string(ordinary)
		}
	case r >= 0x2F00 && r < 0x2FE0, r >= 0xF900 && r < 0xFB07, r >= 0x2F800 && r < 0x2FA20:
		return norm.NFKC.String(string(r))
	}
	return string(r)
}
