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

// TestContinuedWithoutFrame: the table's first page has rules around its header and between its columns, the next one only
// between the columns, which makes no grid; the last one closes the frame.
func TestContinuedWithoutFrame(t *testing.T) {
	widths, other := []float64{120, 85, 85, 100, 85}, []float64{150, 85, 85, 100, 55}
	rows := func(names ...string) (out [][]sheet.Cell) {
		for _, n := range names {
			out = append(out, []sheet.Cell{sheet.One(n), sheet.One("257,516"), sheet.One("6,177"), sheet.One("232,200"), sheet.One("19,139")})
		}
		return out
	}
	part := func(no int, widths []float64, above [][]sheet.Cell, names ...string) *sheet.Sheet {
		s := sheet.New(no)
		f := sheet.Frame{X: 50, Y: 60, Widths: widths, Row: 20}
		if above != nil {
			s.Text(230, 40, 14, "转移支付分市县决算表")
			f.Y = s.Ruled(f, above)
		}
		s.Texts(f, rows(names...))
		for x, i := f.X+widths[0], 1; i < len(widths); x, i = x+widths[i], i+1 {
			s.VLine(x, f.Y, f.Y+20*float64(len(names)))
		}
		return s
	}
	header := [][]sheet.Cell{{sheet.One("地区"), sheet.One("总计"), sheet.One("税收返还"), sheet.One("一般性"), sheet.One("专项")}}
	one, two := part(1, widths, header, "郑州市", "巩义市", "荥阳市", "中牟县"), part(2, widths, nil, "内黄县", "鹤壁市", "浚县", "淇县")
	got := sheet.Tables(one, two)
	if len(got) != 1 || got[0].Rows != 9 || got[0].Cols != 5 || got[0].At(5, 0).Text != "内黄县" || got[0].LastPage != 2 {
		t.Errorf("%s", sheet.Print(got))
	}
	two = part(2, other, nil, "内黄县", "鹤壁市", "浚县", "淇县")
	if got := sheet.Tables(one, two); len(got) != 2 {
		t.Errorf("columns of other widths are joined\n%s", sheet.Print(got))
	}
}

// A part that is marked as the rest of a table may have other widths under the same names; one that is not marked is a table of
// its own.
func TestContinuedInOtherWidths(t *testing.T) {
	for mark, tables := range map[string]int{"续表1": 1, "附表1": 2} {
		one, two := sheet.New(1), sheet.New(2)
		for i, s := range []*sheet.Sheet{one, two} {
			s.Text(230, 80, 14, "部门收入总表")
			s.Text(340, 98, 9, "单位：万元")
			f := sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}
			if rows := revenue[:4]; i == 0 {
				s.Ruled(f, rows)
				continue
			}
			s.Text(50, 98, 9, mark)
			f.Widths = []float64{60, 90, 60, 60, 60}
			s.Ruled(f, append(append([][]sheet.Cell{}, revenue[:2]...), revenue[4:]...))
		}
		if got := sheet.Tables(one, two); len(got) != tables || tables == 1 && (got[0].Cols != 5 || got[0].Rows != 6) {
			t.Errorf("%s: %s", mark, sheet.Print(got))
		}
	}
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

// TestPagesThatFit: the second page of a table may be another cut of it.
func TestPagesThatFit(t *testing.T) {
	narrow := sheet.Frame{X: 50, Y: 60, Widths: []float64{48, 88, 48, 48, 48}, Row: 24}
	right := sheet.Frame{X: 50, Y: 105, Widths: []float64{70, 70}, Row: 24}
	for _, tt := range []struct {
		name       string
		second     sheet.Frame
		rows       [][]sheet.Cell
		tables     int
		size       [2]int // rows and columns of the first table
		at         [2]int // a place of it, and what is there
		want       string
		wantHeader int
	}{
		{"smaller", narrow, revenue[3:], 1, [2]int{9, 5}, [2]int{7, 2}, "900.00", 2},
		{"narrower, in other proportions", sheet.Frame{X: 50, Y: 60, Widths: []float64{70, 60, 50, 50, 50}, Row: 24},
			revenue[3:5], 1, [2]int{8, 5}, [2]int{7, 2}, "900.00", 2},
		{"some columns are left out", sheet.Frame{X: 50, Y: 60, Widths: []float64{90, 90, 90}, Row: 24}, [][]sheet.Cell{
			{sheet.Wide("科目", 1, 2), sheet.Wide("合计", 2, 1)},
			{sheet.One("科目编码"), sheet.One("科目名称")},
			{sheet.One("210"), sheet.One("卫生健康支出"), sheet.One("7.00")},
		}, 1, [2]int{7, 5}, [2]int{6, 2}, "7.00", 2},
		{"the right half", right, [][]sheet.Cell{
			{sheet.Wide("上年结转", 1, 2)},
			{sheet.One("财政拨款"), sheet.One("其他资金")},
			{sheet.One("1.00"), sheet.One("2.00")},
			{sheet.One("3.00"), sheet.One("4.00")},
			{sheet.One("5.00"), sheet.One("6.00")},
			{sheet.One("7.00"), sheet.One("8.00")},
		}, 1, [2]int{6, 7}, [2]int{5, 6}, "8.00", 2},
		{"a table with other columns", narrow, [][]sheet.Cell{
			{sheet.One("科目"), sheet.One("预算数"), sheet.One("决算数"), sheet.One("增减额"), sheet.One("增减率")},
			{sheet.One("合计"), sheet.One("1.00"), sheet.One("2.00"), sheet.One("1.00"), sheet.One("100.00")},
		}, 2, [2]int{6, 5}, [2]int{2, 2}, "1,234.56", 2},
	} {
		one, two := sheet.New(1), sheet.New(2)
		one.Ruled(sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}, revenue)
		two.Ruled(tt.second, tt.rows)
		found := sheet.Tables(one, two)
		if len(found) != tt.tables || found[0].Rows != tt.size[0] || found[0].Cols != tt.size[1] || found[0].HeaderRows != tt.wantHeader {
			t.Errorf("%s:\n%s", tt.name, sheet.Print(found))
			continue
		}
		if c := found[0].At(tt.at[0], tt.at[1]); c == nil || c.Text != tt.want {
			t.Errorf("%s: %v, want %s\n%s", tt.name, c, tt.want, sheet.Print(found))
		}
	}
}
