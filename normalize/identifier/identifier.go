// Package identifier tells numbers that identify something from amounts, by what the cells of a column have in common. A column
// of amounts must never be taken for one of these: every cell must have the form, and figures that could be amounts must have
// more in common than their length.
package identifier

import (
	"regexp"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema/codebook"
)

// Shape says what cells identify, in words for a diagnostic; "" where they may be amounts. The cells hold digits and hyphens only.
func Shape(cells []string, books *codebook.Books) string {
	if len(cells) == 0 {
		return ""
	}
	for _, s := range shapes {
		if len(cells) >= s.least && s.are(cells, books) {
			return s.name
		}
	}
	return ""
}

// shapes are tried in this order; least is how many cells it takes to be sure.
var shapes = []struct {
	name  string
	least int
	are   func(cells []string, books *codebook.Books) bool
}{
	{"telephone numbers", 1, func(cells []string, _ *codebook.Books) bool { return all(cells, telephone.MatchString) }},
	{"numbers of 15 to 24 digits", 1, func(cells []string, _ *codebook.Books) bool {
		return all(cells, func(s string) bool { return len(s) >= 15 && len(s) <= 24 && amount.IsDigits(s) })
	}},
	{"numbers that begin with 0", 2, func(cells []string, _ *codebook.Books) bool {
		return all(cells, func(s string) bool { return len(s) >= 3 && s[0] == '0' && amount.IsDigits(s) })
	}},
	{"numbers of one length and beginning", 2, func(cells []string, _ *codebook.Books) bool {
		const shortest, shared = 10, 3
		first := cells[0]
		return len(first) >= shortest && all(cells, func(s string) bool {
			return len(s) == len(first) && amount.IsDigits(s) && s[:shared] == first[:shared]
		}) && different(cells)
	}},
	{"codes of regions", 2, func(cells []string, books *codebook.Books) bool {
		return different(cells) && all(cells, func(s string) bool {
			if len(s) != 6 || !amount.IsDigits(s) {
				return false
			}
			_, known := books.RegionByCode(s)
			return known
		})
	}},
}

// telephone is a number with its area code and a hyphen, or a mobile number.
var telephone = regexp.MustCompile(`^(?:0\d{2,3}-\d{7,8}(?:-\d{1,4})?|1[3-9]\d{9})$`)

func all(cells []string, is func(string) bool) bool {
	for _, s := range cells {
		if !is(s) {
			return false
		}
	}
	return true
}

// different reports that no text occurs twice: a total and its only part are the same amount, two identifiers are not.
func different(cells []string) bool {
	seen := map[string]bool{}
	for _, s := range cells {
		if seen[s] {
			return false
		}
		seen[s] = true
	}
	return true
}
