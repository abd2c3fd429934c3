package ocr

import (
	"image"
	"math"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr/dewarp"
	pix "github.com/countybudget/extract/extract/ocr/image"
)

// trapezoid is a photograph of a ruled page that narrows towards the top: the rule i is at y = 100 + 50·i.
func trapezoid() *pix.Raster {
	r := pix.Blank(900, 800)
	for i := range 12 {
		y := 100 + 50*i
		inset := (800 - y) / 8
		r.Fill(image.Rect(60+inset, y, 840-inset, y+3), 20)
	}
	for y := 100; y < 652; y++ {
		for _, x := range []float64{-1, -0.4, 0.3, 1} {
			at := 450 + int(x*float64(389-(800-y)/8))
			r.Fill(image.Rect(at, y, at+3, y+1), 20)
		}
	}
	return r
}

func TestBendGivesPublishedPlaces(t *testing.T) {
	for turn := range 4 {
		picture := trapezoid()
		picture = picture.Turned(4 - turn) // as published, the page lies on its side
		scan := &Scan{Matrix: model.Matrix{450, 0, 0, -400, 10, 420}, Width: 500, Height: 440}
		if turn&1 == 1 {
			scan = &Scan{Matrix: model.Matrix{400, 0, 0, -450, 10, 470}, Width: 440, Height: 500}
		}
		flat := dewarp.Flatten(picture)
		if flat == nil {
			t.Fatal("not flattened")
		}
		sheet := pix.Prepare(flat.Picture)
		if turn&1 == 1 {
			sheet = sheet.Across()
		}
		if turn&2 == 2 {
			sheet = sheet.UpsideDown()
		}
		bend, f := bendOf(scan, sheet, flat), newFrame(scan, sheet)
		upright := picture.Turned(turn)
		near, all := 0, 0
		for y := range sheet.Height {
			for x, v := range sheet.Ink.Row(y) {
				if v > 60 {
					continue
				}
				p := bend.Point(model.Point{X: f.x(float64(x) + 0.5), Y: f.y(float64(y) + 0.5)})
				// on the turned page the picture is upright, half a point for a pixel, and the margin is 10 or 30 or 20 points
				b := turnedBox(scan, turn)
				px, py := int((p.X-b.X0)*2), int((p.Y-b.Y0)*2)
				all++
				if inkNear(upright, px, py, 2) {
					near++
				}
			}
		}
		if all < 10_000 || float64(near) < 0.98*float64(all) {
			t.Errorf("turned by %d: %d of %d dark pixels come from ink", turn, near, all)
		}
	}
}

// turnedBox is the picture's box on the turned page.
func turnedBox(scan *Scan, turn int) model.Rect {
	b, w, h := scan.box(), scan.Width, scan.Height
	for range turn {
		b = model.Rect{X0: h - b.Y1, Y0: b.X0, X1: h - b.Y0, Y1: b.X1}
		w, h = h, w
	}
	return b
}

func inkNear(r *pix.Raster, x, y, reach int) bool {
	for v := max(0, y-reach); v <= min(r.H-1, y+reach); v++ {
		for u := max(0, x-reach); u <= min(r.W-1, x+reach); u++ {
			if r.Row(v)[u] < 128 {
				return true
			}
		}
	}
	return false
}

func TestTurnedBack(t *testing.T) {
	r := pix.Blank(7, 4)
	r.Row(1)[5] = 0
	for turn := range 4 {
		s := r.Turned(turn)
		for y := range s.H {
			for x, v := range s.Row(y) {
				if v != 0 {
					continue
				}
				u, w := turnedBack(float64(x)+0.5, float64(y)+0.5, float64(s.W), float64(s.H), turn)
				if math.Abs(u-5.5) > 1e-9 || math.Abs(w-1.5) > 1e-9 {
					t.Errorf("turned by %d: %v, %v", turn, u, w)
				}
			}
		}
	}
}

// TestBendUndoesSkew: a sheet that was levelled has its places where the sheet before levelling had them.
func TestBendUndoesSkew(t *testing.T) {
	scan := &Scan{Matrix: model.Matrix{450, 0, 0, -400, 10, 420}, Width: 500, Height: 440}
	flat := dewarp.Flatten(trapezoid())
	if flat == nil {
		t.Fatal("not flattened")
	}
	plain := pix.Prepare(flat.Picture)
	plain.Skew = 0
	levelled := *plain
	levelled.Skew = 2
	f := newFrame(scan, plain)
	before, after := bendOf(scan, plain, flat), bendOf(scan, &levelled, flat)
	sin, cos := math.Sincos(2 * math.Pi / 180)
	for _, at := range []model.Point{{X: 300, Y: 250}, {X: 600, Y: 500}} {
		x, y := at.X-float64(plain.Width)/2, at.Y-float64(plain.Height)/2
		source := model.Point{X: f.x(float64(plain.Width)/2 + x*cos - y*sin), Y: f.y(float64(plain.Height)/2 + x*sin + y*cos)}
		got, want := after.Point(model.Point{X: f.x(at.X), Y: f.y(at.Y)}), before.Point(source)
		if math.Hypot(got.X-want.X, got.Y-want.Y) > 0.5 {
			t.Errorf("%v: %v, want %v", at, got, want)
		}
	}
}
