package shape

import (
	"image"
	"math"
	"testing"

	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
	"github.com/countybudget/extract/internal/testfiles"
)

// inkBox is the box of what is dark in a raster.
func inkBox(r *pix.Raster) image.Rectangle {
	return segment.NewCutter(r, 20).Tight(r.Bounds())
}

func TestRelationsOfAFont(t *testing.T) {
	for _, k := range []float64{0.85, 1, 1.6} {
		for _, want := range []string{"≥", "≤", ">", "<"} {
			d := testfiles.NewDrawing(t, 60, 60)
			d.Text(45, 40, want)
			r := pix.GrayOf(d.Gray).Scaled(k)
			if got := Relation(r, inkBox(r)); got != want {
				t.Errorf("%s at %g: %q", want, k, got)
			}
		}
		for _, text := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "24", "-", "%", "A", "K", "X", "Z"} {
			d := testfiles.NewDrawing(t, 80, 60)
			d.Text(65, 40, text)
			r := pix.GrayOf(d.Gray).Scaled(k)
			if got := Relation(r, inkBox(r)); got != "" {
				t.Errorf("%s at %g: %q", text, k, got)
			}
		}
	}
}

// slanted draws the sign of Chinese fonts, whose bar is slanted like the lower stroke, in lines of one pixel's width.
func slanted(mirrored bool) *pix.Raster {
	r := pix.Blank(40, 40)
	stroke := func(x0, y0, x1, y1 float64) {
		for y := range r.H {
			for x := range r.W {
				dx, dy := x1-x0, y1-y0
				at := math.Max(0, math.Min(1, ((float64(x)-x0)*dx+(float64(y)-y0)*dy)/(dx*dx+dy*dy)))
				far := math.Hypot(float64(x)-x0-at*dx, float64(y)-y0-at*dy)
				r.Pix[y*r.W+x] = min(r.Pix[y*r.W+x], byte(math.Min(255, 90+100*far)))
			}
		}
	}
	stroke(10, 8, 25, 16)
	stroke(25, 17, 10, 24)
	stroke(25, 21, 10, 28)
	if mirrored {
		return r.Mirrored()
	}
	return r
}

func TestRelationsWithASlantedBar(t *testing.T) {
	for mirrored, want := range map[bool]string{false: "≥", true: "≤"} {
		r := slanted(mirrored)
		if got := Relation(r, inkBox(r)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
