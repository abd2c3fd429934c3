package normalize

import (
	"fmt"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// TestPassages: notes below tables and cells that hold sentences give lines with their place; values, headers and the names of
// lines give none.
func TestPassages(t *testing.T) {
	table := drawTable("2025年重点项目支出表", "万元", 1, `
		项目     | 预算数 | 备注：共4万元 |
		堤防工程 | 12.00  | 2024年争取债券5.50万元，其中：新增债券3.50万元。
		道路，修补9万元 | 13.00 | 7万元
		桥梁     | 14.00  | 余额-3万元
		21301 水库 | 15.00 | 坝体：加固 | 安排资金6.50万元，另安排资金6.50万元。`)
	note := model.Line{Page: 1, Text: "注：不含结转资金8万元。", Box: model.Rect{X0: 10, Y0: 300, X1: 200, Y1: 312}}
	note.Words = []model.Word{{Text: note.Text, Box: note.Box}}
	table.Notes = []model.Note{{Text: note.Text, Lines: []model.Line{note}}}
	doc := &model.Document{
		Pages: []model.PageInfo{{Number: 1}}, Lines: []model.Line{{Page: 1, Text: "青禾县水务局2025年部门预算"}},
		Numbers: printed(&table), Tables: []model.Table{table},
	}
	d := Normalize(doc, Input{DocumentID: "d", FileName: "f.pdf"})
	var got []string
	for i := range d.BudgetLines {
		if l := &d.BudgetLines[i]; l.Statement == schema.Narrative {
			got = append(got, fmt.Sprintf("%s %s%s p%d (%.0f %.0f) table %d section %d", l.ItemName, l.RawText, l.RawUnit, l.Page, l.X0, l.Y0, l.TableNo, l.SectionNo))
		}
	}
	want := []string{
		"不含结转资金 8万元 p1 (142 300) table 0 section 0",
		"争取债券 5.50万元 p1 (240 125) table 0 section 0",
		"新增债券 3.50万元 p1 (240 125) table 0 section 0",
		"水库 6.50万元 p1 (340 185) table 0 section 0",
		"水库 6.50万元 p1 (340 185) table 0 section 0",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, x := range d.Diagnostics {
		if x.Code == schema.DiagUnclaimedNumber && strings.Contains(x.RawText, "5.50") {
			t.Errorf("%s: %s", x.Message, x.RawText)
		}
	}
	if !isSentence("a:b") || isSentence("1,234.50") || !isSentence("甲,乙") || isSentence("余额3万元") {
		t.Error("sentences")
	}
}

// TestPlaceIn: amounts of a cell that are printed alike have one place after the other.
func TestPlaceIn(t *testing.T) {
	cell := &model.Cell{Page: 1, Box: model.Rect{X1: 100, Y1: 20}, TextBox: model.Rect{X1: 90, Y1: 20}}
	number := func(page int, x float64) model.Number {
		return model.Number{Page: page, Text: "6.50", Box: model.Rect{X0: x, Y0: 5, X1: x + 10, Y1: 15}}
	}
	b := &builder{doc: &model.Document{Numbers: []model.Number{number(2, 10), number(1, 20), number(1, 60), number(1, 200)}}}
	next := 0
	for _, want := range []float64{20, 60, 0} {
		var box model.Rect
		if box, _, next = b.placeIn(cell, "6.50", next); box.X0 != want {
			t.Errorf("at %.0f, want %.0f", box.X0, want)
		}
	}
}
