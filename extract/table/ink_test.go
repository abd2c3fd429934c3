package table_test

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/internal/sheet"
)

// stroke draws a rule as a part of a letter.
func stroke(s *sheet.Sheet, x0, y0, x1, y1 float64) {
	s.Rules = append(s.Rules, model.Rule{Rect: model.Rect{X0: x0, Y0: y0, X1: x1, Y1: y1}, Width: 0.24, Color: model.Black})
}

// outline strokes a box within each glyph from n on, as bold letters are printed that are stroked over their glyphs.
func outline(s *sheet.Sheet, n int) {
	for _, g := range s.Glyphs[n:] {
		x0, x1, y0, y1 := g.Box.X0+0.1*g.Size, g.Box.X1-0.1*g.Size, g.Origin.Y-0.8*g.Size, g.Origin.Y-0.02*g.Size
		stroke(s, x0, y0, x1, y0)
		stroke(s, x0, y1, x1, y1)
		stroke(s, x0, y0, x0, y1)
		stroke(s, x1, y0, x1, y1)
	}
}

// find is the box of a text that was set.
func find(s *sheet.Sheet, text string) model.Rect {
	for i := range s.Glyphs {
		box := model.Rect{}
		for k, r := range []rune(text) {
			if i+k >= len(s.Glyphs) || s.Glyphs[i+k].Text != string(r) {
				box = model.Rect{}
				break
			}
			box = box.Union(s.Glyphs[i+k].Box)
		}
		if box != (model.Rect{}) {
			return box
		}
	}
	panic("not set: " + text)
}

func plainTable(extra func(s *sheet.Sheet)) *sheet.Sheet {
	s := sheet.New(1)
	s.Text(230, 80, 14, "部门收入总表")
	s.Text(340, 98, 9, "单位：万元")
	s.Ruled(sheet.Frame{X: 50, Y: 105, Widths: columns, Row: 24}, revenue)
	if extra != nil {
		extra(s)
	}
	return s
}

// What is drawn over, under and around words changes no table.
func TestRulesOfWords(t *testing.T) {
	want := sheet.Print(sheet.Tables(plainTable(nil)))
	for name, extra := range map[string]func(s *sheet.Sheet){
		"outlines of all letters": func(s *sheet.Sheet) { outline(s, 0) },
		"strokes of letters over each other joined to a line": func(s *sheet.Sheet) {
			for _, g := range s.Glyphs {
				stroke(s, g.Box.Center().X, g.Origin.Y-4, g.Box.Center().X, g.Origin.Y-1)
			}
			up, low := find(s, "900.00"), find(s, "234.56")
			stroke(s, low.X1-2, up.Y0+3, low.X1-2, low.Y1-3)
		},
		"strike-through":          func(s *sheet.Sheet) { b := find(s, "900.00"); stroke(s, b.X0, b.Y0+5, b.X1, b.Y0+5) },
		"underline":               func(s *sheet.Sheet) { b := find(s, "2080501"); s.HLine(b.X0, b.X1, b.Y1) },
		"a minus beside a border": func(s *sheet.Sheet) { s.HLine(222, 227, 105+24*3+12) },
	} {
		if got := sheet.Print(sheet.Tables(plainTable(extra))); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}
