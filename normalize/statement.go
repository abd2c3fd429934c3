package normalize

import (
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
)

// statementOf says what a table is by the words of its title, and whether its amounts are budget lines; ok is false where the
// title does not say.
func statementOf(t *grammar.Text) (statement schema.Statement, lines, ok bool) {
	s := compose.Statement(t)
	return or(s, schema.OtherStatement), !t.Has("matter", "performance"), s != ""
}

// titleDimensions are the defaults that a title sets for all columns of its table.
func titleDimensions(statement schema.Statement, t *grammar.Text) dimensions {
	var d dimensions
	d.say(t)
	// A title's year and phase are the document's, and its other words are about the whole table.
	d = dimensions{fund: d.fund, spending: d.spending, period: d.period}
	if statement == schema.ThreePublic || statement == schema.AgencyOperating {
		d.spending = ""
	}
	d.direction = fixedDirection(statement, t)
	return d
}

// fixedDirection is the direction of a table that has only one by its title. Where a table of whole budgets names none, its rows
// may be of either; debt is expenditure, what is owed as what is repaid.
func fixedDirection(statement schema.Statement, t *grammar.Text) schema.Direction {
	in, out := compose.Sides(t)
	switch {
	case statement == schema.Revenue, statement == schema.GovernmentFundRevenue:
		return schema.DirectionRevenue
	case statement == schema.RevenueExpenditureSummary, statement == schema.AppropriationSummary, in && out:
		return ""
	case in:
		return schema.DirectionRevenue
	case !out && !t.Has("matter", "debt") && (statement == schema.OtherStatement || statement == schema.StateCapital):
		return ""
	default:
		return schema.DirectionExpenditure
	}
}

// listedTables are the tables among the entries of a table of contents. Parts and sections of the text are none.
func (w *Words) listedTables(entries []string) []schema.ListedTable {
	var out []schema.ListedTable
	for _, e := range entries {
		title := amount.Fold(e)
		if !w.listed.Any(title) {
			continue
		}
		t := w.grammar.Parse(title, grammar.Title)
		if statement, _, ok := statementOf(&t); ok {
			out = append(out, schema.ListedTable{Title: e, Statement: statement})
		}
	}
	return out
}
