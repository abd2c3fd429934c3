package ocr

import (
	"image"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
	"github.com/countybudget/extract/internal/testfiles"
)

// nearly tells a name that is near to what begins like it.
func nearly(prefix string) func(string) []string {
	return func(s string) []string {
		if strings.HasPrefix(s, prefix) {
			return []string{prefix}
		}
		return nil
	}
}

func TestDoubtful(t *testing.T) {
	n := &session{
		known: func(s string) bool { return s == "其他收入" },
		near:  nearly("其他"),
	}
	for _, c := range []struct {
		text  string
		sure  float32
		cell  int
		again bool
		third bool // however alike the first two are
	}{
		{"其他收入", 0.6, 0, false, true},
		{"其他收入", 0.4, 0, true, true},
		{"其他收大", 0.99, 0, true, true},
		{"其他收大", 0.99, -1, false, false},
		{"保障运转", 0.99, 0, false, false},
		{"保障运转", 0.94, 0, true, false},
		{"保障运转", 0.94, -1, false, false},
		{"保障运转", 0.80, -1, true, false},
		{"其他" + strings.Repeat("长", longName), 0.94, 0, false, false},
	} {
		p := &entry{Segment: segment.Segment{Cell: c.cell}, best: model.Reading{Text: c.text, Confidence: c.sure}}
		if got := n.doubtful(p); got != c.again {
			t.Errorf("%s, %.2f, cell %d: doubtful %v", c.text, c.sure, c.cell, got)
		}
		if got := n.mayBeName(p); got != c.third {
			t.Errorf("%s, cell %d: may be a name %v", c.text, c.cell, got)
		}
	}
	n.near = nil
	if p := (&entry{best: model.Reading{Text: "保障运转", Confidence: 0.99}}); !n.doubtful(p) {
		t.Error("where nobody tells names that are near, each may be one")
	}
}

// A third reading is left out only where the first two are equal and sure, and the text is no near miss of a name.
func TestThirdReading(t *testing.T) {
	d := testfiles.NewDrawing(t, 400, 100)
	d.Text(300, 60, "Budget")
	s := pix.Prepare(pix.GrayOf(d.Gray))
	for _, c := range []struct {
		name, first string
		sure        float32
		near        bool
		readings    int
	}{
		{"alike", "Budget", 0.9, false, 2},
		{"unlike", "Budgct", 0.9, false, 3},
		{"unsure", "Budget", 0.5, false, 3},
		{"nearly a name", "Budget", 0.9, true, 3},
	} {
		fake := &fakeRecognizer{say: func(Line, Charset) []Candidate { return []Candidate{said("Budget", 0.95, 1)} }}
		n := &session{
			ctx: t.Context(), recognizer: fake, sheet: s, em: 26,
			known: func(string) bool { return false }, near: nearly(map[bool]string{true: "", false: "no"}[c.near]),
		}
		p := &entry{Segment: segment.Segment{Box: segment.NewCutter(s.Ink, 26).Tight(s.Ink.Bounds())}}
		p.add(model.Reading{Text: c.first, Confidence: c.sure}, 1)
		if err := n.againTexts([]*entry{p}); err != nil {
			t.Fatal(err)
		}
		if got := 1 + fake.lines; got != c.readings {
			t.Errorf("%s: %d readings, %v", c.name, got, p.others)
		}
	}
}

func TestTowers(t *testing.T) {
	for _, c := range []struct {
		text    string
		heights []int
		want    bool
	}{
		{"114", []int{12, 12, 17}, true}, {"11.40", []int{12, 12, 3, 12, 12}, false}, {"112", []int{12, 12, 13}, false},
		{"(12)", []int{16, 12, 12, 16}, false}, {"12)", []int{12, 12, 16}, false}, {"14", []int{12, 17}, false},
	} {
		p := &entry{best: model.Reading{Text: c.text}}
		for _, h := range c.heights {
			p.Parts = append(p.Parts, image.Rect(0, 0, 8, h))
		}
		if got := p.towers(); got != c.want {
			t.Errorf("%s: %v", c.text, got)
		}
	}
}
