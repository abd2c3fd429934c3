package normalize

import (
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// codeOf fills code, origin, level and parent of a line, and the code of its counterpart.
func (b *builder) codeOf(l *schema.BudgetLine, item itemKey) {
	if l.ItemCode != "" {
		l.ItemCodeOrigin = schema.CodePrinted
	} else if code := b.derivedCode(l, item); code != "" {
		l.ItemCode, l.ItemCodeOrigin = code, schema.CodeDerived
	}
	if amount.IsDigits(l.ItemCode) && l.Classification != schema.ByEntity && l.Classification != schema.ByProject {
		l.ItemLevel, l.ParentCode = codebook.CodeLevel(l.ItemCode), codebook.ParentCode(l.ItemCode)
		if l.ItemLevel == 0 {
			l.ParentCode = ""
		}
	}
	if l.CounterpartCode == "" && l.CounterpartName != "" && l.Classification == schema.ByEconomicDepartment {
		if row, ok := b.books.EconomicGovernmentByName(l.CounterpartName, 0, "", int(l.FiscalYear)); ok {
			l.CounterpartCode = row.Code
		}
	}
}

// derivedCode finds by its name the code of an item printed without one; "" where the codebook has no single answer.
func (b *builder) derivedCode(l *schema.BudgetLine, item itemKey) string {
	year := int(l.FiscalYear)
	switch l.Classification {
	case schema.ByRevenueSource:
		if fund, ok := b.books.FundSourceByName(l.ItemName); ok {
			return string(fund)
		}
		if row, ok := b.books.RevenueByName(l.ItemName, 0, "", year); ok {
			return row.Code
		}
		return string(b.words.fundOf(amount.Fold(l.ItemName)))
	case schema.ByFunctional:
		summary := l.Statement == schema.RevenueExpenditureSummary || l.Statement == schema.AppropriationSummary
		for _, current := range []bool{true, false} { // a name moves between levels: 宗教事务 was a 款 until 2018
			for level := 1; level <= 3; level++ {
				if row, ok := b.books.FunctionalByName(l.ItemName, level, "", year); ok && (!current || codebook.ValidIn(&row, year)) {
					return row.Code
				}
				if summary {
					break
				}
			}
		}
	case schema.ByEconomicDepartment:
		if row, ok := b.books.EconomicDepartmentByName(l.ItemName, 1, "", year); ok {
			return row.Code
		}
		if row, ok := b.books.EconomicDepartmentByName(l.ItemName, 2, item.class, year); ok {
			return row.Code
		}
	case schema.ByEconomicGovernment:
		if row, ok := b.books.EconomicGovernmentByName(l.ItemName, 0, "", year); ok {
			return row.Code
		}
	}
	return ""
}
