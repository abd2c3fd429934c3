package image

import (
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

func TestSkew(t *testing.T) {
	g := testfiles.NewGrid(t, 14, 5, testfiles.Seeded())
	for _, want := range []float64{-3.3, -0.4, 0, 0.25, 1.7, 5} {
		s := Prepare(GrayOf(testfiles.Worn(g.Gray, want, testfiles.Seeded())))
		if math.Abs(s.Skew-want) > 0.05 {
			t.Errorf("skew of a page turned by %v: %v", want, s.Skew)
		}
	}
}

func TestWatermarkBecomesPaper(t *testing.T) {
	g := testfiles.NewGrid(t, 14, 5, testfiles.Seeded())
	mark := image.Rect(200, 150, 420, 400)
	for y := mark.Min.Y; y < mark.Max.Y; y++ {
		for x := mark.Min.X; x < mark.Max.X; x++ {
			if g.GrayAt(x, y).Y > 210 {
				g.SetGray(x, y, color.Gray{Y: 210})
			}
		}
	}
	s := Prepare(GrayOf(g.Gray))
	if s.tone.mark == 0 {
		t.Fatal("no watermark was found")
	}
	ink, light := 0, 0
	for y := mark.Min.Y; y < mark.Max.Y; y++ {
		for _, v := range s.Ink.Row(y)[mark.Min.X:mark.Max.X] {
			switch {
			case v < 128:
				ink++
			case v < 250:
				light++
			}
		}
	}
	if ink < 500 || light > ink {
		t.Errorf("in the watermark %d pixels are ink and %d are neither ink nor paper", ink, light)
	}
}

func TestRedStampBecomesPaper(t *testing.T) {
	p := image.NewRGBA(image.Rect(0, 0, 3, 1))
	p.Set(0, 0, color.RGBA{220, 40, 50, 255})  // stamp
	p.Set(1, 0, color.RGBA{60, 20, 25, 255})   // print below the stamp
	p.Set(2, 0, color.RGBA{200, 200, 60, 255}) // anything else
	r := GrayOf(p)
	if r.Pix[0] < 200 || r.Pix[1] > 90 {
		t.Errorf("stamp %d, print below it %d", r.Pix[0], r.Pix[1])
	}
	if want := byte((299*200 + 587*200 + 114*60 + 500) / 1000); r.Pix[2] != want {
		t.Errorf("other colours: %d, want %d", r.Pix[2], want)
	}
}
