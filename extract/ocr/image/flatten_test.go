package image

import (
	"image"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

// marked lays broad diagonal strokes of a watermark's gray below the print of a raster, as if the print were transparent where
// it is light.
func marked(r *Raster, gray, shift int) *Raster {
	out := r.mapped(func(v int) int { return v })
	for y := range r.H {
		for x := range r.W {
			if (x+y+shift)%220 < 14 {
				i := y*r.W + x
				out.Pix[i] = byte(int(out.Pix[i]) * gray / 255)
			}
		}
	}
	return out
}

// unlike counts the pixels that are ink in one raster and not in another.
func unlike(a, b *Raster) int {
	n := 0
	for i := range a.Pix {
		if (a.Pix[i] < StrokeDark) != (b.Pix[i] < StrokeDark) {
			n++
		}
	}
	return n
}

// TestAWatermarkThroughPrint: the gray goes, what it runs through stays, on usual and on faint print.
func TestAWatermarkThroughPrint(t *testing.T) {
	g := testfiles.NewGrid(t, 8, 4, testfiles.Seeded())
	for name, r := range map[string]*Raster{
		"usual": GrayOf(g.Gray),
		"faint": GrayOf(g.Gray).mapped(func(v int) int { return 255 - (255-v)*45/100 }),
	} {
		plain := Prepare(r)
		clean := Prepare(marked(r, 205, 0))
		if clean.tone.mark == 0 {
			t.Errorf("%s: no watermark was found", name)
		}
		if n := unlike(plain.Ink, clean.Ink); n*100 > inked(plain)*6 {
			t.Errorf("%s: %d of %d pixels of ink differ without the watermark", name, n, inked(plain))
		}
	}
}

// TestClosingKeepsWhatIsBroad: strokes narrower than the square go, broader ones stay as they are.
func TestClosingKeepsWhatIsBroad(t *testing.T) {
	r := Blank(60, 60)
	r.Fill(image.Rect(5, 0, 9, 60), 50)    // 4 pixels: print
	r.Fill(image.Rect(30, 0, 38, 60), 190) // 8 pixels: a watermark
	out := r.closed(2)
	for x := range 60 {
		want := byte(255)
		if x >= 30 && x < 38 {
			want = 190
		}
		if got := out.Pix[30*60+x]; got != want {
			t.Errorf("x %d: %d, want %d", x, got, want)
		}
	}
}
