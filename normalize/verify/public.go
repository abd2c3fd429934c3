package verify

import "github.com/countybudget/extract/schema"

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
		l.agree(RuleAgencyOperating, own, true, running...)
	}
	economic := map[string]found{}
	for _, p := range publicCodes {
		economic[p.part] = l.economicItem(p.code, m)
	}
	for _, b := range l.statements[schema.ThreePublic] {
		for _, c := range b.columns {
			if (moment{c.dims.phase, c.dims.year}) == m && !c.dims.change {
				l.publicItems(c, economic)
			}
		}
	}
}

func (l *checker) publicItems(c *column, economic map[string]found) {
	for _, i := range c.lines {
		if f := &l.figs[i]; f.fen != 0 && !f.kind.isTotal() {
			l.agree(RuleThreePublicItems, found{[]int{i}, true}, true, economic[l.words.ThreePublic.Value(f.name)])
		}
	}
}

// economicItem finds an economic code in the basic expenditure table.
func (l *checker) economicItem(code string, m moment) found {
	for _, b := range l.statements[schema.GeneralPublicBasicExpenditure] {
		for _, i := range b.lines {
			f := &l.figs[i]
			d := &f.column.dims
			if f.code == code && d.spending != schema.Personnel && (moment{d.phase, d.year}) == m {
				return found{[]int{i}, true}
			}
		}
	}
	return found{}
}

// publicFindings tests what is not a sum: no amount is negative, and 决算 does not exceed the budget.
func (l *checker) publicFindings() {
	for _, b := range l.statements[schema.ThreePublic] {
		for _, c := range b.columns {
			if c.dims.change || len(c.lines) == 0 {
				continue
			}
			l.publicSigns(c)
			if c.dims.phase == schema.Executed && c.grand >= 0 {
				l.publicExecution(c)
			}
		}
	}
}

func (l *checker) publicSigns(c *column) {
	negative := false
	for _, i := range c.lines {
		if f := &l.figs[i]; f.fen < 0 {
			negative = true
			l.find(finding{rule: RuleThreePublicSign, lines: []int{i}, actual: f.fen, what: l.label(i), column: c.text})
		}
	}
	if !negative {
		l.find(finding{rule: RuleThreePublicSign, status: schema.CheckPass, lines: c.lines, what: string(c.block.statement), column: c.text})
	}
}

func (l *checker) publicExecution(c *column) {
	k := c.dims
	k.phase = schema.Approved
	plan := c.block.ofDims[k]
	if plan == nil || plan.grand < 0 {
		return
	}
	f := finding{rule: RuleThreePublicExecution, status: schema.CheckPass, lines: []int{plan.grand, c.grand},
		expected: l.figs[plan.grand].fen, actual: l.figs[c.grand].fen, what: l.label(c.grand), column: c.text}
	if f.actual > f.expected {
		f.status = schema.CheckSkipped
	}
	l.find(f)
}
