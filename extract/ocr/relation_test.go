package ocr

import (
	"image"
	"math"
	"testing"
)

// inkBox is the box of what is dark in a raster.
func inkBox(r *raster) image.Rectangle {
	return (&cutter{r, 20, gapDark}).tight(image.Rect(0, 0, r.w, r.h))
}

func TestRelationsOfAFont(t *testing.T) {
	for _, k := range []float64{0.85, 1, 1.6} {
		for _, want := range []string{"≥", "≤", ">", "<"} {
			d := newDrawing(t, 60, 60)
			d.text(45, 40, want)
			r := grayOf(d.Gray).scaled(k)
			if got := relation(r, inkBox(r)); got != want {
				t.Errorf("%s at %g: %q", want, k, got)
			}
		}
		for _, text := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "24", "-", "%", "A", "K", "X", "Z"} {
			d := newDrawing(t, 80, 60)
			d.text(65, 40, text)
			r := grayOf(d.Gray).scaled(k)
			if got := relation(r, inkBox(r)); got != "" {
				t.Errorf("%s at %g: %q", text, k, got)
			}
		}
	}
}

// slanted draws the sign of Chinese fonts, whose bar is slanted like the lower stroke, in lines of one pixel's width.
func slanted(mirrored bool) *raster {
	r := blank(40, 40)
	stroke := func(x0, y0, x1, y1 float64) {
		for y := range r.h {
			for x := range r.w {
				dx, dy := x1-x0, y1-y0
				at := math.Max(0, math.Min(1, ((float64(x)-x0)*dx+(float64(y)-y0)*dy)/(dx*dx+dy*dy)))
				far := math.Hypot(float64(x)-x0-at*dx, float64(y)-y0-at*dy)
				r.pix[y*r.w+x] = min(r.pix[y*r.w+x], byte(math.Min(255, 90+100*far)))
			}
		}
	}
	stroke(10, 8, 25, 16)
	stroke(25, 17, 10, 24)
	stroke(25, 21, 10, 28)
	if mirrored {
		return r.mirrored()
	}
	return r
}

func TestRelationsWithASlantedBar(t *testing.T) {
	for mirrored, want := range map[bool]string{false: "≥", true: "≤"} {
		r := slanted(mirrored)
		if got := relation(r, inkBox(r)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTargetsAreReadWithoutTheirSign(t *testing.T) {
	e := engine(t)
	g := newGrid(t, 1, 2, seeded())
	g.box(image.Rect(g.xs[0]+3, g.ys[0]+3, g.xs[1]-3, g.ys[1]-3), 255)
	g.box(image.Rect(g.xs[1]+3, g.ys[0]+3, g.xs[2]-3, g.ys[1]-3), 255)
	g.text(g.xs[1]-60, g.ys[1]-14, "≥95%")
	g.text(g.xs[2]-60, g.ys[1]-14, "≤9000")
	page, err := e.Page(t.Context(), scan(g.Gray), Options{Grid: g.boxes})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"≥95%", "≤9000"} {
		if got := textIn(page, g.boxes(nil)[i]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
