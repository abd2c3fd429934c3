package normalize

import (
	"slices"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
)

// The statement of a table whose title is missing, or names none, is inferred from its headers and codes where those allow one
// answer. A diagnostic says so.

// guessStatement is the statement that a table's columns and codes describe; ok is false where they leave more than one.
func (w *Words) guessStatement(lt *layoutTable, cols []column) (schema.Statement, bool) {
	var seen struct{ threePublic, income, spending, funds, incomes, kinds, projects, procurement int }
	for i := range cols {
		c := &cols[i]
		leaf := c.leafWords()
		switch {
		case slices.ContainsFunc(c.words, func(t grammar.Text) bool { return t.Has("item", "abroad", "reception") }):
			seen.threePublic++
		case leaf.Has("key", "project"):
			seen.projects++
		case leaf.Has("key", "goods"), leaf.Has("matter", "procurement"):
			seen.procurement++
		}
		if len(c.path) > 0 && c.role != compose.RoleValue {
			switch compose.Direction(&c.words[0]) {
			case schema.DirectionRevenue:
				seen.income++
			case schema.DirectionExpenditure:
				seen.spending++
			}
		}
		switch c.dims.fund {
		case schema.GeneralPublicBudget, schema.GovernmentFund, schema.StateCapitalFund:
			seen.funds++
		case schema.BusinessIncome, schema.SuperiorSubsidy, schema.OperatingIncome, schema.OtherIncome, schema.AffiliateRemittance:
			seen.incomes++
		}
		if c.dims.spending == schema.Basic || c.dims.spending == schema.Project {
			seen.kinds++
		}
	}
	first := lt.firstCode()
	switch {
	case seen.threePublic >= 2, lt.rowsContain(w.rows.threePublic):
		return schema.ThreePublic, true
	case seen.income > 0 && seen.spending > 0 && seen.funds >= 2:
		return schema.AppropriationSummary, true
	case seen.income > 0 && seen.spending > 0:
		return schema.RevenueExpenditureSummary, true
	case seen.projects > 0:
		return schema.ProjectExpenditure, true
	case seen.procurement > 0:
		return schema.GovernmentProcurement, true
	case first == '3' || first == '5':
		return schema.ExpenditureByEconomic, true
	case first == '2' && seen.incomes >= 2:
		return schema.Revenue, true
	case first == '2' && seen.kinds >= 2:
		return schema.Expenditure, true
	}
	return schema.OtherStatement, false
}

// firstCode is the first digit of the table's first classification code, 0 when it has none.
func (lt *layoutTable) firstCode() byte {
	for r := lt.firstData; r < lt.Rows; r++ {
		for _, c := range lt.grid[r][:min(3, lt.Cols)] {
			if text := cellText(c); amount.IsDigits(text) && (len(text) == 3 || len(text) == 5 || len(text) == 7) {
				return text[0]
			}
		}
	}
	return 0
}

func (lt *layoutTable) rowsContain(phrases lexicon.List) bool {
	for i := range lt.Cells {
		if phrases.Any(amount.Fold(lt.Cells[i].Text)) {
			return true
		}
	}
	return false
}
