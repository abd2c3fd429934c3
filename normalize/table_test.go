package normalize

import (
	"fmt"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// drawTable builds a table from a drawing: one line a row, cells between bars; < continues the cell to the left, ^ the cell
// above.
func drawTable(title, unit string, headerRows int, drawing string) model.Table {
	lines := strings.Split(strings.TrimSpace(drawing), "\n")
	t := model.Table{No: 1, Title: title, Unit: unit, Rows: len(lines), HeaderRows: headerRows, FirstPage: 1, LastPage: 1}
	var at [][]int // index of the cell at each place
	for r, l := range lines {
		texts := strings.Split(strings.TrimSpace(l), "|")
		t.Cols = max(t.Cols, len(texts))
		row := make([]int, len(texts))
		for k, text := range texts {
			switch text = strings.TrimSpace(text); text {
			case "<":
				row[k] = row[k-1]
				c := &t.Cells[row[k]]
				c.ColSpan = max(c.ColSpan, k-c.Col+1)
			case "^":
				row[k] = at[r-1][k]
				c := &t.Cells[row[k]]
				c.RowSpan = max(c.RowSpan, r-c.Row+1)
			default:
				row[k] = len(t.Cells)
				t.Cells = append(t.Cells, model.Cell{Row: r, Col: k, RowSpan: 1, ColSpan: 1, Text: text, Page: 1, IsHeader: r < headerRows, Source: model.SourceText, Confidence: 1})
			}
		}
		at = append(at, row)
	}
	return t
}

// lineText is a line's key as one string.
func lineText(l *schema.BudgetLine) string {
	code := l.ItemCode
	if l.ItemCodeOrigin == schema.CodeDerived {
		code = "~" + code
	}
	s := fmt.Sprintf("%s %s %s %s %s %s/%s/%s %s %d %s", l.Statement, l.Direction, l.Classification, code, l.ItemName,
		l.FundSource, l.Spending, l.Period, l.Phase, l.FiscalYear, l.Amount.StringFixed(2))
	if l.CounterpartName != "" {
		s += " [" + strings.TrimSpace(l.CounterpartCode+" "+l.CounterpartName) + "]"
	}
	return s
}

func normalizeTable(cover string, t model.Table) *schema.Disclosure {
	doc := &model.Document{Pages: []model.PageInfo{{Number: 1}}, Lines: []model.Line{{Page: 1, Text: cover}}, Tables: []model.Table{t}}
	return Normalize(doc, Input{DocumentID: "d", FileName: "f.pdf"})
}

func checkLines(t *testing.T, d *schema.Disclosure, want string) {
	t.Helper()
	var got []string
	for i := range d.BudgetLines {
		got = append(got, lineText(&d.BudgetLines[i]))
	}
	var exp []string
	for _, l := range strings.Split(strings.TrimSpace(want), "\n") {
		exp = append(exp, strings.TrimSpace(l))
	}
	for i := 0; i < max(len(got), len(exp)); i++ {
		g, e := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(exp) {
			e = exp[i]
		}
		if g != e {
			t.Errorf("line %d\n got %s\nwant %s", i+1, g, e)
		}
	}
}

func TestSummaryHasTwoBlocks(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("2024年预算收支总表", "万元", 2, `
		收入            | <      | 支出               | <          | <            | <
		项目            | 2024年 | 项目               | 2024年合计 | 当年预算安排 | 上年结转安排
		一、一般公共预算 | 10.50  | 一、一般公共服务支出 | 8.00      | 7.00         | 1.00
		                |        | 八、社会保障和就业支出 | 2.50     | 2.50         |
		本年收入合计     | 10.50  | 本年支出合计        | 10.50     | 9.50         | 1.00
		上年结转         | 1.00   | 年终结转            | -         | —            |
	`))
	checkLines(t, d, `
		revenue_expenditure_summary revenue revenue_source ~general_public_budget 一般公共预算 all/all/all approved 2024 105000.00
		revenue_expenditure_summary revenue total  本年收入合计 all/all/all approved 2024 105000.00
		revenue_expenditure_summary revenue balance  上年结转 all/all/all approved 2024 10000.00
		revenue_expenditure_summary expenditure functional ~201 一般公共服务支出 all/all/all approved 2024 80000.00
		revenue_expenditure_summary expenditure functional ~201 一般公共服务支出 all/all/current_year approved 2024 70000.00
		revenue_expenditure_summary expenditure functional ~201 一般公共服务支出 all/all/carryover approved 2024 10000.00
		revenue_expenditure_summary expenditure functional ~208 社会保障和就业支出 all/all/all approved 2024 25000.00
		revenue_expenditure_summary expenditure functional ~208 社会保障和就业支出 all/all/current_year approved 2024 25000.00
		revenue_expenditure_summary expenditure total  本年支出合计 all/all/all approved 2024 105000.00
		revenue_expenditure_summary expenditure total  本年支出合计 all/all/current_year approved 2024 95000.00
		revenue_expenditure_summary expenditure total  本年支出合计 all/all/carryover approved 2024 10000.00
	`)
}

func TestCodeInThreeColumnsAndTotalBesideLabels(t *testing.T) {
	d := normalizeTable("甲县财政局2024年度部门决算", drawTable("支出决算表", "万元", 3, `
		项目     | <  | <  | <        | 本年支出合计 | 基本支出 | 项目支出
		科目编码 | <  | <  | 科目名称 | ^            | ^        | ^
		类       | 款 | 项 | 合计     | 3,000.05     | 1,000.00 | 2,000.05
		201      |    |    | 一般公共服务支出 | 3,000.05 | 1,000.00 | 2,000.05
		201      | 06 |    | 财政事务 | 3,000.05     | 1,000.00 | 2,000.05
		201      | 06 | 1  | 行政运行 | 1,000.00     | 1,000.00 |
	`))
	checkLines(t, d, `
		expenditure expenditure total  合计 all/all/current_year executed 2024 30000500.00
		expenditure expenditure total  合计 all/basic/current_year executed 2024 10000000.00
		expenditure expenditure total  合计 all/project/current_year executed 2024 20000500.00
		expenditure expenditure functional 201 一般公共服务支出 all/all/current_year executed 2024 30000500.00
		expenditure expenditure functional 201 一般公共服务支出 all/basic/current_year executed 2024 10000000.00
		expenditure expenditure functional 201 一般公共服务支出 all/project/current_year executed 2024 20000500.00
		expenditure expenditure functional 20106 财政事务 all/all/current_year executed 2024 30000500.00
		expenditure expenditure functional 20106 财政事务 all/basic/current_year executed 2024 10000000.00
		expenditure expenditure functional 20106 财政事务 all/project/current_year executed 2024 20000500.00
		expenditure expenditure functional 2010601 行政运行 all/all/current_year executed 2024 10000000.00
		expenditure expenditure functional 2010601 行政运行 all/basic/current_year executed 2024 10000000.00
	`)
}

func TestClassIsPrintedOnce(t *testing.T) {
	d := normalizeTable("甲县财政局2024年度部门决算", drawTable("支出决算表", "万元", 2, `
		科目编码 | <  | <  | 科目名称 | 本年支出合计
		类       | 款 | 项 | ^        | ^
		201      |    |    | 一般公共服务支出 | 1.00
		         | 06 |    | 财政事务 | 1.00
		         | 06 | 01 | 行政运行 | 1.00
	`))
	var codes []string
	for i := range d.BudgetLines {
		codes = append(codes, d.BudgetLines[i].ItemCode)
	}
	if got, want := strings.Join(codes, " "), "201 20106 2010601"; got != want {
		t.Errorf("the codes are %s, want %s", got, want)
	}
}

func TestEconomicBlocksTakeSpendingFromTheirTotals(t *testing.T) {
	d := normalizeTable("甲县财政局2024年度部门决算", drawTable("一般公共预算财政拨款基本支出决算表", "万元", 2, `
		科目编码 | 科目名称     | 决算数 | 科目编码 | 科目名称       | 决算数
		^        | ^            | ^      | ^        | ^              | ^
		301      | 工资福利支出 | 5.00   | 302      | 商品和服务支出 | 2.00
		30101    | 基本工资     | 5.00   | 30201    | 办公费         | 2.00
		人员经费合计 | <        | 5.00   | 公用经费合计 | <          | 2.00
	`))
	checkLines(t, d, `
		general_public_basic_expenditure expenditure economic_department 301 工资福利支出 general_public_budget/personnel/all executed 2024 50000.00
		general_public_basic_expenditure expenditure economic_department 30101 基本工资 general_public_budget/personnel/all executed 2024 50000.00
		general_public_basic_expenditure expenditure total  人员经费合计 general_public_budget/personnel/all executed 2024 50000.00
		general_public_basic_expenditure expenditure economic_department 302 商品和服务支出 general_public_budget/operating/all executed 2024 20000.00
		general_public_basic_expenditure expenditure economic_department 30201 办公费 general_public_budget/operating/all executed 2024 20000.00
		general_public_basic_expenditure expenditure total  公用经费合计 general_public_budget/operating/all executed 2024 20000.00
	`)
}

func TestTableOnItsSide(t *testing.T) {
	d := normalizeTable("甲县财政局2024年度部门决算", drawTable("财政拨款“三公”经费支出决算表", "万元", 3, `
		预算数 | <              | <                  | <              | 决算数 | <
		合计   | 因公出国（境）费 | 公务用车购置及运行费 | <              | 合计   | 公务接待费
		^      | ^              | 小计               | 公务用车运行费 | ^      | ^
		3.00   | 1.00           | 2.00               | 2.00           | 0.50   | 0.50
	`))
	checkLines(t, d, `
		three_public expenditure total  合计 appropriation/all/all approved 2024 30000.00
		three_public expenditure three_public  因公出国（境）费 appropriation/all/all approved 2024 10000.00
		three_public expenditure three_public  公务用车购置及运行费 appropriation/all/all approved 2024 20000.00
		three_public expenditure three_public  公务用车运行费 appropriation/all/all approved 2024 20000.00
		three_public expenditure total  合计 appropriation/all/all executed 2024 5000.00
		three_public expenditure three_public  公务接待费 appropriation/all/all executed 2024 5000.00
	`)
}

func TestAgencyOperatingSharesATable(t *testing.T) {
	d := normalizeTable("甲区2025年区级部门预算", drawTable("2025年部门“三公”经费和机关运行经费预算表", "万元", 2, `
		“三公”经费预算数 | <              | 机关运行经费预算数
		合计             | 因公出国(境)费 | ^
		1.00             | 1.00           | 213.28
	`))
	checkLines(t, d, `
		three_public expenditure total  合计 all/all/all approved 2025 10000.00
		three_public expenditure three_public  因公出国(境)费 all/all/all approved 2025 10000.00
		agency_operating expenditure total  机关运行经费 all/all/all approved 2025 2132800.00
	`)
}

func TestChangeColumnIsALineAndPercentagesAreNone(t *testing.T) {
	d := normalizeTable("甲县水利局2020年部门预算", drawTable("一般公共预算“三公”经费支出表", "元", 1, `
		项目                 | 2019年预算数 | 2020年预算数 | 增减额  | 增减率（%）
		合计                 | 52,839       | 29,814       | -23,025 | -43.58
		1.因公出国（境）费   | 10,920       | 10,000       | △920    | -8.4
	`))
	checkLines(t, d, `
		three_public expenditure total  合计 general_public_budget/all/all approved 2019 52839.00
		three_public expenditure total  合计 general_public_budget/all/all approved 2020 29814.00
		three_public expenditure total  合计增减额 general_public_budget/all/all approved 2020 -23025.00
		three_public expenditure three_public  因公出国（境）费 general_public_budget/all/all approved 2019 10920.00
		three_public expenditure three_public  因公出国（境）费 general_public_budget/all/all approved 2020 10000.00
		three_public expenditure three_public  因公出国（境）费增减额 general_public_budget/all/all approved 2020 -920.00
	`)
}

func TestGovernmentFundInBothDirections(t *testing.T) {
	d := normalizeTable("甲县民政局2022年度部门决算", drawTable("政府性基金预算财政拨款收入支出决算表", "万元", 3, `
		项目     | <        | 年初结转和结余 | 本年收入 | 本年支出 | <        | <        | 年末结转和结余
		科目编码 | 科目名称 | ^              | ^        | 小计     | 基本支出 | 项目支出 | ^
		栏次     | <        | 1              | 2        | 3        | 4        | 5        | 6
		合计     | <        | 1.00           | 5.00     | 4.00     | 0.00     | 4.00     | 2.00
		229      | 其他支出 | 1.00           | 5.00     | 4.00     | 0.00     | 4.00     | 2.00
	`))
	checkLines(t, d, `
		government_fund_expenditure revenue total  合计 government_fund/all/carryover executed 2022 10000.00
		government_fund_expenditure revenue total  合计 government_fund/all/current_year executed 2022 50000.00
		government_fund_expenditure expenditure total  合计 government_fund/all/current_year executed 2022 40000.00
		government_fund_expenditure expenditure total  合计 government_fund/basic/current_year executed 2022 0.00
		government_fund_expenditure expenditure total  合计 government_fund/project/current_year executed 2022 40000.00
		government_fund_expenditure expenditure balance  合计 government_fund/all/all executed 2022 20000.00
		government_fund_expenditure revenue functional 229 其他支出 government_fund/all/carryover executed 2022 10000.00
		government_fund_expenditure revenue functional 229 其他支出 government_fund/all/current_year executed 2022 50000.00
		government_fund_expenditure expenditure functional 229 其他支出 government_fund/all/current_year executed 2022 40000.00
		government_fund_expenditure expenditure functional 229 其他支出 government_fund/basic/current_year executed 2022 0.00
		government_fund_expenditure expenditure functional 229 其他支出 government_fund/project/current_year executed 2022 40000.00
		government_fund_expenditure expenditure balance 229 其他支出 government_fund/all/all executed 2022 20000.00
	`)
}

func TestProjectsBelowTheirUnits(t *testing.T) {
	tb := drawTable("2024年项目支出预算表（本年预算）", "万元", 2, `
		项目名称           | 合计 | 2024年财政拨款 | <          | 单位资金
		^                  | ^    | 一般公共预算   | 政府性基金预算 | ^
		甲县财政局         | 9.00 | 8.00           |            | 1.00
		甲县财政局（本级） | 5.00 | 5.00           |            |
		2024年评审经费     | 5.00 | 5.00           |            |
		甲县国库支付中心   | 4.00 | 3.00           |            | 1.00
		票据印制经费       | 4.00 | 3.00           |            | 1.00
	`)
	tb.Owner = "甲县财政局"
	d := normalizeTable("甲县财政局2024年部门预算", tb)
	var kinds []string
	for _, l := range d.BudgetLines {
		if l.FundSource == schema.AllFunds {
			kinds = append(kinds, string(l.Classification)+" "+l.ItemName+" "+string(l.Spending)+" "+string(l.Period))
		}
	}
	want := "entity 甲县财政局 project current_year,entity 甲县财政局（本级） project current_year,project 2024年评审经费 project current_year,entity 甲县国库支付中心 project current_year,project 票据印制经费 project current_year"
	if got := strings.Join(kinds, ","); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCounterparts(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("2024年一般公共预算安排基本支出分经济科目表（不含上年结转）", "万元", 2, `
		部门预算支出经济科目名称 | 政府预算支出经济科目名称 | 2024年预算数 | <        | <
		^                        | ^                        | 合计         | 人员经费 | 公用经费
		合计                     | <                        | 3.00         | 2.00     | 1.00
		工资福利支出             |                          | 2.00         | 2.00     |
		基本工资                 | 工资奖金津补贴           | 2.00         | 2.00     |
	`))
	checkLines(t, d, `
		general_public_basic_expenditure expenditure total  合计 general_public_budget/basic/current_year approved 2024 30000.00
		general_public_basic_expenditure expenditure total  合计 general_public_budget/personnel/current_year approved 2024 20000.00
		general_public_basic_expenditure expenditure total  合计 general_public_budget/operating/current_year approved 2024 10000.00
		general_public_basic_expenditure expenditure economic_department ~301 工资福利支出 general_public_budget/basic/current_year approved 2024 20000.00
		general_public_basic_expenditure expenditure economic_department ~301 工资福利支出 general_public_budget/personnel/current_year approved 2024 20000.00
		general_public_basic_expenditure expenditure economic_department ~30101 基本工资 general_public_budget/basic/current_year approved 2024 20000.00 [50101 工资奖金津补贴]
		general_public_basic_expenditure expenditure economic_department ~30101 基本工资 general_public_budget/personnel/current_year approved 2024 20000.00 [50101 工资奖金津补贴]
	`)
	d = normalizeTable("甲县财政局2024年单位预算", drawTable("项目支出表", "元", 1, `
		功能分类科目               | 项目名称       | 合计
		                           | 甲县登记中心   | 5
		2200104-自然资源规划及管理 | 总体规划编制费 | 5
	`))
	checkLines(t, d, `
		project_expenditure expenditure entity  甲县登记中心 all/project/all approved 2024 5.00
		project_expenditure expenditure project  总体规划编制费 all/project/all approved 2024 5.00 [2200104 自然资源规划及管理]
	`)
}

// TestCodesOfDifferentThings: codes of a function, an economic class and a project in one row are never joined.
func TestCodesOfDifferentThings(t *testing.T) {
	d := normalizeTable("甲县人民法院2024年部门预算", drawTable("2024年一般公共预算基本支出预算表", "元", 2, `
		功能分类 | <        | 部门预算经济分类 | <        | 人员经费
		科目编码 | 科目名称 | 科目编码         | 科目名称 | ^
		2040501  | 行政运行 | 30101            | 基本工资 | 2,098
	`))
	checkLines(t, d, `
		general_public_basic_expenditure expenditure economic_department 30101 基本工资 general_public_budget/personnel/all approved 2024 2098.00 [2040501 行政运行]
	`)
	d = normalizeTable("甲县人民法院2024年部门预算", drawTable("2024年项目支出预算表", "元", 1, `
		项目编码 | 项目名称     | 功能分类科目编码 | 功能分类科目名称 | 合计
		合计     | <            | <                | <                | 90,000
		0314     | 办案业务经费 | 2040504          | 案件审判         | 90,000
	`))
	checkLines(t, d, `
		project_expenditure expenditure total  合计 all/project/all approved 2024 90000.00
		project_expenditure expenditure project 0314 办案业务经费 all/project/all approved 2024 90000.00 [2040504 案件审判]
	`)
}

// TestAMisreadPartOfACodeIsNoAmount: what stands below a header of codes is a code, whatever its own label was read as.
func TestAMisreadPartOfACodeIsNoAmount(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("2024年一般公共预算支出预算表", "元", 2, `
		功能分类科目编码 | <  | <  | 功能分类科目名称 | 合计
		类               | 欣 | 项 | ^                | ^
		201              | 13 | 01 | 行政运行         | 9,389
	`))
	checkLines(t, d, `
		general_public_expenditure expenditure functional 2011301 行政运行 general_public_budget/all/all approved 2024 9389.00
	`)
}

func TestUnknownTableKeepsItsAmounts(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("专项资金安排情况", "万元", 1, `
		名称     | 安排数
		防汛资金 | 12.00
	`))
	checkLines(t, d, `other expenditure functional  防汛资金/安排数 all/all/all approved 2024 120000.00`)
	d = normalizeTable("甲县财政局2024年部门预算", drawTable("", "", 1, `
		序号 | 单位名称   | 备注
		1    | 甲县财政局 |
	`))
	if len(d.BudgetLines) != 0 {
		t.Errorf("a list of units gave %d budget lines", len(d.BudgetLines))
	}
}

func TestAmountsThatAreNone(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("部门支出总体表", "万元", 1, `
		科目编码 | 科目名称 | 合计 | 基本支出
		201      | 一般公共服务支出 | 12.3.4 | 1.00
	`))
	if len(d.BudgetLines) != 1 || len(d.Diagnostics) == 0 || d.Diagnostics[0].Code != schema.DiagUnparsedAmount {
		t.Errorf("lines %d, diagnostics %+v", len(d.BudgetLines), d.Diagnostics)
	}
}

func TestCodesAreNoAmountsWhereTheHeaderIsLost(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("2024年政府性基金预算收入表", "万元", 1, `
		         |                        | 政府性基金收入预算
		1030148  | 国有土地使用权出让收入 | 180.00
	`))
	checkLines(t, d, `government_fund_revenue revenue revenue_source 1030148 国有土地使用权出让收入 government_fund/all/all approved 2024 1800000.00`)
}

func TestUntitledTableIsToldByItsHeaders(t *testing.T) {
	d := normalizeTable("甲县财政局2024年部门预算", drawTable("2024年部门预算表", "万元", 1, `
		科目编码 | 科目名称         | 合计 | 基本支出 | 项目支出
		201      | 一般公共服务支出 | 3.00 | 1.00     | 2.00
	`))
	if len(d.BudgetLines) != 3 || d.BudgetLines[0].Statement != schema.Expenditure || d.Diagnostics[0].Code != schema.DiagUnknownTable {
		t.Errorf("lines %d, diagnostics %+v", len(d.BudgetLines), d.Diagnostics)
	}
}

func TestColumnNumbersMayBeMisread(t *testing.T) {
	tb := drawTable("2024年项目支出预算表", "万元", 1, `
		项目名称     | 合计 | 一般公共预算 | 政府性基金 | 单位资金
		了           | 2    | 3            | 4          | 5
		专项工作经费 | 7.00 | 7.00         |            |
	`)
	for i := range tb.Cells {
		tb.Cells[i].Source = model.SourceOCR
	}
	if d := normalizeTable("甲县财政局2024年部门预算", tb); len(d.BudgetLines) != 2 {
		t.Errorf("%d lines, want the 2 of the project", len(d.BudgetLines))
	}
}

// TestYearsOfRows: a column of years, or rows that name years below items in the header, say of which year a row's amounts are.
func TestYearsOfRows(t *testing.T) {
	d := normalizeTable("甲县教育局2023年部门预算", drawTable("财政拨款“三公”经费支出表", "万元", 1, `
		单位名称   | 年度   | 合计 | 因公出国（境）费用 | 公务接待费
		甲县教育局 | 2022年 | 3.00 | 1.00               | 2.00
		^          | 2023年 | 4.00 | 1.50               | 2.50
	`))
	checkLines(t, d, `
		three_public expenditure total  合计 appropriation/all/all approved 2022 30000.00
		three_public expenditure three_public  因公出国（境）费用 appropriation/all/all approved 2022 10000.00
		three_public expenditure three_public  公务接待费 appropriation/all/all approved 2022 20000.00
		three_public expenditure total  合计 appropriation/all/all approved 2023 40000.00
		three_public expenditure three_public  因公出国（境）费用 appropriation/all/all approved 2023 15000.00
		three_public expenditure three_public  公务接待费 appropriation/all/all approved 2023 25000.00
	`)
}

// TestYearsWithoutNames: the years of a plan of repayment are no money.
func TestYearsWithoutNames(t *testing.T) {
	d := normalizeTable("甲县2025年政府预算公开", drawTable("地方政府债券还本付息情况表", "万元", 1, `
		年度 | 还本 | 付息
		2025 | 3.00 | 1.00
		2026 | 4.00 | 1.50
	`))
	checkLines(t, d, `
		other expenditure functional  还本/还本 all/all/all approved 2025 30000.00
		other expenditure functional  付息/付息 all/all/all approved 2025 10000.00
		other expenditure functional  还本/还本 all/all/all approved 2026 40000.00
		other expenditure functional  付息/付息 all/all/all approved 2026 15000.00
	`)
}

// TestEconomicItemsAsColumns: rows by function, items of the economic classification in the header.
func TestEconomicItemsAsColumns(t *testing.T) {
	d := normalizeTable("甲县教育局2025年部门预算", drawTable("一般公共预算基本支出表--人员经费（工资福利支出）", "万元", 1, `
		科目编码 | 科目名称 | 总计 | 基本工资 | 津贴补贴
		205      | 教育支出 | 3.00 | 2.00     | 1.00
	`))
	checkLines(t, d, `
		expenditure_by_economic expenditure functional 205 教育支出 general_public_budget/personnel/all approved 2025 30000.00
		expenditure_by_economic expenditure functional 205 教育支出 general_public_budget/personnel/all approved 2025 20000.00 [基本工资]
		expenditure_by_economic expenditure functional 205 教育支出 general_public_budget/personnel/all approved 2025 10000.00 [津贴补贴]
	`)
}

// TestNamesOfZones: the 经济 of a zone's name is no classification.
func TestNamesOfZones(t *testing.T) {
	d := normalizeTable("甲经济技术开发区2022年预算", drawTable("2022年甲经济技术开发区一般公共预算支出预算表", "万元", 1, `
		科目名称         | 2022年预算数
		一般公共服务支出 | 3.00
	`))
	checkLines(t, d, `general_public_expenditure expenditure functional ~201 一般公共服务支出 general_public_budget/all/all approved 2022 30000.00`)
}
