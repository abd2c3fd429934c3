package ocr

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr/dewarp"
	pix "github.com/countybudget/extract/extract/ocr/image"
)

// bendStep is the distance of the knots of a page's Bend, points.
const bendStep = 18

// bendOf says where the places of a page that was read from a flattened picture are on the page itself: levelling, turning and
// flattening are undone one after the other.
func bendOf(scan *Scan, s *pix.Sheet, flat *dewarp.Flat) *model.Bend {
	f := newFrame(scan, s)
	b := &model.Bend{
		Cols: int(math.Ceil(f.width/bendStep)) + 1, Rows: int(math.Ceil(f.height/bendStep)) + 1, Step: bendStep,
	}
	sin, cos := math.Sincos(s.Skew * math.Pi / 180)
	cx, cy := float64(s.Width)/2, float64(s.Height)/2
	for j := range b.Rows {
		for i := range b.Cols {
			x := (float64(i*bendStep)-f.box.X0)/f.kx - cx
			y := (float64(j*bendStep)-f.box.Y0)/f.ky - cy
			x, y = cx+x*cos-y*sin, cy+x*sin+y*cos
			x, y = turnedBack(x, y, float64(s.Width), float64(s.Height), s.Turn)
			x, y = flat.Place(x, y)
			b.At = append(b.At, f.turned(scan, x/float64(flat.Picture.W), y/float64(flat.Picture.H), s.Turn))
		}
	}
	return b
}

// turnedBack is the place before turning of a place in a picture of w by h that was turned clockwise by quarters of a circle.
func turnedBack(x, y, w, h float64, quarters int) (float64, float64) {
	for range quarters {
		x, y = y, w-x
		w, h = h, w
	}
	return x, y
}

// turned is the place on the turned page of a place in the picture as the page shows it, in parts of its sides.
func (f *frame) turned(scan *Scan, x, y float64, quarters int) model.Point {
	b := scan.box()
	p := model.Point{X: b.X0 + x*b.Width(), Y: b.Y0 + y*b.Height()}
	w, h := scan.Width, scan.Height
	for range quarters {
		p = model.Point{X: h - p.Y, Y: p.X}
		w, h = h, w
	}
	return p
}
