package table_test

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/table/internal/sheet"
)

// three draws a three-line table whose amounts are broken over two lines.
func three(amounts [][3]string) *sheet.Sheet {
	s := sheet.New(1)
	s.Text(230, 80, 14, "部门支出总表")
	s.Text(340, 98, 9, "单位：元")
	s.HLine(50, 400, 105)
	s.Text(60, 118, 9, "科目编码")
	s.Text(130, 118, 9, "科目名称")
	s.Text(260, 118, 9, "合计")
	s.Text(330, 118, 9, "基本支出")
	s.HLine(50, 400, 124)
	y := 124.0
	for i, a := range amounts {
		s.Text(60, y+19, 9, []string{"208", "20805", "210", "21011", "213"}[i%5])
		s.Text(130, y+19, 9, a[0])
		for k, x := range []float64{300, 380} {
			upper, lower, two := strings.Cut(a[k+1], "/")
			if !two {
				s.Text(x-sheet.Width(9, upper), y+19, 9, upper)
				continue
			}
			s.Text(x-sheet.Width(9, upper), y+13, 9, upper)
			s.Text(x-sheet.Width(9, lower), y+24, 9, lower)
		}
		y += 30
	}
	s.HLine(50, 400, y)
	return s
}

func TestAmountsBrokenWithoutRules(t *testing.T) {
	for name, rows := range map[string][][3]string{
		"at the point":  {{"社会保障", "11915500/.00", "4906000./00"}, {"养老支出", "451200./00", "451200./00"}, {"卫生健康", "213500/.00", "213500/.00"}},
		"in the cents":  {{"社会保障", "4906000.0/0", "4906000.0/0"}, {"养老支出", "451200.0/0", "451200.0/0"}, {"卫生健康", "213500.0/0", "213500.0/0"}},
		"at the comma":  {{"社会保障", "11,915,/500.00", "4,906,/000.00"}, {"养老支出", "451,/200.00", "451,/200.00"}, {"卫生健康", "213,/500.00", "213,/500.00"}},
		"some, not all": {{"社会保障", "11915500/.00", "4906000.00"}, {"养老支出", "4512.00", "4512.00"}, {"卫生健康", "2135.00", "2135.00"}},
	} {
		found := sheet.Tables(three(rows))
		if len(found) != 1 || found[0].Rows != found[0].HeaderRows+len(rows) {
			t.Errorf("%s: %s", name, sheet.Print(found))
			continue
		}
		for i, row := range rows {
			for k := range 2 {
				c := found[0].At(found[0].HeaderRows+i, 2+k)
				if want := strings.ReplaceAll(row[k+1], "/", ""); c == nil || c.Text != want || c.UpperHalf != "" {
					t.Errorf("%s: %q, want %s", name, c.Text, want)
				}
			}
		}
	}
}

func TestTwoAmountsInOneCell(t *testing.T) {
	for _, tt := range []struct{ name, text, want, half string }{
		{"each with decimals", "1234.50/3456.00", "1234.50 3456.00", ""},
		{"broken, as the others have decimals", "12345/67.00", "1234567.00", ""},
		{"one broken or two", "123456/789", "123456789", "123456"},
		{"broken at a comma", "12,345,/678.00", "12,345,678.00", ""},
		{"the amounts of three rows", "123456/4567/78901", "123456 4567 78901", ""},
		{"far from full", "12/34", "12 34", ""},
	} {
		s := sheet.New(1)
		s.Text(230, 80, 14, "部门支出总表")
		s.Text(340, 98, 9, "单位：元")
		other := "450.00"
		if tt.half != "" {
			other = "450"
		}
		s.Ruled(sheet.Frame{X: 50, Y: 105, Widths: []float64{60, 110, 34}, Row: 36}, [][]sheet.Cell{
			{sheet.One("科目编码"), sheet.One("科目名称"), sheet.One("合计")},
			{sheet.One("208"), sheet.One("社会保障支出"), sheet.One(tt.text)},
			{sheet.One("210"), sheet.One("卫生健康支出"), sheet.One(other)},
			{sheet.One("213"), sheet.One("农林水支出"), sheet.One(other)},
		})
		found := sheet.Tables(s)
		if c := found[0].At(1, 2); c.Text != tt.want || c.UpperHalf != tt.half {
			t.Errorf("%s: %q (upper half %q), want %q (%q)", tt.name, c.Text, c.UpperHalf, tt.want, tt.half)
		}
	}
}

func TestFootnoteMarksInCells(t *testing.T) {
	s := sheet.New(1)
	s.Text(230, 80, 14, "部门支出总表")
	s.Ruled(sheet.Frame{X: 50, Y: 105, Widths: []float64{60, 110, 80}, Row: 26}, [][]sheet.Cell{
		{sheet.One("科目编码"), sheet.One("科目名称"), sheet.One("合计①")},
		{sheet.One("208*"), sheet.One("社会保障支出[1]"), sheet.One("1,089.06②")},
	})
	for i, want := range []string{"科目编码", "科目名称", "合计", "208", "社会保障支出", "1,089.06"} {
		c := sheet.Tables(s)[0].At(i/3, i%3)
		if c.Text != want || i > 1 && (c.Printed() == want || !strings.HasPrefix(c.Printed(), want)) {
			t.Errorf("%q, printed %q, want %q", c.Text, c.Printed(), want)
		}
	}
}
