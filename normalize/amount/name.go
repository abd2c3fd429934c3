package amount

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a text to the form in which phrases are compared: compatibility forms replaced (（ → (, ０ → 0) and without
// white space. Published names are never replaced by it.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	return StripSpace(norm.NFKC.String(s))
}

// folded reports whether folding leaves a text as it is, as most cells: printable ASCII and ideographs of the first block.
func folded(s string) bool {
	for _, r := range s {
		if (r <= ' ' || r >= 0x7f) && (r < 0x4e00 || r > 0x9fff) {
			return false
		}
	}
	return true
}

// StripSpace drops all white space.
func StripSpace(s string) string {
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

// ItemName is a printed name without numbering and white space.
func ItemName(s string) string {
	s = StripSpace(s)
	for {
		n := Numbering(s)
		if n == 0 || n == len(s) {
			return s
		}
		s = s[n:]
	}
}

// Numbering is the length in bytes of the numbering that a name without white space begins with.
func Numbering(s string) int {
	n := len(marks().numbering.FindString(s))
	if n == 0 {
		return 0
	}
	// 1.5 is a number, not item 5 under heading 1.
	if last := s[n-1]; (last == '.' || last == ',') && n < len(s) && s[n] >= '0' && s[n] <= '9' {
		return 0
	}
	return n
}

// codeAndName separates code and name in a cell that prints both: 2200104-自然资源规划及管理, 30101 基本工资, [208]社会保障和就业支出. Codes have 3,
// 5 or 7 digits; a name that starts with a year has 4.
var codeAndName = regexp.MustCompile(`^[\[【]?(\d{3}|\d{5}|\d{7})[\]】]?[-—–_.．·:： 　]*(\p{Han}.*)$`)

// SplitCode separates a code from the name behind it; code is "" where there is none.
func SplitCode(s string) (code, name string) {
	if m := codeAndName.FindStringSubmatch(s); m != nil {
		return m[1], m[2]
	}
	return "", s
}

// IsDigits reports a text of digits only, as codes are.
func IsDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
