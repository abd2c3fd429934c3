package normalize

import (
	"testing"

	"github.com/countybudget/extract/schema"
)

// The tables of county governments: revenue by category, both phases in one table, transfers, debt.

func TestGovernmentRevenue(t *testing.T) {
	d := normalizeTable("甲县2025年政府预算公开", drawTable("2025年甲县一般公共预算收入表", "万元", 1, `
		项目             | 上年执行数 | 本年预算数 | 预算数为执行数的%
		一、税收收入     | 80         | 90         | 112.5
		增值税           | 30         | 35         | 116.7
		二、非税收入     | 20         | 20         | 100.0
		收入合计         | 100        | 110        | 110.0
	`))
	checkLines(t, d, `
		revenue revenue revenue_source ~101 税收收入 general_public_budget/all/all executed 2024 800000.00
		revenue revenue revenue_source ~101 税收收入 general_public_budget/all/current_year approved 2025 900000.00
		revenue revenue revenue_source ~10101 增值税 general_public_budget/all/all executed 2024 300000.00
		revenue revenue revenue_source ~10101 增值税 general_public_budget/all/current_year approved 2025 350000.00
		revenue revenue revenue_source ~103 非税收入 general_public_budget/all/all executed 2024 200000.00
		revenue revenue revenue_source ~103 非税收入 general_public_budget/all/current_year approved 2025 200000.00
		revenue revenue total  收入合计 general_public_budget/all/all executed 2024 1000000.00
		revenue revenue total  收入合计 general_public_budget/all/current_year approved 2025 1100000.00
	`)
	if d.Document.EntityLevel != schema.Government {
		t.Errorf("entity level %s", d.Document.EntityLevel)
	}
}

func TestGovernmentExpenditure(t *testing.T) {
	d := normalizeTable("甲县2024年财政决算", drawTable("2024年甲县一般公共预算支出决算表", "万元", 1, `
		科目编码 | 科目名称         | 年初预算数 | 调整预算数 | 决算数
		201      | 一般公共服务支出 | 10         | 12         | 11.50
	`))
	checkLines(t, d, `
		general_public_expenditure expenditure functional 201 一般公共服务支出 general_public_budget/all/all approved 2024 100000.00
		general_public_expenditure expenditure functional 201 一般公共服务支出 general_public_budget/all/all adjusted 2024 120000.00
		general_public_expenditure expenditure functional 201 一般公共服务支出 general_public_budget/all/all executed 2024 115000.00
	`)
}

func TestGovernmentTransfersAndDebtAreKept(t *testing.T) {
	d := normalizeTable("甲县2025年政府预算公开", drawTable("2025年一般公共预算税收返还和转移支付表", "万元", 1, `
		项目         | 本年预算数
		专项转移支付 | 7
	`))
	checkLines(t, d, `other expenditure functional  专项转移支付/本年预算数 general_public_budget/all/current_year approved 2025 70000.00`)
	d = normalizeTable("甲县2025年政府预算公开", drawTable("2024年地方政府一般债务限额和余额情况表", "亿元", 1, `
		项目     | 2024年限额 | 2024年末余额
		一般债务 | 1.50       | 1.25
	`))
	if len(d.BudgetLines) != 2 || d.BudgetLines[0].Amount.StringFixed(2) != "150000000.00" || d.BudgetLines[0].Statement != schema.OtherStatement {
		t.Errorf("%d lines, first %s", len(d.BudgetLines), lineText(&d.BudgetLines[0]))
	}
}

// The title names neither side; the rows do, one below the other.
func TestSocialInsuranceFundsInBothDirections(t *testing.T) {
	d := normalizeTable("甲县2025年政府预算公开", drawTable("2025年社会保险基金预算安排情况表", "万元", 1, `
		项目                   | 预算数
		社会保险基金收入合计   | 30
		其中：社会保险费收入   | 20
		财政补贴收入           | 10
		社会保险基金支出合计   | 25
		其中：基本养老金支出   | 25
	`))
	checkLines(t, d, `
		other revenue total  社会保险基金收入合计/预算数 all/all/all approved 2025 300000.00
		other revenue revenue_source  社会保险费收入/预算数 all/all/all approved 2025 200000.00
		other revenue revenue_source  财政补贴收入/预算数 all/all/all approved 2025 100000.00
		other expenditure total  社会保险基金支出合计/预算数 all/all/all approved 2025 250000.00
		other expenditure functional  基本养老金支出/预算数 all/all/all approved 2025 250000.00
	`)
}

// A summary whose headers name no side: taxes at the left, functions at the right.
func TestSummaryWithoutSidesInItsHeader(t *testing.T) {
	d := normalizeTable("甲县2025年政府预算公开", drawTable("2025年全县一般公共预算收支安排表", "万元", 1, `
		项目           | 2025年预算数 | 项目                 | 2025年预算数
		县级财力       | 32           | 县级安排             | 32
		一、税收收入   | 30           | 一、一般公共服务     | 25
		增值税         | 20           | 二、国防支出         | 5
		城镇土地使用税 | 10           | 三、预备费           | 2
		二、非税收入   | 2            |                      |
	`))
	checkLines(t, d, `
		revenue_expenditure_summary revenue revenue_source  县级财力 general_public_budget/all/all approved 2025 320000.00
		revenue_expenditure_summary revenue revenue_source ~101 税收收入 general_public_budget/all/all approved 2025 300000.00
		revenue_expenditure_summary revenue revenue_source ~10101 增值税 general_public_budget/all/all approved 2025 200000.00
		revenue_expenditure_summary revenue revenue_source ~10112 城镇土地使用税 general_public_budget/all/all approved 2025 100000.00
		revenue_expenditure_summary revenue revenue_source ~103 非税收入 general_public_budget/all/all approved 2025 20000.00
		revenue_expenditure_summary expenditure functional  县级安排 general_public_budget/all/all approved 2025 320000.00
		revenue_expenditure_summary expenditure functional ~201 一般公共服务 general_public_budget/all/all approved 2025 250000.00
		revenue_expenditure_summary expenditure functional ~203 国防支出 general_public_budget/all/all approved 2025 50000.00
		revenue_expenditure_summary expenditure functional ~227 预备费 general_public_budget/all/all approved 2025 20000.00
	`)
}

// The rows say what the title does not, unless it says who pays; one row among many says nothing of the others.
func TestDirectionOfTransfers(t *testing.T) {
	for title, want := range map[string]schema.Direction{
		"2026年甲县一般公共预算税收返还和转移支付预算表": schema.DirectionRevenue,
		"2026年市对各县一般性转移支付预算表":       schema.DirectionExpenditure,
		"2026年市级安排的一般性转移支付表":        schema.DirectionExpenditure,
	} {
		d := normalizeTable("甲县2026年政府预算公开", drawTable(title, "万元", 1, `
			项目             | 预算数
			返还性收入       | 3
			体制补助         | 1
			结算补助收入     | 2
		`))
		for i := range d.BudgetLines {
			if l := &d.BudgetLines[i]; l.Direction != want {
				t.Errorf("%s: %s is %s", title, l.ItemName, l.Direction)
			}
		}
	}
	d := normalizeTable("甲县2026年政府预算公开", drawTable("2026年专项资金表", "万元", 1, `
		项目                 | 预算数
		农村道路             | 3
		排污权出让收入返还   | 1
		扶持产业支出         | 2
		基础设施             | 2
	`))
	for i := range d.BudgetLines {
		if l := &d.BudgetLines[i]; l.Direction != schema.DirectionExpenditure {
			t.Errorf("%s is %s", l.ItemName, l.Direction)
		}
	}
}

// A table of departments: each row is one, whatever its code.
func TestRowsOfUnits(t *testing.T) {
	d := normalizeTable("甲县教育局2024年部门预算", drawTable("部门收入总体情况表", "万元", 2, `
		单位代码 | 单位名称   | 总计 | 本年收入     | <
		^        | ^          | ^    | 一般公共预算 | 事业收入
		101001   | 甲县第一中学 | 9.00 | 8.00       | 1.00
	`))
	checkLines(t, d, `
		revenue revenue entity 101001 甲县第一中学 all/all/all approved 2024 90000.00
		revenue revenue entity 101001 甲县第一中学 general_public_budget/all/current_year approved 2024 80000.00
		revenue revenue entity 101001 甲县第一中学 business_income/all/current_year approved 2024 10000.00
	`)
}
