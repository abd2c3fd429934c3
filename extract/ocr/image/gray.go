package image

import (
	"image"
	"image/color"
)

// GrayOf converts a picture to gray and turns the red of stamps into paper: red is nearly white in the red channel, while
// black print below a stamp is dark in it.
func GrayOf(src image.Image) *Raster {
	b := src.Bounds()
	out := NewRaster(b.Dx(), b.Dy())
	switch s := src.(type) {
	case *image.Gray:
		for y := range out.H {
			copy(out.Row(y), s.Pix[s.PixOffset(b.Min.X, b.Min.Y+y):])
		}
	case *image.RGBA:
		for y := range out.H {
			from, to := s.Pix[s.PixOffset(b.Min.X, b.Min.Y+y):], out.Row(y)
			for x := range to {
				p := from[4*x : 4*x+3 : 4*x+3]
				to[x] = grayValue(p[0], p[1], p[2])
			}
		}
		withoutHalos(out, s)
	default:
		for y := range out.H {
			to := out.Row(y)
			for x := range to {
				c := color.RGBAModel.Convert(src.At(b.Min.X+x, b.Min.Y+y)).(color.RGBA)
				to[x] = grayValue(c.R, c.G, c.B)
			}
		}
	}
	return out
}

// grayValue is the luma of a pixel; where the pixel is red, the value of its red channel.
func grayValue(r, g, b byte) byte {
	const reddish = 40 // a red pixel's red channel is higher than both others by more than this
	if int(r) > int(max(g, b))+reddish {
		return r
	}
	return byte(luma(r, g, b))
}

// withoutHalos turns the edges of red strokes into paper. A JPEG stores colour at half the resolution of luma, so the edge of
// a red stroke is as dark as its inside but less red, and would remain as a gray outline. Each slightly red pixel is compared
// with the reddest pixel near it: one as dark as that belongs to the stroke and becomes paper, a darker one is print.
func withoutHalos(out *Raster, s *image.RGBA) {
	const blush, red, bright, stroke, dark, reach = 10, 80, 150, 200, 120, 2
	red8 := func(p []byte) int { return int(p[0]) - int(max(p[1], p[2])) }
	b := s.Bounds()
	at := func(x, y int) []byte { return s.Pix[s.PixOffset(b.Min.X+x, b.Min.Y+y):] }
	for y := range out.H {
		row := s.Pix[s.PixOffset(b.Min.X, b.Min.Y+y):]
		for x := range out.W {
			p := row[4*x : 4*x+3 : 4*x+3]
			own := red8(p)
			if own <= blush {
				continue
			}
			most, mx, my := 0, 0, 0
			for ny := max(0, y-reach); ny <= min(out.H-1, y+reach); ny++ {
				for nx := max(0, x-reach); nx <= min(out.W-1, x+reach); nx++ {
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
			out.Row(y)[x] = max(out.Row(y)[x], byte(v))
		}
	}
}

func luma(r, g, b byte) int { return (299*int(r) + 587*int(g) + 114*int(b) + 500) / 1000 }

// Limited halves a raster until it has at most MaxPixels.
func Limited(r *Raster) *Raster { return limited(r, MaxPixels) }

// limited halves a raster until it has at most so many pixels.
func limited(r *Raster, pixels int) *Raster {
	for r.W*r.H > pixels && min(r.W, r.H) > 1 {
		r = halved(r)
	}
	return r
}

// halved returns the raster at half its size: each pixel is the mean of four.
func halved(r *Raster) *Raster {
	out := NewRaster(max(1, r.W/2), max(1, r.H/2))
	for y := range out.H {
		a, b, to := r.Row(min(2*y, r.H-1)), r.Row(min(2*y+1, r.H-1)), out.Row(y)
		for x := range to {
			i, j := min(2*x, r.W-1), min(2*x+1, r.W-1)
			to[x] = byte((int(a[i]) + int(a[j]) + int(b[i]) + int(b[j]) + 2) / 4)
		}
	}
	return out
}
