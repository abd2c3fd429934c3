package compose

import (
	"testing"

	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
)

func parse(t *testing.T, text string) *grammar.Text {
	g, err := grammar.New(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	parsed := g.Parse(text, grammar.Title)
	return &parsed
}

// TestFund: several budgets are 财政拨款, a budget beside 财政拨款 says which, and what is excluded counts for nothing.
func TestFund(t *testing.T) {
	for text, want := range map[string]schema.FundSource{
		"一般公共预算财政拨款":            schema.GeneralPublicBudget,
		"财政拨款(一般公共预算)":          schema.GeneralPublicBudget,
		"一般公共预算、政府性基金和国有资本经营预算": schema.Appropriation,
		"财政拨款(不含政府性基金)":         schema.Appropriation,
		"单位资金(事业收入)":            schema.UnitFunds,
		"非财政拨款收入":               "",
		"支出合计":                  "",
	} {
		if got := Fund(parse(t, text)); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
	if NarrowFund(schema.GovernmentFund, schema.Appropriation) != schema.GovernmentFund || NarrowFund(schema.Appropriation, schema.UnitFunds) != schema.UnitFunds {
		t.Error("a column says less than its title")
	}
	if NarrowSpending(schema.Personnel, schema.Basic) != schema.Personnel || NarrowSpending(schema.Basic, schema.Operating) != schema.Operating {
		t.Error("a column says less than its title")
	}
}

// TestPeriodAndDirection: 不含上年结转 is the current year; a title of both sides has no direction.
func TestPeriodAndDirection(t *testing.T) {
	for text, want := range map[string]schema.Period{"支出表(不含上年结转)": schema.CurrentYear, "上年结转支出表": schema.Carryover, "支出表": ""} {
		if got := Period(parse(t, text)); got != want {
			t.Errorf("%s is of %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]schema.Direction{"收入总表": schema.DirectionRevenue, "支出表(按收入科目)": schema.DirectionExpenditure, "收支总表": ""} {
		if got := Direction(parse(t, text)); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// TestCounts: the unit of a thing counts in brackets or alone, and not beside money.
func TestCounts(t *testing.T) {
	for text, want := range map[string]bool{"公务接待(批次)": true, "辆": true, "采购数量": true, "金额(万元)": false, "人员经费": false} {
		if got := Counts(parse(t, text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// TestSpending: both kinds of basic expenditure together are basic expenditure.
func TestSpending(t *testing.T) {
	for text, want := range map[string]schema.Spending{"人员经费和公用经费支出": schema.Basic, "人员经费": schema.Personnel, "项目支出": schema.Project, "合计": ""} {
		if got := Spending(parse(t, text)); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// TestCountsThings: the unit of a thing alone in the brackets at the end.
func TestCountsThings(t *testing.T) {
	for name, want := range map[string]bool{"公务用车保有量(辆)": true, "国内公务接待批次(个)": true, "改造工程(二期)": false, "购置费(万元)": false, "辆": false} {
		if got := CountsThings(name, parse(t, name)); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestStatement: what a table is about goes before its fund, its fund before its direction.
func TestStatement(t *testing.T) {
	for title, want := range map[string]schema.Statement{
		"2023年省级一般公共预算收支平衡表":       schema.RevenueExpenditureSummary,
		"2025年部门一般公共预算“三公”经费支出表":   schema.ThreePublic,
		"地方政府债券使用情况表":              schema.OtherStatement,
		"一般公共预算项目支出情况表(按支出经济分类科目)": schema.ExpenditureByEconomic,
		"项目预算表":         schema.ProjectExpenditure,
		"政府性基金收入决算表":    schema.GovernmentFundRevenue,
		"一般公共财政拨款基本支出表": schema.GeneralPublicBasicExpenditure,
		"财政拨款总表":        schema.AppropriationSummary,
		"部门预算总表":        schema.RevenueExpenditureSummary,
		"说明":            "",
	} {
		if got := Statement(parse(t, title)); got != want {
			t.Errorf("%s is %q, want %q", title, got, want)
		}
	}
}
