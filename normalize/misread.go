package normalize

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Identities prove a recognized amount, not what it is of. A name that no codebook has, or has under another code than the one
// printed, is as likely misread as unusual, and so is a header that contradicts its title: such lines are not called proven.

// titleYear is the year that the title of a recognized table names, where its headers name another one and none of them that year:
// a digit was misread, in the one or the other. It is 0 for all other tables.
func (lt *layoutTable) titleYear() int32 {
	var title dimensions
	title.say(&lt.words)
	if lt.Source != model.SourceOCR || title.year == 0 {
		return 0
	}
	other := int32(0)
	for i := range lt.cols {
		c := &lt.cols[i]
		switch {
		case c.role != compose.RoleValue:
		case c.dims.year == 0 || c.dims.year == title.year || other != 0 && c.dims.year != other:
			return 0
		default:
			other = c.dims.year
		}
	}
	if other == 0 {
		return 0
	}
	return title.year
}

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
