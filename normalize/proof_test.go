package normalize

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/schema"
)

// proven gives the lines of a table: name, Σ for an aggregate, and ✓ or ✗ for one that is verified or contradicted.
func proven(d *schema.Disclosure) string {
	var out []string
	for i := range d.BudgetLines {
		l := &d.BudgetLines[i]
		s := l.ItemName
		if l.IsAggregate {
			s += "Σ"
		}
		switch l.Verification {
		case schema.Verified:
			s += "✓"
		case schema.Contradicted:
			s += "✗"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// Tables of which amounts include one another in other ways than from row to row.
func TestWhatIncludesWhat(t *testing.T) {
	for _, c := range []struct{ name, title, table, want string }{
		{"expenditure by function and by purpose beside each other, under one total", "收支预算总表", `
			收入     | <      | 支出             | <      | <        | <
			项目名称 | 金额   | 功能分类         | <      | 支出用途 | <
			^        | ^      | 功能科目名称     | 金额   | 项目名称 | 金额
			一、财政拨款 | 18.37 | 一、一般公共服务支出 | 13.91 | 一、基本支出 | 9.31
			二、其他资金 |        | 二、教育支出     | 1.12   | 二、项目支出 | 6.46
			             |        | 三、住房保障支出 | 3.34   | 三、单位预留机动经费 | 2.60
			当年收入小计 | 18.37  | 当年支出小计     | <      | <        | 18.37
			收入合计 | 18.37      | 支出合计         | <      | <        | 18.37
		`, "财政拨款✓ 当年收入小计Σ✓ 收入合计Σ✓ 一般公共服务支出✓ 教育支出✓ 住房保障支出✓ 基本支出✓ 项目支出✓ 单位预留机动经费✓ 当年支出小计Σ✓ 支出合计Σ✓"},
		{"a row without a name, of which the columns are the items", "支出预算总表", `
			合计  | 基本支出 | 项目支出 | 单位预留机动经费
			18.37 | 9.31     | 6.46     | 2.60
		`, "合计Σ✓ 基本支出✓ 项目支出✓ 单位预留机动经费"},
		{"“三公” beside meetings and training, under one total", "“三公”经费、会议费、培训费支出预算表", `
			合计  | “三公”经费 | <                | <                          | <                  | <          | 会议费 | 培训费
			^     | 小计         | 因公出国（境）费 | 公务用车购置及运行维护费   | <                  | 公务接待费 | ^      | ^
			^     | ^            | ^                | 小计                       | 公务用车运行维护费 | ^          | ^      | ^
			26.01 | 7.68         | 1.99             | 1.84                       | 1.84               | 3.85       | 14.70  | 3.63
		`, "合计Σ✓ “三公”经费Σ✓ 因公出国（境）费✓ 公务用车购置及运行维护费Σ✓ 公务用车运行维护费✓ 公务接待费✓ 会议费✓ 培训费✓"},
		{"names in steps", "政府采购支出预算表", `
			采购品目大类 | 专项名称   | 采购物品名称 | 总计
			合计         |            |              | 73.00
			一、货物     |            |              | 42.00
			             | 设备购置费 |              | 42.00
			             |            | 台式计算机   | 21.00
			             |            | 便携式计算机 | 21.00
			二、服务     |            |              | 31.00
			             | 会议经费   |              | 31.00
			             |            | 会议服务     | 31.00
		`, "合计Σ✓ 货物Σ✓ 设备购置费Σ✓ 台式计算机✓ 便携式计算机✓ 服务Σ✓ 会议经费Σ✓ 会议服务✓"},
		{"a total of changes counts a row that prints none", "一般公共预算支出表", `
			项目                       | 上年执行数 | 本年预算数 | 增减额
			一、一般公共服务支出       | 10.00      | 12.00      | 2.00
			二、教育支出               | 30.00      | 34.00      | 4.00
			三、安排预算稳定调节基金   | 5.00       |            |
			支出总计                   | 45.00      | 46.00      | 1.00
		`, "一般公共服务支出✓ 一般公共服务支出✓ 一般公共服务支出增减额✓ 教育支出✓ 教育支出✓ 教育支出增减额✓ 安排预算稳定调节基金✓ 支出总计Σ✓ 支出总计Σ✓ 支出总计增减额Σ✓"},
		{"a breakdown that begins with 其中 before the parts of a total", "社会保险基金支出预算表", `
			项目               | 2017年执行数 | 2018年预算数
			基金支出合计       | 70.91        | 60.12
			其中：待遇支出     | 50.12        | 40.17
			其他支出           | 1.10         | 1.20
			一、甲险基金支出   | 30.11        | 20.07
			二、乙险基金支出   | 40.80        | 40.05
			三、丙险基金支出   | 0.00         | 0.00
			其中：待遇支出     | 0.00         | 0.00
		`, "基金支出合计/2017年执行数Σ✓ 基金支出合计/2018年预算数Σ✓ 待遇支出/2017年执行数Σ 待遇支出/2018年预算数Σ 其他支出/2017年执行数Σ 其他支出/2018年预算数Σ 甲险基金支出/2017年执行数✓ 甲险基金支出/2018年预算数✓ 乙险基金支出/2017年执行数✓ 乙险基金支出/2018年预算数✓ " +
			"丙险基金支出/2017年执行数Σ 丙险基金支出/2018年预算数Σ 待遇支出/2017年执行数 待遇支出/2018年预算数"},
		{"a second column of names without a header", "收入预算总表", `
			项目名称         |                  | 金额
			收入总计         | <                | 91.47
			一般公共预算资金 | 小计             | 90.67
			^                | 公共财政拨款资金 | 90.67
			其他资金         | 小计             | 0.80
			^                | 其他收入         | 0.80
		`, "收入总计Σ✓ 一般公共预算资金Σ✓ 公共财政拨款资金✓ 其他资金Σ✓ 其他收入✓"},
	} {
		rows := 1
		for _, line := range strings.Split(strings.TrimSpace(c.table), "\n")[1:] {
			if !strings.Contains(line, ".") {
				rows++
			} else {
				break
			}
		}
		d := normalizeTable("甲县民政局2018年部门预算", drawTable(c.title, "万元", rows, c.table))
		if got := proven(d); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
