package ocr

import (
	"image"
	"image/color"
)

// grayOf converts a picture. The red of stamps becomes paper: what is red is nearly white in the red channel, while
// black print below the stamp stays dark there.
func grayOf(src image.Image) *raster {
	b := src.Bounds()
	out := newRaster(b.Dx(), b.Dy())
	switch s := src.(type) {
	case *image.Gray:
		for y := range out.h {
			copy(out.row(y), s.Pix[s.PixOffset(b.Min.X, b.Min.Y+y):])
		}
	case *image.RGBA:
		for y := range out.h {
			from, to := s.Pix[s.PixOffset(b.Min.X, b.Min.Y+y):], out.row(y)
			for x := range to {
				p := from[4*x : 4*x+3 : 4*x+3]
				to[x] = grayValue(p[0], p[1], p[2])
			}
		}
		unblushed(out, s)
	default:
		for y := range out.h {
			to := out.row(y)
			for x := range to {
				c := color.RGBAModel.Convert(src.At(b.Min.X+x, b.Min.Y+y)).(color.RGBA)
				to[x] = grayValue(c.R, c.G, c.B)
			}
		}
	}
	return out
}

// grayValue is the lightness of a pixel, that of its red channel where the pixel is red.
func grayValue(r, g, b byte) byte {
	const reddish = 40 // red stands out from both other channels by this much
	if int(r) > int(max(g, b))+reddish {
		return r
	}
	return byte(luma(r, g, b))
}

// unblushed mends the edges of red strokes. A JPEG keeps colour at half the resolution of lightness: at its edge a stroke is
// as dark as inside, but less red, and would be left as a grey outline. Such a pixel is compared with the reddest one beside
// it: what is as dark is the stroke, and becomes paper; what is darker is print,
// and stays.
func unblushed(out *raster, s *image.RGBA) {
	const blush, red, bright, stroke, dark, reach = 10, 80, 150, 200, 120, 2
	red8 := func(p []byte) int { return int(p[0]) - int(max(p[1], p[2])) }
	b := s.Bounds()
	at := func(x, y int) []byte { return s.Pix[s.PixOffset(b.Min.X+x, b.Min.Y+y):] }
	for y := range out.h {
		row := s.Pix[s.PixOffset(b.Min.X, b.Min.Y+y):]
		for x := range out.w {
			p := row[4*x : 4*x+3 : 4*x+3]
			own := red8(p)
			if own <= blush {
				continue
			}
			most, mx, my := 0, 0, 0
			for ny := max(0, y-reach); ny <= min(out.h-1, y+reach); ny++ {
				for nx := max(0, x-reach); nx <= min(out.w-1, x+reach); nx++ {
					if v := red8(at(nx, ny)); v > most {
						most, mx, my = v, nx, ny
					}
				}
			}
			q := at(mx, my)
			if most < red || q[0] < bright || luma(q[0], q[1], q[2]) > dark {
				continue
			}
			v := min(255, 255*luma(p[0], p[1], p[2])/max(1, luma(q[0], q[1], q[2])))
			if v < stroke {
				continue
			}
			out.row(y)[x] = max(out.row(y)[x], byte(v))
		}
	}
}

func luma(r, g, b byte) int { return (299*int(r) + 587*int(g) + 114*int(b) + 500) / 1000 }

// limited scales a raster down to at most so many pixels; k is the factor.
func limited(r *raster, pixels int) (out *raster, k float64) {
	k = 1
	out = r
	for out.w*out.h > pixels && min(out.w, out.h) > 1 {
		out, k = halved(out), k/2
	}
	return out, k
}

// halved averages squares of four pixels.
func halved(r *raster) *raster {
	out := newRaster(max(1, r.w/2), max(1, r.h/2))
	for y := range out.h {
		a, b, to := r.row(min(2*y, r.h-1)), r.row(min(2*y+1, r.h-1)), out.row(y)
		for x := range to {
			i, j := min(2*x, r.w-1), min(2*x+1, r.w-1)
			to[x] = byte((int(a[i]) + int(a[j]) + int(b[i]) + int(b[j]) + 2) / 4)
		}
	}
	return out
}
