// Package amount reads printed amounts and the names beside them: what a table's cell, a sentence and a form have in
// common. It knows how figures and names are printed, not what they mean.
package amount

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// IsBlank reports whether a cell prints that there is no amount: nothing, a dash, a slash.
func IsBlank(s string) bool {
	switch s {
	case "", "-", "--", "—", "——", "–", "/", "\\", "*", "－", "…", "……":
		return true
	}
	return marks().blanks[s]
}

// Parse reads a printed amount in the unit it is printed in. Negative amounts are printed -1.00, △1.00 or (1.00), with any
// kind of dash; thousands are separated by commas or apostrophes. Several numbers in one text are no amount: joined, they
// would be a figure that nobody printed. Nor is a text with a superscript or circled digit, which folding would turn into a
// plain one.
func Parse(raw string) (decimal.Decimal, bool) {
	if Several(raw) || !folded(raw) && strings.ContainsFunc(raw, IsMark) {
		return decimal.Decimal{}, false
	}
	s, negative := unsign(Fold(raw))
	s = strings.TrimLeft(s, "¥")
	s = commas(s)
	if !wellFormed(s) {
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

// IsMark reports whether r is a superscript digit or a number in a circle, by which footnotes are marked.
func IsMark(r rune) bool {
	return r == '²' || r == '³' || r == '¹' || r >= '⁰' && r <= '⁹' || r == '⁽' || r == '⁾' || r >= '①' && r <= '⒛' || r >= '⓪' && r <= '⓿' || r >= '❶' && r <= '➓'
}

// ParseWithUnit reads a printed amount that may have its unit printed behind it: 12.50万元. unit is "" where there is none.
func ParseWithUnit(raw string) (d decimal.Decimal, unit string, ok bool) {
	if d, ok = Parse(raw); ok {
		return d, "", true
	}
	s := Fold(raw)
	unit = marks().unitAtEnd.FindString(s)
	if unit == "" {
		return d, "", false
	}
	d, ok = Parse(strings.TrimSuffix(s, unit))
	return d, unit, ok
}

// Several reports whether a text is several complete numbers with white space between them: cells of several rows read as one.
func Several(raw string) bool {
	if distributed(raw) {
		return false
	}
	n := 0
	for field := range strings.FieldsSeq(raw) {
		if s, _ := unsign(Fold(field)); wellFormed(commas(s)) {
			n++
		}
	}
	return n > 1
}

// distributed reports one number whose digits were set apart, 1 9 4 0 . 2 4: fields of one digit each, and one point alone before
// the last two of them. Without the point they may be several numbers.
func distributed(raw string) bool {
	fields := strings.Fields(raw)
	n := len(fields)
	if n < 4 || fields[n-3] != "." {
		return false
	}
	for i, field := range fields {
		if i != n-3 && (len(field) != 1 || field[0] < '0' || field[0] > '9') && !(field == "," && i > 0 && i < n-3) {
			return false
		}
	}
	return true
}

// commas writes thousands that apostrophes separate (11'915'500) with commas.
func commas(s string) string {
	if !strings.ContainsAny(s, apostrophes) || strings.Contains(s, ",") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(apostrophes, r) {
			return ','
		}
		return r
	}, s)
}

// Marks as they are after folding.
const (
	apostrophes = "'’‘′`´"
	dashes      = "-−–—―‐‑‒ー─" // each a minus where a number follows at once
)

// unsign removes the sign of a folded amount.
func unsign(s string) (rest string, negative bool) {
	if r, n := utf8.DecodeRuneInString(s); strings.ContainsRune(dashes, r) && n > 0 {
		return s[n:], true
	}
	for _, sign := range []string{"△", "▲", "Δ"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return strings.TrimPrefix(rest, "-"), true
		}
	}
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		return s[1 : len(s)-1], true
	}
	return s, false
}

// wellFormed reports whether s is digits with or without thousands separators, and a fraction.
func wellFormed(s string) bool {
	whole, fraction, point := strings.Cut(s, ".")
	if point && !IsDigits(fraction) {
		return false
	}
	groups := strings.Split(whole, ",")
	if len(groups) == 1 {
		return IsDigits(whole) || whole == "" && point
	}
	for i, g := range groups {
		if !IsDigits(g) || i > 0 && len(g) != 3 || len(g) > 3 {
			return false
		}
	}
	return true
}
