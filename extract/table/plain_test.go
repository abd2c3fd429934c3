package table_test

import (
	"testing"

	"github.com/countybudget/extract/extract/table/internal/sheet"
)

// lineUp writes lines of texts at columns that begin, or end where a text is an amount, at the places of xs, points.
func lineUp(s *sheet.Sheet, y, step, size float64, xs []float64, rows [][]string) {
	for _, row := range rows {
		for c, text := range row {
			x := xs[c]
			if c > 0 && text != "" && text[len(text)-1] <= '9' {
				x -= sheet.Width(size, text)
			}
			s.Text(x, y, size, text)
		}
		y += step
	}
}

// TestNamesWithoutAmounts: lines as far apart as rows are rows, with an amount or without.
func TestNamesWithoutAmounts(t *testing.T) {
	s := sheet.New(1)
	lineUp(s, 100, 16, 9, []float64{50, 240, 320}, [][]string{
		{"项目", "预算数", "决算数"},
		{"因公出国费及培训", "", ""},
		{"公务接待费", "1.55", "1.50"},
		{"公务用车购置及运行费", "4.41", "4.40"},
		{"其中公务用车购置费", "", ""},
		{"公务用车运行维护费用合计", "4.41", "4.40"},
		{"合计", "5.96", "5.90"},
	})
	want := `borderless, 1 of 7 rows are header
|项目|预算数|决算数
|因公出国费及培训||
|公务接待费|1.55|1.50
|公务用车购置及运行费|4.41|4.40
|其中公务用车购置费||
|公务用车运行维护费用合计|4.41|4.40
|合计|5.96|5.90
`
	if got := grids(s); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
}

// TestTotalOverCodes: a total in the middle of codes and names, neither under the names nor exactly in the middle, spans both.
func TestTotalOverCodes(t *testing.T) {
	s := sheet.New(1)
	s.Text(150, 100, 9, "合计")
	s.Text(330-sheet.Width(9, "80.00"), 100, 9, "80.00")
	lineUp(s, 116, 16, 9, []float64{50, 100, 330}, [][]string{
		{"201", "一般公共服务支出", "60.00"},
		{"20106", "  财政事务", "60.00"},
		{"2010601", "行政运行", "60.00"},
		{"208", "社会保障和就业支出", "20.00"},
		{"20805", "养老支出", "20.00"},
	})
	want := `borderless, 0 of 6 rows are header
|合计|80.00
|201|一般公共服务支出|60.00
|20106|财政事务|60.00
|2010601|行政运行|60.00
|208|社会保障和就业支出|20.00
|20805|养老支出|20.00
`
	if got := grids(s); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
}

// TestHeaderUnderOwner: names of columns on two lines, beside those on one, stand close under the line of owner and unit.
func TestHeaderUnderOwner(t *testing.T) {
	s := sheet.New(1)
	s.Text(50, 91, 8, "单位名称：燕平县自然资源局")
	s.Text(440, 91, 8, "单位：元")
	lineUp(s, 101, 9.2, 7.5, []float64{200, 300}, [][]string{{"一般公共预", "政府性基金"}, {"算拨款", "预算拨款"}})
	lineUp(s, 105.6, 0, 7.5, []float64{50, 140, 400}, [][]string{{"项目名称", "合计", "单位资金"}})
	lineUp(s, 122, 14, 7.5, []float64{50, 180, 240, 332, 430}, [][]string{
		{"国土空间规划", "1,569,296", "1,569,296", "0", "0"},
		{"登记数据整合", "1,640,000", "1,640,000", "0", "0"},
		{"年度变更调查", "970,000", "570,000", "0", "400,000"},
	})
	want := `borderless, 1 of 4 rows are header
|项目名称|合计|一般公共预算拨款|政府性基金预算拨款|单位资金
|国土空间规划|1,569,296|1,569,296|0|0
|登记数据整合|1,640,000|1,640,000|0|0
|年度变更调查|970,000|570,000|0|400,000
`
	if got := grids(s); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
}
