package ocr

import (
	"image"

	"golang.org/x/image/draw"
)

// raster is gray pixels, row by row: 0 is ink, 255 is paper.
type raster struct {
	w, h int
	pix  []byte
}

func newRaster(w, h int) *raster { return &raster{w, h, make([]byte, w*h)} }

// blank returns white paper.
func blank(w, h int) *raster {
	r := newRaster(w, h)
	white(r.pix)
	return r
}

// white sets pixels to paper.
func white(pix []byte) {
	if len(pix) == 0 {
		return
	}
	pix[0] = 255
	for n := 1; n < len(pix); n *= 2 {
		copy(pix[n:], pix[:n])
	}
}

func (r *raster) row(y int) []byte { return r.pix[y*r.w : (y+1)*r.w : (y+1)*r.w] }

// image shares the pixels.
func (r *raster) image() *image.Gray {
	return &image.Gray{Pix: r.pix, Stride: r.w, Rect: image.Rect(0, 0, r.w, r.h)}
}

// crop copies a part; the box must lie inside.
func (r *raster) crop(b image.Rectangle) *raster {
	out := newRaster(b.Dx(), b.Dy())
	for y := range out.h {
		copy(out.row(y), r.row(b.Min.Y + y)[b.Min.X:b.Max.X])
	}
	return out
}

// scaled returns the raster at k times its size, smoothed.
func (r *raster) scaled(k float64) *raster {
	w, h := max(1, int(float64(r.w)*k+0.5)), max(1, int(float64(r.h)*k+0.5))
	if w == r.w && h == r.h {
		return r
	}
	out := newRaster(w, h)
	draw.CatmullRom.Scale(out.image(), image.Rect(0, 0, w, h), r.image(), image.Rect(0, 0, r.w, r.h), draw.Src, nil)
	return out
}

// paste copies p onto r with its top left at x, y; p must fit.
func (r *raster) paste(p *raster, x, y int) {
	for i := range p.h {
		copy(r.row(y + i)[x:x+p.w], p.row(i))
	}
}

// turned returns the raster turned clockwise by quarters of a circle.
func (r *raster) turned(quarters int) *raster {
	switch quarters & 3 {
	case 1:
		out := newRaster(r.h, r.w)
		for y := range r.h {
			for x, v := range r.row(y) {
				out.pix[x*out.w+out.w-1-y] = v
			}
		}
		return out
	case 2:
		out := newRaster(r.w, r.h)
		for i, v := range r.pix {
			out.pix[len(out.pix)-1-i] = v
		}
		return out
	case 3:
		out := newRaster(r.h, r.w)
		for y := range r.h {
			for x, v := range r.row(y) {
				out.pix[(out.h-1-x)*out.w+y] = v
			}
		}
		return out
	}
	return r
}

// mirrored returns the raster with left and right exchanged.
func (r *raster) mirrored() *raster {
	out := newRaster(r.w, r.h)
	for y := range r.h {
		to := out.row(y)
		for x, v := range r.row(y) {
			to[r.w-1-x] = v
		}
	}
	return out
}
