package stroke

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
)

// TestRules: which strokes of a page are left as rules. A word of 40 x 10 points stands at 100, 100.
func TestRules(t *testing.T) {
	words := []model.Word{{Text: "合计", Box: model.Rect{X0: 100, Y0: 100, X1: 140, Y1: 110}}}
	border := []lattice.Span{{At: 50, Lo: 50, Hi: 300}, {At: 250, Lo: 50, Hi: 300}}
	frame := []lattice.Span{{At: 98, Lo: 99, Hi: 111}, {At: 142, Lo: 99, Hi: 111}}
	for name, c := range map[string]struct {
		hor, ver []lattice.Span
		left     int // horizontal strokes
	}{
		"a border":             {[]lattice.Span{{At: 120, Lo: 50, Hi: 250}}, border, 1},
		"an underline":         {[]lattice.Span{{At: 111, Lo: 100, Hi: 140}}, border, 0},
		"a strike-through":     {[]lattice.Span{{At: 106, Lo: 100, Hi: 140}}, border, 0},
		"a minus sign":         {[]lattice.Span{{At: 130, Lo: 200, Hi: 206}}, border, 0},
		"longer than a word":   {[]lattice.Span{{At: 111, Lo: 60, Hi: 240}}, border, 1},
		"a frame round a word": {[]lattice.Span{{At: 99, Lo: 98, Hi: 142}, {At: 111, Lo: 98, Hi: 142}}, append(append([]lattice.Span{border[0]}, frame...), border[1]), 0},
		"a cell beside another": {[]lattice.Span{{At: 99, Lo: 98, Hi: 142}, {At: 111, Lo: 98, Hi: 142}},
			append(append([]lattice.Span{border[0]}, frame...), lattice.Span{At: 144, Lo: 90, Hi: 200}), 2},
		"no vertical rule": {[]lattice.Span{{At: 111, Lo: 100, Hi: 140}}, nil, 1},
	} {
		if got, _ := Rules(c.hor, c.ver, words, 4); len(got) != c.left {
			t.Errorf("%s: %v", name, got)
		}
	}
}
