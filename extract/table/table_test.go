package table_test

import (
	"flag"
	"math"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/table/internal/sheet"
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

func TestRuled(t *testing.T) {
	s := sheet.New(1)
	s.Text(50, 60, 9, "公开02表")
	s.Text(230, 80, 14, "部门收入总表")
	s.Text(50, 98, 9, "部门：某县水利局")
	s.Text(340, 98, 9, "单位：万元")
	end := s.Ruled(sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}, revenue)
	s.Text(50, end+14, 8, "注：本表反映部门本年度取得的各项收入。")
	sheet.Golden(t, "ruled", sheet.Print(sheet.Tables(s)), *update)
}

func TestCaptionsInTheGrid(t *testing.T) {
	rows := append([][]sheet.Cell{
		{sheet.Wide("部门收入总表", 1, 5)},
		{sheet.Wide("编制单位：某县水利局", 1, 3), sheet.Wide("单位：元", 1, 2)},
	}, revenue...)
	rows = append(rows, []sheet.Cell{sheet.Wide("注：本表无其他数据", 1, 5)})
	s := sheet.New(1)
	s.Ruled(sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}, rows)
	sheet.Golden(t, "lifted", sheet.Print(sheet.Tables(s)), *update)
}

func TestThreeLines(t *testing.T) {
	s := sheet.New(1)
	s.Text(230, 80, 14, "项目支出表")
	s.Text(340, 98, 9, "单位：万元")
	rows := [][]sheet.Cell{
		{sheet.One("项目名称"), sheet.One("合计"), sheet.One("一般公共预算"), sheet.One("其他资金")},
		{sheet.One("农村饮水安全工程"), sheet.One("42.36"), sheet.One("42.36"), sheet.One("0.00")},
		{sheet.One("水利设施维修养护"), sheet.One("11.00"), sheet.One("10.00"), sheet.One("1.00")},
		{sheet.One("合计"), sheet.One("53.36"), sheet.One("52.36"), sheet.One("1.00")},
	}
	s.Open(sheet.Frame{X: 50, Y: 105, Widths: []float64{130, 60, 80, 60}, Row: 16}, rows, func(r int) bool { return r == 0 || r == 1 || r == len(rows) })
	sheet.Golden(t, "three_lines", sheet.Print(sheet.Tables(s)), *update)
}

func TestOpenSidesWithSpans(t *testing.T) {
	s := sheet.New(1)
	f := sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}
	s.Open(f, revenue, func(r int) bool { return r != 1 })
	s.HLine(50, 220, 129)
	s.HLine(280, 400, 129)
	sheet.Golden(t, "open_sides", sheet.Print(sheet.Tables(s)), *update)
}

func TestBorderless(t *testing.T) {
	s := sheet.New(1)
	s.Text(230, 80, 14, "项目支出表")
	rows := [][]sheet.Cell{
		{sheet.One("项目名称"), sheet.One("合计"), sheet.One("一般公共预算"), sheet.One("其他资金")},
		{sheet.One("农村饮水安全工程"), sheet.One("42.36"), sheet.One("42.36"), sheet.One("0.00")},
		{sheet.One("水利设施维修养护"), sheet.One("11.00"), sheet.One("10.00"), sheet.One("1.00")},
		{sheet.One("合计"), sheet.One("53.36"), sheet.One("52.36"), sheet.One("1.00")},
	}
	s.Open(sheet.Frame{X: 50, Y: 105, Widths: []float64{130, 60, 80, 60}, Row: 16}, rows, func(int) bool { return false })
	s.Text(50, 300, 10, "以上为项目支出情况，共计53.36万元。")
	sheet.Golden(t, "borderless", sheet.Print(sheet.Tables(s)), *update)
}

func TestContentsAreNoTable(t *testing.T) {
	s := sheet.New(1)
	for i, n := range []string{"1", "3", "3", "8", "12"} {
		s.Text(60, 100+20*float64(i), 12, "第一部分概况")
		s.Text(500, 100+20*float64(i), 12, n)
	}
	if ts := sheet.Tables(s); len(ts) != 0 {
		t.Errorf("got\n%s", sheet.Print(ts))
	}
}

func TestTextOverBorders(t *testing.T) {
	f := sheet.Frame{X: 50, Y: 100, Widths: []float64{60, 60, 60}, Row: 20}
	for _, tt := range []struct {
		name  string
		write func(s *sheet.Sheet)
		want  []string
	}{
		{"a number too wide for its column", func(s *sheet.Sheet) { s.Text(168-sheet.Width(8, "123,456,789,012.34"), 133, 8, "123,456,789,012.34") }, []string{"", "123,456,789,012.34", ""}},
		{"a name that runs on into the empty cell", func(s *sheet.Sheet) { s.Text(52, 133, 8, "城乡居民基本养老保险基金") }, []string{"城乡居民基本养老保险基金", "", ""}},
		{"two texts that nearly touch", func(s *sheet.Sheet) {
			s.Text(108-sheet.Width(8, "12.50"), 133, 8, "12.50")
			s.Text(110.5, 133, 8, "行政运行")
		}, []string{"12.50", "行政运行", ""}},
		{"an amount and a code that touch the border between them", func(s *sheet.Sheet) {
			s.Text(109.5-sheet.Width(8, "153.68"), 133, 8, "153.68")
			s.Text(110.5, 133, 8, "30201")
		}, []string{"153.68", "30201", ""}},
		{"a number broken over two lines", func(s *sheet.Sheet) {
			s.Text(111, 127, 8, "123,456,789.0")
			s.Text(111, 137, 8, "12")
		}, []string{"", "123,456,789.012", ""}},
		{"two numbers over each other", func(s *sheet.Sheet) {
			s.Text(112, 127, 8, "12.50")
			s.Text(112, 137, 8, "13.50")
		}, []string{"", "12.50 13.50", ""}},
		{"letter-spaced words", func(s *sheet.Sheet) {
			s.Text(60, 133, 8, "合")
			s.Text(90, 133, 8, "计")
		}, []string{"合计", "", ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sheet.New(1)
			s.Ruled(f, [][]sheet.Cell{{sheet.One("甲"), sheet.One("乙"), sheet.One("丙")}, {sheet.One(""), sheet.One(""), sheet.One("")}})
			tt.write(s)
			ts := sheet.Tables(s)
			if len(ts) != 1 {
				t.Fatalf("%d tables", len(ts))
			}
			for i, want := range tt.want {
				if got := ts[0].At(1, i).Text; got != want {
					t.Errorf("column %d: %q, want %q", i, got, want)
				}
			}
		})
	}
}

func TestRulesAsDrawn(t *testing.T) {
	texts := func(s *sheet.Sheet) {
		s.Texts(sheet.Frame{X: 50, Y: 100, Widths: []float64{80, 80}, Row: 20},
			[][]sheet.Cell{{sheet.One("项目"), sheet.One("金额")}, {sheet.One("合计"), sheet.One("1.00")}})
	}
	for _, tt := range []struct {
		name string
		draw func(s *sheet.Sheet)
	}{
		{"dashed", func(s *sheet.Sheet) {
			for _, y := range []float64{100, 120, 140} {
				for x := 50.0; x < 210; x += 5 {
					s.HLine(x, x+3, y)
				}
			}
			for _, x := range []float64{50, 130, 210} {
				for y := 100.0; y < 140; y += 5 {
					s.VLine(x, y, y+3)
				}
			}
		}},
		{"gaps at crossings", func(s *sheet.Sheet) {
			for _, y := range []float64{100, 120, 140} {
				s.HLine(51.5, 128.5, y)
				s.HLine(131.5, 208.5, y)
			}
			for _, x := range []float64{50, 130, 210} {
				s.VLine(x, 101.5, 118.5)
				s.VLine(x, 121.5, 138.5)
			}
		}},
		{"double lines, a little off", func(s *sheet.Sheet) {
			for i, y := range []float64{100, 120, 140} {
				s.HLine(50, 210, y+0.6*float64(i))
				s.HLine(50, 210, y+1.8)
			}
			for _, x := range []float64{50, 130, 210} {
				s.VLine(x, 100, 140)
				s.VLine(x+2, 100, 141)
			}
		}},
		{"no sides", func(s *sheet.Sheet) {
			for _, y := range []float64{100, 120, 140} {
				s.HLine(50, 210, y)
			}
			s.VLine(130, 100, 140)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sheet.New(1)
			tt.draw(s)
			texts(s)
			ts := sheet.Tables(s)
			if len(ts) != 1 || ts[0].Rows != 2 || ts[0].Cols != 2 || ts[0].At(1, 1).Text != "1.00" {
				t.Errorf("got\n%s", sheet.Print(ts))
			}
		})
	}
}

func TestSettings(t *testing.T) {
	if err := table.Defaults().Validate(); err != nil {
		t.Error(err)
	}
	bad := table.Defaults()
	bad.Snap = math.NaN()
	if bad.Validate() == nil {
		t.Error("a setting that is no number passes")
	}
}

func TestLabelsThatRunUpOrDown(t *testing.T) {
	s := sheet.New(1)
	s.Ruled(sheet.Frame{X: 50, Y: 105, Widths: []float64{24, 24, 80, 60}, Row: 24}, [][]sheet.Cell{
		{sheet.One("类"), sheet.One("款"), sheet.One("名称"), sheet.One("金额")},
		{sheet.Wide("", 3, 1), sheet.Wide("", 3, 1), sheet.One("办公费"), sheet.One("1.00")},
		{sheet.One("水费"), sheet.One("2.00")},
		{sheet.One("电费"), sheet.One("3.00")},
	})
	run := func(text string, x, y, step, angle float64) {
		for _, r := range text {
			s.Glyphs = append(s.Glyphs, model.Glyph{
				Text: string(r), Size: 9, Angle: angle, Origin: model.Point{X: x, Y: y}, Color: model.Black, Confidence: 1,
				Box: model.Rect{X0: x - 4, Y0: y - 4, X1: x + 4, Y1: y + 4}, Font: &model.Font{Ascent: 0.88, Descent: 0.12}, Source: model.SourceText,
			})
			y += step
		}
	}
	run("商品和", 62, 140, 10, 90)
	run("公用经费", 86, 185, -10, -90)
	table := sheet.Tables(s)[0]
	for col, want := range []string{"商品和", "公用经费"} {
		if got := table.At(2, col).Text; got != want {
			t.Errorf("column %d: %q", col, got)
		}
	}
}
