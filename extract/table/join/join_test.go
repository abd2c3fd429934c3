package join_test

import (
	"flag"
	"math"
	"testing"

	"github.com/countybudget/extract/extract/table/internal/sheet"
	"github.com/countybudget/extract/extract/table/join"
)

var update = flag.Bool("update", false, "write the golden files anew")

var revenue = [][]sheet.Cell{
	{sheet.Wide("科目", 1, 2), sheet.Wide("合计", 2, 1), sheet.Wide("本年收入", 1, 2)},
	{sheet.One("科目编码"), sheet.One("科目名称"), sheet.One("财政拨款"), sheet.One("其他收入")},
	{sheet.Wide("合计", 1, 2), sheet.One("1,234.56"), sheet.One("1,200.00"), sheet.One("34.56")},
	{sheet.One("208"), sheet.One("社会保障和就业支出"), sheet.One("1,000.00"), sheet.One("1,000.00"), sheet.One("")},
	{sheet.One("20805"), sheet.Indented("行政事业单位/养老支出", 8), sheet.One("900.00"), sheet.One("900.00"), sheet.One("")},
	{sheet.One("2080501"), sheet.Indented("行政单位离退休", 16), sheet.One("234.56"), sheet.One("200.00"), sheet.One("34.56")},
}

var columns = []float64{60, 110, 60, 60, 60}

func TestContinued(t *testing.T) {
	one, two, three := sheet.New(1), sheet.New(2), sheet.New(3)
	one.Text(230, 80, 14, "部门收入总表")
	one.Text(340, 98, 9, "单位：万元")
	one.Ruled(sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}, revenue[:5])
	rest := append([][]sheet.Cell{}, revenue[:2]...)
	rest = append(rest, revenue[5], []sheet.Cell{sheet.One("210"), sheet.One("卫生健康支出"), sheet.One("7.00"), sheet.One("7.00"), sheet.One("")})
	two.Ruled(sheet.Frame{X: 50.8, Y: 60, Widths: columns, Row: 24}, rest)
	three.Text(230, 80, 14, "部门支出总表")
	three.Ruled(sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}, revenue)
	sheet.Golden(t, "continued", sheet.Print(sheet.Tables(one, two, three)), *update)
}

func TestRowSplitByThePage(t *testing.T) {
	one, two := sheet.New(1), sheet.New(2)
	one.Text(230, 80, 14, "部门收入总表")
	one.Ruled(sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}, append(append([][]sheet.Cell{}, revenue[:3]...),
		[]sheet.Cell{sheet.One("2120804"), sheet.One("农村基础设施建设专项资金"), sheet.One("61.36"), sheet.One(""), sheet.One("")}))
	two.Ruled(sheet.Frame{X: 50, Y: 60, Widths: columns, Row: 24}, [][]sheet.Cell{
		{sheet.One(""), sheet.One("安排的支出"), sheet.One(""), sheet.One(""), sheet.One("")},
		{sheet.One("213"), sheet.One("农林水支出"), sheet.One("7.00"), sheet.One("7.00"), sheet.One("")},
	})
	sheet.Golden(t, "split", sheet.Print(sheet.Tables(one, two)), *update)
}

func TestTitleOnThePageBefore(t *testing.T) {
	one, two := sheet.New(1), sheet.New(2)
	one.Text(50, 100, 12, "以下各表反映收支情况。")
	one.Text(230, 780, 14, "部门收入总表")
	one.Text(340, 800, 9, "单位：万元")
	two.Ruled(sheet.Frame{X: 50, Y: 60, Widths: columns, Row: 24}, revenue)
	sheet.Golden(t, "title_before", sheet.Print(sheet.Tables(one, two)), *update)
}

func TestRepeatedIsNotContinued(t *testing.T) {
	one, two, three := sheet.New(1), sheet.New(2), sheet.New(3)
	one.Text(230, 80, 14, "部门收入总表")
	one.Ruled(sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}, revenue)
	two.Text(230, 80, 14, "部门收入总表")
	two.Ruled(sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}, revenue)
	three.Ruled(sheet.Frame{X: 50, Y: 60, Widths: columns, Row: 24}, revenue)
	found := sheet.Tables(one, two, three)
	if len(found) != 3 {
		t.Fatalf("%d tables", len(found))
	}
	for i, table := range found {
		if table.FirstPage != i+1 || table.LastPage != i+1 || table.Rows != len(revenue) || table.HeaderRows != 2 {
			t.Errorf("table %d: pages %d–%d, %d rows, %d of header", table.No, table.FirstPage, table.LastPage, table.Rows, table.HeaderRows)
		}
	}
}

func TestSettings(t *testing.T) {
	if err := join.Defaults().Validate(); err != nil {
		t.Error(err)
	}
	for i := range 4 {
		bad := join.Defaults()
		*[]*float64{&bad.CaptionGap, &bad.NoteGap, &bad.ColumnSlip, &bad.IndentStep}[i] = math.NaN()
		if bad.Validate() == nil {
			t.Errorf("setting %d is no number and passes", i)
		}
	}
}
