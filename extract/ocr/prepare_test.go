package ocr

import (
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

func TestSkew(t *testing.T) {
	g := newGrid(t, 14, 5, seeded())
	for _, want := range []float64{-3.3, -0.4, 0, 0.25, 1.7, 5} {
		s := Prepare(worn(g.Gray, want, seeded()))
		if math.Abs(s.Skew-want) > 0.05 {
			t.Errorf("skew of a page turned by %v: %v", want, s.Skew)
		}
	}
}

func TestEmptyAndTinyPictures(t *testing.T) {
	for _, b := range []image.Rectangle{image.Rect(0, 0, 0, 0), image.Rect(0, 0, 1, 1), image.Rect(3, 4, 8, 200), image.Rect(0, 0, 300, 300)} {
		s := Prepare(image.NewGray(b))
		if lines := s.Lines(); len(lines) != 0 {
			t.Errorf("%v: %d lines in a black picture", b, len(lines))
		}
	}
}

func TestWatermarkBecomesPaper(t *testing.T) {
	g := newGrid(t, 14, 5, seeded())
	mark := image.Rect(200, 150, 420, 400)
	for y := mark.Min.Y; y < mark.Max.Y; y++ {
		for x := mark.Min.X; x < mark.Max.X; x++ {
			if g.GrayAt(x, y).Y > 210 {
				g.SetGray(x, y, color.Gray{Y: 210})
			}
		}
	}
	s := Prepare(g.Gray)
	if s.tone.mark == 0 {
		t.Fatal("no watermark was found")
	}
	ink, light := 0, 0
	for y := mark.Min.Y; y < mark.Max.Y; y++ {
		for _, v := range s.ink.row(y)[mark.Min.X:mark.Max.X] {
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
	r := grayOf(p)
	if r.pix[0] < 200 || r.pix[1] > 90 {
		t.Errorf("stamp %d, print below it %d", r.pix[0], r.pix[1])
	}
	if want := byte((299*200 + 587*200 + 114*60 + 500) / 1000); r.pix[2] != want {
		t.Errorf("other colours: %d, want %d", r.pix[2], want)
	}
}

func TestScanAsSeen(t *testing.T) {
	p := image.NewGray(image.Rect(0, 0, 2, 1)) // black, white
	p.Pix = []byte{0, 255}
	for _, c := range []struct {
		name   string
		matrix model.Matrix
		w, h   int
		black  int // its index
	}{
		{"upright", model.Matrix{20, 0, 0, -10, 0, 10}, 2, 1, 0},
		{"turned clockwise", model.Matrix{0, 20, 10, 0, 0, 0}, 1, 2, 0},
		{"turned back", model.Matrix{0, -20, -10, 0, 10, 20}, 1, 2, 1},
		{"on its head", model.Matrix{-20, 0, 0, 10, 20, 0}, 2, 1, 1},
		{"mirrored", model.Matrix{-20, 0, 0, -10, 20, 10}, 2, 1, 1},
	} {
		r := (&Scan{Image: p, Matrix: c.matrix}).asSeen()
		if r.w != c.w || r.h != c.h || r.pix[c.black] != 0 {
			t.Errorf("%s: %d × %d %v", c.name, r.w, r.h, r.pix)
		}
	}
}

func FuzzPrepare(f *testing.F) {
	f.Add(9, []byte("\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff\x00\xff"))
	f.Add(40, make([]byte, 1600))
	f.Fuzz(func(t *testing.T, width int, pix []byte) {
		if width < 1 || width > 300 || len(pix) > 40_000 {
			return
		}
		h := len(pix) / width
		p := &image.Gray{Pix: pix, Stride: width, Rect: image.Rect(0, 0, width, h)}
		s := Prepare(p)
		lines := s.Lines()
		for _, l := range lines {
			if l.X1 < l.X0 || l.Y1 < l.Y0 || l.X0 < 0 || l.Y0 < 0 || l.X1 > float64(s.Width) || l.Y1 > float64(s.Height) {
				t.Errorf("line %+v on %d × %d", l, s.Width, s.Height)
			}
		}
		n := newSession(t.Context(), nil, s, lines, []image.Rectangle{image.Rect(0, 0, s.Width, s.Height/2)})
		for _, piece := range n.pieces {
			if !piece.box.In(image.Rect(0, 0, s.Width, s.Height)) {
				t.Errorf("piece %v on %d × %d", piece.box, s.Width, s.Height)
			}
		}
	})
}
