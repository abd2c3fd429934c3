package table

import (
	"math"
	"testing"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
)

var revenue = [][]cell{
	{wide("科目", 1, 2), wide("合计", 2, 1), wide("本年收入", 1, 2)},
	{c("科目编码"), c("科目名称"), c("财政拨款"), c("其他收入")},
	{wide("合计", 1, 2), c("1,234.56"), c("1,200.00"), c("34.56")},
	{c("208"), c("社会保障和就业支出"), c("1,000.00"), c("1,000.00"), c("")},
	{c("20805"), in("行政事业单位/养老支出", 8), c("900.00"), c("900.00"), c("")},
	{c("2080501"), in("行政单位离退休", 16), c("234.56"), c("200.00"), c("34.56")},
}

var columns = []float64{60, 110, 60, 60, 60}

func TestRuled(t *testing.T) {
	s := newSheet(1)
	s.text(50, 60, 9, "公开02表")
	s.text(230, 80, 14, "部门收入总表")
	s.text(50, 98, 9, "部门：某县水利局")
	s.text(340, 98, 9, "单位：万元")
	end := s.ruled(frame{50, 105, columns, 24}, revenue)
	s.text(50, end+14, 8, "注：本表反映部门本年度取得的各项收入。")
	golden(t, "ruled", print(tables(t, s)))
}

func TestCaptionsInTheGrid(t *testing.T) {
	rows := append([][]cell{
		{wide("部门收入总表", 1, 5)},
		{wide("编制单位：某县水利局", 1, 3), wide("单位：元", 1, 2)},
	}, revenue...)
	rows = append(rows, []cell{wide("注：本表无其他数据", 1, 5)})
	s := newSheet(1)
	s.ruled(frame{50, 105, columns, 24}, rows)
	golden(t, "lifted", print(tables(t, s)))
}

func TestContinued(t *testing.T) {
	one, two, three := newSheet(1), newSheet(2), newSheet(3)
	one.text(230, 80, 14, "部门收入总表")
	one.text(340, 98, 9, "单位：万元")
	one.ruled(frame{50, 105, columns, 24}, revenue[:5])
	rest := append([][]cell{}, revenue[:2]...)
	rest = append(rest, revenue[5], []cell{c("210"), c("卫生健康支出"), c("7.00"), c("7.00"), c("")})
	two.ruled(frame{50.8, 60, columns, 24}, rest)
	three.text(230, 80, 14, "部门支出总表")
	three.ruled(frame{50, 105, columns, 24}, revenue)
	golden(t, "continued", print(tables(t, one, two, three)))
}

func TestRowSplitByThePage(t *testing.T) {
	one, two := newSheet(1), newSheet(2)
	one.text(230, 80, 14, "部门收入总表")
	one.ruled(frame{50, 105, columns, 24}, append(append([][]cell{}, revenue[:3]...),
		[]cell{c("2120804"), c("农村基础设施建设专项资金"), c("61.36"), c(""), c("")}))
	two.ruled(frame{50, 60, columns, 24}, [][]cell{
		{c(""), c("安排的支出"), c(""), c(""), c("")},
		{c("213"), c("农林水支出"), c("7.00"), c("7.00"), c("")},
	})
	golden(t, "split", print(tables(t, one, two)))
}

func TestTitleOnThePageBefore(t *testing.T) {
	one, two := newSheet(1), newSheet(2)
	one.text(50, 100, 12, "以下各表反映收支情况。")
	one.text(230, 780, 14, "部门收入总表")
	one.text(340, 800, 9, "单位：万元")
	two.ruled(frame{50, 60, columns, 24}, revenue)
	golden(t, "title_before", print(tables(t, one, two)))
}

// open draws a table with horizontal rules only.
func (s *sheet) open(f frame, rows [][]cell, rule func(r int) bool) {
	right := f.x + sum(f.widths)
	for r := 0; r <= len(rows); r++ {
		if rule(r) {
			s.hline(f.x, right, f.y+float64(r)*f.row)
		}
	}
	f.draw(rows, func(one cell, b model.Rect) { s.put(one, b) })
}

func TestThreeLines(t *testing.T) {
	s := newSheet(1)
	s.text(230, 80, 14, "项目支出表")
	s.text(340, 98, 9, "单位：万元")
	rows := [][]cell{
		{c("项目名称"), c("合计"), c("一般公共预算"), c("其他资金")},
		{c("农村饮水安全工程"), c("42.36"), c("42.36"), c("0.00")},
		{c("水利设施维修养护"), c("11.00"), c("10.00"), c("1.00")},
		{c("合计"), c("53.36"), c("52.36"), c("1.00")},
	}
	s.open(frame{50, 105, []float64{130, 60, 80, 60}, 16}, rows, func(r int) bool { return r == 0 || r == 1 || r == len(rows) })
	golden(t, "three_lines", print(tables(t, s)))
}

func TestOpenSidesWithSpans(t *testing.T) {
	s := newSheet(1)
	f := frame{50, 105, columns, 24}
	s.open(f, revenue, func(r int) bool { return r != 1 })
	s.hline(50, 220, 129)
	s.hline(280, 400, 129)
	golden(t, "open_sides", print(tables(t, s)))
}

func TestBorderless(t *testing.T) {
	s := newSheet(1)
	s.text(230, 80, 14, "项目支出表")
	rows := [][]cell{
		{c("项目名称"), c("合计"), c("一般公共预算"), c("其他资金")},
		{c("农村饮水安全工程"), c("42.36"), c("42.36"), c("0.00")},
		{c("水利设施维修养护"), c("11.00"), c("10.00"), c("1.00")},
		{c("合计"), c("53.36"), c("52.36"), c("1.00")},
	}
	s.open(frame{50, 105, []float64{130, 60, 80, 60}, 16}, rows, func(int) bool { return false })
	s.text(50, 300, 10, "以上为项目支出情况，共计53.36万元。")
	golden(t, "borderless", print(tables(t, s)))
}

func TestContentsAreNoTable(t *testing.T) {
	s := newSheet(1)
	for i, n := range []string{"1", "3", "3", "8", "12"} {
		s.text(60, 100+20*float64(i), 12, "第一部分概况")
		s.text(500, 100+20*float64(i), 12, n)
	}
	if ts := tables(t, s); len(ts) != 0 {
		t.Errorf("got\n%s", print(ts))
	}
}

func TestTextOverBorders(t *testing.T) {
	f := frame{50, 100, []float64{60, 60, 60}, 20}
	for _, tt := range []struct {
		name  string
		write func(s *sheet)
		want  []string
	}{
		{"a number too wide for its column", func(s *sheet) { s.text(168-width(8, "123,456,789,012.34"), 133, 8, "123,456,789,012.34") }, []string{"", "123,456,789,012.34", ""}},
		{"a name that runs on into the empty cell", func(s *sheet) { s.text(52, 133, 8, "城乡居民基本养老保险基金") }, []string{"城乡居民基本养老保险基金", "", ""}},
		{"two texts that nearly touch", func(s *sheet) {
			s.text(108-width(8, "12.50"), 133, 8, "12.50")
			s.text(110.5, 133, 8, "行政运行")
		}, []string{"12.50", "行政运行", ""}},
		{"an amount and a code that touch the border between them", func(s *sheet) {
			s.text(109.5-width(8, "153.68"), 133, 8, "153.68")
			s.text(110.5, 133, 8, "30201")
		}, []string{"153.68", "30201", ""}},
		{"a number broken over two lines", func(s *sheet) {
			s.text(111, 127, 8, "123,456,789.0")
			s.text(111, 137, 8, "12")
		}, []string{"", "123,456,789.012", ""}},
		{"two numbers over each other", func(s *sheet) {
			s.text(112, 127, 8, "12.50")
			s.text(112, 137, 8, "13.50")
		}, []string{"", "12.50 13.50", ""}},
		{"letter-spaced words", func(s *sheet) {
			s.text(60, 133, 8, "合")
			s.text(90, 133, 8, "计")
		}, []string{"合计", "", ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSheet(1)
			s.ruled(f, [][]cell{{c("甲"), c("乙"), c("丙")}, {c(""), c(""), c("")}})
			tt.write(s)
			ts := tables(t, s)
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
	texts := func(s *sheet) {
		frame{50, 100, []float64{80, 80}, 20}.draw([][]cell{{c("项目"), c("金额")}, {c("合计"), c("1.00")}},
			func(one cell, b model.Rect) { s.put(one, b) })
	}
	for _, tt := range []struct {
		name string
		draw func(s *sheet)
	}{
		{"dashed", func(s *sheet) {
			for _, y := range []float64{100, 120, 140} {
				for x := 50.0; x < 210; x += 5 {
					s.hline(x, x+3, y)
				}
			}
			for _, x := range []float64{50, 130, 210} {
				for y := 100.0; y < 140; y += 5 {
					s.vline(x, y, y+3)
				}
			}
		}},
		{"gaps at crossings", func(s *sheet) {
			for _, y := range []float64{100, 120, 140} {
				s.hline(51.5, 128.5, y)
				s.hline(131.5, 208.5, y)
			}
			for _, x := range []float64{50, 130, 210} {
				s.vline(x, 101.5, 118.5)
				s.vline(x, 121.5, 138.5)
			}
		}},
		{"double lines, a little off", func(s *sheet) {
			for i, y := range []float64{100, 120, 140} {
				s.hline(50, 210, y+0.6*float64(i))
				s.hline(50, 210, y+1.8)
			}
			for _, x := range []float64{50, 130, 210} {
				s.vline(x, 100, 140)
				s.vline(x+2, 100, 141)
			}
		}},
		{"no sides", func(s *sheet) {
			for _, y := range []float64{100, 120, 140} {
				s.hline(50, 210, y)
			}
			s.vline(130, 100, 140)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSheet(1)
			tt.draw(s)
			texts(s)
			ts := tables(t, s)
			if len(ts) != 1 || ts[0].Rows != 2 || ts[0].Cols != 2 || ts[0].At(1, 1).Text != "1.00" {
				t.Errorf("got\n%s", print(ts))
			}
		})
	}
}

func TestColumnNumbers(t *testing.T) {
	for _, tt := range []struct {
		row  []string
		want bool
	}{
		{[]string{"1", "2", "3"}, true},
		{[]string{"栏次", "", "1", "2"}, true},
		{[]string{"栏次", "", "1", "栏次", "", "2"}, true},
		{[]string{"甲", "乙", "1=2+3", "2", "3"}, true},
		{[]string{"", "1", "2", "3=1+2"}, true},
		{[]string{"1", "某县水利局"}, false},
		{[]string{"208", "05", "01"}, false},
		{[]string{"项目", "金额"}, false},
		{[]string{"12.00", "3.00"}, false},
	} {
		var cells []*model.Cell
		for _, s := range tt.row {
			cells = append(cells, &model.Cell{Text: s})
		}
		if got := isColumnNumbers(cells); got != tt.want {
			t.Errorf("%v: %v", tt.row, got)
		}
	}
}

func TestSettings(t *testing.T) {
	if err := Defaults().Validate(); err != nil {
		t.Error(err)
	}
	bad := Defaults()
	bad.Snap = math.NaN()
	if bad.Validate() == nil {
		t.Error("a setting that is no number passes")
	}
	if err := layout.Defaults().Validate(); err != nil {
		t.Error(err)
	}
}

func TestRepeatedIsNotContinued(t *testing.T) {
	one, two, three := newSheet(1), newSheet(2), newSheet(3)
	one.text(230, 80, 14, "部门收入总表")
	one.ruled(frame{50, 105, columns, 24}, revenue)
	two.text(230, 80, 14, "部门收入总表")
	two.ruled(frame{50, 105, columns, 24}, revenue)
	three.ruled(frame{50, 60, columns, 24}, revenue)
	found := tables(t, one, two, three)
	if len(found) != 3 {
		t.Fatalf("%d tables", len(found))
	}
	for i, table := range found {
		if table.FirstPage != i+1 || table.LastPage != i+1 || table.Rows != len(revenue) || table.HeaderRows != 2 {
			t.Errorf("table %d: pages %d–%d, %d rows, %d of header", table.No, table.FirstPage, table.LastPage, table.Rows, table.HeaderRows)
		}
	}
}

func TestLabelsThatRunUpOrDown(t *testing.T) {
	s := newSheet(1)
	s.ruled(frame{50, 105, []float64{24, 24, 80, 60}, 24}, [][]cell{
		{c("类"), c("款"), c("名称"), c("金额")},
		{wide("", 3, 1), wide("", 3, 1), c("办公费"), c("1.00")},
		{c("水费"), c("2.00")},
		{c("电费"), c("3.00")},
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
	table := tables(t, s)[0]
	for col, want := range []string{"商品和", "公用经费"} {
		if got := table.At(2, col).Text; got != want {
			t.Errorf("column %d: %q", col, got)
		}
	}
}
