package image

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"
)

// A gray ring in an empty part of a page leaves thin print elsewhere as it is, however dark the ring is.
func TestGraySealLeavesThinPrint(t *testing.T) {
	p := image.NewGray(image.Rect(0, 0, 1000, 1400))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	for y := 100; y < 600; y += 40 { // thin strokes, no darker than the ring, and some dark ones
		for x := 100; x < 900; x += 12 {
			v := uint8(110)
			if y < 300 {
				v = 10
			}
			for dy := range 18 {
				p.SetGray(x, y+dy, color.Gray{Y: v})
			}
		}
	}
	for y := 1000; y < 1300; y++ {
		for x := 600; x < 900; x++ {
			if d := math.Hypot(float64(x-750), float64(y-1150)); d > 130 && d < 140 {
				p.SetGray(x, y, color.Gray{Y: 85})
			}
		}
	}
	s := Prepare(GrayOf(p))
	if s.tone.mark == 0 {
		t.Fatal("the ring was not found")
	}
	kept := 0
	for x := 100; x < 900; x += 12 {
		if s.Ink.Row(309)[x] < StrokeDark {
			kept++
		}
	}
	if kept < 60 {
		t.Errorf("%d of 67 thin strokes are left", kept)
	}
}

// A JPEG with its colour at half resolution leaves no gray outline of a red seal, and the black print in it.
func TestRedSealLeavesNoOutline(t *testing.T) {
	p := image.NewRGBA(image.Rect(0, 0, 400, 400))
	for y := range 400 {
		for x := range 400 {
			c := color.RGBA{255, 255, 255, 255}
			if d := math.Hypot(float64(x-200), float64(y-200)); d > 130 && d < 136 || (x+y)%23 < 3 && d < 100 {
				c = color.RGBA{200, 30, 30, 255}
			}
			if y > 190 && y < 210 && x%20 < 3 {
				c = color.RGBA{10, 10, 10, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	seen := image.NewRGBA(img.Bounds())
	for y := range 400 {
		for x := range 400 {
			seen.Set(x, y, img.At(x, y))
		}
	}
	r := GrayOf(seen)
	outline, print := 0, 0
	for y := range 400 {
		for x, v := range r.Row(y) {
			switch inPrint := y > 185 && y < 215; {
			case !inPrint && v < 190:
				outline++
			case inPrint && v < 80 && x%20 < 3:
				print++
			}
		}
	}
	if outline > 150 || print < 900 {
		t.Errorf("%d pixels of the seal are left, and %d of the print", outline, print)
	}
}

// A watermark is never of one gray alone: a scan spreads it over some values, and they all mark its square.
func TestMarkTilesOfAnUnevenGray(t *testing.T) {
	const side, level = 9, 200 // tiles, in the middle one of which the watermark is
	for _, c := range []struct {
		off  int // how much its middle gray is off the level that was found
		want bool
	}{{0, true}, {5, true}, {-40, false}, {40, false}} {
		r := NewRaster(side*tileSize, side*tileSize)
		for i := range r.Pix {
			r.Pix[i] = 255
		}
		at := side / 2 * tileSize
		for y := at + 20; y < at+36; y++ {
			for x := at + 20; x < at+36; x++ {
				r.Pix[y*r.W+x] = byte(level + c.off - 9 + (7*x+11*y)%19)
			}
		}
		m := tilesOf(tone{ink: 20, paper: 190, mark: level}.evens(r))
		if middle := m.in[side/2*m.w+side/2]; middle != c.want || m.in[0] {
			t.Errorf("a gray %d off the watermark's: its square is marked: %v, not %v; the first one: %v", c.off, middle, c.want, m.in[0])
		}
	}
}
