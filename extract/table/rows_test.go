package table_test

import (
	"fmt"
	"testing"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/table/internal/sheet"
)

// grids prints the fragments of a page: a line for each row, its cells apart by |.
func grids(s *sheet.Sheet) string {
	fragments, _ := table.Find(&s.Page, layout.Words(&s.Page, layout.Defaults()), table.Defaults())
	out := ""
	for i := range fragments {
		out += fmt.Sprintf("%s, %d of %d rows are header\n", fragments[i].Kind, fragments[i].HeaderRows, fragments[i].Rows())
		row := 0
		for _, c := range fragments[i].Cells {
			for ; row < c.Row; row++ {
				out += "\n"
			}
			out += "|" + c.Text
		}
		out += "\n"
	}
	return out
}

// TestRowsWithoutRules: rules between the columns and under the header, none between the rows.
// The figures of a wrapped name stand beside its first line, or between its lines.
func TestRowsWithoutRules(t *testing.T) {
	for _, lower := range []float64{0, 5.5} {
		rowsWithoutRules(t, lower)
	}
}

func rowsWithoutRules(t *testing.T, lower float64) {
	s := sheet.New(1)
	s.HLine(50, 350, 100)
	s.HLine(50, 350, 120)
	s.HLine(50, 350, 232)
	for _, x := range []float64{50, 150, 250, 350} {
		s.VLine(x, 100, 232)
	}
	for i, name := range []string{"项目", "预算数", "执行数"} {
		s.Text(60+100*float64(i), 114, 9, name)
	}
	y := 136.0
	for _, row := range []struct {
		name, second string // a wrapped name goes on in a second line
		figures      [2]string
	}{
		{"一、一般公共服务支出", "", [2]string{"1,234", "1,200"}},
		{"二、社会保障和就业支", "出", [2]string{"56", "55"}},
		{"三、住房保障支出", "", [2]string{"789", ""}},
		{"合计", "", [2]string{"2,079", "1,255"}},
	} {
		s.Text(52, y, 9, row.name)
		at := y
		if row.second != "" {
			s.Text(52, y+11, 9, row.second)
			at = y + lower
		}
		for k, f := range row.figures {
			s.Text(248+100*float64(k)-sheet.Width(9, f), at, 9, f)
		}
		if y += 20; row.second != "" {
			y += 11
		}
	}
	want := `ruled, 1 of 5 rows are header
|项目|预算数|执行数
|一、一般公共服务支出|1,234|1,200
|二、社会保障和就业支出|56|55
|三、住房保障支出|789|
|合计|2,079|1,255
`
	if got := grids(s); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
}

// TestLinesOfOneCell: the lines of the cells of one row are no rows, figures or not.
func TestLinesOfOneCell(t *testing.T) {
	s := sheet.New(1)
	s.Ruled(sheet.Frame{X: 50, Y: 100, Widths: []float64{100, 80, 80}, Row: 44}, [][]sheet.Cell{
		{sheet.One("项目"), sheet.One("预算数"), sheet.One("说明")},
		{sheet.One("项目一/第二行/第三行"), sheet.One("12.50"), sheet.One("见附件/共两页")},
		{sheet.One("项目二"), sheet.One("3.00"), sheet.One("")},
	})
	want := `ruled, 1 of 3 rows are header
|项目|预算数|说明
|项目一第二行第三行|12.50|见附件共两页
|项目二|3.00|
`
	if got := grids(s); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
}

// TestShadedHeader: the header has no rule below it, and ends where its shading ends. The lines of one cell are shaded in pieces
// as well.
func TestShadedHeader(t *testing.T) {
	draw := func(shaded int) string {
		s := sheet.New(1)
		for _, x := range []float64{50, 150, 250, 350} {
			s.VLine(x, 100, 180)
		}
		for _, y := range []float64{100, 140, 160, 180} {
			s.HLine(50, 350, y)
		}
		for c := range shaded {
			s.Shade(50+100*float64(c), 100.5, 149.5+100*float64(c), 119.5)
			s.Shade(52+100*float64(c), 104, 148+100*float64(c), 116)
		}
		s.Texts(sheet.Frame{X: 50, Y: 100, Widths: []float64{100, 100, 100}, Row: 20}, [][]sheet.Cell{
			{sheet.One("项目"), sheet.One("2023年"), sheet.One("2024年")},
			{sheet.One("税收收入"), sheet.One("631.42"), sheet.One("665.07")},
			{sheet.One("非税收入"), sheet.One("252.39"), sheet.One("267.06")},
			{sheet.One("合计"), sheet.One("883.81"), sheet.One("932.13")},
		})
		return grids(s)
	}
	want := `ruled, 1 of 4 rows are header
|项目|2023年|2024年
|税收收入|631.42|665.07
|非税收入|252.39|267.06
|合计|883.81|932.13
`
	if got := draw(3); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
	if got := draw(2); got == want {
		t.Errorf("shading of two of three columns ends the header:\n%s", got)
	}
}

// TestAmountsThatRunTogether: amounts too wide for their columns.
func TestAmountsThatRunTogether(t *testing.T) {
	s := sheet.New(1)
	s.Ruled(sheet.Frame{X: 50, Y: 100, Widths: []float64{60, 50, 50, 50}, Row: 20}, [][]sheet.Cell{
		{sheet.One("项目"), sheet.One("合计"), sheet.One("基本"), sheet.One("项目")},
		{sheet.One("合计"), sheet.One("12.50"), sheet.One("3.00"), sheet.One("9.50")},
		{sheet.One("支出"), sheet.One(""), sheet.One(""), sheet.One("")},
	})
	s.Text(111, 153, 8, "1,256,576.501,169,399.36872,612.52")
	want := `ruled, 1 of 3 rows are header
|项目|合计|基本|项目
|合计|12.50|3.00|9.50
|支出|1,256,576.50|1,169,399.36|872,612.52
`
	if got := grids(s); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
}

// TestAmountsThatTouch: amounts of two columns touch in every row, and the names over them stand elsewhere.
func TestAmountsThatTouch(t *testing.T) {
	s := sheet.New(1)
	for _, y := range []float64{100, 120, 180} {
		s.HLine(50, 250, y)
	}
	s.Text(52, 113, 8, "地区")
	s.Text(135, 113, 8, "合计")
	s.Text(195, 113, 8, "债券")
	for i, row := range [][3]string{
		{"城东区", "25,564,674,440.40", "5,787,838,742.30"}, {"河西区", "16,203,582,582.04", "3,670,495,693.37"}, {"云岭县", "20,018,467,212.19", "7,742,842,548.82"},
	} {
		y := 133 + 20*float64(i)
		s.Text(52, y, 8, row[0])
		s.Text(185-sheet.Width(8, row[1]), y, 8, row[1]+row[2])
	}
	want := `horizontal, 1 of 4 rows are header
|地区|合计|债券
|城东区|25,564,674,440.40|5,787,838,742.30
|河西区|16,203,582,582.04|3,670,495,693.37
|云岭县|20,018,467,212.19|7,742,842,548.82
`
	if got := grids(s); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
}

// TestDrawings: a grid without words, as recognition asks for its cells, is kept; a chart's with figures alone is not.
func TestDrawings(t *testing.T) {
	s := sheet.New(1)
	s.Ruled(sheet.Frame{X: 50, Y: 100, Widths: []float64{60, 60, 60, 60}, Row: 20}, [][]sheet.Cell{
		{sheet.One(""), sheet.One(""), sheet.One(""), sheet.One("1650.20")},
		{sheet.One(""), sheet.One("1210.50"), sheet.One(""), sheet.One("")},
		{sheet.One(""), sheet.One(""), sheet.One(""), sheet.One("")},
		{sheet.One(""), sheet.One(""), sheet.One(""), sheet.One("")},
	})
	if fragments, rest := table.Find(&s.Page, layout.Words(&s.Page, layout.Defaults()), table.Defaults()); len(fragments) != 0 || len(rest) != 2 {
		t.Errorf("%d tables and %d words left", len(fragments), len(rest))
	}
	if fragments, _ := table.Find(&s.Page, nil, table.Defaults()); len(fragments) != 1 || len(fragments[0].Cells) != 16 {
		t.Errorf("without words: %d tables", len(fragments))
	}
}

// TestRuleThatEndsShort: the rule under the header ends short of the column of names, and no rules part the rows.
func TestRuleThatEndsShort(t *testing.T) {
	s := sheet.New(1)
	s.HLine(50, 350, 100)
	s.HLine(200, 350, 120)
	s.VLine(200, 100, 200)
	for i, row := range [][2]string{{"地区", "决算数"}, {"安阳县", "71,147"}, {"林州市", "15,632"}, {"汤阴县", "44,971"}, {"滑县", "14,272"}} {
		y := 114 + 20*float64(i)
		s.Text(60, y, 9, row[0])
		s.Text(348-sheet.Width(9, row[1]), y, 9, row[1])
	}
	const want = "ruled, 1 of 5 rows are header\n|地区|决算数\n|安阳县|71,147\n|林州市|15,632\n|汤阴县|44,971\n|滑县|14,272\n"
	if got := grids(s); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}
