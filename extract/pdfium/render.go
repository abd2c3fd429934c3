package pdfium

import (
	"errors"
	"fmt"
	"image"
	"math"

	"github.com/countybudget/extract/extract/model"
)

// Limits of a rendered image, in pixels.
const (
	MaxPixels      = 64 << 20 // gray
	MaxColorPixels = 24 << 20
)

// Render draws a page, or the part of it in crop (points, nil for all), in gray on white. If the image would exceed
// MaxPixels, the resolution is reduced; the image's bounds give the actual one.
func (d *Document) Render(n int, dpi float64, crop *model.Rect) (*image.Gray, error) {
	var img *image.Gray
	err := d.render(n, dpi, crop, MaxPixels, canvas{format: 1, flags: 0x08}, func(pix []byte, w, h, stride int) {
		img = grayImage(pix, w, h, stride)
	})
	return img, err
}

// RenderRGBA is Render in colour, of at most MaxColorPixels.
func (d *Document) RenderRGBA(n int, dpi float64, crop *model.Rect) (*image.RGBA, error) {
	var img *image.RGBA
	err := d.render(n, dpi, crop, MaxColorPixels, canvas{format: 2}, func(pix []byte, w, h, stride int) {
		img = colorImage(pix, w, h, stride, 3)
	})
	return img, err
}

// canvas is the format (FPDFBitmap_*) of a bitmap and the flags (FPDF_*) to draw on it with.
type canvas struct{ format, flags uint64 }

// render draws on a bitmap and passes its pixels to keep, which must copy them.
func (d *Document) render(
	n int, dpi float64, crop *model.Rect, limit float64, c canvas, keep func(pix []byte, w, h, stride int),
) error {
	err := d.use(func(g *guest) error { return d.draw(g, n, dpi, crop, limit, c, keep) })
	if err != nil {
		return fmt.Errorf("render page %d: %w", n, err)
	}
	return nil
}

func (d *Document) draw(
	g *guest, n int, dpi float64, crop *model.Rect, limit float64, c canvas, keep func(pix []byte, w, h, stride int),
) error {
	page, err := d.showPage(g, n)
	if err != nil {
		return err
	}
	box := model.Rect{X1: g.float("FPDF_GetPageWidthF", page), Y1: g.float("FPDF_GetPageHeightF", page)}
	area := box
	if crop != nil {
		area = *crop
	}
	k, err := pixelScale(area, dpi, limit)
	if err != nil {
		return err
	}
	w, h := pixelCount(area.Width()*k), pixelCount(area.Height()*k)
	bitmap := g.ptr("FPDFBitmap_CreateEx", uint64(w), uint64(h), c.format, 0, 0)
	if bitmap == 0 {
		return fmt.Errorf("no memory for %d × %d pixels", w, h)
	}
	defer g.call("FPDFBitmap_Destroy", bitmap)
	const white, annotations, limitedCache = 0xFFFFFFFF, 0x01, 0x200
	g.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(w), uint64(h), white)
	g.call("FPDF_RenderPageBitmap", bitmap, page, coordinate(-area.X0*k), coordinate(-area.Y0*k),
		coordinate(box.Width()*k), coordinate(box.Height()*k), 0, c.flags|annotations|limitedCache)
	stride := g.int("FPDFBitmap_GetStride", bitmap)
	keep(g.bytes(g.ptr("FPDFBitmap_GetBuffer", bitmap), stride*h), w, h, stride)
	return nil
}

// pixelScale is the number of pixels for a point.
func pixelScale(area model.Rect, dpi, limit float64) (float64, error) {
	if area.Empty() || dpi <= 0 {
		return 0, errors.New("nothing to draw")
	}
	k := dpi / 72
	if pixels := area.Area() * k * k; pixels > limit {
		k *= math.Sqrt(limit/pixels) * 0.999
	}
	return k, nil
}

func pixelCount(v float64) int { return max(1, int(math.Round(v))) }

// coordinate is a C int as an argument.
func coordinate(v float64) uint64 { return uint64(uint32(int32(math.Round(v)))) }

// grayImage copies 8-bit gray pixels.
func grayImage(pix []byte, w, h, stride int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		copy(img.Pix[y*img.Stride:(y+1)*img.Stride], pix[y*stride:])
	}
	return img
}

// colorImage converts pixels of blue, green, red and, with size 4, an unused byte.
func colorImage(pix []byte, w, h, stride, size int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		from, to := pix[y*stride:], img.Pix[y*img.Stride:]
		for x := range w {
			p := from[x*size : x*size+3 : x*size+3]
			q := to[4*x : 4*x+4 : 4*x+4]
			q[0], q[1], q[2], q[3] = p[2], p[1], p[0], 255
		}
	}
	return img
}
