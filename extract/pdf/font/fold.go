package font

import (
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// NormalizeText replaces characters that only look like ordinary ones: CJK radicals, compatibility ideographs, Latin
// ligatures and kinds of white space. Full-width punctuation stays, as it is usual in Chinese.
func NormalizeText(s string) string {
	odd := false
	for _, r := range s {
		if r < ' ' || r == 0x7f || r == 0xa0 || r == 0xad || r >= 0x2000 && foldable(r) {
			odd = true
			break
		}
	}
	if !odd {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == 0xa0 || r >= 0x2000 && r <= 0x200a || r == 0x202f || r == 0x205f || r == '\t' || r == '\n' || r == '\r':
			b.WriteByte(' ')
		case r == 0xad:
			b.WriteByte('-') // a soft hyphen that is shown is a hyphen
		case r < ' ' || r == 0x7f || r >= 0x200b && r <= 0x200f || r == 0xfeff:
		case r >= 0x2e80 && r <= 0x2eff && radicals()[r] != 0:
			b.WriteRune(radicals()[r])
		case r >= 0x2000 && foldable(r):
			b.WriteString(norm.NFKC.String(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return " " // a blank
	}
	return b.String()
}

// radicals maps the CJK Radicals Supplement, which has no compatibility decompositions, to ordinary ideographs.
var radicals = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	eachLine("data/radicals.txt", func(key, value string) {
		from, _ := strconv.ParseUint(key, 16, 32)
		to, _ := strconv.ParseUint(value, 16, 32)
		m[rune(from)] = rune(to)
	})
	return m
})

// foldable ranges: spaces and marks of zero width, CJK radicals, Kangxi radicals, compatibility ideographs and Latin
// ligatures.
func foldable(r rune) bool {
	switch {
	case r <= 0x200f, r == 0x202f, r == 0x205f, r == 0xfeff:
		return true
	case r >= 0x2e80 && r <= 0x2fdf, r >= 0xf900 && r <= 0xfaff, r >= 0xfb00 && r <= 0xfb06, r >= 0x2f800 && r <= 0x2fa1f:
		return true
	}
	return false
}
