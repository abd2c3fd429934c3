package ocr

import (
	"cmp"
	"math"
	"slices"
)

// The page is level when its ink falls on as few rows as possible: lines of text and rules pile up in the projection on
// the vertical axis, and the sum of the squared steps from row to row is greatest. The angle is searched coarsely, then
// finely.

const (
	maxSkew    = 6.0 // degrees to both sides
	skewStep   = 0.2 // of the coarse search
	finalists  = 8   // angles
	fineStep   = 0.01
	coarseDots = 40_000 // as many are enough for the coarse search
)

// dot is a dark pixel.
type dot struct{ x, y float32 }

// dots samples the dark pixels of a raster, at most about limit of them.
func dots(r *raster, dark byte, limit int) []dot {
	ink := darkerThan(dark)
	n := ink.count(r.pix)
	step := max(1, n/limit)
	out := make([]dot, 0, n/step+1)
	left := step
	for y := range r.h {
		row := r.row(y)
		for x := ink.next(row, 0); x < len(row); x = ink.next(row, x+1) {
			if left--; left == 0 {
				out = append(out, dot{float32(x), float32(y)})
				left = step
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
	some := every(points, coarseDots)
	best := coarseSkew(some, size)
	near := sharpest(some, best-skewStep, best+skewStep, size, bins)
	return climbOver(near, func(angle float64) float64 { return sharp(points, angle, size, bins) })
}

// sharpest are the finalists among the fine steps from lo to hi, by some of the dots: which of them is best only all dots
// tell.
func sharpest(some []dot, lo, hi float64, size int, bins []float32) []float64 {
	var angles []float64
	seen := map[float64]float64{}
	climb(lo, hi, fineStep, func(angle float64) float64 {
		angles = append(angles, angle)
		seen[angle] = sharp(some, angle, size, bins)
		return seen[angle]
	})
	slices.SortStableFunc(angles, func(a, b float64) int { return cmp.Compare(seen[b], seen[a]) })
	return angles[:min(finalists, len(angles))]
}

// every thins dots out to about limit of them.
func every(points []dot, limit int) []dot {
	step := max(1, len(points)/limit)
	out := make([]dot, 0, len(points)/step+1)
	for i := 0; i < len(points); i += step {
		out = append(out, points[i])
	}
	return out
}

// coarseSkew is the angle to the nearest step; size is the sum of the picture's sides.
func coarseSkew(points []dot, size int) float64 {
	bins := make([]float32, 2*size+4)
	return climb(-maxSkew, maxSkew, skewStep, func(angle float64) float64 { return sharp(points, angle, size, bins) })
}

// climb is the value between lo and hi where f is greatest, the one nearest to 0 of equals.
func climb(lo, hi, step float64, f func(float64) float64) float64 {
	values := make([]float64, int(math.Round((hi-lo)/step))+1)
	for i := range values {
		values[i] = lo + float64(i)*step
	}
	return climbOver(values, f)
}

// climbOver is the one of some values where f is greatest, the one nearest to 0 of equals.
func climbOver(values []float64, f func(float64) float64) float64 {
	best, at := math.Inf(-1), 0.0
	for _, v := range values {
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
		lo, hi := inside(fx, dx, (r.w-1)*one, 0, len(to))
		lo, hi = inside(fy, dy, (r.h-1)*one, lo, hi)
		white(to[:lo])
		white(to[hi:])
		fx += lo * dx
		fy += lo * dy
		for x := lo; x < hi; x++ {
			to[x] = r.between(fx, fy)
			fx += dx
			fy += dy
		}
	}
	return out
}

// inside narrows the steps lo to hi to those i for which from + i·step lies in 0 to limit.
func inside(from, step, limit, lo, hi int) (int, int) {
	in := func(i int) bool { v := from + i*step; return v >= 0 && v < limit }
	for lo < hi && !in(lo) {
		lo++
	}
	for lo < hi && !in(hi-1) {
		hi--
	}
	return lo, hi
}

// between is the value at a place in 1/65536 pixels, from the four pixels around it.
func (r *raster) between(fx, fy int) byte {
	i := fy>>16*r.w + fx>>16
	top, bottom := r.pix[i:i+2:i+2], r.pix[i+r.w:i+r.w+2:i+r.w+2]
	if top[0]&top[1]&bottom[0]&bottom[1] == 255 {
		return 255
	}
	u, v := (fx>>8)&255, (fy>>8)&255
	a := int(top[0])*(256-u) + int(top[1])*u
	b := int(bottom[0])*(256-u) + int(bottom[1])*u
	return byte((a*(256-v) + b*v) >> 16)
}
