package normalize

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Columns of account numbers, project numbers, regions and telephone numbers hold numbers that are no amounts. Their header
// says so (class columns.role: identifier); where it does not, the cells decide. A column of amounts must never be taken for
// one of these: every cell must have the form, and figures that could be amounts must have more in common than their length.

// identifierShape says what the cells of a column identify, "" where they may be amounts.
func (lt *layoutTable) identifierShape(k int, books *codebook.Books) string {
	var cells []string
	for r := lt.firstData; r < lt.Rows; r++ {
		c := lt.grid[r][k]
		if c == nil || c.Row != r || c.Col != k || c.IsHeader || amount.IsBlank(amount.Fold(c.Text)) {
			continue
		}
		text := amount.Fold(c.Text)
		if !isDigits(strings.ReplaceAll(text, "-", "")) || strings.ContainsFunc(strings.TrimSpace(c.Text), unicode.IsSpace) {
			return "" // with white space it is several numbers
		}
		cells = append(cells, text)
	}
	if len(cells) == 0 {
		return ""
	}
	for _, s := range identifierShapes {
		if len(cells) >= s.least && s.are(cells, books) {
			return s.name
		}
	}
	return ""
}

// identifierShapes are tried in this order; least is how many cells it takes to be sure.
var identifierShapes = []struct {
	name  string
	least int
	are   func(cells []string, books *codebook.Books) bool
}{
	{"telephone numbers", 1, func(cells []string, _ *codebook.Books) bool { return all(cells, telephone.MatchString) }},
	{"numbers of 15 to 24 digits", 1, func(cells []string, _ *codebook.Books) bool {
		return all(cells, func(s string) bool { return len(s) >= 15 && len(s) <= 24 && isDigits(s) })
	}},
	{"numbers that begin with 0", 2, func(cells []string, _ *codebook.Books) bool {
		return all(cells, func(s string) bool { return len(s) >= 3 && s[0] == '0' && isDigits(s) })
	}},
	{"numbers of one length and beginning", 2, func(cells []string, _ *codebook.Books) bool {
		const shortest, shared = 10, 3
		first := cells[0]
		return len(first) >= shortest && all(cells, func(s string) bool {
			return len(s) == len(first) && isDigits(s) && s[:shared] == first[:shared]
		}) && different(cells)
	}},
	{"codes of regions", 2, func(cells []string, books *codebook.Books) bool {
		return different(cells) && all(cells, func(s string) bool {
			if len(s) != 6 || !isDigits(s) {
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

// explainIdentifiers reports the columns that were taken for identifiers by their cells alone.
func (b *builder) explainIdentifiers(lt *layoutTable) {
	for _, k := range lt.identifiers {
		if k.shape == "" {
			continue
		}
		b.diagnoseTable(schema.SeverityInfo, schema.DiagIdentifier, lt,
			fmt.Sprintf("column %d (%s) holds %s: they are no amounts", k.index+1, strings.Join(k.path, " / "), k.shape))
	}
}
