package image

import (
	"image"
	"math"
	"slices"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

// The dark band of a copier becomes paper, and the slope of a page is that of its print.
func TestBandsAtTheEdges(t *testing.T) {
	page := rotated(printed(t), 2)
	plain := Prepare(page)
	banded := &Raster{page.W, page.H, slices.Clone(page.Pix)}
	for y := range banded.H {
		for x := range banded.Row(y) {
			near := min(x, y, banded.H-1-y)
			if v := near * 10; near < 26 && v < int(banded.Row(y)[x]) { // fades out
				banded.Row(y)[x] = byte(v)
			}
		}
	}
	s := Prepare(banded)
	if math.Abs(s.Skew-plain.Skew) > 0.1 || s.tone.mark != 0 {
		t.Errorf("slope %.2f, not %.2f; a watermark of the gray %d", s.Skew, plain.Skew, s.tone.mark)
	}
	if n := inked(s); n > inked(plain)*11/10 || n < inked(plain)*9/10 {
		t.Errorf("%d dark pixels, not %d", n, inked(plain))
	}
}

// The frame of a picture that was cut along it stays, and so does a header cell with a dark ground.
func TestFrameAtTheEdgeStays(t *testing.T) {
	r := Blank(900, 600)
	for _, b := range []image.Rectangle{image.Rect(0, 0, 900, 4), image.Rect(0, 0, 4, 600), image.Rect(0, 596, 900, 600), image.Rect(0, 300, 900, 303)} {
		r.Fill(b, 0)
	}
	r.Fill(image.Rect(0, 100, 900, 200), 180)
	if unbordered(r) != r {
		t.Error("a frame was taken for a band")
	}
}

// White print on black is read as its complement; a page with much black print is not one.
func TestNegative(t *testing.T) {
	page := printed(t)
	if positive(page) != page {
		t.Error("dark print was taken for a negative")
	}
	turned := positive(page.mapped(func(v int) int { return 255 - v }))
	if !slices.Equal(turned.Pix, page.Pix) {
		t.Error("the negative was not turned into a positive")
	}
	dim := page.mapped(func(v int) int { return 20 + v*80/255 })
	if positive(dim) != dim {
		t.Error("a dim page was taken for a negative")
	}
}

// printed is a page with lines of text.
func printed(t *testing.T) *Raster {
	t.Helper()
	d := testfiles.NewDrawing(t, 900, 600)
	for y := 60; y < 560; y += 40 {
		d.Text(500, y, "Spent: 1,234.56")
		d.Text(840, y, "Budget of the county")
	}
	return GrayOf(d.Gray)
}
