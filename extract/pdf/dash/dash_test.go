package dash

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func rule(x0, y0, x1, y1, width float64, kind model.RuleKind) model.Rule {
	return model.Rule{Rect: model.Rect{X0: x0, Y0: y0, X1: x1, Y1: y1}, Width: width, Kind: kind}
}

// run is n short rules, or squares, from a place on.
func run(x, y, dx, dy, length float64, n int, kind model.RuleKind) []model.Rule {
	var out []model.Rule
	for i := range n {
		at := float64(i)
		r := rule(x+at*dx, y+at*dy, x+at*dx+length, y+at*dy, 0.5, kind)
		if dy != 0 && length != 0.5 {
			r.Rect = model.Rect{X0: x, Y0: y + at*dy, X1: x, Y1: y + at*dy + length}
		}
		out = append(out, r)
	}
	return out
}

func TestJoin(t *testing.T) {
	const stroke, fill, edge = model.RuleStroke, model.RuleFill, model.RuleEdge
	other := run(10, 50, 4, 0, 2, 6, stroke)
	other[3].Color = model.Color{R: 1}
	for name, c := range map[string]struct {
		rules []model.Rule
		want  int
		first model.Rect
	}{
		"dashes across":            {run(10, 50, 4, 0, 2, 20, stroke), 1, model.Rect{X0: 10, Y0: 50, X1: 88, Y1: 50}},
		"dashes down":              {run(10, 50, 0, 4, 2, 20, stroke), 1, model.Rect{X0: 10, Y0: 50, X1: 10, Y1: 128}},
		"squares down":             {run(9.75, 50, 0, 2, 0.5, 20, fill), 1, model.Rect{X0: 10, Y0: 49.75, X1: 10, Y1: 88.25}},
		"three are no run":         {run(10, 50, 4, 0, 2, 3, stroke), 3, model.Rect{X0: 10, Y0: 50, X1: 12, Y1: 50}},
		"long ones stay apart":     {run(10, 50, 12, 0, 10, 6, stroke), 6, model.Rect{X0: 10, Y0: 50, X1: 20, Y1: 50}},
		"wide gaps stay apart":     {run(10, 50, 10, 0, 2, 6, stroke), 6, model.Rect{X0: 10, Y0: 50, X1: 12, Y1: 50}},
		"edges of areas":           {run(10, 50, 4, 0, 2, 6, edge), 6, model.Rect{X0: 10, Y0: 50, X1: 12, Y1: 50}},
		"another colour ends them": {other, 6, model.Rect{X0: 10, Y0: 50, X1: 12, Y1: 50}},
	} {
		got := Join(c.rules)
		if len(got) != c.want || got[0].Rect != c.first {
			t.Errorf("%s: %d rules, the first %v, want %d, %v", name, len(got), got[0].Rect, c.want, c.first)
		}
	}
}
