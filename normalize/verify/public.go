package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// “三公”经费 and 机关运行经费 against the basic expenditure table. Both agree with it only where none of the money is project
// expenditure and the province counts 机关运行经费 as 公用经费, so these identities are soft.

// publicCodes are the economic codes of the “三公” items.
var publicCodes = []struct{ part, code string }{{"abroad", "30212"}, {"reception", "30217"}, {"running", "30231"}}

func (l *checker) publicAgrees(m moment) {
	const basic = schema.GeneralPublicBasicExpenditure
	for _, f := range []schema.FundSource{schema.AllFunds, schema.Appropriation, schema.GeneralPublicBudget} {
		own := l.total(place{schema.AgencyOperating, schema.DirectionExpenditure, cell{f, schema.AllSpending, schema.AllPeriods}}, m, false)
		var running []found
		for _, p := range allPeriods {
			running = append(running,
				l.total(place{basic, schema.DirectionExpenditure, cell{schema.GeneralPublicBudget, schema.Operating, p}}, m, false),
				l.total(place{schema.GeneralPublicExpenditure, schema.DirectionExpenditure, cell{schema.GeneralPublicBudget, schema.Operating, p}}, m, false))
		}
		l.agree(rules.AgencyOperating, own, true, running...)
	}
	economic := map[string]found{}
	for _, p := range publicCodes {
		economic[p.part] = l.economicItem(p.code, m)
	}
	for _, table := range l.Statements[schema.ThreePublic] {
		for _, c := range table.Columns {
			if (moment{c.Dims.Phase, c.Dims.Year}) == m && !c.Dims.Change {
				l.publicItems(c, economic)
			}
		}
	}
}

func (l *checker) publicItems(c *ledger.Column, economic map[string]found) {
	for _, i := range c.Lines {
		if f := &l.Figures[i]; f.Fen != 0 && !f.Kind.IsTotal() {
			l.agree(rules.ThreePublicItems, found{[]int{i}, true}, true, economic[l.words.ThreePublic.Value(f.Name)])
		}
	}
}

// economicItem finds an economic code in the basic expenditure table.
func (l *checker) economicItem(code string, m moment) found {
	for _, table := range l.Statements[schema.GeneralPublicBasicExpenditure] {
		for _, i := range table.Lines {
			f := &l.Figures[i]
			d := &f.Column.Dims
			if f.Code == code && d.Spending != schema.Personnel && (moment{d.Phase, d.Year}) == m {
				return found{[]int{i}, true}
			}
		}
	}
	return found{}
}

// publicFindings tests what is not a sum: no amount is negative, and 决算 does not exceed the budget.
func (l *checker) publicFindings() {
	for _, table := range l.Statements[schema.ThreePublic] {
		for _, c := range table.Columns {
			if c.Dims.Change || len(c.Lines) == 0 {
				continue
			}
			l.publicSigns(c)
			if c.Dims.Phase == schema.Executed && c.Grand >= 0 {
				l.publicExecution(c)
			}
		}
	}
}

func (l *checker) publicSigns(c *ledger.Column) {
	negative := false
	for _, i := range c.Lines {
		if f := &l.Figures[i]; f.Fen < 0 {
			negative = true
			l.find(finding{rule: rules.ThreePublicSign, lines: []int{i}, actual: f.Fen, what: l.label(i), column: c.Text})
		}
	}
	if !negative {
		l.find(finding{rule: rules.ThreePublicSign, status: schema.CheckPass, lines: c.Lines, what: string(c.Table.Statement), column: c.Text})
	}
}

func (l *checker) publicExecution(c *ledger.Column) {
	k := c.Dims
	k.Phase = schema.Approved
	plan := c.Table.OfDims[k]
	if plan == nil || plan.Grand < 0 {
		return
	}
	f := finding{rule: rules.ThreePublicExecution, status: schema.CheckPass, lines: []int{plan.Grand, c.Grand},
		expected: l.Figures[plan.Grand].Fen, actual: l.Figures[c.Grand].Fen, what: l.label(c.Grand), column: c.Text}
	if f.actual > f.expected {
		f.status = schema.CheckSkipped
	}
	l.find(f)
}
