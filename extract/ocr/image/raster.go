package image

import (
	"image"

	"golang.org/x/image/draw"
)

// Raster is a gray picture, one byte a pixel, row by row: 0 is black ink, 255 white paper.
type Raster struct {
	W, H int // pixels
	Pix  []byte
}

// NewRaster returns a black raster.
func NewRaster(w, h int) *Raster { return &Raster{w, h, make([]byte, w*h)} }

// Blank returns a white raster.
func Blank(w, h int) *Raster {
	r := NewRaster(w, h)
	white(r.Pix)
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

// Row returns the pixels of a row, shared with the raster.
func (r *Raster) Row(y int) []byte { return r.Pix[y*r.W : (y+1)*r.W : (y+1)*r.W] }

// Gray returns the raster as an image; they share their pixels.
func (r *Raster) Gray() *image.Gray {
	return &image.Gray{Pix: r.Pix, Stride: r.W, Rect: image.Rect(0, 0, r.W, r.H)}
}

// Bounds is the box of all pixels.
func (r *Raster) Bounds() image.Rectangle { return image.Rect(0, 0, r.W, r.H) }

// Crop copies the pixels in a box, which must lie inside the raster.
func (r *Raster) Crop(b image.Rectangle) *Raster {
	out := NewRaster(b.Dx(), b.Dy())
	for y := range out.H {
		copy(out.Row(y), r.Row(b.Min.Y + y)[b.Min.X:b.Max.X])
	}
	return out
}

// Scaled returns the raster resampled to k times its size (Catmull-Rom).
func (r *Raster) Scaled(k float64) *Raster {
	w, h := max(1, int(float64(r.W)*k+0.5)), max(1, int(float64(r.H)*k+0.5))
	if w == r.W && h == r.H {
		return r
	}
	out := NewRaster(w, h)
	draw.CatmullRom.Scale(out.Gray(), image.Rect(0, 0, w, h), r.Gray(), image.Rect(0, 0, r.W, r.H), draw.Src, nil)
	return out
}

// Paste copies p onto r with its top left corner at x, y; p must fit.
func (r *Raster) Paste(p *Raster, x, y int) {
	for i := range p.H {
		copy(r.Row(y + i)[x:x+p.W], p.Row(i))
	}
}

// Fill sets the pixels of a box; what of it lies outside the raster is ignored.
func (r *Raster) Fill(b image.Rectangle, v byte) {
	b = b.Intersect(r.Bounds())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := r.Row(y)[b.Min.X:b.Max.X]
		for i := range row {
			row[i] = v
		}
	}
}

// Turned returns the raster turned clockwise by quarters of a circle; the same raster where that is no turn.
func (r *Raster) Turned(quarters int) *Raster {
	switch quarters & 3 {
	case 1:
		out := NewRaster(r.H, r.W)
		for y := range r.H {
			for x, v := range r.Row(y) {
				out.Pix[x*out.W+out.W-1-y] = v
			}
		}
		return out
	case 2:
		out := NewRaster(r.W, r.H)
		for i, v := range r.Pix {
			out.Pix[len(out.Pix)-1-i] = v
		}
		return out
	case 3:
		out := NewRaster(r.H, r.W)
		for y := range r.H {
			for x, v := range r.Row(y) {
				out.Pix[(out.H-1-x)*out.W+y] = v
			}
		}
		return out
	}
	return r
}

// Mirrored returns the raster with left and right exchanged.
func (r *Raster) Mirrored() *Raster {
	out := NewRaster(r.W, r.H)
	for y := range r.H {
		to := out.Row(y)
		for x, v := range r.Row(y) {
			to[r.W-1-x] = v
		}
	}
	return out
}

// Transposed returns the raster with rows and columns exchanged.
func (r *Raster) Transposed() *Raster {
	out := NewRaster(r.H, r.W)
	const tile = 32 // pixels; small enough that both rasters stay in the processor's cache
	for y0 := 0; y0 < r.H; y0 += tile {
		for x0 := 0; x0 < r.W; x0 += tile {
			for y := y0; y < min(y0+tile, r.H); y++ {
				for x := x0; x < min(x0+tile, r.W); x++ {
					out.Pix[x*out.W+y] = r.Pix[y*r.W+x]
				}
			}
		}
	}
	return out
}

// mapped returns the raster with f applied to every pixel.
func (r *Raster) mapped(f func(int) int) *Raster {
	to := tableOf(f)
	out := NewRaster(r.W, r.H)
	for i, v := range r.Pix {
		out.Pix[i] = to[v]
	}
	return out
}

// tableOf is f for each value of a pixel, limited to 0 to 255.
func tableOf(f func(int) int) *[256]byte {
	var to [256]byte
	for v := range to {
		to[v] = byte(max(0, min(255, f(v))))
	}
	return &to
}
