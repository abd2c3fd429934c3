package extract

import (
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// The figures that went with watermarks are numbers of the document that nothing holds.
func TestCountLeftOut(t *testing.T) {
	d := &Document{
		Numbers:    []model.Number{{Page: 1, Text: "1", Held: true}, {Page: 3, Text: "3", Held: true}},
		Watermarks: []model.Watermark{{Text: "核定2.50", Pages: 1, Figures: []model.Number{{Page: 2, Text: "2.50"}}}},
	}
	countLeftOut(d)
	if len(d.Numbers) != 3 || d.Numbers[1].Text != "2.50" || d.Numbers[1].Held {
		t.Errorf("numbers %v", d.Numbers)
	}
}
