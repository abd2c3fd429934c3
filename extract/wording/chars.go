package wording

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsChinese reports whether r is an ideograph or punctuation that is set without white space around it.
func IsChinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}

// IsDigitLike reports whether r can stand inside a printed number.
func IsDigitLike(r rune) bool {
	return r >= '0' && r <= '9' || r == '.' || r == ',' || r == '%' || r == '-' || r == '−' || r == '△' || r == '▲'
}

// Squeeze drops all white space.
func Squeeze(s string) string {
	if strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// Blank reports whether s is only white space and characters without a shape.
func Blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && r > 0x20 && r != 0xfeff && r != 0x200b && r != 0xa0 {
			return false
		}
	}
	return true
}

var grouped = regexp.MustCompile(`^[-−△▲]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?$`)

// IsAmount reports whether s is a number with decimals or thousands separators: what no code looks like.
func IsAmount(s string) bool {
	s = Squeeze(s)
	return IsNumber(s) && strings.ContainsAny(s, ".,，'’")
}

// JoinWords joins two texts on one line. Chinese takes no white space; gap tells whether anything else does.
func JoinWords(a, b string, gap bool) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	l, _ := utf8.DecodeLastRuneInString(a)
	r, _ := utf8.DecodeRuneInString(b)
	if !gap || IsChinese(l) || IsChinese(r) || unicode.IsSpace(l) {
		return a + b
	}
	return a + " " + b
}

// JoinLines joins a text with the line below it. full tells that the upper line fills its width, so that it may have
// been broken anywhere: a number broken there is one number.
func JoinLines(a, b string, full bool) string {
	if full && BrokenNumber(a, b) {
		return a + b
	}
	return JoinWords(a, b, true)
}

// BrokenNumber reports whether the last word of a and the first of b are one number broken over two lines.
func BrokenNumber(a, b string) bool {
	if i := strings.LastIndexFunc(a, func(r rune) bool { return !IsDigitLike(r) }); i >= 0 {
		_, n := utf8.DecodeRuneInString(a[i:])
		a = a[i+n:]
	}
	if i := strings.IndexFunc(b, func(r rune) bool { return !IsDigitLike(r) }); i >= 0 {
		b = b[:i]
	}
	if a == "" || b == "" || !grouped.MatchString(a+b) {
		return false
	}
	// Two numbers that are whole by themselves stay two: 12.50 above 3.00.
	return !(strings.Contains(a, ".") && strings.Contains(b, "."))
}
