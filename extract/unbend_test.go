package extract

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// shifted is a bend that moves everything by 10 points to the right, and the lower half of the page by 5 downwards.
func shifted() *model.Bend {
	b := &model.Bend{Cols: 2, Rows: 3, Step: 100}
	for j := range 3 {
		for i := range 2 {
			b.At = append(b.At, model.Point{X: float64(100*i) + 10, Y: float64(100*j) + 5*float64(j/2)})
		}
	}
	return b
}

func TestUnbend(t *testing.T) {
	at := model.Rect{X0: 10, Y0: 20, X1: 30, Y1: 40}
	want := model.Rect{X0: 20, Y0: 20, X1: 40, Y1: 40}
	pages := []*model.Page{
		{Number: 1, Bend: shifted(), Glyphs: []model.Glyph{
			{Box: at, Origin: model.Point{X: 10, Y: 40}, Source: model.SourceOCR}, {Box: at, Source: model.SourceText},
		}, Rules: []model.Rule{{Rect: model.Rect{X0: 0, Y0: 50, X1: 90, Y1: 50}, Kind: model.RuleImage}}},
		{Number: 2},
	}
	words := []model.Word{{Box: at, Source: model.SourceOCR}}
	cell := func(page int) model.Cell {
		return model.Cell{Page: page, Box: at, TextBox: at, Source: model.SourceOCR}
	}
	empty := model.Cell{Page: 1, Box: at, Source: model.SourceText}
	d := &Document{
		Lines:    []model.Line{{Page: 1, Box: at, Words: words}, {Page: 2, Box: at}},
		Sections: []model.Section{{Lines: []model.Line{{Page: 1, Box: at, Words: words}}}},
		Tables: []model.Table{{
			FirstPage: 1, TitleBox: at, Source: model.SourceOCR, Cells: []model.Cell{cell(1), cell(2), empty},
			Notes: []model.Note{{Lines: []model.Line{{Page: 1, Box: at}}}},
		}},
		Numbers: []model.Number{{Page: 1, Box: at}, {Page: 2, Box: at}},
	}
	unbend(d, pages)
	table := &d.Tables[0]
	for name, got := range map[string]model.Rect{
		"line": d.Lines[0].Box, "line of a section": d.Sections[0].Lines[0].Box, "word": words[0].Box, "title": table.TitleBox,
		"cell": table.Cells[0].Box, "its text": table.Cells[0].TextBox, "empty cell": table.Cells[2].Box, "note": table.Notes[0].Lines[0].Box,
		"number": d.Numbers[0].Box, "glyph": pages[0].Glyphs[0].Box,
	} {
		if got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	for name, got := range map[string]model.Rect{
		"line of another page": d.Lines[1].Box, "cell of another page": table.Cells[1].Box, "number of another page": d.Numbers[1].Box,
		"glyph of the text layer": pages[0].Glyphs[1].Box,
	} {
		if got != at {
			t.Errorf("%s: moved to %v", name, got)
		}
	}
	if table.Cells[2].TextBox != (model.Rect{}) {
		t.Errorf("the text of an empty cell: %v", table.Cells[2].TextBox)
	}
	if r := pages[0].Rules[0]; !r.Horizontal() || r.X0 != 10 || r.X1 != 100 {
		t.Errorf("rule %v", r.Rect)
	}
	if p := pages[0].Bend.Point(model.Point{X: 50, Y: 200}); p != (model.Point{X: 60, Y: 205}) {
		t.Errorf("the lower edge: %v", p)
	}
}
