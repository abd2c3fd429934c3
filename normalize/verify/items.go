package verify

import "github.com/countybudget/extract/schema"

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
				own := l.columns[columnKey{p.a, dims{direction: p.dirA, phase: m.phase, year: m.year, fund: p.fundA, spending: s, period: period}}]
				if len(own) == 0 {
					continue
				}
				// A document that repeats its tables for every unit pairs them in order, if at all.
				if others := l.partners(p, own[0].dims); len(others) == len(own) {
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
			actual, expected := l.sum(part.lines), l.sum(all)
			if c := l.figs[part.lines[0]].column; actual > expected && !within(actual-expected, l.toleranceAcross(part.lines, all)) {
				l.find(finding{rule: RulePartWithinWhole, lines: append(part.lines, all...), expected: expected, actual: actual,
					what: l.label(part.lines[0]), column: c.text, columns: []*column{c}})
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
		for _, b := range l.statements[st] {
			for _, c := range b.columns {
				d := &c.dims
				if c.grand < 0 || (moment{d.phase, d.year}) != m || !isAppropriated(d.fund) || d.direction != expenditureSide {
					continue
				}
				whole := l.total(place{schema.AppropriationSummary, expenditureSide, cell{d.fund, schema.AllSpending, schema.AllPeriods}}, m, false)
				if whole.sure && l.exceeds(c.grand, whole.lines[0]) {
					w := &l.figs[whole.lines[0]]
					l.find(finding{rule: RulePartWithinWhole, lines: []int{c.grand, whole.lines[0]}, expected: w.fen, actual: l.figs[c.grand].fen,
						what: l.label(c.grand), column: c.text, columns: []*column{c, w.column}})
				}
			}
		}
	}
}

// partners finds the columns of statement b to compare with: the same period, else the whole of which it is a part.
func (l *checker) partners(p *pairing, k dims) []*column {
	periods := []schema.Period{k.period, schema.AllPeriods}
	if k.period == schema.Carryover {
		periods = periods[:1]
	} else if l.d.Document.DocumentType == schema.FinalAccounts || p.soft {
		periods = append(periods, schema.CurrentYear)
	}
	k.direction, k.fund = p.dirB, p.fundB
	for _, k.period = range periods {
		if found := l.columns[columnKey{p.b, k}]; len(found) > 0 {
			return found
		}
	}
	return nil
}

// itemKey names an item across tables: by its code, a 类 without one by the code that its name has elsewhere.
func (l *checker) itemKey(i int) string {
	f := &l.figs[i]
	if f.kind != kindItem || l.lines[i].Classification != schema.ByFunctional || f.seg >= 0 {
		return ""
	}
	if f.code != "" {
		return f.code
	}
	if code, ok := l.nameCodes[f.name]; ok {
		return code
	}
	return f.name
}

func (l *checker) indexItems(c *column) map[string]int {
	index := make(map[string]int, len(c.lines))
	for _, i := range c.lines {
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

func (l *checker) compareItems(p *pairing, ca, cb *column) {
	equal := l.sameTotals(ca, cb)
	if p.soft && !equal {
		return
	}
	index := l.indexItems(cb)
	// A period within the whole year's is a part of it; so is a fund within all funds.
	part := ca.dims.period == cb.dims.period || cb.dims.period == schema.AllPeriods || l.d.Document.DocumentType == schema.FinalAccounts
	for _, i := range ca.lines {
		k := l.itemKey(i)
		if k == "" || l.figs[i].fen == 0 {
			continue
		}
		j, printed := index[k]
		switch {
		case j < 0:
		case printed && equal:
			l.add(Identity{Rule: RuleSameItem, Statement: ca.block.statement, Sum: []int{j}, Total: []int{i},
				Soft: p.soft, Across: true, column: ca.text})
		case p.soft || !part || l.figs[i].fen < 0:
		case printed && l.exceeds(i, j):
			l.find(finding{rule: RulePartWithinWhole, lines: []int{i, j}, expected: l.figs[j].fen, actual: l.figs[i].fen, what: l.label(i), column: ca.text, columns: []*column{ca, cb}})
		case !printed && l.rowMissing(cb, k, l.figs[i].level):
			l.find(finding{rule: RuleSameItem, lines: []int{i}, actual: l.figs[i].fen, what: l.label(i) + " (no such row in " + string(cb.block.statement) + ")", column: ca.text, columns: []*column{ca, cb}})
		}
	}
}

// exceeds says whether line i, a part of line j, is larger than rounding allows.
func (l *checker) exceeds(i, j int) bool {
	a, b := &l.figs[i], &l.figs[j]
	return b.fen >= 0 && a.fen > b.fen && !within(a.fen-b.fen, a.unit+b.unit)
}

// rowMissing says whether a table that lacks an item's code must have it: it prints the level of that code, and unless it
// has siblings of the code, every other branch down to it.
func (l *checker) rowMissing(c *column, code string, level int) bool {
	if level == 0 || numericCode(code) == "" {
		return false
	}
	depth, branches, short := 0, 0, 0
	for _, i := range c.lines {
		f := &l.figs[i]
		depth = max(depth, f.level)
		if f.code == "" || f.level != level-1 {
			continue
		}
		above := len(f.code) < len(code) && code[:len(f.code)] == f.code
		switch {
		case above && f.kids > 0:
			return true
		case !above && f.kids == 0 && f.fen != 0:
			short++
		case !above && f.kids > 0:
			branches++
		}
	}
	return level <= depth && (level == 1 || short == 0 && branches > 1)
}

// sameTotals says whether two columns have a total each, the same and not 0.
func (l *checker) sameTotals(ca, cb *column) bool {
	for _, a := range [2]int{ca.grand, ca.year} {
		for _, b := range [2]int{cb.grand, cb.year} {
			if a >= 0 && b >= 0 && l.figs[a].fen != 0 &&
				within(l.figs[a].fen-l.figs[b].fen, l.figs[a].unit+l.figs[b].unit) {
				return true
			}
		}
	}
	return false
}
