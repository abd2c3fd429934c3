package segment

import (
	"image"
	"math"
	"testing"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// dotted draws a horizontal rule of which only dashes and dots are left.
func dotted(r *pix.Raster, x0, x1, y int) {
	for x := x0; x < x1; x += 60 {
		r.Fill(image.Rect(x, y, min(x+25, x1), y+2), 0)
		for d := 30; d < 50; d += 6 {
			r.Fill(image.Rect(x+d, y, x+d+2, y+2), 0)
		}
	}
}

func brokenSettings() (ruleSettings, breaks) {
	set := ruleSettings{em: 20, dark: 200, least: 24, free: 160, gap: 3, thick: 7}
	return set, breaks{slip: 2, share: chainShare, far: 120, near: 18, dash: 10}
}

func TestBrokenRulesAreJoined(t *testing.T) {
	set, gaps := brokenSettings()
	r := pix.Blank(900, 400)
	dotted(r, 100, 800, 50)
	r.Fill(image.Rect(100, 150, 400, 152), 0) // one in two whole pieces
	r.Fill(image.Rect(412, 150, 800, 152), 0)
	for x := 100; x < 800; x += 12 { // the dots of a leader are no rule
		r.Fill(image.Rect(x, 250, x+3, 253), 0)
	}
	r.Fill(image.Rect(400, 350, 700, 352), 0) // one with specks in line with it
	r.Fill(image.Rect(300, 350, 303, 353), 0)
	r.Fill(image.Rect(345, 350, 348, 353), 0)
	r.Fill(image.Rect(240, 350, 243, 353), 0)
	r.Fill(image.Rect(205, 350, 208, 353), 0)
	got := mended(r, straight(r, set), set, gaps)
	want := [][3]float64{{51, 100, 800}, {151, 100, 800}, {351, 400, 700}}
	if len(got) != len(want) {
		t.Fatalf("%d rules, not %d: %v", len(got), len(want), got)
	}
	for _, w := range want {
		found := false
		for _, l := range got {
			found = found || math.Abs(l.Y0-w[0]) <= 2 && math.Abs(l.X0-w[1]) <= 4 && math.Abs(l.X1-w[2]) <= 30
		}
		if !found {
			t.Errorf("no rule at %v from %v to %v: %v", w[0], w[1], w[2], got)
		}
	}
}

// The columns of a table without rules are cut at its gutters, where they are no farther apart than words are.
func TestGuttersPartColumns(t *testing.T) {
	const em = 30
	ink := pix.Blank(800, 900)
	line := func(x, y, n int) {
		for i := range n {
			ink.Fill(image.Rect(x+32*i, y, x+32*i+28, y+em), 0)
		}
	}
	for row := range 12 {
		line(100, 100+60*row, 4)
		line(246, 100+60*row, 3)
	}
	line(100, 20, 2) // a title with space between its characters
	line(186, 20, 2)
	c := NewCutter(ink, em)
	if got := c.stretches(image.Rect(0, 400, 800, 430), true); len(got) != 2 {
		t.Errorf("%d texts on a line of two columns", len(got))
	}
	if got := c.stretches(image.Rect(0, 400, 800, 430), false); len(got) != 1 {
		t.Errorf("%d texts on a line of a cell", len(got))
	}
	if got := c.stretches(image.Rect(0, 20, 800, 50), true); len(got) != 1 {
		t.Errorf("%d texts in the title", len(got))
	}
}
