package normalize

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// printed gives the cells of a table boxes on its page, a row 20 points high and a column 100 points wide, and lists the numbers
// in them. A number has the box of its cell's middle.
func printed(t *model.Table) []model.Number {
	var out []model.Number
	for i := range t.Cells {
		c := &t.Cells[i]
		c.Box = model.Rect{X0: 100 * float64(c.Col), Y0: 100 + 20*float64(c.Row), X1: 100 * float64(c.Col+c.ColSpan), Y1: 100 + 20*float64(c.Row+c.RowSpan)}
		for _, text := range strings.FieldsFunc(c.Text, func(r rune) bool { return !strings.ContainsRune("0123456789.,", r) }) {
			n := model.Number{Page: 1, Text: text, Held: true, Year: strings.Contains(c.Text, text+"年")}
			n.Box = model.Rect{X0: c.Box.X0 + 40, Y0: c.Box.Y0 + 5, X1: c.Box.X0 + 60, Y1: c.Box.Y0 + 15}
			out = append(out, n)
		}
	}
	return out
}

// TestClaimedNumbers: a row claims the numbers it carries; codes, years, row and column numbers are claimed by their place. A
// cell without a row, a percentage, a number in the text claim nothing.
func TestClaimedNumbers(t *testing.T) {
	table := drawTable("2025年部门支出总表", "万元", 2, `
		序号|科目编码|科目名称|2025年预算数|增长率%|备注
		1|2|3|4|5|6
		1|208|社会保障和就业支出|45.12|3.50|
		2|210|2024年卫生健康项目|21.35|-1.20|12人
		3|213|农林水支出||9.99|
		4|214|交通运输支出|12.30 45.60|8.88|`)
	doc := &model.Document{
		Pages: []model.PageInfo{{Number: 1}}, Lines: []model.Line{{Page: 1, Text: "青禾县水务局2025年部门预算"}},
		Numbers: printed(&table), Tables: []model.Table{table},
	}
	box := func(y float64) model.Rect { return model.Rect{X0: 50, Y0: y, X1: 70, Y1: y + 10} }
	doc.Numbers = append(doc.Numbers,
		model.Number{Page: 1, Text: "31", Box: box(500), Held: true},
		model.Number{Page: 1, Text: "77.50", Box: box(520)})
	d := Normalize(doc, Input{DocumentID: "d", FileName: "f.pdf"})
	if len(d.BudgetLines) != 2 {
		t.Fatalf("%d lines", len(d.BudgetLines))
	}
	var got []string
	for _, x := range d.Diagnostics {
		if x.Code == schema.DiagUnclaimedNumber {
			got = append(got, string(x.Severity)+" "+x.Message+" "+x.RawText)
		}
	}
	want := []string{
		"info table 1, column 5 (增长率%): 4 numbers that no row carries 3.50 1.20 9.99 8.88",
		"info table 1, column 6 (备注): a number that no row carries 12",
		"warning table 1, column 4 (2025年预算数): 2 numbers that no row carries 12.30 45.60",
		"info the text of page 1: a number that no row carries 31",
		"warning a number that no table and no sentence holds 77.50",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if left := d.Document.NumbersTotal - d.Document.NumbersClaimed; left != 9 || d.Document.Status != schema.StatusOK {
		t.Errorf("%d of %d claimed, %s", d.Document.NumbersClaimed, d.Document.NumbersTotal, d.Document.Status)
	}
}

// TestMostFiguresLost: a document of whose tables a good part gave no rows is not ok.
func TestMostFiguresLost(t *testing.T) {
	table := drawTable("2025年部门支出总表", "万元", 1, `
		科目编码|科目名称|合计
		208|社会保障和就业支出|45.12
		210|卫生健康支出|1.00 2.00 3.00 4.00 5.00`)
	doc := &model.Document{Pages: []model.PageInfo{{Number: 1}}, Numbers: printed(&table), Tables: []model.Table{table}}
	d := Normalize(doc, Input{DocumentID: "d", FileName: "f.pdf"})
	if d.Document.Status != schema.StatusPartial || !strings.HasPrefix(d.Document.Error, "5 of 6 figures") || len(d.BudgetLines) != 1 {
		t.Errorf("%s: %s", d.Document.Status, d.Document.Error)
	}
}

// A watermark that took figures with it is a warning, with the place of the first.
func TestFiguresOfWatermarks(t *testing.T) {
	doc := &model.Document{
		Pages: []model.PageInfo{{Number: 1}},
		Watermarks: []model.Watermark{
			{Text: "内部资料", Pages: 1}, {Text: "核定2.50", Pages: 1, Figures: []model.Number{{Page: 1, Text: "2.50"}}},
		},
	}
	var got []string
	for _, x := range Normalize(doc, Input{DocumentID: "d", FileName: "f.pdf"}).Diagnostics {
		if x.Code == schema.DiagWatermarkRemoved {
			got = append(got, string(x.Severity)+" "+x.RawText)
		}
	}
	if strings.Join(got, ", ") != "info 内部资料, warning 核定2.50" {
		t.Errorf("got %q", got)
	}
}
