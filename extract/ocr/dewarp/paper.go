package dewarp

import (
	"math"
	"slices"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// Paper is lighter than the desk that it lies on. In a small copy of the picture, each line from the border inwards is searched for
// the place behind which it is lighter than most of what is before. The places near a straight line are an edge of the paper. It is then
// placed exactly where the gray of the picture rises most. No threshold is common to all of the picture, for light is uneven.

const (
	smallSide = 320 // pixels; the longer side of the small copy
	leastDesk = 2   // pixels of the small copy
	sideShare = 0.2 // of a side of the picture that an edge of the paper runs along
	bulge     = 30  // an edge leaves a straight line by at most one in this many parts of the side
	edgeStep  = 12  // gray levels that an edge rises by
	edgeNear  = 4   // pixels from an edge up to which it may be blurred
	edgeFar   = 12  // pixels from an edge up to which desk and paper are compared
	ragged    = 3   // pixels that a point of an edge may leave its neighbours
	sides     = 4   // top, bottom, left, right
)

// edges finds the edges of the paper, by side; those not in the picture have no points.
func edges(r *pix.Raster) [sides]trace {
	out := [sides]trace{2: {down: true}, 3: {down: true}}
	k := max(1, (max(r.W, r.H)+smallSide-1)/smallSide)
	small := shrunk(r, k)
	across := r.Transposed()
	for side := range sides {
		at := func(x, y int) int { return int(small.Pix[y*small.W+x]) }
		length, height, full := small.W, small.H, r
		if side >= 2 {
			at = func(x, y int) int { return int(small.Pix[x*small.W+y]) }
			length, height, full = small.H, small.W, across
		}
		far := side&1 == 1
		var rough []point // of the small copy
		for x := range length {
			from := func(y int) int {
				if far {
					y = height - 1 - y
				}
				return y
			}
			if y, ok := outline(height, func(y int) int { return at(x, from(y)) }); ok {
				rough = append(rough, point{float64(x), float64(from(y))})
			}
		}
		rough = straightest(rough, length, float64(height)/bulge)
		points := refined(full, rough, k, far)
		if float64(len(points)) < sideShare*float64(length) {
			continue
		}
		if side >= 2 {
			for i, p := range points {
				points[i] = point{p.y, p.x}
			}
		}
		out[side].points = points
	}
	return out
}

// shrunk returns the raster at a k-th of its size.
func shrunk(r *pix.Raster, k int) *pix.Raster {
	out := pix.NewRaster(max(1, r.W/k), max(1, r.H/k))
	for y := range out.H {
		for x := range out.W {
			sum, n := 0, 0
			for v := y * k; v < min(r.H, (y+1)*k); v++ {
				for _, p := range r.Row(v)[x*k : min(r.W, (x+1)*k)] {
					sum += int(p)
					n++
				}
			}
			out.Row(y)[x] = byte(sum / max(1, n))
		}
	}
	return out
}

// outline is the place of a line of the small copy where the desk ends: what follows is lighter than most of what is before.
func outline(height int, value func(y int) int) (int, bool) {
	const inner = 4 // pixels of paper that are compared with the desk
	best, at := 0, 0
	var desk []int // sorted
	for y := 0; y+inner < height/2; y++ {
		sum := 0
		for d := 1; d <= inner; d++ {
			sum += value(y + d)
		}
		if y >= leastDesk {
			if rise := sum/inner - desk[len(desk)*9/10]; rise > best {
				best, at = rise, y
			}
		}
		i, _ := slices.BinarySearch(desk, value(y))
		desk = slices.Insert(desk, i, value(y))
	}
	return at, best >= edgeStep
}

// straightest keeps the points near the line that has most points near it.
func straightest(points []point, length int, near float64) []point {
	var best []point
	n := len(points)
	for i := 0; i < n; i += max(1, n/24) {
		for j := i + n/4; j < n; j += max(1, n/24) {
			a, b := points[i], points[j]
			if b.x-a.x < float64(length)/8 || math.Abs(b.y-a.y) > steepest*(b.x-a.x) {
				continue
			}
			var in []point
			for _, p := range points {
				if y := a.y + (b.y-a.y)*(p.x-a.x)/(b.x-a.x); math.Abs(p.y-y) <= near {
					in = append(in, p)
				}
			}
			if len(in) > len(best) {
				best = in
			}
		}
	}
	return best
}

// refined places points of the small copy where the picture rises from desk to paper, and drops those that leave their neighbours.
func refined(r *pix.Raster, rough []point, k int, far bool) []point {
	const half = 3 // rows on both sides that are compared
	trim := len(rough) / 40
	var found []point
	for _, p := range rough[trim : len(rough)-trim] {
		x0, middle := int(p.x)*k, int(p.y)*k+k/2
		sum := func(y int) (s int) {
			for _, v := range r.Row(y)[x0:min(r.W, x0+k)] {
				s += int(v)
			}
			return s
		}
		best, at := 0, -1
		for y := max(half, middle-2*k); y <= min(r.H-half, middle+2*k); y++ {
			rise := 0
			for d := range half {
				rise += sum(y+d) - sum(y-1-d)
			}
			if far {
				rise = -rise
			}
			if rise > best {
				best, at = rise, y
			}
		}
		if best >= edgeStep*half*k && steps(r, x0, min(r.W, x0+k), at, far) {
			found = append(found, point{float64(x0) + float64(k)/2, float64(at)})
		}
	}
	var out []point
	for i := 2; i+2 < len(found); i++ {
		a, b, p := found[i-2], found[i+2], found[i]
		if middle := a.y + (b.y-a.y)*(p.x-a.x)/(b.x-a.x); math.Abs(p.y-middle) <= ragged {
			out = append(out, p)
		}
	}
	return out
}

// steps reports whether the picture is lighter on the inner side of an edge than on the outer one, also at some distance: rules and
// shadows are not.
func steps(r *pix.Raster, x0, x1, y int, far bool) bool {
	if y < edgeFar || y+edgeFar > r.H {
		return false
	}
	sum := 0
	for d := edgeNear; d < edgeFar; d++ {
		above, below := r.Row(y - 1 - d)[x0:x1], r.Row(y + d)[x0:x1]
		for x := range above {
			sum += int(below[x]) - int(above[x])
		}
	}
	if far {
		sum = -sum
	}
	return sum >= edgeStep*(edgeFar-edgeNear)*(x1-x0)
}
