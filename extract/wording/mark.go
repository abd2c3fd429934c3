package wording

import (
	"strings"
	"unicode/utf8"
)

// A footnote mark beside an amount, a name or a code is no part of it: a raised digit, ①, [1], 注1, ★. Package layout writes
// raised digits as superscript characters, so later a mark is recognized by its characters. What marks look like is data:
// furniture.mark_*_pattern in the lexicon, each pattern with the mark as its group.

// raised are the superscript characters, by the characters that can be raised.
var raised = map[rune]rune{
	'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
	'(': '⁽', ')': '⁾', '（': '⁽', '）': '⁾', 'a': 'ᵃ', 'b': 'ᵇ', 'c': 'ᶜ', 'd': 'ᵈ', 'e': 'ᵉ',
}

// Raised writes a raised mark in superscript characters. [1] and 注1 are recognizable without.
func Raised(s string) string {
	if strings.ContainsAny(s, "[]［］〔〕【】") || strings.Contains(s, Word("note_mark")) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if up, ok := raised[r]; ok {
			return up
		}
		return r
	}, s)
}

// IsRaised reports whether r is a superscript character, as in a footnote mark or in m².
func IsRaised(r rune) bool {
	switch {
	case r < 0xb2:
		return false
	case r == '²' || r == '³' || r == '¹' || r == '⁰' || r >= '⁴' && r <= '⁹' || r == '⁽' || r == '⁾':
		return true
	}
	return r == 'ᵃ' || r == 'ᵇ' || r == 'ᶜ' || r == 'ᵈ' || r == 'ᵉ'
}

// IsEnclosed reports whether r is one character for a number in a circle or in brackets.
func IsEnclosed(r rune) bool {
	return r >= 0x2460 && r <= 0x249b || r >= 0x24ea && r <= 0x24ff || r >= 0x2776 && r <= 0x2793
}

// CanMark reports whether r can be part of a raised footnote mark.
func CanMark(r rune) bool {
	if r >= 0x4e00 && r <= 0x9fff {
		return string(r) == Word("note_mark")
	}
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'e' || IsRaised(r) || IsEnclosed(r) || strings.ContainsRune("()（）[]［］〔〕【】,，、*＊★☆※†‡#＃", r)
}

// Unmarked removes the footnote marks of a text: on both sides of a number, behind a name, and signs before a name. mark is
// "" if there are none, or if nothing else is left.
func Unmarked(s string) (text, mark string) {
	if !maybeMarked(s) {
		return s, ""
	}
	text = strings.TrimSpace(s)
	const most = 3 // marks on one text
	for range most {
		rest, m := unmarkedOnce(text)
		if m == "" {
			break
		}
		text, mark = rest, mark+m
	}
	if mark == "" {
		return s, ""
	}
	return text, mark
}

// maybeMarked excludes most texts without a mark by their first and last character.
func maybeMarked(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	for _, r := range [2]rune{first, last} {
		if (r < '0' || r > '9') && CanMark(r) {
			return true
		}
	}
	return last >= '0' && last <= '9' && strings.Contains(s, Word("note_mark")) // 备注1, or a name with 注1
}

func unmarkedOnce(s string) (rest, mark string) {
	if rest, mark = cutMark("mark_behind_number_pattern", s); mark != "" && IsNumber(rest) {
		return rest, mark
	}
	if rest, mark = cutMark("mark_before_number_pattern", s); mark != "" && IsNumber(rest) {
		return rest, mark
	}
	for _, kind := range []string{"mark_behind_name_pattern", "mark_before_name_pattern"} {
		if rest, mark = cutMark(kind, s); mark != "" && !strings.ContainsFunc(rest, IsEnclosed) && strings.ContainsFunc(rest, IsChinese) {
			return rest, mark
		}
	}
	return s, ""
}

// cutMark cuts the group of the first matching pattern out of s.
func cutMark(kind, s string) (rest, mark string) {
	for _, p := range of(words().patterns, kind) {
		if m := p.FindStringSubmatchIndex(s); m != nil {
			return strings.TrimSpace(s[:m[2]] + s[m[3]:]), s[m[2]:m[3]]
		}
	}
	return s, ""
}
