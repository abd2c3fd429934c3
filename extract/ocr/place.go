package ocr

import (
	"image"
	"math"

	"github.com/countybudget/extract/extract/model"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
)

// Scan is a picture and its place on a page.
type Scan struct {
	Image         image.Image
	Matrix        model.Matrix // from the unit square (y up) to the page's points
	Width, Height float64      // of the page, points
}

// asSeen turns and mirrors a picture's pixels to how the page shows them.
func (s *Scan) asSeen() *pix.Raster {
	r := pix.GrayOf(s.Image)
	m := s.Matrix
	turn := 0
	switch {
	case math.Abs(m[1]) > math.Abs(m[0]) && m[1] > 0:
		turn = 1
	case math.Abs(m[1]) > math.Abs(m[0]):
		turn = 3
	case m[0] < 0:
		turn = 2
	}
	// The page's y runs down and the picture's up: the determinant is negative unless the picture is mirrored.
	if m[0]*m[3]-m[1]*m[2] > 0 {
		r = r.Mirrored()
		turn += 2
	}
	return r.Turned(turn)
}

// box is the picture's bounding box on the page.
func (s *Scan) box() model.Rect {
	b := model.Rect{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	for _, u := range [4][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		p := s.Matrix.Apply(u[0], u[1])
		b.X0, b.X1 = math.Min(b.X0, p.X), math.Max(b.X1, p.X)
		b.Y0, b.Y1 = math.Min(b.Y0, p.Y), math.Max(b.Y1, p.Y)
	}
	return b
}

// frame maps the pixels of a sheet to points of the page as it was turned for reading.
type frame struct {
	box           model.Rect // of the sheet
	width, height float64    // of the turned page
	kx, ky        float64    // points for a pixel
}

func newFrame(scan *Scan, s *pix.Sheet) frame {
	f := frame{box: scan.box(), width: scan.Width, height: scan.Height}
	for range s.Turn {
		b := f.box
		f.box = model.Rect{X0: f.height - b.Y1, Y0: b.X0, X1: f.height - b.Y0, Y1: b.X1}
		f.width, f.height = f.height, f.width
	}
	f.kx, f.ky = f.box.Width()/float64(s.Width), f.box.Height()/float64(s.Height)
	return f
}

func (f *frame) x(v float64) float64 { return f.box.X0 + v*f.kx }
func (f *frame) y(v float64) float64 { return f.box.Y0 + v*f.ky }

func (f *frame) rect(b image.Rectangle) model.Rect {
	return model.Rect{X0: f.x(float64(b.Min.X)), Y0: f.y(float64(b.Min.Y)), X1: f.x(float64(b.Max.X)), Y1: f.y(float64(b.Max.Y))}
}

// pixels converts a box of the page to pixels of the sheet.
func (f *frame) pixels(b model.Rect) image.Rectangle {
	px := func(v, from, k float64) int { return int(math.Round((v - from) / k)) }
	return image.Rect(px(b.X0, f.box.X0, f.kx), px(b.Y0, f.box.Y0, f.ky), px(b.X1, f.box.X0, f.kx), px(b.Y1, f.box.Y0, f.ky))
}

// rules converts rules of the sheet to the page's points.
func (f *frame) rules(rules []segment.Rule) []model.Rule {
	out := make([]model.Rule, 0, len(rules))
	for _, l := range rules {
		r := model.Rule{
			Rect:  model.Rect{X0: f.x(l.X0), Y0: f.y(l.Y0), X1: f.x(l.X1), Y1: f.y(l.Y1)},
			Width: l.Width * f.ky, Color: model.Black, Kind: model.RuleImage,
		}
		if l.Vertical() {
			r.X1, r.Width = r.X0, l.Width*f.kx
		} else {
			r.Y1 = r.Y0
		}
		out = append(out, r)
	}
	return out
}
