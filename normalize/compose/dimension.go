// Package compose says what the words of a title or a header mean together: what a column is for, the fund source, the period and
// the direction that they name, and the statement that a title composes.
package compose

import (
	"strings"

	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
)

// Counts reports a header of quantities: 数量, 批次(个). The unit of a thing counts in brackets or alone, and not beside a unit of
// money.
func Counts(t *grammar.Text) bool {
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

// Fund is the fund source that a text names. Of several budgets the whole is meant, 财政拨款; a budget named beside 财政拨款, or
// behind it in brackets, says which.
func Fund(t *grammar.Text) schema.FundSource {
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

// NarrowFund is the fund source of a column below one that is said above it: a column never says less, so 财政拨款 below one of its
// three budgets is that budget.
func NarrowFund(above, said schema.FundSource) schema.FundSource {
	if said == "" || said == schema.Appropriation && isBudget(above) {
		return above
	}
	return said
}

// Spending is the kind of expenditure that a text names, "" where it names none. 人员经费和公用经费 are together basic expenditure,
// 基本支出(人员经费) is that part of it.
func Spending(t *grammar.Text) schema.Spending {
	personnel, operating := t.Has("spending", string(schema.Personnel)), t.Has("spending", string(schema.Operating))
	basic := t.Has("spending", string(schema.Basic))
	switch {
	case personnel && operating:
		return schema.Basic
	case basic && personnel:
		return schema.Personnel // 基本支出表--人员经费
	case basic && operating:
		return schema.Operating
	}
	s, _ := t.Value("spending")
	return schema.Spending(s)
}

// CountsThings reports the name of a row of quantities: it ends in the unit of a thing, 公务用车保有量(辆). A part of a project,
// 改造工程(二期), is none. t is the name parsed.
func CountsThings(name string, t *grammar.Text) bool {
	if len(t.Words) == 0 {
		return false
	}
	last := &t.Words[len(t.Words)-1]
	_, measured := last.Value("measured")
	_, money := last.Value("money")
	_, quantity := last.Value("quantity")
	return measured && last.Nested && !money && strings.HasSuffix(name, "("+last.Text+")") || quantity && strings.HasSuffix(last.Text, ")")
}

// NarrowSpending is likewise the kind of expenditure: 基本支出 below 人员经费 is personnel.
func NarrowSpending(above, said schema.Spending) schema.Spending {
	if said == "" || said == schema.Basic && (above == schema.Personnel || above == schema.Operating) {
		return above
	}
	return said
}

// Period is the period that a text names: without carryover means the current year.
func Period(t *grammar.Text) schema.Period {
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

// Direction is the one direction that a text names, "" where it names both or none.
func Direction(t *grammar.Text) schema.Direction {
	in, out := Sides(t)
	switch {
	case in && !out:
		return schema.DirectionRevenue
	case out && !in:
		return schema.DirectionExpenditure
	}
	return ""
}

// Sides reports whether a text names revenue and whether it names expenditure, outside of brackets.
func Sides(t *grammar.Text) (in, out bool) {
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

// Side is the direction that the words 收入 and 支出 alone say: not those that name a fund source or a kind of expenditure too.
func Side(t *grammar.Text) schema.Direction {
	side := schema.Direction("")
	for i := range t.Words {
		word := &t.Words[i]
		v, ok := word.Value("direction")
		if !ok || len(word.Features) > 1 || word.Negated || word.Nested {
			continue
		}
		if v == "both" || side != "" && side != schema.Direction(v) {
			return ""
		}
		side = schema.Direction(v)
	}
	return side
}
