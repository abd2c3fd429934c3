package ocr

import (
	"image"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

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
		if r.W != c.w || r.H != c.h || r.Pix[c.black] != 0 {
			t.Errorf("%s: %d × %d %v", c.name, r.W, r.H, r.Pix)
		}
	}
}
