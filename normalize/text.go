package normalize

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings a text to the form in which phrases are compared: compatibility forms replaced (（ → (, ０ → 0) and without
// white space. Published names are never replaced by it.
func fold(s string) string {
	return stripSpace(norm.NFKC.String(s))
}

func stripSpace(s string) string {
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// numbering matches what stands before an item's name to order it: 一、（一）1. ① 其中：减：加：
var numbering = regexp.MustCompile(`^(?:[一二三四五六七八九十]+[、.．,，]|[(（][一二三四五六七八九十\d]+[)）][、.．]?|\d+[、.．]|[①-⑳]|其中[:：]|减[:：]|加[:：]|[一二三四五六七八九十]+[)）])`)

var startsWithDigit = regexp.MustCompile(`^\d`)

// itemName is a printed name without numbering and white space.
func itemName(s string) string {
	s = stripSpace(s)
	for {
		m := numbering.FindString(s)
		if m == "" || len(m) == len(s) {
			return s
		}
		rest := s[len(m):]
		// 1.5 is a number, not item 5 under heading 1.
		if last := m[len(m)-1]; (last == '.' || last == ',') && startsWithDigit.MatchString(rest) {
			return s
		}
		s = rest
	}
}

var digitsOnly = regexp.MustCompile(`^\d+$`)

// codeAndName takes apart a cell that prints both: 2200104-自然资源规划及管理, 30101 基本工资. Codes have 3, 5 or 7 digits; a
// name that starts with a year has 4.
var codeAndName = regexp.MustCompile(`^(\d{3}|\d{5}|\d{7})[-—–_ 　]*(\p{Han}.*)$`)

func splitCode(s string) (code, name string) {
	if m := codeAndName.FindStringSubmatch(s); m != nil {
		return m[1], m[2]
	}
	return "", s
}
