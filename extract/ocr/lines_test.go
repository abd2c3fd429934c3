package ocr

import (
	"image"
	"math"
	"testing"
)

// near reports whether lines of the direction stand at the places, and no others.
func near(lines []Line, vertical bool, places []int, length float64) bool {
	found := map[int]bool{}
	for i := range lines {
		l := &lines[i]
		if l.vertical() != vertical {
			continue
		}
		at, long := l.Y0, l.X1-l.X0
		if vertical {
			at, long = l.X0, l.Y1-l.Y0
		}
		for k, p := range places {
			if math.Abs(at-float64(p)) <= 3 && long > 0.9*length {
				found[k] = true
			}
		}
	}
	return len(found) == len(places)
}

func TestLinesOfAGrid(t *testing.T) {
	g := newGrid(t, 14, 5, seeded())
	width, height := float64(g.xs[5]-g.xs[0]), float64(g.ys[14]-g.ys[0])
	lines := Prepare(worn(g.Gray, 0.7, seeded())).Lines()
	if !near(lines, false, g.ys, width) || !near(lines, true, g.xs, height) {
		t.Errorf("a worn grid of %d × %d: %v", len(g.ys), len(g.xs), lines)
	}
	if len(lines) != len(g.xs)+len(g.ys) {
		t.Errorf("%d lines, want %d", len(lines), len(g.xs)+len(g.ys))
	}
}

func TestFaintAndBrokenLines(t *testing.T) {
	g := newGrid(t, 14, 5, seeded())
	y := g.ys[3]
	g.box(image.Rect(g.xs[0], y-2, g.xs[5], y+2), 255)
	g.box(image.Rect(g.xs[0], y, g.xs[5], y+1), 170) // a hairline
	for x := g.xs[0] + 20; x < g.xs[5]; x += 37 {
		g.box(image.Rect(x, y-2, x+2, y+3), 255)
	}
	lines := Prepare(worn(g.Gray, -0.3, seeded())).Lines()
	if !near(lines, false, g.ys[3:4], float64(g.xs[5]-g.xs[0])) {
		t.Errorf("the faint line is missing: %v", lines)
	}
}

func TestStrokesAreNoLines(t *testing.T) {
	d := newDrawing(t, 900, 600)
	for y := 60; y < 560; y += 40 {
		d.text(860, y, "1111.17 EEEE HHHH 1111111")
	}
	if lines := Prepare(d.Gray).Lines(); len(lines) != 0 {
		t.Errorf("lines in plain text: %v", lines)
	}
}

func TestErase(t *testing.T) {
	g := newGrid(t, 14, 5, seeded())
	s := Prepare(g.Gray)
	s.erase(s.Lines())
	for _, y := range g.ys {
		dark := 0
		for _, v := range s.ink.row(y)[g.xs[0]:g.xs[5]] {
			if v < 128 {
				dark++
			}
		}
		if dark > 10 {
			t.Errorf("row %d: %d dark pixels are left of the line", y, dark)
		}
	}
}
