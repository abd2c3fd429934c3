package normalize

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/identifier"
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
		if !amount.IsDigits(strings.ReplaceAll(text, "-", "")) || strings.ContainsFunc(strings.TrimSpace(c.Text), unicode.IsSpace) {
			return "" // with white space it is several numbers
		}
		cells = append(cells, text)
	}
	return identifier.Shape(cells, books)
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
