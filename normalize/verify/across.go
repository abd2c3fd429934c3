package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// A row's total column is the sum of its part columns. It is not always visible whether all parts have a column: one that is
// blank throughout gives no line. Where the parts can only be these (当年 + 上年结转) the identity is always stated; elsewhere
// it must hold in more than half of the table's rows before a row may fail it.

// cell names a column of a row by its three dimensions.
type cell struct {
	fund     schema.FundSource
	spending schema.Spending
	period   schema.Period
}

// partition says of which other columns a column may be the sum.
type partition struct {
	rule   string
	whole  cell
	parts  []cell
	strict bool
}

var (
	allFunds    = []schema.FundSource{schema.AllFunds, schema.Appropriation, schema.GeneralPublicBudget, schema.GovernmentFund, schema.StateCapitalFund, schema.FiscalSpecialAccount, schema.UnitFunds, schema.SuperiorSubsidy, schema.BusinessIncome, schema.OperatingIncome, schema.AffiliateRemittance, schema.OtherIncome}
	budgetFunds = allFunds[2:5]
	unitIncome  = allFunds[7:]
	allSpending = []schema.Spending{schema.AllSpending, schema.Basic, schema.Project, schema.Personnel, schema.Operating, schema.RemittedToSuperior, schema.BusinessOperation, schema.AffiliateSubsidy}
	allPeriods  = []schema.Period{schema.AllPeriods, schema.CurrentYear, schema.Carryover}
)

// side is a part of a table whose rows have the same columns: expenditure and revenue differ.
type side struct {
	direction schema.Direction
	balance   bool
}

// rowIdentities states the identities across the columns of a table.
func (l *checker) rowIdentities(table *ledger.Table) {
	for _, s := range []side{{schema.DirectionRevenue, false}, {schema.DirectionExpenditure, false}} {
		present := map[cell]bool{}
		for _, c := range table.Columns {
			if c.Dims.Direction == s.direction && !c.Dims.Balance && !c.Dims.Shared() {
				present[cell{c.Dims.Fund, c.Dims.Spending, c.Dims.Period}] = true
			}
		}
		if len(present) < 2 {
			continue
		}
		rows := l.sideRows(table, s)
		for _, candidates := range partitionsOf(present) {
			l.applyPartition(table, rows, candidates)
		}
	}
	l.rowBalances(table)
}

func (l *checker) sideRows(table *ledger.Table, s side) []*ledger.Row {
	var rows []*ledger.Row
	for _, r := range table.Rows {
		if d := &l.Figures[r.Lines[0]].Column.Dims; d.Direction == s.direction && !d.Balance {
			rows = append(rows, r)
		}
	}
	return rows
}

// partitionsOf lists, for every whole column, the partitions into columns that are present, the likeliest first.
func partitionsOf(present map[cell]bool) [][]partition {
	var out [][]partition
	for _, f := range allFunds {
		for _, s := range allSpending {
			for _, p := range allPeriods {
				whole := cell{f, s, p}
				if !present[whole] {
					continue
				}
				for _, candidates := range [][]partition{spendingPartitions(present, whole), fundPartitions(present, whole), periodPartitions(present, whole)} {
					if len(candidates) > 0 {
						out = append(out, candidates)
					}
				}
			}
		}
	}
	return out
}

// spendingPartitions: 合计 = 基本 + 项目 (+ 上缴上级 + 经营 + 对附属单位补助), 基本 = 人员 + 公用.
func spendingPartitions(present map[cell]bool, whole cell) []partition {
	with := func(kinds ...schema.Spending) (parts []cell) {
		for _, s := range kinds {
			if c := (cell{whole.fund, s, whole.period}); present[c] {
				parts = append(parts, c)
			}
		}
		return parts
	}
	switch whole.spending {
	case schema.Basic:
		if parts := with(schema.Personnel, schema.Operating); len(parts) > 0 {
			return []partition{{rules.RowSpending, whole, parts, len(parts) == 2}}
		}
	case schema.AllSpending:
		basic := with(schema.Basic)
		if len(basic) == 0 {
			basic = with(schema.Personnel, schema.Operating)
		}
		others := with(schema.Project, schema.RemittedToSuperior, schema.BusinessOperation, schema.AffiliateSubsidy)
		if len(basic)+len(others) > 0 {
			return []partition{{rules.RowSpending, whole, append(basic, others...), len(basic) > 0 && len(others) > 0}}
		}
	}
	return nil
}

// fundPartitions: 合计 = Σ fund sources, 财政拨款 = 一般公共 + 政府性基金 + 国有资本, 单位资金 = Σ of the units' own income.
func fundPartitions(present map[cell]bool, whole cell) []partition {
	undivided := !present[cell{whole.fund, whole.spending, schema.CurrentYear}] // the table has no columns of periods
	for c := range present {
		undivided = undivided && c.period != schema.Carryover
	}
	with := func(period schema.Period, funds ...schema.FundSource) (parts []cell) {
		for _, f := range funds {
			c := cell{f, whole.spending, period}
			if period == schema.AllPeriods && !present[c] && undivided {
				c.period = schema.CurrentYear // 本年拨款 beside funds of which nothing is carried over
			}
			if present[c] {
				parts = append(parts, c)
			}
		}
		return parts
	}
	single := func(parts []cell, strict bool) []partition {
		if len(parts) == 0 {
			return nil
		}
		return []partition{{rules.RowFund, whole, parts, strict}}
	}
	switch whole.fund {
	case schema.Appropriation:
		parts := with(whole.period, budgetFunds...)
		return single(parts, len(parts) == 3)
	case schema.UnitFunds:
		return single(with(whole.period, unitIncome...), false)
	case schema.AllFunds:
		budget := with(whole.period, schema.Appropriation)
		if len(budget) == 0 {
			budget = with(whole.period, budgetFunds...)
		}
		budget = append(budget, with(whole.period, schema.FiscalSpecialAccount)...)
		income := with(whole.period, unitIncome...)
		own := append(append([]cell(nil), budget...), income...)
		candidates := single(own, false)
		if units := with(whole.period, schema.UnitFunds); len(units) > 0 {
			candidates = append(single(append(append([]cell(nil), budget...), units...), false), candidates...)
		}
		if carried := (cell{schema.AllFunds, whole.spending, schema.Carryover}); whole.period == schema.AllPeriods && present[carried] && len(own) > 0 {
			candidates = append(candidates, single(append(append([]cell(nil), own...), carried), false)...)
		}
		return candidates
	}
	return nil
}

// periodPartitions: 合计 = 当年 + 上年结转.
func periodPartitions(present map[cell]bool, whole cell) []partition {
	now, carried := cell{whole.fund, whole.spending, schema.CurrentYear}, cell{whole.fund, whole.spending, schema.Carryover}
	switch {
	case whole.period != schema.AllPeriods:
	case present[now] && present[carried]:
		return []partition{{rules.RowPeriod, whole, []cell{now, carried}, true}}
	case present[now]:
		return []partition{{rules.RowPeriod, whole, []cell{now}, false}}
	}
	return nil
}

// applyPartition states the partition that holds in most rows. A row that has the parts but not the whole has then lost a cell,
// or the columns mean something else.
func (l *checker) applyPartition(table *ledger.Table, rows []*ledger.Row, candidates []partition) {
	var best trial
	for n, w := range candidates {
		if t := l.try(table, rows, w); n == 0 || t.hits > best.hits {
			best = t
		}
	}
	if !best.partition.strict && 2*best.hits <= len(best.ids)+len(best.headless) {
		if len(best.ids) > 0 {
			l.skips = append(l.skips, skip{candidates[0].rule, table.Statement, candidates[0].text(), nil})
		}
		return
	}
	for _, id := range best.ids {
		l.add(id)
	}
	for _, lines := range best.headless {
		l.find(finding{rule: best.partition.rule, lines: lines, expected: l.Sum(lines), what: l.label(lines[0]), column: best.partition.text(),
			columns: l.partitionColumns(table, &l.Figures[lines[0]].Column.Dims, best.partition)})
	}
}

// trial is one partition over the rows of a table.
type trial struct {
	partition partition
	ids       []Identity
	hits      int
	headless  [][]int // the parts of rows without the whole
}

func (l *checker) try(table *ledger.Table, rows []*ledger.Row, w partition) trial {
	t := trial{partition: w}
	for _, r := range rows {
		id := l.partitionOf(table, r, w)
		switch {
		case len(id.Sum) == 0:
		case len(id.Total) == 0:
			if l.Sum(id.Sum) != 0 {
				t.headless = append(t.headless, id.Sum)
			}
		default:
			t.ids = append(t.ids, id)
			if l.holds(&id) {
				t.hits++
			}
		}
	}
	return t
}

// partitionColumns gives the columns that a partition speaks of.
func (l *checker) partitionColumns(table *ledger.Table, like *ledger.Dims, w partition) (columns []*ledger.Column) {
	for _, c := range append([]cell{w.whole}, w.parts...) {
		k := *like
		k.Fund, k.Spending, k.Period = c.fund, c.spending, c.period
		if found := table.OfDims[k]; found != nil {
			columns = append(columns, found)
		}
	}
	return columns
}

func (w *partition) text() string {
	return string(w.whole.fund) + "/" + string(w.whole.spending) + "/" + string(w.whole.period)
}

// partitionOf states a partition for one row, with the cells that the row has.
func (l *checker) partitionOf(table *ledger.Table, r *ledger.Row, w partition) Identity {
	id := Identity{Rule: w.rule, Statement: table.Statement}
	if i := r.LineOf(l.Ledger, w.whole.fund, w.whole.spending, w.whole.period); i >= 0 {
		id.Total, id.column = []int{i}, l.Figures[i].Column.Text
	}
	for _, c := range w.parts {
		if i := r.LineOf(l.Ledger, c.fund, c.spending, c.period); i >= 0 {
			id.Sum = append(id.Sum, i)
		}
	}
	id.slack = l.Tolerance(id.Sum, id.Total)
	return id
}

// rowBalances states for a table with both sides of a fund (政府性基金…收入支出决算表), 年初 + 收入 = 支出 + 年末 in every row.
func (l *checker) rowBalances(table *ledger.Table) {
	at := map[[2]string][]int{}
	has := false
	for _, c := range table.Columns {
		has = has || c.Dims.Balance
	}
	if !has {
		return
	}
	var order [][2]string
	for _, i := range table.Lines {
		if f := &l.Figures[i]; f.Column.Dims.Spending == schema.AllSpending && !f.Column.Dims.Change {
			k := [2]string{f.Code, f.Name}
			if at[k] == nil {
				order = append(order, k)
			}
			at[k] = append(at[k], i)
		}
	}
	for _, k := range order {
		l.addRowBalance(table, at[k])
	}
}

func (l *checker) addRowBalance(table *ledger.Table, lines []int) {
	var in, out []int
	revenue, closing := false, false
	for _, i := range lines {
		d := &l.Figures[i].Column.Dims
		if d.Direction == schema.DirectionRevenue {
			in = append(in, i)
			revenue = revenue || d.Period == schema.CurrentYear
			continue
		}
		out = append(out, i)
		closing = closing || d.Balance
	}
	if revenue && closing && len(in) <= 2 && len(out) == 2 {
		l.add(Identity{Rule: rules.AppropriationBalance, Statement: table.Statement, Sum: in, Total: out, column: string(table.Statement)})
	}
}
