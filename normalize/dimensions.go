package normalize

import (
	"strconv"

	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
)

// dimensions are what title and headers say of a column. The zero values mean that nothing was said.
type dimensions struct {
	fund      schema.FundSource
	spending  schema.Spending
	period    schema.Period
	phase     schema.Phase
	year      int32 // absolute, 0 when not said
	yearShift int32 // -1 for 上年…
	direction schema.Direction
	opening   bool // 年初结转
	closing   bool // 年末结转
	change    bool // 增减额
	skip      bool // a percentage or a quantity
	economic  bool // a class of the economic classification used as a column
}

// read adds what one folded text says. What a text says takes the place of what those above it said, but never says less:
// 财政拨款 under 一般公共预算 is still the general public budget.
func (w *Words) read(d *dimensions, text string) {
	t := w.grammar.Parse(text, grammar.Header)
	w.say(d, &t)
}

func (w *Words) say(d *dimensions, t *grammar.Text) {
	d.fund = narrowFund(d.fund, fundIn(t))
	if s, ok := t.Value("spending"); ok {
		d.spending = narrowSpending(d.spending, schema.Spending(s))
	}
	if p := periodIn(t); p != "" {
		d.period = p
	}
	if p, ok := t.Value("phase"); ok {
		d.phase = schema.Phase(p)
	}
	if y, ok := t.Value("year"); ok {
		if len(y) == len("2024") {
			d.year, d.yearShift = atoi(y), 0
		} else {
			d.year, d.yearShift = 0, atoi(y)
		}
	}
	if s := directionIn(t); s != "" {
		d.direction = s
	}
	d.opening = d.opening || t.Has("balance", "opening")
	d.closing = d.closing || t.Has("balance", "closing")
	d.change = d.change || t.Has("change") && !t.Has("rate")
	d.skip = d.skip || t.Has("rate") || counts(t)
	if _, ok := t.Value("item"); ok && t.Has("item", "economic") {
		d.economic = len(t.Words) == 1
	}
}

// counts reports a header of quantities: 数量, 批次(个). The unit of a thing counts in brackets or alone, and not beside a unit of
// money.
func counts(t *grammar.Text) bool {
	if t.Has("quantity") {
		return true
	}
	measured, money := false, false
	for i := range t.Words {
		word := &t.Words[i]
		if _, ok := word.Value("measured"); ok && (word.Nested || len(t.Words) == 1) {
			measured = true
		}
		if _, ok := word.Value("money"); ok {
			money = true
		}
	}
	return measured && !money
}

// fundIn is the fund source that a text names. Of several budgets the whole is meant, 财政拨款; a budget named beside 财政拨款, or
// behind it in brackets, says which.
func fundIn(t *grammar.Text) schema.FundSource {
	outside, budgets := "", map[string]bool{}
	for _, nested := range []bool{false, true} {
		if nested && outside != "" && outside != string(schema.Appropriation) {
			break
		}
		for i := range t.Words {
			word := &t.Words[i]
			v, ok := word.Value("fund")
			if !ok || v == "" || word.Negated || word.Nested != nested {
				continue
			}
			if isBudget(schema.FundSource(v)) {
				budgets[v] = true
			}
			if outside == "" {
				outside = v
			}
		}
	}
	switch {
	case outside == "" || outside != string(schema.Appropriation) && !isBudget(schema.FundSource(outside)):
		return schema.FundSource(outside)
	case len(budgets) == 1:
		for v := range budgets {
			return schema.FundSource(v)
		}
	}
	return schema.Appropriation
}

// isBudget reports the three budgets of which 财政拨款 consists.
func isBudget(f schema.FundSource) bool {
	return f == schema.GeneralPublicBudget || f == schema.GovernmentFund || f == schema.StateCapitalFund
}

func narrowFund(above, said schema.FundSource) schema.FundSource {
	if said == "" || said == schema.Appropriation && isBudget(above) {
		return above
	}
	return said
}

func narrowSpending(above, said schema.Spending) schema.Spending {
	if said == "" || said == schema.Basic && (above == schema.Personnel || above == schema.Operating) {
		return above
	}
	return said
}

// periodIn is the period that a text names: without carryover means the current year.
func periodIn(t *grammar.Text) schema.Period {
	if p, ok := t.Value("period"); ok {
		return schema.Period(p)
	}
	for i := range t.Words {
		if p, ok := t.Words[i].Value("period"); ok && p == string(schema.Carryover) {
			return schema.CurrentYear
		}
	}
	return ""
}

// directionIn is the one direction that a text names, "" where it names both or none.
func directionIn(t *grammar.Text) schema.Direction {
	in, out := sidesIn(t)
	switch {
	case in && !out:
		return schema.DirectionRevenue
	case out && !in:
		return schema.DirectionExpenditure
	}
	return ""
}

// sidesIn reports whether a text names revenue and whether it names expenditure, outside of brackets.
func sidesIn(t *grammar.Text) (in, out bool) {
	for i := range t.Words {
		word := &t.Words[i]
		if word.Negated || word.Nested {
			continue
		}
		switch v, _ := word.Value("direction"); v {
		case "both":
			in, out = true, true
		case string(schema.DirectionRevenue):
			in = true
		case string(schema.DirectionExpenditure):
			out = true
		}
	}
	return in, out
}

// atoi is the number that a text says which a pattern, or the lexicon, has found to be one.
func atoi(s string) int32 {
	n, _ := strconv.Atoi(s)
	return int32(n)
}
