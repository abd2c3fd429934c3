package image

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"
)

// column draws rows of amounts: digits as boxes, a decimal point on the baseline before the last two. It returns the points.
func column(r *Raster) (points []image.Rectangle) {
	for row := range 20 {
		y := 100 + 60*row
		x := 300
		for i := range 6 {
			if i == 4 {
				p := image.Rect(x+3, y+26, x+7, y+30)
				r.Fill(p, 0)
				points = append(points, p)
				x += 12
			}
			digit(r, x, y)
			x += 18
		}
	}
	return points
}

// digit draws the frame of a digit 14 pixels wide and 30 high.
func digit(r *Raster, x, y int) {
	r.Fill(image.Rect(x, y, x+14, y+30), 0)
	r.Fill(image.Rect(x+4, y+4, x+10, y+26), 255)
}

// sprinkled returns a copy of a raster with n specks of 2 to 4 pixels on its paper.
func sprinkled(r *Raster, n int) *Raster {
	out := &Raster{r.W, r.H, slices.Clone(r.Pix)}
	g := rand.New(rand.NewPCG(1, 2))
	for range n {
		x, y, s := g.IntN(r.W), g.IntN(r.H), 2+g.IntN(3)
		out.Fill(image.Rect(x, y, x+s, y+s), 0)
	}
	return out
}

// Specks are taken off a copy of a copy, beside amounts too; decimal points are not.
func TestSpecksOfCopiesBecomePaper(t *testing.T) {
	clean := Blank(1000, 1400)
	points := column(clean)
	dirty := sprinkled(clean, 1500)
	minus := image.Rect(285, 113, 289, 117) // a speck where the minus sign of the first amount would be
	tail := image.Rect(424, 186, 428, 190)  // and one after the second, on its baseline
	dirty.Fill(minus, 0)
	dirty.Fill(tail, 0)
	got := uncopied(dirty)
	for _, b := range []image.Rectangle{minus, tail} {
		if got.Pix[(b.Min.Y+1)*got.W+b.Min.X+1] != 255 {
			t.Errorf("the speck at %v is still there", b)
		}
	}
	lost := 0
	for _, p := range points {
		if got.Pix[(p.Min.Y+1)*got.W+p.Min.X+1] != 0 {
			lost++
		}
	}
	if lost > 1 { // specks touch one
		t.Errorf("%d of %d decimal points are lost", lost, len(points))
	}
	if before, after := len(Blobs(dirty, dirty.Bounds(), 128)), len(Blobs(got, got.Bounds(), 128)); after > len(Blobs(clean, clean.Bounds(), 128))+before/20 {
		t.Errorf("%d blobs, of %d", after, before)
	}
}

// A page with few specks is left as it is, and so is one with rows of dots alone: leaders, and what is left of thin rules.
func TestPagesWithFewSpecksStay(t *testing.T) {
	few := Blank(1000, 1400)
	column(few)
	dotted := &Raster{few.W, few.H, slices.Clone(few.Pix)}
	for x := 500; x < 900; x += 12 {
		for y := 125; y < 1200; y += 60 {
			dotted.Fill(image.Rect(x, y, x+3, y+3), 0)
		}
	}
	for y := 100; y < 1300; y += 9 {
		dotted.Fill(image.Rect(950, y, 952, y+3), 0)
	}
	for name, r := range map[string]*Raster{"few": sprinkled(few, 10), "rows": dotted} {
		if got := uncopied(r); got != r {
			t.Errorf("%s: the page was changed", name)
		}
	}
}

// Where the pieces of broken strokes are more than the specks, those near print stay.
func TestPiecesOfBrokenPrintStay(t *testing.T) {
	r := Blank(1000, 1400)
	column(r)
	for y := 100; y < 1300; y += 60 { // characters of which some strokes are left
		for x := 500; x < 900; x += 40 {
			r.Fill(image.Rect(x, y, x+20, y+3), 0)
			r.Fill(image.Rect(x, y, x+3, y+30), 0)
			for d := 8; d < 30; d += 7 {
				r.Fill(image.Rect(x+d-d%3, y+d, x+d-d%3+3, y+d+3), 0)
			}
		}
	}
	got := uncopied(sprinkled(r, 150))
	if got.Pix[109*got.W+507] != 0 {
		t.Error("a piece of a character is gone")
	}
	lonely := 0
	for _, b := range Blobs(got, image.Rect(0, 0, 250, 1400), 128) {
		if b.Area > 0 {
			lonely++
		}
	}
	if lonely > 0 {
		t.Errorf("%d specks far from print are left", lonely)
	}
}
