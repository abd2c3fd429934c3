package segment

import (
	"image"
	"math"
	"testing"

	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/internal/testfiles"
)

// near reports whether lines of the direction stand at the places, and no others.
func near(lines []Rule, vertical bool, places []int, length float64) bool {
	found := map[int]bool{}
	for i := range lines {
		l := &lines[i]
		if l.Vertical() != vertical {
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
	g := testfiles.NewGrid(t, 14, 5, testfiles.Seeded())
	width, height := float64(g.Xs[5]-g.Xs[0]), float64(g.Ys[14]-g.Ys[0])
	lines := Rules(pix.Prepare(pix.GrayOf(testfiles.Worn(g.Gray, 0.7, testfiles.Seeded()))))
	if !near(lines, false, g.Ys, width) || !near(lines, true, g.Xs, height) {
		t.Errorf("a worn grid of %d × %d: %v", len(g.Ys), len(g.Xs), lines)
	}
	if len(lines) != len(g.Xs)+len(g.Ys) {
		t.Errorf("%d lines, want %d", len(lines), len(g.Xs)+len(g.Ys))
	}
}

func TestFaintAndBrokenLines(t *testing.T) {
	g := testfiles.NewGrid(t, 14, 5, testfiles.Seeded())
	y := g.Ys[3]
	g.Box(image.Rect(g.Xs[0], y-2, g.Xs[5], y+2), 255)
	g.Box(image.Rect(g.Xs[0], y, g.Xs[5], y+1), 170) // a hairline
	for x := g.Xs[0] + 20; x < g.Xs[5]; x += 37 {
		g.Box(image.Rect(x, y-2, x+2, y+3), 255)
	}
	lines := Rules(pix.Prepare(pix.GrayOf(testfiles.Worn(g.Gray, -0.3, testfiles.Seeded()))))
	if !near(lines, false, g.Ys[3:4], float64(g.Xs[5]-g.Xs[0])) {
		t.Errorf("the faint line is missing: %v", lines)
	}
}

func TestStrokesAreNoLines(t *testing.T) {
	d := testfiles.NewDrawing(t, 900, 600)
	for y := 60; y < 560; y += 40 {
		d.Text(860, y, "1111.17 EEEE HHHH 1111111")
	}
	if lines := Rules(pix.Prepare(pix.GrayOf(d.Gray))); len(lines) != 0 {
		t.Errorf("lines in plain text: %v", lines)
	}
}

func TestErase(t *testing.T) {
	g := testfiles.NewGrid(t, 14, 5, testfiles.Seeded())
	s := pix.Prepare(pix.GrayOf(g.Gray))
	erase(s, Rules(s))
	for _, y := range g.Ys {
		dark := 0
		for _, v := range s.Ink.Row(y)[g.Xs[0]:g.Xs[5]] {
			if v < 128 {
				dark++
			}
		}
		if dark > 10 {
			t.Errorf("row %d: %d dark pixels are left of the line", y, dark)
		}
	}
}

func TestEmptyAndTinyPictures(t *testing.T) {
	for _, b := range []image.Rectangle{image.Rect(0, 0, 0, 0), image.Rect(0, 0, 0, 9), image.Rect(0, 0, 9, 0), image.Rect(0, 0, 1, 1), image.Rect(3, 4, 8, 200), image.Rect(0, 0, 300, 300)} {
		s := pix.Prepare(pix.GrayOf(image.NewGray(b)))
		if lines := Rules(s); len(lines) != 0 {
			t.Errorf("%v: %d lines in a black picture", b, len(lines))
		}
	}
}

func FuzzSegments(f *testing.F) {
	f.Add(9, []byte("\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff"))
	f.Add(40, make([]byte, 1600))
	f.Fuzz(func(t *testing.T, width int, pixels []byte) {
		if width < 1 || width > 300 || len(pixels) > 40_000 {
			return
		}
		h := len(pixels) / width
		p := &image.Gray{Pix: pixels, Stride: width, Rect: image.Rect(0, 0, width, h)}
		s := pix.Prepare(pix.GrayOf(p))
		lines := Rules(s)
		for _, l := range lines {
			if l.X1 < l.X0 || l.Y1 < l.Y0 || l.X0 < 0 || l.Y0 < 0 || l.X1 > float64(s.Width) || l.Y1 > float64(s.Height) {
				t.Errorf("line %+v on %d × %d", l, s.Width, s.Height)
			}
		}
		segments, _ := Cut(s, lines, []image.Rectangle{image.Rect(0, 0, s.Width, s.Height/2)})
		for _, p := range segments {
			if !p.Box.In(image.Rect(0, 0, s.Width, s.Height)) {
				t.Errorf("segment %v on %d × %d", p.Box, s.Width, s.Height)
			}
		}
	})
}
func TestCharacters(t *testing.T) {
	g := testfiles.NewGrid(t, 8, 4, testfiles.Seeded())
	s := pix.Prepare(pix.GrayOf(g.Gray))
	erase(s, Rules(s))
	c := NewCutter(s.Ink, 20)
	for r, row := range g.Amounts {
		for k, text := range row {
			b := c.Tight(image.Rect(g.Xs[k]+4, g.Ys[r]+4, g.Xs[k+1]-4, g.Ys[r+1]-4))
			for _, gaps := range []bool{true, false} {
				if parts := c.Characters(b, Typeface{Dark: gapDark, Gaps: gaps}); len(parts) != len(text) {
					t.Errorf("%s: %d characters (gaps %v)", text, len(parts), gaps)
				}
			}
		}
	}
}

// A bar that is thicker than a rule may be is none, in either direction.
func TestBarsAreNoRules(t *testing.T) {
	for thick, want := range map[int]int{1: 1, 3: 1, 7: 1, 9: 0, 11: 0, 20: 0} { // 7 pixels is the thickest rule where there is no text
		p := image.NewGray(image.Rect(0, 0, 400, 400))
		for i := range p.Pix {
			p.Pix[i] = 255
		}
		for y := 200; y < 200+thick; y++ {
			for x := 50; x < 350; x++ {
				p.Pix[y*p.Stride+x] = 0
			}
		}
		for _, r := range []*pix.Raster{pix.GrayOf(p), pix.GrayOf(p).Transposed()} {
			if rules := Rules(pix.Prepare(r)); len(rules) != want {
				t.Errorf("a bar of %d pixels gives %d rules, not %d", thick, len(rules), want)
			}
		}
	}
}

// A picture that is hardly wider than a rule is a drawn rule itself, and has no rules of a table in it.
func TestNarrowPicturesHaveNoRules(t *testing.T) {
	for _, c := range []struct{ width, want int }{{7, 0}, {40, 1}} {
		p := image.NewGray(image.Rect(0, 0, c.width, 300))
		for i := range p.Pix {
			p.Pix[i] = 255
		}
		for y := range 300 {
			p.Pix[y*p.Stride+c.width/2] = 0
		}
		for _, s := range []*pix.Sheet{pix.Prepare(pix.GrayOf(p)), pix.Prepare(pix.GrayOf(p).Transposed())} {
			if rules := Rules(s); len(rules) != c.want {
				t.Errorf("%d rules in a picture of %d by %d pixels with one, not %d", len(rules), s.Width, s.Height, c.want)
			}
		}
	}
}
