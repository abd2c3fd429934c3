package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// One amount in two tables. The header of a table does not always say which of a summary's two totals its 合计 is, nor whether
// that counts money carried over: it must agree with one of the totals that it may be.

// moment is the phase and year that the amounts of a column belong to.
type moment struct {
	phase schema.Phase
	year  int32
}

// place is a column's total: of which statement, side and dimensions.
type place struct {
	statement schema.Statement
	direction schema.Direction
	cell
}

// found is a total, or several that make it up; sure is false when tables of the same statement disagree about it.
type found struct {
	lines []int
	sure  bool
}

// total finds the total of a column: the grand total, or of a summary 本年…合计.
func (l *checker) total(p place, m moment, year bool) found {
	var out found
	dims := ledger.Dims{Direction: p.direction, Phase: m.phase, Year: m.year, Fund: p.fund, Spending: p.spending, Period: p.period}
	for _, c := range l.ColumnsOf(p.statement, dims) {
		lines := l.totalOf(c, year)
		switch {
		case lines == nil:
		case out.lines == nil:
			out = found{lines, true}
		case l.Sum(lines) != l.Sum(out.lines):
			out.sure = false
		}
	}
	return out
}

// totalOf gives the column's total line, or of a project table without one the lines of its highest level.
func (l *checker) totalOf(c *ledger.Column, year bool) []int {
	i := c.Grand
	if year {
		i = c.Year
	}
	switch {
	case i >= 0:
		return []int{i}
	case !year && c.Table.Statement == schema.ProjectExpenditure:
		return l.Tops(c)
	}
	return nil
}

// maxMoments bounds the phases and years compared: a disclosure speaks of two or three.
const maxMoments = 24

// moments lists the phases and years of the disclosure's tables, in order of appearance.
func (l *checker) moments() []moment {
	var list []moment
	seen := map[moment]bool{}
	for _, table := range l.Tables {
		for _, c := range table.Columns {
			if m := (moment{c.Dims.Phase, c.Dims.Year}); !seen[m] && len(list) < maxMoments {
				seen[m] = true
				list = append(list, m)
			}
		}
	}
	return list
}

// agree states that a total equals one of the candidates: the first that it does equal, else the first at all.
func (l *checker) agree(rule string, a found, soft bool, candidates ...found) {
	if a.lines == nil {
		return
	}
	best := -1
	sure := a.sure
	for n, c := range candidates {
		if c.lines == nil {
			continue
		}
		sure = sure && c.sure
		if ledger.Within(l.Sum(a.lines)-l.Sum(c.lines), l.ToleranceAcross(a.lines, c.lines)) {
			best = n
			break
		}
		if best < 0 {
			best = n
		}
	}
	if best < 0 {
		return
	}
	f := &l.Figures[a.lines[0]]
	l.add(Identity{Rule: rule, Statement: f.Column.Table.Statement, Sum: candidates[best].lines, Total: a.lines,
		Soft: soft || !sure || l.Government, Across: true, column: f.Column.Text})
}

func (l *checker) acrossIdentities() {
	for _, m := range l.moments() {
		l.balanceSummaries(m)
		l.revenueAgrees(m)
		l.expenditureAgrees(m)
		l.appropriationAgrees(m)
		l.basicAgrees(m)
		l.projectAgrees(m)
		l.itemsAgree(m)
		l.fundsWithin(m)
		l.ownWithin(m)
		l.publicAgrees(m)
	}
	l.proseAgrees()
}

// balanceSummaries: 收入总计 = 支出总计; of each fund, 年初 + 收入 = 支出 + 年末.
func (l *checker) balanceSummaries(m moment) {
	for _, t := range []struct {
		statement schema.Statement
		fund      schema.FundSource
	}{{schema.RevenueExpenditureSummary, schema.AllFunds}, {schema.AppropriationSummary, schema.Appropriation}} {
		st, fund := t.statement, t.fund
		for _, p := range allPeriods {
			in := l.total(place{st, schema.DirectionRevenue, cell{fund, schema.AllSpending, p}}, m, false)
			same := l.total(place{st, schema.DirectionExpenditure, cell{fund, schema.AllSpending, p}}, m, false)
			whole := l.total(place{st, schema.DirectionExpenditure, cell{fund, schema.AllSpending, schema.AllPeriods}}, m, false)
			l.agree(rules.SummaryBalance, in, false, same, whole)
		}
	}
	// What is spent of carried-over money is what was carried over, where nothing is left at the end.
	carried := place{schema.RevenueExpenditureSummary, schema.DirectionExpenditure, cell{schema.AllFunds, schema.AllSpending, schema.Carryover}}
	for _, year := range []bool{true, false} {
		l.agree(rules.SummaryBalance, l.total(carried, m, year), l.leftOver(m), l.broughtForward(carried.statement, m))
	}
	for _, table := range l.Statements[schema.AppropriationSummary] {
		for _, c := range table.Columns {
			if (moment{c.Dims.Phase, c.Dims.Year}) == m && ledger.IsAppropriated(c.Dims.Fund) && c.Dims.Direction == schema.DirectionExpenditure {
				l.fundBalance(table, c)
			}
		}
	}
}

// leftOver reports whether the summary carries anything forward into the next year.
func (l *checker) leftOver(m moment) bool {
	for _, table := range l.Statements[schema.RevenueExpenditureSummary] {
		for _, i := range table.Lines {
			f := &l.Figures[i]
			d := &f.Column.Dims
			if f.Kind == ledger.KindBalance && f.Fen != 0 && d.Direction == schema.DirectionExpenditure && (moment{d.Phase, d.Year}) == m {
				return true
			}
		}
	}
	return false
}

// fundBalance states for one fund's column of the appropriation summary that what came in and what was brought forward is
// its grand total.
func (l *checker) fundBalance(table *ledger.Table, c *ledger.Column) {
	if c.Grand < 0 || c.Dims.Period == schema.Carryover || c.Dims.Spending != schema.AllSpending {
		return
	}
	var in []int
	source, brought, named := false, false, false
	for _, i := range table.Lines {
		f := &l.Figures[i]
		d := &f.Column.Dims
		if d.Direction != schema.DirectionRevenue || d.Phase != c.Dims.Phase || d.Year != c.Dims.Year || d.Fund != schema.Appropriation {
			continue
		}
		brought = brought || f.Kind == ledger.KindBalance && f.Fen != 0
		if fund, ok := l.words.FundNamed(f); !ok || fund != c.Dims.Fund || f.Kind.IsTotal() {
			continue
		}
		in = append(in, i)
		source = source || f.Kind == ledger.KindItem
		named = named || f.Kind == ledger.KindBalance
	}
	if source && len(in) <= 2 {
		l.add(Identity{Rule: rules.AppropriationBalance, Statement: table.Statement, Sum: in, Total: []int{c.Grand},
			Soft: brought && !named, Across: true, column: c.Text})
	}
}

// revenueAgrees: 收入总表 = 收支总表, in total and by source.
func (l *checker) revenueAgrees(m moment) {
	summary := func(p schema.Period, year bool) found {
		return l.total(place{schema.RevenueExpenditureSummary, schema.DirectionRevenue, cell{schema.AllFunds, schema.AllSpending, p}}, m, year)
	}
	yearAll, yearNow := summary(schema.AllPeriods, true), summary(schema.CurrentYear, true)
	grandAll, grandNow := summary(schema.AllPeriods, false), summary(schema.CurrentYear, false)
	at := func(f schema.FundSource, p schema.Period) found {
		return l.total(place{schema.Revenue, schema.DirectionRevenue, cell{f, schema.AllSpending, p}}, m, false)
	}
	now := at(schema.AllFunds, schema.CurrentYear)
	if yearNow.lines == nil && yearAll.lines == nil {
		l.agree(rules.Revenue, now, false, grandNow, grandAll)
	} else {
		l.agree(rules.Revenue, now, false, yearNow, yearAll)
	}
	l.agree(rules.Revenue, at(schema.AllFunds, schema.AllPeriods), false, grandAll, grandNow, yearAll, yearNow)
	brought := at(schema.AllFunds, schema.Carryover)
	carried := l.broughtForward(schema.RevenueExpenditureSummary, m)
	l.agree(rules.Revenue, brought, false, carried)
	// Whether a fund's column counts money carried over is settled where nothing is, or that has a column of its own.
	settled := brought.lines != nil || l.Sum(carried.lines) == 0 &&
		(grandAll.lines == nil || yearAll.lines == nil || l.Sum(grandAll.lines) == l.Sum(yearAll.lines))
	var columns, sources found // the funds of which the column is more than the source
	for _, f := range allFunds[1:] {
		source := l.source(schema.RevenueExpenditureSummary, f, m)
		l.agree(rules.Revenue, at(f, schema.CurrentYear), false, source)
		own := at(f, schema.AllPeriods)
		switch {
		case settled || l.Sum(own.lines) <= l.Sum(source.lines):
			l.agree(rules.Revenue, own, !settled, source)
		case f == schema.Appropriation: // its funds are counted
			l.agree(rules.Revenue, own, true, joined(source, carried))
		default:
			columns, sources = joined(columns, own), joined(sources, source)
		}
		if ledger.IsAppropriated(f) {
			l.agree(rules.Revenue, l.source(schema.AppropriationSummary, f, m), false, source)
		}
	}
	l.agree(rules.Revenue, columns, true, joined(sources, carried))
}

// joined puts totals together.
func joined(a, b found) found {
	if a.lines == nil {
		return b
	}
	return found{append(append([]int(nil), a.lines...), b.lines...), a.sure && (b.sure || b.lines == nil)}
}

// broughtForward finds the one row of a summary that gives the money carried over into the year.
func (l *checker) broughtForward(st schema.Statement, m moment) found {
	var out found
	for _, table := range l.Statements[st] {
		for _, i := range table.Lines {
			f := &l.Figures[i]
			d := &f.Column.Dims
			if f.Kind != ledger.KindBalance || d.Direction != schema.DirectionRevenue || (moment{d.Phase, d.Year}) != m ||
				f.Column.Grand != f.Parent || !l.words.BroughtForward.Any(f.Name) {
				continue
			}
			if out.lines == nil {
				out = found{[]int{i}, true}
			} else {
				out.sure = false
			}
		}
	}
	return out
}

// carried finds the row of a summary that gives what was carried over into the year of one fund.
func (l *checker) carried(fund schema.FundSource, m moment) found {
	if fund == schema.AllFunds {
		return l.broughtForward(schema.RevenueExpenditureSummary, m)
	}
	return l.rowOf(schema.AppropriationSummary, ledger.KindBalance, fund, m)
}

// source finds the row of a summary that names a source of revenue.
func (l *checker) source(st schema.Statement, fund schema.FundSource, m moment) found {
	return l.rowOf(st, ledger.KindItem, fund, m)
}

// rowOf finds the revenue row of a kind that names a fund.
func (l *checker) rowOf(st schema.Statement, kind ledger.Kind, fund schema.FundSource, m moment) found {
	var out found
	for _, table := range l.Statements[st] {
		for _, i := range table.Lines {
			f := &l.Figures[i]
			d := &f.Column.Dims
			if f.Kind != kind || d.Direction != schema.DirectionRevenue || (moment{d.Phase, d.Year}) != m || d.Change {
				continue
			}
			if named, ok := l.words.FundNamed(f); !ok || named != fund {
				continue
			}
			if out.lines == nil {
				out = found{[]int{i}, true}
			} else {
				out.sure = false
			}
		}
	}
	return out
}

// expenditureAgrees: 支出总表 合计 = 收支总表 支出, by kind of expenditure too.
func (l *checker) expenditureAgrees(m moment) {
	for _, s := range allSpending {
		for _, p := range allPeriods {
			at := func(st schema.Statement, p schema.Period, year bool) found {
				return l.total(place{st, schema.DirectionExpenditure, cell{schema.AllFunds, s, p}}, m, year)
			}
			own := at(schema.Expenditure, p, false)
			if own.lines == nil {
				continue
			}
			sum := schema.RevenueExpenditureSummary
			l.agree(rules.Expenditure, own, p != schema.AllPeriods && l.Disclosure.Document.DocumentType == schema.Budget && at(sum, p, true).lines == nil,
				at(sum, p, true), at(sum, schema.AllPeriods, true), at(sum, p, false), at(sum, schema.AllPeriods, false), at(sum, schema.CurrentYear, false))
		}
	}
}

// fundTables are the statements that give one fund's expenditure.
var fundTables = []struct {
	fund      schema.FundSource
	statement schema.Statement
}{
	{schema.GeneralPublicBudget, schema.GeneralPublicExpenditure},
	{schema.GovernmentFund, schema.GovernmentFundExpenditure},
	{schema.StateCapitalFund, schema.StateCapital},
}

// appropriationAgrees: each fund's column of the appropriation summary = that fund's own table.
func (l *checker) appropriationAgrees(m moment) {
	at := func(f schema.FundSource, p schema.Period, year bool) found {
		return l.total(place{schema.AppropriationSummary, schema.DirectionExpenditure, cell{f, schema.AllSpending, p}}, m, year)
	}
	for _, t := range fundTables {
		for _, p := range allPeriods {
			own := l.total(place{t.statement, schema.DirectionExpenditure, cell{t.fund, schema.AllSpending, p}}, m, false)
			same := at(t.fund, p, true).lines != nil || at(t.fund, p, false).lines != nil
			final := l.Disclosure.Document.DocumentType == schema.FinalAccounts
			l.agree(rules.AppropriationParts, own, !(same || final) || p == schema.Carryover,
				at(t.fund, p, true), at(t.fund, schema.AllPeriods, true), at(t.fund, p, false), at(t.fund, schema.AllPeriods, false))
		}
		for _, st := range []schema.Statement{schema.GovernmentFundRevenue, schema.GovernmentFundExpenditure} {
			for _, p := range allPeriods[:2] {
				in := l.total(place{st, schema.DirectionRevenue, cell{t.fund, schema.AllSpending, p}}, m, false)
				l.agree(rules.AppropriationParts, in, true, l.source(schema.AppropriationSummary, t.fund, m))
			}
		}
	}
}

// basicAgrees: 基本支出 of the general public table = 基本支出表; personnel and operating alike.
func (l *checker) basicAgrees(m moment) {
	at := func(st schema.Statement, f schema.FundSource, s schema.Spending, p schema.Period) found {
		return l.total(place{st, schema.DirectionExpenditure, cell{f, s, p}}, m, false)
	}
	const basic, general = schema.GeneralPublicBasicExpenditure, schema.GeneralPublicExpenditure
	final := l.Disclosure.Document.DocumentType == schema.FinalAccounts
	for _, f := range []schema.FundSource{schema.GeneralPublicBudget, schema.Appropriation} {
		for _, p := range allPeriods {
			for _, s := range []schema.Spending{schema.Basic, schema.Personnel, schema.Operating} {
				whole := at(general, f, s, p)
				other := schema.AllPeriods
				if p == other {
					other = schema.CurrentYear
				}
				same := at(basic, f, s, p)
				l.agree(rules.Basic, whole, same.lines == nil && !final, same, at(basic, f, s, other),
					both(at(basic, f, schema.Personnel, p), at(basic, f, schema.Operating, p), s == schema.Basic),
					both(at(basic, f, schema.Personnel, other), at(basic, f, schema.Operating, other), s == schema.Basic))
			}
			l.agree(rules.Basic, at(schema.Expenditure, schema.AllFunds, schema.Basic, p), true,
				at(general, f, schema.Basic, schema.AllPeriods), at(general, f, schema.Basic, schema.CurrentYear))
		}
	}
}

// both joins two totals that together stand for one.
func both(a, b found, wanted bool) found {
	if !wanted || a.lines == nil || b.lines == nil {
		return found{}
	}
	return joined(a, b)
}

// projectAgrees: 项目支出 = 项目支出表, with what was carried over or without, as the tables have it.
func (l *checker) projectAgrees(m moment) {
	at := func(st schema.Statement, f schema.FundSource, p schema.Period) found {
		return l.total(place{st, schema.DirectionExpenditure, cell{f, schema.Project, p}}, m, false)
	}
	const own = schema.ProjectExpenditure
	for _, t := range []struct {
		statement schema.Statement
		fund      schema.FundSource
	}{{schema.Expenditure, schema.AllFunds}, {schema.GeneralPublicExpenditure, schema.GeneralPublicBudget}, {schema.GovernmentFundExpenditure, schema.GovernmentFund}} {
		var carried found // what the project table leaves out, if it has no column of it
		if at(own, schema.AllFunds, schema.Carryover).lines == nil && at(own, t.fund, schema.Carryover).lines == nil {
			carried = l.carried(t.fund, m)
		}
		for _, p := range allPeriods[:2] {
			table := at(own, t.fund, p)
			if table.lines == nil {
				table = at(own, t.fund, schema.CurrentYear)
			}
			l.agree(rules.Project, at(t.statement, t.fund, p), at(own, t.fund, p).lines == nil, at(own, t.fund, p),
				both(at(own, t.fund, schema.CurrentYear), at(own, t.fund, schema.Carryover), p == schema.AllPeriods),
				at(own, t.fund, schema.CurrentYear), at(own, t.fund, schema.AllPeriods), both(table, carried, true))
		}
	}
	for _, p := range allPeriods[:2] {
		var parts found
		for _, t := range fundTables {
			if f := at(t.statement, t.fund, p); f.lines != nil {
				parts = found{append(parts.lines, f.lines...), f.sure}
			}
		}
		l.agree(rules.Project, at(own, schema.Appropriation, p), false, parts)
	}
}
