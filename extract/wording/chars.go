package wording

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsChinese reports whether r is an ideograph, or punctuation that is set without white space.
func IsChinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}

// IsDigitLike reports whether r can be inside a printed number.
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

// IsAmount reports whether s is a number with decimals or thousands separators, which codes do not have.
func IsAmount(s string) bool {
	s = Squeeze(s)
	return IsNumber(s) && strings.ContainsAny(s, ".,，'’")
}

// JoinWords joins two texts on one line. Between Chinese characters there is no white space; otherwise there is if gap is
// true.
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

// JoinLines joins a text with the line below it. full means that the upper line fills its width, so it may have been broken
// inside a number.
func JoinLines(a, b string, full bool) string {
	a = unhyphened(a, b)
	if (full || halfNumber(a, b)) && BrokenNumber(a, b) {
		return a + b
	}
	return JoinWords(a, b, true)
}

// halfNumber reports whether the end of a, or the beginning of b, is no complete number: 1,234, and 1,23 above digits, 1234.
// above two digits, anything above .56.
func halfNumber(a, b string) bool {
	a, b = lastDigits(a), firstDigits(b)
	if a == "" || b == "" {
		return false
	}
	whole, _, point := strings.Cut(a, ".")
	comma := strings.LastIndexByte(whole, ',')
	switch {
	case b[0] == '.' || b[0] == ',':
		return true
	case point:
		return strings.HasSuffix(a, ".") && len(whole) >= 3
	case comma >= 0:
		return len(whole)-comma-1 != 3
	}
	return false
}

// TwoNumbers reports whether the last word of a and the first of b are each a complete number.
func TwoNumbers(a, b string) bool {
	if unhyphened(a, b) != a {
		return false
	}
	return !halfNumber(a, b) && grouped.MatchString(lastDigits(a)) && grouped.MatchString(firstDigits(b))
}

// unhyphened is a line without the hyphen at which an amount was broken: 3,440,3- above 58.14. Years and codes with a hyphen
// have no comma or point.
func unhyphened(a, b string) string {
	short := strings.TrimRight(a, "-‐")
	if len(short) == len(a) || b == "" || b[0] != '.' && (b[0] < '0' || b[0] > '9') {
		return a
	}
	if digits := lastDigits(short); strings.ContainsAny(digits, ",.") && grouped.MatchString(digits+firstDigits(b)) {
		return short
	}
	return a
}

// lastDigits is the number at the end of a text.
func lastDigits(a string) string {
	if i := strings.LastIndexFunc(a, func(r rune) bool { return !IsDigitLike(r) }); i >= 0 {
		_, n := utf8.DecodeRuneInString(a[i:])
		return a[i+n:]
	}
	return a
}

// firstDigits is the number at the beginning of a text.
func firstDigits(b string) string {
	if i := strings.IndexFunc(b, func(r rune) bool { return !IsDigitLike(r) }); i >= 0 {
		return b[:i]
	}
	return b
}

// BrokenNumber reports whether the last word of a and the first of b are one number broken over two lines.
func BrokenNumber(a, b string) bool {
	a, b = lastDigits(unhyphened(a, b)), firstDigits(b)
	if a == "" || b == "" || !grouped.MatchString(a+b) {
		return false
	}
	// Two complete numbers are not joined: 12.50 above 3.00.
	return !(strings.Contains(a, ".") && strings.Contains(b, "."))
}
