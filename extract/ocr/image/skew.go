package image

import (
	"cmp"
	"math"
	"slices"
)

// A page is level when its ink falls on as few rows as possible: in the projection onto the vertical axis, lines of text and
// rules form peaks, and the sum of the squared differences between neighbouring rows is greatest (Postl's method). The angle
// is searched coarsely, then finely.

const (
	maxSkew    = 6.0 // degrees in both directions
	skewStep   = 0.2 // degrees, of the coarse search
	finalists  = 8   // angles that are compared by all dots
	fineStep   = 0.01
	coarseDots = 40_000 // dots of the coarse search
)

// dot is a dark pixel.
type dot struct{ x, y float32 }

// dots samples about limit of the dark pixels of a raster at most.
func dots(r *Raster, dark byte, limit int) []dot {
	ink := DarkerThan(dark)
	n := ink.count(r.Pix)
	step := max(1, n/limit)
	out := make([]dot, 0, n/step+1)
	left := step
	for y := range r.H {
		row := r.Row(y)
		for x := ink.next(row, 0); x < len(row); x = ink.next(row, x+1) {
			if left--; left == 0 {
				out = append(out, dot{float32(x), float32(y)})
				left = step
			}
		}
	}
	return out
}

// skewOf is the angle in degrees by which rows of text descend to the right; 0 where there is too little ink to tell.
func skewOf(r *Raster, dark byte) float64 {
	points := dots(r, dark, 120_000)
	if len(points) < 200 {
		return 0
	}
	size := r.W + r.H
	bins := make([]float32, 2*size+4)
	some := every(points, coarseDots)
	best := coarseSkew(some, size)
	near := sharpest(some, best-skewStep, best+skewStep, size, bins)
	return argmaxAngle(near, func(angle float64) float64 { return sharp(points, angle, size, bins) })
}

// sharpest returns the best angles of the fine search from lo to hi, by a sample of the dots. The best of them by all dots is
// chosen later.
func sharpest(some []dot, lo, hi float64, size int, bins []float32) []float64 {
	var angles []float64
	seen := map[float64]float64{}
	argmaxBetween(lo, hi, fineStep, func(angle float64) float64 {
		angles = append(angles, angle)
		seen[angle] = sharp(some, angle, size, bins)
		return seen[angle]
	})
	slices.SortStableFunc(angles, func(a, b float64) int { return cmp.Compare(seen[b], seen[a]) })
	return angles[:min(finalists, len(angles))]
}

// every returns about limit of the dots, evenly sampled.
func every(points []dot, limit int) []dot {
	step := max(1, len(points)/limit)
	out := make([]dot, 0, len(points)/step+1)
	for i := 0; i < len(points); i += step {
		out = append(out, points[i])
	}
	return out
}

// coarseSkew is the result of the coarse search; size is the sum of the picture's sides in pixels.
func coarseSkew(points []dot, size int) float64 {
	bins := make([]float32, 2*size+4)
	return argmaxBetween(-maxSkew, maxSkew, skewStep, func(angle float64) float64 { return sharp(points, angle, size, bins) })
}

// argmaxBetween is argmaxAngle over the angles from lo to hi.
func argmaxBetween(lo, hi, step float64, f func(float64) float64) float64 {
	values := make([]float64, int(math.Round((hi-lo)/step))+1)
	for i := range values {
		values[i] = lo + float64(i)*step
	}
	return argmaxAngle(values, f)
}

// argmaxAngle returns the angle that maximizes f; ties go to the smallest angle.
func argmaxAngle(values []float64, f func(float64) float64) float64 {
	best, at := math.Inf(-1), 0.0
	for _, v := range values {
		if s := f(v); s > best || s == best && math.Abs(v) < math.Abs(at) {
			best, at = s, v
		}
	}
	return at
}

// sharp is the sum of squared differences of the projection at an angle in degrees. Each dot is divided between the two rows
// that it lies between.
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

// rotated returns the raster turned counterclockwise about its center by an angle in degrees, with paper at the corners.
func rotated(r *Raster, angle float64) *Raster {
	out := NewRaster(r.W, r.H)
	sin, cos := math.Sincos(angle * math.Pi / 180)
	cx, cy := float64(r.W-1)/2, float64(r.H-1)/2
	const one = 1 << 16
	dx, dy := int(cos*one), int(sin*one)
	for y := range out.H {
		v := float64(y) - cy
		fx := int((cx - cx*cos - v*sin) * one)
		fy := int((cy - cx*sin + v*cos) * one)
		to := out.Row(y)
		lo, hi := inside(fx, dx, (r.W-1)*one, 0, len(to))
		lo, hi = inside(fy, dy, (r.H-1)*one, lo, hi)
		white(to[:lo])
		white(to[hi:])
		fx += lo * dx
		fy += lo * dy
		for x := lo; x < hi; x++ {
			to[x] = r.bilinear(fx, fy)
			fx += dx
			fy += dy
		}
	}
	return out
}

// inside narrows lo to hi to those i for which from + i·step lies between 0 and limit.
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

// bilinear interpolates between four pixels at a place given in 1/65536 pixels.
func (r *Raster) bilinear(fx, fy int) byte {
	i := fy>>16*r.W + fx>>16
	top, bottom := r.Pix[i:i+2:i+2], r.Pix[i+r.W:i+r.W+2:i+r.W+2]
	if top[0]&top[1]&bottom[0]&bottom[1] == 255 {
		return 255
	}
	u, v := (fx>>8)&255, (fy>>8)&255
	a := int(top[0])*(256-u) + int(top[1])*u
	b := int(bottom[0])*(256-u) + int(bottom[1])*u
	return byte((a*(256-v) + b*v) >> 16)
}
