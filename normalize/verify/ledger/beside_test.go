package ledger

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/schema"
)

// TestBlocksBeside: a summary divides 7 by function and by purpose, in columns of the grid beside each other under one total.
func TestBlocksBeside(t *testing.T) {
	d := &schema.Disclosure{}
	for _, c := range []struct {
		row, col     int32
		class        schema.Classification
		name, amount string
	}{
		{1, 1, schema.ByFunctional, "教育支出", "3"}, {1, 3, schema.ByFunctional, "基本支出", "5"}, {2, 1, schema.ByFunctional, "住房保障支出", "4"},
		{2, 3, schema.ByFunctional, "项目支出", "2"}, {3, 3, schema.ByTotal, "本年支出合计", "7"},
	} {
		d.BudgetLines = append(d.BudgetLines, schema.BudgetLine{TableNo: 1, Row: c.row, Col: c.col, Statement: schema.RevenueExpenditureSummary,
			Classification: c.class, ItemName: c.name, Direction: schema.DirectionExpenditure, FundSource: schema.AllFunds, Spending: schema.AllSpending,
			Period: schema.AllPeriods, Amount: decimal.RequireFromString(c.amount).Shift(4), RawText: c.amount, RawUnit: "万元"})
	}
	l := New(d, words(t))
	if got := l.parents(); got != "-1 4 -1 4 -1" {
		t.Errorf("the parents are %s", got)
	}
	if f := &l.Figures[0]; !f.Column.Dims.Beside() || l.Figures[1].Column.Dims.Beside() || f.Column.Dims.Whole() != l.Figures[4].Column.Dims {
		t.Error("the block without the total is not beside the one with it")
	}
}

// TestLastPlace: a few decimals say nothing of a table's other amounts, a fifth of them do.
func TestLastPlace(t *testing.T) {
	rows := []string{"f 201 甲 12", "f 202 乙 13", "f 203 丙 14", "f 204 丁 15", "f 205 戊 16", "f 206 己 17.5"}
	if l := arranged(t, schema.Expenditure, rows...); l.Figures[0].Unit != 1_000_000 || l.Figures[5].Unit != 100_000 {
		t.Errorf("the units are %d and %d fen", l.Figures[0].Unit, l.Figures[5].Unit)
	}
	rows[0] = "f 201 甲 12.5"
	if l := arranged(t, schema.Expenditure, rows...); l.Figures[1].Unit != 100_000 {
		t.Errorf("the unit is %d fen", l.Figures[1].Unit)
	}
}
