package ocr

import (
	"regexp"
	"strings"

	"github.com/countybudget/extract/extract/wording"
)

// isNumber reports whether a text consists of digits and the signs of numbers.
func isNumber(s string) bool {
	found := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			found = true
		case r == '.' || r == ',' || r == '-' || r == '(' || r == ')' || r == '%':
		default:
			return false
		}
	}
	return found
}

// mostlyDigits reports whether a text of one word is a number of which some characters may be misread.
func mostlyDigits(s string) bool {
	digits, all := 0, 0
	for _, r := range s {
		all++
		if r >= '0' && r <= '9' || r == '.' {
			digits++
		}
	}
	return digits*2 >= all && digits > 0 && (isNumber(s) || all <= 10 && !strings.ContainsAny(s, "%≥≤") && !wording.Contains("measure_word", s))
}

// plausible reports whether a text is a well-formed number: digits, optionally in groups of three, with decimals, a sign,
// brackets or a percent sign.
func plausible(s string) bool { return numberShape.MatchString(s) }

var numberShape = regexp.MustCompile(`^[-(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[)%]?$`)
