package pdfium

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func TestRules(t *testing.T) {
	black := model.Black
	gray := model.Color{R: 128, G: 128, B: 128, Alpha: 255}
	line := func(kind model.RuleKind, width float64, c model.Color, x0, y0, x1, y1 float64) model.Rule {
		return model.Rule{Rect: model.Rect{X0: x0, Y0: y0, X1: x1, Y1: y1}, Width: width, Color: c, Kind: kind}
	}
	tests := []struct {
		name, content string
		want          []model.Rule
	}{
		{"segments", "0.5 w 10 100 m 110 100 l 110 50 l S", []model.Rule{
			line(model.RuleStroke, 0.5, black, 10, 200, 110, 200), line(model.RuleStroke, 0.5, black, 110, 200, 110, 250)}},
		{"stroked rectangle", "1 w 10 50 100 50 re S", []model.Rule{
			line(model.RuleStroke, 1, black, 10, 250, 110, 250), line(model.RuleStroke, 1, black, 110, 200, 110, 250),
			line(model.RuleStroke, 1, black, 10, 200, 110, 200), line(model.RuleStroke, 1, black, 10, 200, 10, 250)}},
		{"scaled", "0.1 0 0 0.1 0 0 cm 5 w 100 1000 m 1100 1000 l S",
			[]model.Rule{line(model.RuleStroke, 0.5, black, 10, 200, 110, 200)}},
		{"thin fills", "10 100 100 0.5 re 10 50 0.5 50 re f", []model.Rule{
			line(model.RuleFill, 0.5, black, 10, 199.75, 110, 199.75), line(model.RuleFill, 0.5, black, 10.25, 200, 10.25, 250)}},
		{"shading", "0.5 g 10 50 100 50 re f", []model.Rule{
			line(model.RuleEdge, 0, gray, 10, 200, 110, 200), line(model.RuleEdge, 0, gray, 10, 250, 110, 250),
			line(model.RuleEdge, 0, gray, 10, 200, 10, 250), line(model.RuleEdge, 0, gray, 110, 200, 110, 250)}},
		{"clipped", "50 0 20 300 re W n 1 w 10 100 m 110 100 l S",
			[]model.Rule{line(model.RuleStroke, 1, black, 50, 200, 70, 200)}},
		{"thick short line", "40 w 10 100 m 12 100 l S", []model.Rule{line(model.RuleFill, 2, black, 11, 180, 11, 220)}},
		{"white fill", "1 g 10 50 100 50 re f", nil},
		{"background", "0.5 g 0 0 400 300 re f", nil},
		{"oblique", "10 10 m 100 100 l S", nil},
		{"curve", "10 10 m 20 20 30 20 40 10 c S", nil},
		{"transparent", "/N gs 10 100 m 110 100 l S", nil},
		{"only clips", "10 100 100 0.5 re W n", nil},
		{"no length", "10 10 m 10 10 l S 10 10 m 10.1 10 l S", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := readTest(t, onePage("", "/ExtGState<</N<</CA 0>>>>", test.content))
			if len(p.Rules) != len(test.want) {
				t.Fatalf("%d rules: %+v", len(p.Rules), p.Rules)
			}
			for i, got := range p.Rules {
				want := test.want[i]
				if !nearRect(got.Rect, want.Rect) || !near1(got.Width, want.Width) || got.Kind != want.Kind || !sameColor(got.Color, want.Color) {
					t.Errorf("rule %d: %+v, want %+v", i, got, want)
				}
				if got.X0 != got.X1 && got.Y0 != got.Y1 {
					t.Errorf("rule %d is not straight: %+v", i, got)
				}
			}
		})
	}
}

// sameColor allows for rounding.
func sameColor(a, b model.Color) bool {
	off := func(x, y uint8) bool { return int(x)-int(y) > 1 || int(y)-int(x) > 1 }
	return !off(a.R, b.R) && !off(a.G, b.G) && !off(a.B, b.B) && !off(a.Alpha, b.Alpha)
}

// The rules of a page that is turned are those one sees.
func TestRulesOfTurnedPage(t *testing.T) {
	p := readTest(t, onePage("/Rotate 90", "", "1 w 100 50 m 100 250 l S"))
	want := model.Rect{X0: 50, Y0: 100, X1: 250, Y1: 100}
	if len(p.Rules) != 1 || !nearRect(p.Rules[0].Rect, want) || p.Width != 300 || p.Rotate != 90 {
		t.Errorf("rules %+v of a page %v wide", p.Rules, p.Width)
	}
}
