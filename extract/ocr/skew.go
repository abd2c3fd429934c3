package ocr

import "math"

// The page is level when its ink falls on as few rows as possible: lines of text and rules pile up in the projection on
// the vertical axis, and the sum of the squared steps from row to row is greatest. The angle is searched coarsely, then
// finely.

const (
	maxSkew  = 6.0 // degrees to both sides
	skewStep = 0.2 // of the coarse search
	fineStep = 0.01
)

// dot is a dark pixel.
type dot struct{ x, y float32 }

// dots samples the dark pixels of a raster, at most about limit of them.
func dots(r *raster, dark byte, limit int) []dot {
	n := 0
	for _, v := range r.pix {
		if v < dark {
			n++
		}
	}
	step := max(1, n/limit)
	out := make([]dot, 0, n/step+1)
	n = 0
	for y := range r.h {
		for x, v := range r.row(y) {
			if v < dark {
				if n++; n%step == 0 {
					out = append(out, dot{float32(x), float32(y)})
				}
			}
		}
	}
	return out
}

// skewOf is the angle in degrees by which the picture's rows descend to the right.
func skewOf(r *raster, dark byte) float64 {
	points := dots(r, dark, 120_000)
	if len(points) < 200 {
		return 0
	}
	size := r.w + r.h
	bins := make([]float32, 2*size+4)
	best := coarseSkew(points, size)
	return climb(best-skewStep, best+skewStep, fineStep, func(angle float64) float64 { return sharp(points, angle, size, bins) })
}

// coarseSkew is the angle to the nearest step; size is the sum of the picture's sides.
func coarseSkew(points []dot, size int) float64 {
	bins := make([]float32, 2*size+4)
	return climb(-maxSkew, maxSkew, skewStep, func(angle float64) float64 { return sharp(points, angle, size, bins) })
}

// climb is the value between lo and hi where f is greatest, the one nearest to 0 of equals.
func climb(lo, hi, step float64, f func(float64) float64) float64 {
	best, at := math.Inf(-1), 0.0
	for i := 0; i <= int(math.Round((hi-lo)/step)); i++ {
		v := lo + float64(i)*step
		if s := f(v); s > best || s == best && math.Abs(v) < math.Abs(at) {
			best, at = s, v
		}
	}
	return at
}

// sharp measures how much the ink piles up in rows when seen along an angle. Each dot is shared between the two rows it
// lies between.
func sharp(points []dot, angle float64, size int, bins []float32) float64 {
	clear(bins)
	sin, cos := math.Sincos(angle * math.Pi / 180)
	s, c := float32(sin), float32(cos)
	for _, p := range points {
		v := p.y*c - p.x*s + float32(size)
		i := int(v)
		if i < 0 || i+1 >= len(bins) {
			continue
		}
		f := v - float32(i)
		bins[i] += 1 - f
		bins[i+1] += f
	}
	sum := 0.0
	for i := 1; i < len(bins); i++ {
		d := float64(bins[i] - bins[i-1])
		sum += d * d
	}
	return sum
}

// rotated returns the raster turned against the clock by the angle in degrees about its middle, paper at the corners.
func rotated(r *raster, angle float64) *raster {
	out := newRaster(r.w, r.h)
	sin, cos := math.Sincos(angle * math.Pi / 180)
	cx, cy := float64(r.w-1)/2, float64(r.h-1)/2
	const one = 1 << 16
	dx, dy := int(cos*one), int(sin*one)
	for y := range out.h {
		v := float64(y) - cy
		fx := int((cx - cx*cos - v*sin) * one)
		fy := int((cy - cx*sin + v*cos) * one)
		to := out.row(y)
		for x := range to {
			to[x] = between(r, fx, fy)
			fx += dx
			fy += dy
		}
	}
	return out
}

// between is the value at a place in 1/65536 pixels, from the four pixels around it; paper outside.
func between(r *raster, fx, fy int) byte {
	x, y := fx>>16, fy>>16
	if x < 0 || y < 0 || x >= r.w-1 || y >= r.h-1 {
		return 255
	}
	u, v := (fx>>8)&255, (fy>>8)&255
	i := y*r.w + x
	top := int(r.pix[i])*(256-u) + int(r.pix[i+1])*u
	bottom := int(r.pix[i+r.w])*(256-u) + int(r.pix[i+r.w+1])*u
	return byte((top*(256-v) + bottom*v) >> 16)
}
