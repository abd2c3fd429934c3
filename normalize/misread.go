package normalize

import (
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// strangeYear reports a recognized header that names another year than the line has by its table's title, in a table without a
// column for that year: a digit was misread, in the one or the other.
func (lt *layoutTable) strangeYear(l *schema.BudgetLine, d *dimensions) bool {
	if l.Source != schema.FromOCR || d.year == 0 || l.FiscalYear == 0 || d.year == l.FiscalYear || d.change {
		return false
	}
	for i := range lt.cols {
		if c := &lt.cols[i]; c.role == compose.RoleValue && c.dims.year != d.year {
			return false
		}
	}
	return lt.words.Has("year")
}

// Identities prove a recognized amount, not the name beside it. A name that no codebook has, or has under another code than the one
// printed, is as likely misread as unusual: its line says what it was read as, and is not called proven.

// mayBeMisread reports a recognized line whose code and name do not confirm each other.
func (b *builder) mayBeMisread(l *schema.BudgetLine) bool {
	if l.Source != schema.FromOCR {
		return false
	}
	lookup := b.books.FunctionalByName
	switch l.Classification {
	case schema.ByFunctional:
	case schema.ByEconomicDepartment:
		lookup = b.books.EconomicDepartmentByName
	case schema.ByEconomicGovernment:
		lookup = b.books.EconomicGovernmentByName
	default:
		return false
	}
	name, year := amount.Fold(l.ItemName), int(l.FiscalYear)
	if l.ItemCodeOrigin != schema.CodePrinted {
		return l.ItemCode == ""
	}
	level := codebook.CodeLevel(l.ItemCode)
	if level == 0 || !amount.IsDigits(l.ItemCode) {
		return true
	}
	row, ok := lookup(name, int(level), codebook.ParentCode(l.ItemCode), year)
	return !ok || row.Code != l.ItemCode
}
