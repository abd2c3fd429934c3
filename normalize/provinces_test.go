package normalize

import (
	"fmt"
	"testing"
)

// Forms of other provinces than the corpus has, as their finance departments print them.

// Sichuan 表1-1: units by code, with the item's column called 单位名称（科目）.
func TestRevenueByUnit(t *testing.T) {
	d := normalizeTable("甲县农业农村局2024年部门预算", drawTable("部门收入总表", "万元", 2, `
		项目     | <                | 合计   | 上年结转 | 一般公共预算拨款收入 | 政府性基金预算拨款收入 | 事业收入
		单位代码 | 单位名称（科目） | ^      | ^        | ^                    | ^                      | ^
		         | 合计             | 300.00 | 20.00    | 280.00               |                        |
		322001   | 甲县农业农村局   | 300.00 | 20.00    | 280.00               |                        |
	`))
	checkLines(t, d, `
		revenue revenue total  合计 all/all/all approved 2024 3000000.00
		revenue revenue total  合计 all/all/carryover approved 2024 200000.00
		revenue revenue total  合计 general_public_budget/all/all approved 2024 2800000.00
		revenue revenue entity 322001 甲县农业农村局 all/all/all approved 2024 3000000.00
		revenue revenue entity 322001 甲县农业农村局 all/all/carryover approved 2024 200000.00
		revenue revenue entity 322001 甲县农业农村局 general_public_budget/all/all approved 2024 2800000.00
	`)
}

// Sichuan 表1-2: 类 款 项 beside the unit's code; the name column names subjects.
func TestExpenditureBySubjectAndUnit(t *testing.T) {
	d := normalizeTable("甲县农业农村局2024年部门预算", drawTable("部门支出总表", "万元", 3, `
		项目     | <  | <  | <        | <                | 合计   | 基本支出 | 项目支出
		科目编码 | <  | <  | 单位代码 | 单位名称（科目） | ^      | ^        | ^
		类       | 款 | 项 | ^        | ^                | ^      | ^        | ^
		         |    |    |          | 合计             | 300.00 | 200.00   | 100.00
		213      | 01 | 01 | 322001   | 行政运行         | 200.00 | 200.00   |
		213      | 01 | 22 | 322001   | 农业生产发展     | 100.00 |          | 100.00
	`))
	checkLines(t, d, `
		expenditure expenditure total  合计 all/all/all approved 2024 3000000.00
		expenditure expenditure total  合计 all/basic/all approved 2024 2000000.00
		expenditure expenditure total  合计 all/project/all approved 2024 1000000.00
		expenditure expenditure functional 2130101 行政运行 all/all/all approved 2024 2000000.00
		expenditure expenditure functional 2130101 行政运行 all/basic/all approved 2024 2000000.00
		expenditure expenditure functional 2130122 农业生产发展 all/all/all approved 2024 1000000.00
		expenditure expenditure functional 2130122 农业生产发展 all/project/all approved 2024 1000000.00
	`)
}

// Functional rows with economic classes as columns.
func TestEconomicClassesAsColumns(t *testing.T) {
	d := normalizeTable("甲县民政局2024年部门预算", drawTable("一般公共预算支出预算表（按经济分类）", "万元", 1, `
		科目编码 | 科目名称 | 合计 | 工资福利支出 | 商品和服务支出
		2080201  | 行政运行 | 5.00 | 3.00         | 2.00
	`))
	checkLines(t, d, `
		expenditure_by_economic expenditure functional 2080201 行政运行 general_public_budget/all/all approved 2024 50000.00
		expenditure_by_economic expenditure functional 2080201 行政运行 general_public_budget/all/all approved 2024 30000.00 [工资福利支出]
		expenditure_by_economic expenditure functional 2080201 行政运行 general_public_budget/all/all approved 2024 20000.00 [商品和服务支出]
	`)
}

// “三公” by unit: the items are columns, the rows units.
func TestThreePublicByUnit(t *testing.T) {
	d := normalizeTable("甲县民政局2024年部门预算", drawTable("一般公共预算“三公”经费支出预算表", "万元", 2, `
		单位编码 | 单位名称 | 合计 | 因公出国（境）费用 | 公务用车购置及运行费 | <              | 公务接待费
		^        | ^        | ^    | ^                  | 小计                 | 公务用车运行费 | ^
		         | 合计     | 3.00 |                    | 2.00                 | 2.00           | 1.00
		305001   | 甲县民政局 | 3.00 |                  | 2.00                 | 2.00           | 1.00
	`))
	checkLines(t, d, `
		three_public expenditure total  合计 general_public_budget/all/all approved 2024 30000.00
		three_public expenditure three_public  公务用车购置及运行费 general_public_budget/all/all approved 2024 20000.00
		three_public expenditure three_public  公务用车运行费 general_public_budget/all/all approved 2024 20000.00
		three_public expenditure three_public  公务接待费 general_public_budget/all/all approved 2024 10000.00
		three_public expenditure total  合计 general_public_budget/all/all approved 2024 30000.00 [甲县民政局]
		three_public expenditure three_public  公务用车购置及运行费 general_public_budget/all/all approved 2024 20000.00 [甲县民政局]
		three_public expenditure three_public  公务用车运行费 general_public_budget/all/all approved 2024 20000.00 [甲县民政局]
		three_public expenditure three_public  公务接待费 general_public_budget/all/all approved 2024 10000.00 [甲县民政局]
	`)
}

// Code and name in one cell, as spreadsheets are exported.
func TestCodeAndNameInOneCell(t *testing.T) {
	d := normalizeTable("甲县民政局2024年部门预算", drawTable("一般公共预算支出情况表", "万元", 1, `
		功能分类科目         | 合计 | 基本支出 | 项目支出
		合 计                | 5.00 | 3.00     | 2.00
		[208]社会保障和就业支出 | 5.00 | 3.00  | 2.00
		2080201 行政运行     | 3.00 | 3.00     |
	`))
	checkLines(t, d, `
		general_public_expenditure expenditure total  合计 general_public_budget/all/all approved 2024 50000.00
		general_public_expenditure expenditure total  合计 general_public_budget/basic/all approved 2024 30000.00
		general_public_expenditure expenditure total  合计 general_public_budget/project/all approved 2024 20000.00
		general_public_expenditure expenditure functional 208 社会保障和就业支出 general_public_budget/all/all approved 2024 50000.00
		general_public_expenditure expenditure functional 208 社会保障和就业支出 general_public_budget/basic/all approved 2024 30000.00
		general_public_expenditure expenditure functional 208 社会保障和就业支出 general_public_budget/project/all approved 2024 20000.00
		general_public_expenditure expenditure functional 2080201 行政运行 general_public_budget/all/all approved 2024 30000.00
		general_public_expenditure expenditure functional 2080201 行政运行 general_public_budget/basic/all approved 2024 30000.00
	`)
}

// Guangdong: the summary's groups are headed 收入 and 支出, its items 项目(按功能分类).
func TestSummaryByFunction(t *testing.T) {
	d := normalizeTable("甲县民政局2024年部门预算", drawTable("收支总体情况表", "万元", 2, `
		收入             | <        | 支出               | <
		项目             | 2024年预算 | 项目（按功能分类） | 2024年预算
		一、财政拨款     | 5.00     | 一、社会保障和就业支出 | 5.50
		其中：一般公共预算 | 5.00   |                    |
		二、其他资金     | 0.50     |                    |
		本年收入合计     | 5.50     | 本年支出合计       | 5.50
	`))
	checkLines(t, d, `
		revenue_expenditure_summary revenue revenue_source ~appropriation 财政拨款 all/all/all approved 2024 50000.00
		revenue_expenditure_summary revenue revenue_source ~general_public_budget 一般公共预算 all/all/all approved 2024 50000.00
		revenue_expenditure_summary revenue revenue_source ~other_income 其他资金 all/all/all approved 2024 5000.00
		revenue_expenditure_summary revenue total  本年收入合计 all/all/all approved 2024 55000.00
		revenue_expenditure_summary expenditure functional ~208 社会保障和就业支出 all/all/all approved 2024 55000.00
		revenue_expenditure_summary expenditure total  本年支出合计 all/all/all approved 2024 55000.00
	`)
}

// Procurement with quantities and prices beside the amounts.
func TestProcurementWithQuantities(t *testing.T) {
	d := normalizeTable("甲县民政局2024年部门预算", drawTable("政府采购预算表", "元", 1, `
		采购项目   | 采购品目   | 数量 | 单价  | 采购金额
		办公设备购置 | A02010104 | 3    | 5,000 | 15,000
	`))
	checkLines(t, d, `government_procurement expenditure procurement  办公设备购置 all/all/all approved 2024 15000.00`)
}

// Both economic classifications, each with its code in a column of its own.
func TestBothEconomicCodesInTheirColumns(t *testing.T) {
	d := normalizeTable("甲县民政局2024年部门预算", drawTable("一般公共预算基本支出表", "万元", 2, `
		部门预算支出经济分类科目 | < | 政府预算支出经济分类科目 | < | 本年一般公共预算基本支出 | < | <
		科目编码 | 科目名称 | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
		30101    | 基本工资 | 50101    | 工资奖金津补贴 | 3.00 | 3.00 |
		30201    | 办公费   | 50201    | 办公经费       | 2.00 |      | 2.00
	`))
	checkLines(t, d, `
		general_public_basic_expenditure expenditure economic_department 30101 基本工资 general_public_budget/basic/current_year approved 2024 30000.00 [50101 工资奖金津补贴]
		general_public_basic_expenditure expenditure economic_department 30101 基本工资 general_public_budget/personnel/current_year approved 2024 30000.00 [50101 工资奖金津补贴]
		general_public_basic_expenditure expenditure economic_department 30201 办公费 general_public_budget/basic/current_year approved 2024 20000.00 [50201 办公经费]
		general_public_basic_expenditure expenditure economic_department 30201 办公费 general_public_budget/operating/current_year approved 2024 20000.00 [50201 办公经费]
	`)
}

// Only the economic classification of governments: it names the rows.
func TestGovernmentEconomicCodesAlone(t *testing.T) {
	d := normalizeTable("甲县民政局2024年部门预算", drawTable("一般公共预算基本支出表", "万元", 2, `
		政府预算支出经济分类科目 | < | 金额
		科目编码 | 科目名称 | ^
		50101    | 工资奖金津补贴 | 3.00
	`))
	checkLines(t, d, `
		general_public_basic_expenditure expenditure economic_government 50101 工资奖金津补贴 general_public_budget/basic/all approved 2024 30000.00
	`)
}

// A table of loans: years and rates beside the amounts.
func TestTermsOfLoansAreNoAmounts(t *testing.T) {
	d := normalizeTable("甲县民政局2024年部门预算", drawTable("政府债务情况表", "万元", 1, `
		债券名称 | 期限 | 利率（%） | 债券金额
		专项债券一期 | 10 | 2.95 | 3,000.00
	`))
	checkLines(t, d, `
		other expenditure functional  专项债券一期/债券金额 all/all/all approved 2024 30000000.00
	`)
}

// TestBothSidesBelowATitleOfExpenditure: 本年收入 beside 本年支出 is revenue, whatever side the title names, and so is 年初结转.
func TestBothSidesBelowATitleOfExpenditure(t *testing.T) {
	d := normalizeTable("清河县中医医院2021年度部门决算", drawTable("一般公共预算财政拨款支出决算表", "元", 2, `
		科目编码 | 科目名称     | 年初结转和结余 | 本年收入 | 本年支出 |          | 年末结转和结余
		         |              |                |          | 合计     | 基本支出 |
		221      | 住房保障支出 | 1.00           | 5.00     | 4.00     | 4.00     | 2.00
	`))
	checkLines(t, d, `
		general_public_expenditure revenue functional 221 住房保障支出 general_public_budget/all/carryover executed 2021 1.00
		general_public_expenditure revenue functional 221 住房保障支出 general_public_budget/all/current_year executed 2021 5.00
		general_public_expenditure expenditure functional 221 住房保障支出 general_public_budget/all/current_year executed 2021 4.00
		general_public_expenditure expenditure functional 221 住房保障支出 general_public_budget/basic/all executed 2021 4.00
		general_public_expenditure expenditure balance 221 住房保障支出 general_public_budget/all/all executed 2021 2.00
	`)
}

// A column of a debt's term holds amounts, and its number is no year; the average term is a quantity.
func TestTermsOfDebt(t *testing.T) {
	d := normalizeTable("甲县2025年财政预算", drawTable("2025年末地方政府债券年限情况表", "亿元", 2, `
		项目       | 2025年末余额 | 债务期限 | <      | 平均期限
		^          | ^            | 15年期   | 20年期 | ^
		新增债券   | 3.00         | 1.00     | 2.00   | 17.50
		再融资债券 | 4.00         | 3.00     | 1.00   | 16.25
	`))
	got := ""
	for i := range d.BudgetLines {
		got += d.BudgetLines[i].RawText + fmt.Sprintf(" %d ", d.BudgetLines[i].FiscalYear)
	}
	if want := "3.00 2025 1.00 2025 2.00 2025 4.00 2025 3.00 2025 1.00 2025 "; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// Codes of two classifications beside each other in one header row: the second is a counterpart, not a part of the first's codes.
// In a block with amounts of its own it names the rows.
func TestTwoEconomicClassifications(t *testing.T) {
	d := normalizeTable("甲县水利局2022年部门预算", drawTable("一般公共预算支出明细表（按支出经济分类科目）", "万元", 1, `
		部门经济科目编码 | 部门经济科目名称 | 政府经济科目编码 | 政府经济科目名称 | 合计 | 人员经费和公用经费支出
		30101            | 基本工资         | 50101            | 工资奖金津补贴   | 3.00 | 3.00
	`))
	checkLines(t, d, `
		expenditure_by_economic expenditure economic_department 30101 基本工资 general_public_budget/all/all approved 2022 30000.00 [50101 工资奖金津补贴]
		expenditure_by_economic expenditure economic_department 30101 基本工资 general_public_budget/basic/all approved 2022 30000.00 [50101 工资奖金津补贴]
	`)
	d = normalizeTable("甲县水利局2022年部门预算", drawTable("一般公共预算支出表（按经济分类科目）", "万元", 2, `
		部门预算支出经济分类科目 | <        | <    | 政府预算支出经济分类科目 | <        | <
		科目编码                 | 科目名称 | 合计 | 科目编码                 | 科目名称 | 合计
		30101                    | 基本工资 | 3.00 | 50101                    | 工资奖金津补贴 | 4.00
	`))
	checkLines(t, d, `
		expenditure_by_economic expenditure economic_department 30101 基本工资 general_public_budget/all/all approved 2022 30000.00
		expenditure_by_economic expenditure economic_government 50101 工资奖金津补贴 general_public_budget/all/all approved 2022 40000.00
	`)
}

// A table of several matters gives each row its statement; rows of quantities give no amounts.
func TestOperatingInformation(t *testing.T) {
	d := normalizeTable("甲县民政局2023年部门决算", drawTable("机构运行信息表", "万元", 1, `
		项目                   | 决算数
		“三公”经费支出合计     | 1.89
		公务接待费             | 1.89
		公务用车保有量（辆）   | 5
		机关运行经费           | 156.13
		政府采购支出合计       | 30.00
		1．政府采购货物支出    | 30.00
	`))
	checkLines(t, d, `
		three_public expenditure total  “三公”经费支出合计 all/all/all executed 2023 18900.00
		three_public expenditure three_public  公务接待费 all/all/all executed 2023 18900.00
		agency_operating expenditure total  机关运行经费 all/all/all executed 2023 1561300.00
		government_procurement expenditure total  政府采购支出合计 all/all/all executed 2023 300000.00
		government_procurement expenditure procurement  政府采购货物支出 all/all/all executed 2023 300000.00
	`)
}
