package ledger

import "github.com/countybudget/extract/schema"

// Which tables, and which of their columns, have totals.

// totalled are the statements whose tables have a total row.
var totalled = []schema.Statement{schema.Revenue, schema.Expenditure, schema.GeneralPublicExpenditure,
	schema.GeneralPublicBasicExpenditure, schema.GovernmentFundExpenditure, schema.GovernmentProcurement, schema.ThreePublic}

// HasTotalRow reports whether tables of a statement have a total row.
func (table *Table) HasTotalRow() bool {
	for _, st := range totalled {
		if st == table.Statement {
			return len(table.Entities) == 0
		}
	}
	return table.Statement == schema.RevenueExpenditureSummary || table.Statement == schema.AppropriationSummary
}

// SidesTotalled gives for revenue, expenditure and balances a column with a total and one without although it has parts
// that are not 0.
func (l *Ledger) SidesTotalled(table *Table) (has, lacks [3]*Column) {
	for _, c := range table.Columns {
		s := 0
		switch {
		case c.Dims.Change, c.Dims.Beside():
			continue
		case c.Dims.Balance:
			s = 2
		case c.Dims.Direction == schema.DirectionExpenditure:
			s = 1
		}
		switch {
		case c.Grand >= 0:
			has[s] = c
		case l.partsOf(c) >= 1 && lacks[s] == nil:
			lacks[s] = c
		}
	}
	return has, lacks
}

// partsOf counts the column's highest lines that are not 0.
func (l *Ledger) partsOf(c *Column) int {
	n := 0
	for _, i := range l.Tops(c) {
		if l.Figures[i].Fen != 0 {
			n++
		}
	}
	return n
}
