package ocr

import (
	"image"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func TestPlausible(t *testing.T) {
	for s, want := range map[string]bool{
		"0.00": true, "1234.56": true, "1,234.56": true, "-1.00": true, "(1.00)": true, "12.5%": true, "2080505": true,
		"": false, ".": false, "1..00": false, "10,66": false, "1.2.3": false, "12-4": false,
	} {
		if plausible(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestMostlyDigits(t *testing.T) {
	for s, want := range map[string]bool{"875.扫": true, "]8.28": true, "2080505": true, "2024年": false, "≥95%": false, "合计": false, "": false} {
		if mostlyDigits(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestRegrouped(t *testing.T) {
	for in, want := range map[string]string{
		"4.049,883.12": "4,049,883.12", "850.570.34": "850,570.34", "(1.234.50)": "(1,234.50)", "1,234.50": "1,234.50", "1234.50": "1234.50",
		"12.345": "12.345", "1.2.3": "1.2.3", "12.345.6789": "12.345.6789",
	} {
		if got := regrouped(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestTidy(t *testing.T) {
	for in, want := range map[string]string{
		"〈不含上年结转)": "(不含上年结转)", "〈卖〉": "〈卖〉", "财政拨款″三公”经费": "财政拨款“三公”经费", "“三公”": "“三公”", "一”二": "一”二",
		"《一)基本支出": "(一)基本支出", "《办法》(试行)": "《办法》(试行)",
	} {
		if got := tidy(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// wide is a number of a width in pixels, read as text.
func wide(text string, width int) *piece {
	return &piece{box: image.Rect(0, 0, width, 17), number: true, best: model.Reading{Text: text, Confidence: 0.95}}
}

func TestMeasure(t *testing.T) {
	var sure []*piece
	for range 6 {
		sure = append(sure, wide("2080505", 70), wide("12.34", 45), wide("123.45", 55))
	}
	m := measureOf(sure)
	if m.digit != 10 || m.point != 5 || m.places != 2 {
		t.Fatalf("%+v", m)
	}
	if r, ok := m.withPoint(wide("5140", 45), "5140"); !ok || r.Text != "51.40" {
		t.Errorf("a lost point: %v %v", r, ok)
	}
	if _, ok := m.withPoint(wide("5140", 40), "5140"); ok {
		t.Error("a point where there is no room for one")
	}
	if m.agrees(wide("48.4", 45), "48.4") || !m.agrees(wide("48.44", 45), "48.44") {
		t.Error("a digit that was lost shows in the width")
	}
}

func TestVotes(t *testing.T) {
	p := &piece{number: true}
	for _, r := range []model.Reading{{Text: "5140", Confidence: 0.9}, {Text: "51.40", Confidence: 0.7}, {Text: "51..40", Confidence: 0.99}} {
		p.add(r, 1)
	}
	if p.best.Text != "51.40" {
		t.Errorf("best of %v: %v", p.others, p.best)
	}
}

func TestCharacters(t *testing.T) {
	g := newGrid(t, 8, 4, seeded())
	s := Prepare(g.Gray)
	s.erase(s.Lines())
	c := &cutter{s.ink, 20, gapDark}
	for r, row := range g.amounts {
		for k, text := range row {
			b := c.tight(image.Rect(g.xs[k]+4, g.ys[r]+4, g.xs[k+1]-4, g.ys[r+1]-4))
			for _, gaps := range []bool{true, false} {
				if parts := c.characters(b, typeface{dark: gapDark, gaps: gaps}); len(parts) != len(text) {
					t.Errorf("%s: %d characters (gaps %v)", text, len(parts), gaps)
				}
			}
		}
	}
}

func TestColumnThatLostAllPoints(t *testing.T) {
	var sure []*piece
	for range 6 {
		sure = append(sure, wide("2080505", 70), wide("12.34", 45), wide("123.45", 55))
	}
	m := measureOf(sure)
	for name, c := range map[string]struct {
		widths []int
		want   bool
	}{
		"amounts":            {[]int{35, 36, 34}, true},
		"counts":             {[]int{30, 30, 31}, false},
		"one without room":   {[]int{35, 30, 35}, false},
		"a number by itself": {[]int{35}, false},
	} {
		n := &session{columns: columnsOf([]image.Rectangle{image.Rect(0, 0, 60, 20)})}
		for _, w := range c.widths {
			n.pieces = append(n.pieces, *wide("132", w))
		}
		if got := n.pointless(&n.pieces[0], m); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
