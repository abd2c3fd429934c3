package pdfium

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed radicals.txt
var radicals string

const undecoded = "\uFFFD"

// isText reports whether a character means something without its font: no control and no private use.
func isText(r rune) bool {
	return r >= ' ' && r != utf8.RuneError && r < 0xFFFE && !unicode.Is(unicode.Co, r) && !(r >= 0x7F && r < 0xA0) ||
		r > 0xFFFF && r <= unicode.MaxRune && !unicode.Is(unicode.Co, r)
}

// text is the text of a glyph's characters, normalized.
func text(runes []rune) string {
	var b strings.Builder
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if utf16.IsSurrogate(r) && i+1 < len(runes) {
			r = utf16.DecodeRune(r, runes[i+1])
			i++
		}
		b.WriteString(normalizeRune(r))
	}
	return b.String()
}

// normalizeRune replaces radicals and compatibility ideographs, which fonts' tables name instead of the ordinary
// character of the same shape. Nothing else is normalized: full-width forms, for one, stay what they are.
func normalizeRune(r rune) string {
	switch {
	case r >= 0x2E80 && r < 0x2F00:
		if i := strings.Index(radicals, "\n"+string(r)); i >= 0 {
			ordinary, _ := utf8.DecodeRuneInString(radicals[i+1+utf8.RuneLen(r):])
			return string(ordinary)
		}
	case r >= 0x2F00 && r < 0x2FE0, r >= 0xF900 && r < 0xFB00, r >= 0x2F800 && r < 0x2FA20:
		return norm.NFKC.String(string(r))
	}
	return string(r)
}
