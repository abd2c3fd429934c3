package table

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// stroke draws a rule as a part of a letter.
func (s *sheet) stroke(x0, y0, x1, y1 float64) {
	s.Rules = append(s.Rules, model.Rule{Rect: model.Rect{X0: x0, Y0: y0, X1: x1, Y1: y1}, Width: 0.24, Color: model.Black})
}

// outline strokes a box within each glyph from n on, as bold letters are printed that are stroked over their glyphs.
func (s *sheet) outline(n int) {
	for _, g := range s.Glyphs[n:] {
		x0, x1, y0, y1 := g.Box.X0+0.1*g.Size, g.Box.X1-0.1*g.Size, g.Origin.Y-0.8*g.Size, g.Origin.Y-0.02*g.Size
		s.stroke(x0, y0, x1, y0)
		s.stroke(x0, y1, x1, y1)
		s.stroke(x0, y0, x0, y1)
		s.stroke(x1, y0, x1, y1)
	}
}

// find is the box of a text that was set.
func (s *sheet) find(text string) model.Rect {
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

func plainTable(extra func(s *sheet)) *sheet {
	s := newSheet(1)
	s.text(230, 80, 14, "部门收入总表")
	s.text(340, 98, 9, "单位：万元")
	s.ruled(frame{50, 105, columns, 24}, revenue)
	if extra != nil {
		extra(s)
	}
	return s
}

// What is drawn over, under and around words changes no table.
func TestRulesOfWords(t *testing.T) {
	want := print(tables(t, plainTable(nil)))
	for name, extra := range map[string]func(s *sheet){
		"outlines of all letters": func(s *sheet) { s.outline(0) },
		"strokes of letters over each other joined to a line": func(s *sheet) {
			for _, g := range s.Glyphs {
				s.stroke(g.Box.Center().X, g.Origin.Y-4, g.Box.Center().X, g.Origin.Y-1)
			}
			up, low := s.find("900.00"), s.find("234.56")
			s.stroke(low.X1-2, up.Y0+3, low.X1-2, low.Y1-3)
		},
		"strike-through":          func(s *sheet) { b := s.find("900.00"); s.stroke(b.X0, b.Y0+5, b.X1, b.Y0+5) },
		"underline":               func(s *sheet) { b := s.find("2080501"); s.hline(b.X0, b.X1, b.Y1) },
		"a minus beside a border": func(s *sheet) { s.hline(222, 227, 105+24*3+12) },
	} {
		if got := print(tables(t, plainTable(extra))); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}
