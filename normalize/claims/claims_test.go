package claims

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// drawn is a document of one table on page 1, a row 20 points high and a column 100 points wide, the first row its header; every
// number of a cell is listed, with the box of its cell's middle.
func drawn(rows ...string) *model.Document {
	t := model.Table{No: 1, Title: "表", FirstPage: 1, LastPage: 1, TitleBox: box(0, 50)}
	doc := &model.Document{}
	for r, row := range rows {
		for k, text := range strings.Split(row, "|") {
			c := model.Cell{Row: r, Col: k, RowSpan: 1, ColSpan: 1, Text: text, Page: 1, IsHeader: r == 0}
			c.Box = model.Rect{X0: 100 * float64(k), Y0: 100 + 20*float64(r), X1: 100 * float64(k+1), Y1: 120 + 20*float64(r)}
			t.Cells = append(t.Cells, c)
			for _, n := range strings.FieldsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789.,", r) }) {
				at := model.Rect{X0: c.Box.X0 + 40, Y0: c.Box.Y0 + 5, X1: c.Box.X0 + 60, Y1: c.Box.Y0 + 15}
				doc.Numbers = append(doc.Numbers, model.Number{Page: 1, Text: n, Box: at, Held: true})
			}
		}
	}
	doc.Tables = []model.Table{t}
	return doc
}

func box(x, y float64) model.Rect { return model.Rect{X0: x, Y0: y, X1: x + 20, Y1: y + 10} }

// cell is a cell of the document's table, which has cols columns.
func cell(doc *model.Document, cols, row, col int) *model.Cell {
	return &doc.Tables[0].Cells[row*cols+col]
}

// told is the diagnostics in short.
func told(n Count) string {
	var out []string
	for _, d := range n.Diagnostics {
		out = append(out, string(d.Severity)+" "+d.Message+" "+d.RawText)
	}
	return strings.Join(out, "\n")
}

// Cells of lines that are kept, codes and column numbers are claimed; a code's cell with decimals, an amount without its line,
// and numbers in the text and outside are not.
func TestCells(t *testing.T) {
	doc := drawn("编码1|名称|金额2", "208|甲|45.12", "2.5|乙|9.99", "213|丙3|7.77")
	doc.Numbers = append(doc.Numbers,
		model.Number{Page: 1, Text: "31", Box: box(50, 500), Held: true},
		model.Number{Page: 1, Text: "77.50", Box: box(50, 520)})
	c := New()
	c.Describe(1, 2, Column{Header: "金额", Values: true, Money: true})
	c.Mark(cell(doc, 3, 0, 0))
	for r := 1; r <= 3; r++ {
		c.Code(cell(doc, 3, r, 0))
	}
	kept := schema.BudgetLine{LineID: "a", TableNo: 1, Row: 1, Col: 2}
	c.Line(&kept, cell(doc, 3, 1, 2), nil)
	named := schema.BudgetLine{LineID: "b", TableNo: 1, Row: 3, Col: 2}
	c.Line(&named, cell(doc, 3, 3, 2), map[*model.Cell]bool{cell(doc, 3, 3, 1): true})
	dropped := schema.BudgetLine{LineID: "c", TableNo: 1, Row: 2, Col: 2}
	c.Line(&dropped, cell(doc, 3, 2, 2), nil)
	if of := c.CellsOfLines(); len(of) != 4 || !of[cell(doc, 3, 3, 1)] {
		t.Errorf("lines are made of %d cells", len(of))
	}
	n := c.Count(doc, &schema.Disclosure{BudgetLines: []schema.BudgetLine{kept, named}}, "")
	want := `warning table 1, column 3 (金额): 2 numbers that no row carries 2 9.99
info table 1, column 1: a number that no row carries 2.5
info the text of page 1: a number that no row carries 31
warning a number that no table and no sentence holds 77.50`
	if got := told(n); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if n.Total != 11 || n.Claimed != 6 || n.Amounts != 4 || n.Missing != 2 {
		t.Errorf("got %d of %d numbers, %d of %d amounts missing", n.Claimed, n.Total, n.Missing, n.Amounts)
	}
}

// A number of the text is claimed where a line that is kept has its amount; a cell of a form where its project is kept.
func TestTextAndForms(t *testing.T) {
	doc := drawn("目标|90", "指标|80")
	doc.Numbers = append(doc.Numbers,
		model.Number{Page: 1, Text: "1.00", Box: box(50, 500), Held: true},
		model.Number{Page: 1, Text: "2.00", Box: box(50, 520), Held: true},
		model.Number{Page: 2, Text: "1.00", Box: box(50, 500), Held: true})
	c := New()
	c.Form(1, cell(doc, 2, 0, 1))
	c.Form(2, cell(doc, 2, 1, 1))
	c.Sentence("kept", 1, box(50, 500))
	c.Sentence("dropped", 1, box(50, 520))
	n := c.Count(doc, &schema.Disclosure{BudgetLines: []schema.BudgetLine{{LineID: "kept"}}, Projects: []schema.PerformanceProject{{ProjectNo: 1}}}, "")
	want := `info table 1, column 2: a number that no row carries 80
info the text of page 1: a number that no row carries 2.00
info the text of page 2: a number that no row carries 1.00`
	if got := told(n); got != want || n.Claimed != 2 {
		t.Errorf("%d claimed, got\n%s\nwant\n%s", n.Claimed, got, want)
	}
}

// An amount of a table's column that a sentence of its cell gave is in a row.
func TestSentenceInColumn(t *testing.T) {
	doc := drawn("项目|金额", "甲|安排45.12万元", "乙|9.99")
	c := New()
	c.Describe(1, 1, Column{Header: "金额", Values: true, Money: true})
	c.Sentence("a", 1, doc.Numbers[0].Box)
	n := c.Count(doc, &schema.Disclosure{BudgetLines: []schema.BudgetLine{{LineID: "a"}}}, "")
	if n.Claimed != 1 || n.Amounts != 2 || n.Missing != 1 {
		t.Errorf("got %d of %d numbers, %d of %d amounts missing:\n%s", n.Claimed, n.Total, n.Missing, n.Amounts, told(n))
	}
}

// Above a table its title, the code of the department and the number of the form are claimed; on its next page a header that is
// printed again is claimed as the first one was.
func TestAboveTables(t *testing.T) {
	doc := drawn("科目1|金额2", "甲|5.00")
	table := &doc.Tables[0]
	table.LastPage, table.FormNo = 2, "预算07表"
	next := model.Cell{Row: 2, Col: 1, RowSpan: 1, ColSpan: 1, Text: "", Page: 2, Box: model.Rect{X0: 100, Y0: 140, X1: 200, Y1: 160}}
	table.Cells = append(table.Cells, next)
	doc.Numbers = append(doc.Numbers,
		model.Number{Page: 1, Text: "2024", Box: box(5, 50), Held: true},
		model.Number{Page: 1, Text: "07", Box: box(150, 80), Held: true},
		model.Number{Page: 1, Text: "201001", Box: box(200, 80), Held: true},
		model.Number{Page: 1, Text: "201002", Box: box(250, 80), Held: true},
		model.Number{Page: 2, Text: "1", Box: box(40, 105), Held: true},
		model.Number{Page: 2, Text: "2", Box: box(140, 105), Held: true})
	c := New()
	c.Mark(cell(doc, 2, 0, 0))
	line := schema.BudgetLine{TableNo: 1, Row: 1, Col: 1}
	c.Line(&line, cell(doc, 2, 1, 1), nil)
	n := c.Count(doc, &schema.Disclosure{BudgetLines: []schema.BudgetLine{line}}, "201001")
	want := `info table 1, column 2: a number that no row carries 2
info the text of page 1: a number that no row carries 201002
info table 1: a number that no row carries 2`
	if got := told(n); got != want || n.Claimed != 6 {
		t.Errorf("%d claimed, got\n%s\nwant\n%s", n.Claimed, got, want)
	}
}

// Of one page at most 20 numbers outside tables and sentences are reported one by one.
func TestManyLostNumbers(t *testing.T) {
	doc := &model.Document{}
	for i := range 23 {
		doc.Numbers = append(doc.Numbers, model.Number{Page: 1, Text: "1.00", Box: box(50, 20*float64(i))})
	}
	n := New().Count(doc, &schema.Disclosure{}, "")
	if len(n.Diagnostics) != 21 || n.Diagnostics[20].Message != "page 1 outside tables and sentences: 3 numbers that no row carries" {
		t.Errorf("%d diagnostics:\n%s", len(n.Diagnostics), told(n))
	}
}

func TestPartial(t *testing.T) {
	for _, c := range []struct {
		missing, amounts int
		want             bool
	}{{0, 0, false}, {4, 4, false}, {5, 5, true}, {5, 50, true}, {5, 51, false}} {
		if n := (Count{Missing: c.missing, Amounts: c.amounts}); n.Partial() != c.want {
			t.Errorf("%d of %d missing: %v", c.missing, c.amounts, n.Partial())
		}
	}
}
