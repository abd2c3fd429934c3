package overlay

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"github.com/countybudget/extract/extract/model"
)

// Limits of a drawing, pixels.
const (
	blankScale = 2 // pixels for a point of a page without a picture
	maxPixels  = 24 << 20
)

// PNG writes the picture of a sheet with what was found drawn over it; without a picture the marks stand on white. Numbers
// are the only texts that it can write.
func PNG(w io.Writer, d *model.Document, s *model.Sheet) error {
	r, err := newRaster(s)
	if err != nil {
		return err
	}
	mark(r, d, s)
	return png.Encode(w, r.img)
}

// raster draws marks on an image.
type raster struct {
	img    *image.RGBA
	sx, sy float64 // pixels for a point
}

func newRaster(s *model.Sheet) (*raster, error) {
	if len(s.Picture) == 0 {
		return blank(s)
	}
	page, err := png.Decode(bytes.NewReader(s.Picture))
	if err != nil {
		return nil, fmt.Errorf("the picture of page %d: %w", s.Number, err)
	}
	b := page.Bounds()
	img := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(img, img.Bounds(), page, b.Min, draw.Src)
	return &raster{img, float64(b.Dx()) / s.Width, float64(b.Dy()) / s.Height}, nil
}

func blank(s *model.Sheet) (*raster, error) {
	k := math.Min(blankScale, math.Sqrt(maxPixels/math.Max(1, s.Width*s.Height)))
	if !(s.Width > 0 && s.Height > 0) {
		return nil, fmt.Errorf("page %d has no area", s.Number)
	}
	img := image.NewRGBA(image.Rect(0, 0, max(1, int(s.Width*k)), max(1, int(s.Height*k))))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	return &raster{img, k, k}, nil
}

func (r *raster) box(b model.Rect, s style) {
	if s.fill.A > 0 {
		area := image.Rect(r.px(b.X0), r.py(b.Y0), r.px(b.X1), r.py(b.Y1))
		draw.Draw(r.img, area, image.NewUniform(s.fill), image.Point{}, draw.Over)
	}
	if s.stroke.A == 0 {
		return
	}
	corners := []model.Point{{X: b.X0, Y: b.Y0}, {X: b.X1, Y: b.Y0}, {X: b.X1, Y: b.Y1}, {X: b.X0, Y: b.Y1}}
	for i, p := range corners {
		r.line(p, corners[(i+1)%4], s)
	}
}

func (r *raster) px(x float64) int { return r.pixel(x*r.sx, r.img.Rect.Max.X) }
func (r *raster) py(y float64) int { return r.pixel(y*r.sy, r.img.Rect.Max.Y) }

// pixel rounds a coordinate and keeps it near the image.
func (r *raster) pixel(v float64, most int) int {
	return int(math.Round(math.Max(-1, math.Min(v, float64(most)+1))))
}

// line draws a thin quadrilateral; a dashed line is drawn at half its width.
func (r *raster) line(a, b model.Point, s style) {
	ax, ay := r.inside(a)
	bx, by := r.inside(b)
	length := math.Hypot(bx-ax, by-ay)
	if length == 0 {
		return
	}
	half := math.Max(1, s.width*r.sx) / 2
	if s.dashed {
		half = 0.5
	}
	nx, ny := -(by-ay)/length*half, (bx-ax)/length*half
	box := image.Rect(int(min(ax, bx)-half)-1, int(min(ay, by)-half)-1, int(max(ax, bx)+half)+2, int(max(ay, by)+half)+2).Intersect(r.img.Rect)
	if box.Empty() {
		return
	}
	z := vector.NewRasterizer(box.Dx(), box.Dy())
	to := func(x, y float64) (float32, float32) {
		return float32(x - float64(box.Min.X)), float32(y - float64(box.Min.Y))
	}
	z.MoveTo(to(ax+nx, ay+ny))
	z.LineTo(to(bx+nx, by+ny))
	z.LineTo(to(bx-nx, by-ny))
	z.LineTo(to(ax-nx, ay-ny))
	z.ClosePath()
	z.Draw(r.img, box, image.NewUniform(s.stroke), image.Point{})
}

// inside moves a point that is far off the page to its edge.
func (r *raster) inside(p model.Point) (x, y float64) {
	clamp := func(v float64, most int) float64 { return math.Max(-2, math.Min(v, float64(most)+2)) }
	return clamp(p.X*r.sx, r.img.Rect.Max.X), clamp(p.Y*r.sy, r.img.Rect.Max.Y)
}

// label writes in the one font that Go brings along, which has no Chinese characters and one size.
func (r *raster) label(at model.Point, text string, _ float64, c color.NRGBA) {
	x, y := r.inside(at)
	d := font.Drawer{Dst: r.img, Src: image.NewUniform(c), Face: basicfont.Face7x13, Dot: fixed.P(int(max(0, x)), int(max(10, y)))}
	d.DrawString(text)
}
