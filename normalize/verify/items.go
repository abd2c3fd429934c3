package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// The same item in two tables. Where two columns have the same total and the items of one are part of the other's, every
// item must be equal; where the totals differ, a part must not exceed its whole.

// pairing names two statements' columns whose items may be compared: those of a (a fund, or all) are contained in b's.
type pairing struct {
	a, b       schema.Statement
	fundA      schema.FundSource
	fundB      schema.FundSource
	dirA, dirB schema.Direction
	soft       bool // the items may differ although the totals agree
}

const (
	revenueSide     = schema.DirectionRevenue
	expenditureSide = schema.DirectionExpenditure
)

var pairings = []pairing{
	{schema.RevenueExpenditureSummary, schema.Expenditure, schema.AllFunds, schema.AllFunds, expenditureSide, expenditureSide, false},
	{schema.GeneralPublicExpenditure, schema.AppropriationSummary, schema.GeneralPublicBudget, schema.GeneralPublicBudget, expenditureSide, expenditureSide, false},
	{schema.GovernmentFundExpenditure, schema.AppropriationSummary, schema.GovernmentFund, schema.GovernmentFund, expenditureSide, expenditureSide, false},
	{schema.StateCapital, schema.AppropriationSummary, schema.StateCapitalFund, schema.StateCapitalFund, expenditureSide, expenditureSide, false},
	{schema.GeneralPublicExpenditure, schema.Expenditure, schema.GeneralPublicBudget, schema.AllFunds, expenditureSide, expenditureSide, false},
	{schema.GovernmentFundExpenditure, schema.Expenditure, schema.GovernmentFund, schema.AllFunds, expenditureSide, expenditureSide, false},
	{schema.AppropriationSummary, schema.RevenueExpenditureSummary, schema.Appropriation, schema.AllFunds, expenditureSide, expenditureSide, false},
	{schema.Revenue, schema.Expenditure, schema.AllFunds, schema.AllFunds, revenueSide, expenditureSide, true},
	{schema.Revenue, schema.Expenditure, schema.Appropriation, schema.AllFunds, revenueSide, expenditureSide, true},
	{schema.Revenue, schema.GeneralPublicExpenditure, schema.GeneralPublicBudget, schema.GeneralPublicBudget, revenueSide, expenditureSide, true},
	{schema.Revenue, schema.GeneralPublicExpenditure, schema.Appropriation, schema.GeneralPublicBudget, revenueSide, expenditureSide, true},
}

// itemsAgree compares the items of every pair of tables, kind of expenditure by kind of expenditure.
func (l *checker) itemsAgree(m moment) {
	for n := range pairings {
		p := &pairings[n]
		for _, s := range allSpending {
			for _, period := range allPeriods {
				own := l.ColumnsOf(p.a, ledger.Dims{Direction: p.dirA, Phase: m.phase, Year: m.year, Fund: p.fundA, Spending: s, Period: period})
				if len(own) == 0 {
					continue
				}
				// A document that repeats its tables for every unit pairs them in order, if at all.
				if others := l.partners(p, own[0].Dims); len(others) == len(own) {
					for i := range own {
						l.compareItems(p, own[i], others[i])
					}
				}
			}
		}
	}
}

// ownWithin: what the projects take from the units' own money is within its revenue and everything carried over.
func (l *checker) ownWithin(m moment) {
	brought := l.broughtForward(schema.RevenueExpenditureSummary, m)
	for _, fund := range []schema.FundSource{schema.FiscalSpecialAccount, schema.UnitFunds} {
		for _, p := range allPeriods[:2] {
			part := l.total(place{schema.ProjectExpenditure, expenditureSide, cell{fund, schema.Project, p}}, m, false)
			whole := l.ownRevenue(fund, m)
			if !part.sure || whole.lines == nil || len(part.lines) != 1 {
				continue
			}
			all := append(append([]int(nil), whole.lines...), brought.lines...)
			actual, expected := l.Sum(part.lines), l.Sum(all)
			if c := l.Figures[part.lines[0]].Column; actual > expected && !ledger.Within(actual-expected, l.ToleranceAcross(part.lines, all)) {
				l.find(finding{rule: rules.PartWithinWhole, lines: append(part.lines, all...), expected: expected, actual: actual,
					what: l.label(part.lines[0]), column: c.Text, columns: []*ledger.Column{c}})
			}
		}
	}
}

// ownRevenue gives the summary's rows of a source; of 单位资金 its parts where it has no row.
func (l *checker) ownRevenue(fund schema.FundSource, m moment) found {
	whole := l.source(schema.RevenueExpenditureSummary, fund, m)
	if whole.lines != nil || fund != schema.UnitFunds {
		return whole
	}
	for _, f := range unitIncome {
		whole.lines = append(whole.lines, l.source(schema.RevenueExpenditureSummary, f, m).lines...)
	}
	return whole
}

// fundsWithin: what a project or procurement table takes from one of the four budgets is within that budget.
func (l *checker) fundsWithin(m moment) {
	for _, st := range []schema.Statement{schema.ProjectExpenditure, schema.GovernmentProcurement} {
		for _, table := range l.Statements[st] {
			for _, c := range table.Columns {
				d := &c.Dims
				if c.Grand < 0 || (moment{d.Phase, d.Year}) != m || !ledger.IsAppropriated(d.Fund) || d.Direction != expenditureSide {
					continue
				}
				whole := l.total(place{schema.AppropriationSummary, expenditureSide, cell{d.Fund, schema.AllSpending, schema.AllPeriods}}, m, false)
				if whole.sure && l.exceeds(c.Grand, whole.lines[0]) {
					w := &l.Figures[whole.lines[0]]
					l.find(finding{rule: rules.PartWithinWhole, lines: []int{c.Grand, whole.lines[0]}, expected: w.Fen, actual: l.Figures[c.Grand].Fen,
						what: l.label(c.Grand), column: c.Text, columns: []*ledger.Column{c, w.Column}})
				}
			}
		}
	}
}

// partners finds the columns of statement b to compare with: the same period, else the whole of which it is a part.
func (l *checker) partners(p *pairing, k ledger.Dims) []*ledger.Column {
	periods := []schema.Period{k.Period, schema.AllPeriods}
	if k.Period == schema.Carryover {
		periods = periods[:1]
	} else if l.Disclosure.Document.DocumentType == schema.FinalAccounts || p.soft {
		periods = append(periods, schema.CurrentYear)
	}
	k.Direction, k.Fund = p.dirB, p.fundB
	for _, k.Period = range periods {
		if found := l.ColumnsOf(p.b, k); len(found) > 0 {
			return found
		}
	}
	return nil
}

// itemKey names an item across tables: by its code, a 类 without one by the code that its name has elsewhere.
func (l *checker) itemKey(i int) string {
	f := &l.Figures[i]
	if f.Kind != ledger.KindItem || l.Lines[i].Classification != schema.ByFunctional || f.Seg >= 0 {
		return ""
	}
	if f.Code != "" {
		return f.Code
	}
	if code, ok := l.NameCodes[f.Name]; ok {
		return code
	}
	return f.Name
}

func (l *checker) indexItems(c *ledger.Column) map[string]int {
	index := make(map[string]int, len(c.Lines))
	for _, i := range c.Lines {
		if k := l.itemKey(i); k != "" {
			if _, twice := index[k]; twice {
				index[k] = -1 // a table of several units without entity rows
				continue
			}
			index[k] = i
		}
	}
	return index
}

func (l *checker) compareItems(p *pairing, ca, cb *ledger.Column) {
	equal := l.sameTotals(ca, cb)
	if p.soft && !equal {
		return
	}
	index := l.indexItems(cb)
	// A period within the whole year's is a part of it; so is a fund within all funds.
	part := ca.Dims.Period == cb.Dims.Period || cb.Dims.Period == schema.AllPeriods || l.Disclosure.Document.DocumentType == schema.FinalAccounts
	for _, i := range ca.Lines {
		k := l.itemKey(i)
		if k == "" || l.Figures[i].Fen == 0 {
			continue
		}
		j, printed := index[k]
		switch {
		case j < 0:
		case printed && equal:
			l.add(Identity{Rule: rules.SameItem, Statement: ca.Table.Statement, Sum: []int{j}, Total: []int{i},
				Soft: p.soft, Across: true, column: ca.Text})
		case p.soft || !part || l.Figures[i].Fen < 0:
		case printed && l.exceeds(i, j):
			l.find(finding{rule: rules.PartWithinWhole, lines: []int{i, j}, expected: l.Figures[j].Fen, actual: l.Figures[i].Fen, what: l.label(i), column: ca.Text, columns: []*ledger.Column{ca, cb}})
		case !printed && l.rowMissing(cb, k, l.Figures[i].Level):
			l.find(finding{rule: rules.SameItem, lines: []int{i}, actual: l.Figures[i].Fen, what: l.label(i) + " (no such row in " + string(cb.Table.Statement) + ")", column: ca.Text, columns: []*ledger.Column{ca, cb}})
		}
	}
}

// exceeds reports whether line i, a part of line j, is larger than rounding allows.
func (l *checker) exceeds(i, j int) bool {
	a, b := &l.Figures[i], &l.Figures[j]
	return b.Fen >= 0 && a.Fen > b.Fen && !ledger.Within(a.Fen-b.Fen, a.Unit+b.Unit)
}

// rowMissing reports whether a table that lacks an item's code must have it: it prints the level of that code, and unless it
// has siblings of the code, every other branch down to it.
func (l *checker) rowMissing(c *ledger.Column, code string, level int) bool {
	if level == 0 || ledger.NumericCode(code) == "" {
		return false
	}
	depth, branches, short := 0, 0, 0
	for _, i := range c.Lines {
		f := &l.Figures[i]
		depth = max(depth, f.Level)
		if f.Code == "" || f.Level != level-1 {
			continue
		}
		above := len(f.Code) < len(code) && code[:len(f.Code)] == f.Code
		switch {
		case above && f.Kids > 0:
			return true
		case !above && f.Kids == 0 && f.Fen != 0:
			short++
		case !above && f.Kids > 0:
			branches++
		}
	}
	return level <= depth && (level == 1 || short == 0 && branches > 1)
}

// sameTotals reports whether two columns have a total each, the same and not 0.
func (l *checker) sameTotals(ca, cb *ledger.Column) bool {
	for _, a := range [2]int{ca.Grand, ca.Year} {
		for _, b := range [2]int{cb.Grand, cb.Year} {
			if a >= 0 && b >= 0 && l.Figures[a].Fen != 0 &&
				ledger.Within(l.Figures[a].Fen-l.Figures[b].Fen, l.Figures[a].Unit+l.Figures[b].Unit) {
				return true
			}
		}
	}
	return false
}
