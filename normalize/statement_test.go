package normalize

import (
	"testing"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
)

func testWording(t *testing.T) *Words {
	t.Helper()
	w, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// One line for each wording that a province uses.
func TestStatementOf(t *testing.T) {
	w := testWording(t)
	for title, want := range map[string]schema.Statement{
		"2024年预算收支总表":                  schema.RevenueExpenditureSummary,
		"收入支出决算总表":                     schema.RevenueExpenditureSummary,
		"2025年部门财务收支预算总表":              schema.RevenueExpenditureSummary,
		"部门收支总体情况表":                    schema.RevenueExpenditureSummary,
		"2024年预算收入总表":                  schema.Revenue,
		"收入决算表":                        schema.Revenue,
		"部门收入总体表":                      schema.Revenue,
		"2025年部门收入预算总表":                schema.Revenue,
		"2024年预算支出总表":                  schema.Expenditure,
		"支出决算表":                        schema.Expenditure,
		"部门支出总体情况表":                    schema.Expenditure,
		"2024年财政拨款收支总表":                schema.AppropriationSummary,
		"财政拨款收入支出决算总表":                 schema.AppropriationSummary,
		"2025年部门财政拨款收支预算总表":            schema.AppropriationSummary,
		"财政拨款收支总体情况表":                  schema.AppropriationSummary,
		"财政拨款支出表":                      schema.Expenditure,
		"财政拨款基本支出表":                    schema.ExpenditureByEconomic,
		"2024年一般公共预算支出预算表(不含上年结转)":     schema.GeneralPublicExpenditure,
		"一般公共预算财政拨款支出决算表":              schema.GeneralPublicExpenditure,
		"一般公共预算财政拨款收入支出决算表":            schema.GeneralPublicExpenditure,
		"2025年部门一般公共预算支出功能分类预算表":       schema.GeneralPublicExpenditure,
		"2024年一般公共预算安排基本支出分经济科目表":      schema.GeneralPublicBasicExpenditure,
		"一般公共预算财政拨款基本支出决算表":            schema.GeneralPublicBasicExpenditure,
		"2025年部门一般公共预算基本支出部门预算经济分类预算表": schema.GeneralPublicBasicExpenditure,
		"2024年政府性基金预算收入表(不含上年结转)":      schema.GovernmentFundRevenue,
		"2024年政府性基金预算支出表(不含上年结转)":      schema.GovernmentFundExpenditure,
		"政府性基金预算财政拨款收入支出决算表":           schema.GovernmentFundExpenditure,
		"国有资本经营预算财政拨款支出决算表":            schema.StateCapital,
		"2024年国有资本经营预算收支预算表(不含上年结转)":   schema.StateCapital,
		"2024年财政拨款安排“三公”经费支出预算表":       schema.ThreePublic,
		"2025年部门“三公”经费和机关运行经费预算表":      schema.ThreePublic,
		"一般公共预算\"三公\"经费支出情况表":          schema.ThreePublic,
		"2024年财政拨款安排机关运行经费预算表":         schema.AgencyOperating,
		"2024年项目支出预算表(本年预算)":           schema.ProjectExpenditure,
		"项目支出表":                        schema.ProjectExpenditure,
		"政府采购预算表":                      schema.GovernmentProcurement,
		"项目支出绩效目标表":                    schema.OtherStatement,
		"社会保险基金预算收入表":                  schema.OtherStatement,
		"地方政府债务限额及余额预算情况表":             schema.OtherStatement,
		"一般公共预算收入表":                    schema.Revenue,
	} {
		parsed := w.grammar.Parse(amount.Fold(title), grammar.Title)
		got, lines, _ := statementOf(&parsed)
		if got != want {
			t.Errorf("%s is read as %s, want %s", title, got, want)
		}
		if lines != (title != "项目支出绩效目标表") {
			t.Errorf("%s has budget lines: %v", title, lines)
		}
	}
}

func TestHeaderDimensions(t *testing.T) {
	w := testWording(t)
	for header, want := range map[string]dimensions{
		"一般公共预算财政拨款":  {fund: schema.GeneralPublicBudget},
		"政府性基金预算财政拨款": {fund: schema.GovernmentFund},
		"国有资本经营预算":    {fund: schema.StateCapitalFund},
		"财政专户管理资金":    {fund: schema.FiscalSpecialAccount},
		"单位资金":        {fund: schema.UnitFunds},
		"事业单位经营收入":    {fund: schema.OperatingIncome, direction: schema.DirectionRevenue},
		"附属单位上缴收入":    {fund: schema.AffiliateRemittance, direction: schema.DirectionRevenue},
		"财政拨款收入":      {fund: schema.Appropriation, direction: schema.DirectionRevenue},
		"非财政拨款收入":     {direction: schema.DirectionRevenue},
		"基本支出":        {spending: schema.Basic, direction: schema.DirectionExpenditure},
		"对附属单位补助支出":   {spending: schema.AffiliateSubsidy, direction: schema.DirectionExpenditure},
		"国有资本经营支出":    {fund: schema.StateCapitalFund, direction: schema.DirectionExpenditure},
		"上年结转安排":      {period: schema.Carryover, opening: true},
		"不含上年结转":      {period: schema.CurrentYear},
		"当年预算安排":      {period: schema.CurrentYear, phase: schema.Approved},
		"2023年预算数":    {phase: schema.Approved, year: 2023},
		"全年预算数":       {phase: schema.Adjusted},
		"决算数":         {phase: schema.Executed},
		"上年执行数":       {phase: schema.Executed, yearShift: -1},
		"决算数比预算数增减额":  {phase: schema.Executed, change: true},
		"占比(%)":       {skip: true},
		"年初结转和结余":     {period: schema.Carryover, opening: true},
		"年末财政拨款结转和结余": {fund: schema.Appropriation, closing: true},
		"合计":          {},
		"商品和服务支出":     {direction: schema.DirectionExpenditure, economic: true},
	} {
		var got dimensions
		w.read(&got, amount.Fold(header))
		if got != want {
			t.Errorf("%s says %+v, want %+v", header, got, want)
		}
	}
}
