package normalize

import (
	"fmt"
	"slices"
	"strings"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/claims"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/schema"
)

// claimTable notes the numbers of a table that its columns and its header make codes, row numbers and column numbers.
func (b *builder) claimTable(lt *layoutTable) {
	for i := range lt.cols {
		col := &lt.cols[i]
		b.claims.Describe(lt.No, col.index, claims.Column{
			Header: strings.Join(col.path, " / "), Values: lt.lines && col.role == compose.RoleValue, Money: lt.lines && col.role != compose.RoleIgnore && col.role != compose.RoleIdentifier,
		})
	}
	var coded []int
	for i := range lt.groups {
		g := &lt.groups[i]
		coded = slices.Concat(coded, g.codes, g.unitCodes, g.rowNumbers)
	}
	for i := range lt.identifiers {
		coded = append(coded, lt.identifiers[i].index)
	}
	for r := range lt.grid {
		numbered := lt.isColumnNumberRow(b.words, r)
		for k, cell := range lt.grid[r] {
			if cell == nil || cell.Row != r || cell.Col != k {
				continue
			}
			switch {
			case numbered || r < lt.firstData && b.words.columnNumber.MatchString(amount.Fold(cell.Text)):
				b.claims.Mark(cell)
			case r >= lt.firstData && slices.Contains(coded, k):
				b.claims.Code(cell)
			}
		}
	}
}

// claimNumbers counts the numbers that a row carries and reports the others. It comes last, when all rows of the disclosure are
// there. A document of whose tables a good part gave no rows has the status partial.
func (b *builder) claimNumbers(d *schema.Disclosure) {
	n := b.claims.Count(b.doc, d, b.meta.DepartmentCode)
	d.Document.NumbersTotal, d.Document.NumbersClaimed = n.Total, n.Claimed
	for i := range n.Diagnostics {
		b.diagnoseIn(d, n.Diagnostics[i])
	}
	if !n.Partial() {
		return
	}
	why := fmt.Sprintf("%d of %d figures of the tables are in no row: see diagnostics with the code %s", n.Missing, n.Amounts, schema.DiagUnclaimedNumber)
	if d.Document.Error != "" {
		why = d.Document.Error + "; " + why
	}
	d.Document.Status, d.Document.Error = schema.StatusPartial, why
}
