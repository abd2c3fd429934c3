package normalize

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// amountPattern is a printed amount after folding: digits with or without thousands separators, a fraction.
var amountPattern = regexp.MustCompile(`^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$|^\.\d+$`)

// isBlank reports whether a cell prints that there is no amount: nothing, a dash, a slash.
func isBlank(s string) bool {
	switch s {
	case "", "-", "--", "—", "——", "–", "/", "\\", "*", "无", "－", "…", "……", "一":
		return true
	}
	return false
}

// parseAmount reads a printed amount in the unit it is printed in. Negative amounts are printed -1.00, △1.00 or (1.00).
func parseAmount(raw string) (decimal.Decimal, bool) {
	s := fold(raw)
	negative := false
	switch {
	case strings.HasPrefix(s, "-"), strings.HasPrefix(s, "−"), strings.HasPrefix(s, "–"):
		_, s, _ = cutFirst(s)
		negative = true
	case strings.HasPrefix(s, "△"), strings.HasPrefix(s, "▲"), strings.HasPrefix(s, "Δ"):
		_, s, _ = cutFirst(s)
		s = strings.TrimPrefix(s, "-")
		negative = true
	case strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")"):
		s = s[1 : len(s)-1]
		negative = true
	}
	s = strings.TrimLeft(s, "¥")
	if !amountPattern.MatchString(s) {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(strings.ReplaceAll(s, ",", ""))
	if err != nil {
		return decimal.Decimal{}, false
	}
	if negative {
		d = d.Neg()
	}
	return d, true
}

func cutFirst(s string) (string, string, bool) {
	for i := range s {
		if i > 0 {
			return s[:i], s[i:], true
		}
	}
	return s, "", false
}
