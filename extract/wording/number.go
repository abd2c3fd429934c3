package wording

import (
	"strings"
	"unicode/utf8"
)

// IsNumber reports whether s is a printed number: an amount, a code, a count, a percentage. It may have a sign, brackets
// around it, thousands separated by commas or apostrophes, decimals, a sign of percent or per mille or a unit of money
// behind it, and a footnote mark before or behind it. It is called for every word of a page, so it parses the text once
// without regular expressions.
func IsNumber(s string) bool {
	s = Squeeze(s)
	if s != "" && s[0] >= 0x80 {
		s = strings.TrimLeftFunc(s, IsRaised)
	}
	s = skipOne(s, "-−—–‐﹣－ー+△▲")
	s = skipOne(s, "(（")
	s = skipOne(s, "-−△▲")
	digits := leadingDigits(s)
	any := digits > 0
	s = s[digits:]
	for grouped := false; ; grouped = true {
		rest := skipOne(s, ",，'’")
		if len(rest) == len(s) {
			break
		}
		if !grouped && (digits < 1 || digits > 3) || leadingDigits(rest) != 3 {
			return false
		}
		s = rest[3:]
	}
	if strings.HasPrefix(s, ".") {
		decimals := leadingDigits(s[1:])
		any = any || decimals > 0
		s = s[1+decimals:]
	}
	if rest, ok := cutMoney(s); ok {
		s = rest
	} else {
		s = skipOne(s, "%％‰")
	}
	s = skipOne(s, ")）")
	return any && (s == "" || isMark(s))
}

// isMark reports whether the text behind a number is a footnote mark.
func isMark(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if !IsRaised(first) && !IsEnclosed(first) && !strings.ContainsRune("[［〔【*＊★☆※†‡", first) {
		return false
	}
	rest, mark := cutMark("mark_behind_number_pattern", "0"+s)
	return mark != "" && rest == "0"
}

// cutMoney removes a unit of money, such as 万元, from the beginning of s.
func cutMoney(s string) (rest string, ok bool) {
	if s == "" || s[0] < 0x80 {
		return s, false
	}
	return strings.CutPrefix(strings.TrimLeft(s, Word("number_multiplier")), Word("number_unit"))
}

// IsInteger reports whether s is digits only.
func IsInteger(s string) bool {
	s = Squeeze(s)
	return s != "" && leadingDigits(s) == len(s)
}

// skipOne is s without its first character, if that is one of set.
func skipOne(s, set string) string {
	if s == "" {
		return s
	}
	if r, n := utf8.DecodeRuneInString(s); strings.ContainsRune(set, r) {
		return s[n:]
	}
	return s
}

// leadingDigits is how many ASCII digits s begins with.
func leadingDigits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// IsFigure reports whether s is a number, or digits with the signs that stand in dates, in the numbers of persons and accounts,
// and in amounts as other countries write them.
func IsFigure(s string) bool {
	if IsNumber(s) {
		return true
	}
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune(".,-/$€", r):
			return false
		}
	}
	return digits >= 4
}
