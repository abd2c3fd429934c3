package image

import "slices"

// A watermark is taken out of a picture by what tells it from print: its strokes are broader. A closing (the greatest value near
// each pixel, then the least of those) with a square broader than the strokes of print takes the print away and leaves the
// watermark: the paper as the watermark tints it. Each pixel is then set in relation to that paper. Print whose strokes stand close
// tints the paper as well, so this is done only where the tint hangs together with the even insides of a watermark's strokes.
//
// Thin strokes of the watermark remain. Strokes of print have a dark core somewhere, which these have not, and are nowhere as light
// for long (hysteresis).

const (
	printReach = 2   // pixels; print's strokes are at most twice as broad, and one
	markNoise  = 8   // the watermark's gray varies by this much
	markReach  = 3   // pixels; the insides of a watermark's strokes are looked for in squares of this reach
	markInside = 14  // so many pixels of such a square are even
	softKnee   = 215 // what is lighter than this where a watermark was fades to paper ...
	softPaper  = 240 // ... which it is from here on
	serifReach = 4   // pixels that a stroke of print goes on where it is as light as the watermark
	coreShare  = 20  // per cent of the way from a watermark's gray to ink's: a stroke of print has a darker pixel
)

// flattened returns a level raster without the watermark's gray.
func (t tone) flattened(r *Raster) *Raster {
	paper := r.smoothed().closed(printReach)
	even := t.evens(r)
	area := insides(even)
	edge := byte((t.mark + 255) / 2)
	area.grow(func(i int) bool { return paper.Pix[i] < edge })
	area = area.darkest(printReach)
	soft := tableOf(func(v int) int { return max(v, softKnee+(v-softKnee)*(255-softKnee)/(softPaper-softKnee)) })
	out := &Raster{r.W, r.H, slices.Clone(r.Pix)}
	for i, v := range area.Pix {
		if v == 0 {
			p := max(int(paper.Pix[i]), t.mark-markNoise)
			out.Pix[i] = soft[max(0, min(255, t.ink+(int(r.Pix[i])-t.ink)*(255-t.ink)/(p-t.ink)))]
		}
	}
	t.dropCoreless(out, r, tilesOf(even))
	return out
}

// dropCoreless turns what no dark core holds together into paper, where there is a watermark. The cores are those of r, in which
// print upon the watermark is as dark as it was.
func (t tone) dropCoreless(out, r *Raster, marked *tiles) {
	core := t.mark - (t.mark-t.ink)*coreShare/100
	strokes := r.mapped(func(v int) int {
		if v < core {
			return 0
		}
		return 255
	})
	light := byte(t.mark - markNoise)
	strokes.grow(func(i int) bool { return out.Pix[i] < light })
	for range serifReach {
		wider := strokes.darkest(1)
		for i, v := range wider.Pix {
			if v == 0 && out.Pix[i] < softPaper {
				strokes.Pix[i] = 0
			}
		}
	}
	strokes = strokes.darkest(1)
	marked.each(r, func(y, x0, x1 int) {
		for i := y*r.W + x0; i < y*r.W+x1; i++ {
			if strokes.Pix[i] != 0 {
				out.Pix[i] = 255
			}
		}
	})
}

// insides is 0 at the insides of a watermark's strokes, else 255. even is what evens gives.
func insides(even *Raster) *Raster {
	out := Blank(even.W, even.H)
	sums := make([]int, even.W)
	for y := markReach; y < even.H-markReach; y++ {
		clear(sums)
		for k := -markReach; k <= markReach; k++ {
			for x, v := range even.Row(y + k) {
				sums[x] += int(v)
			}
		}
		to := out.Row(y)
		for x, v := range even.Row(y) {
			if v == 0 || x < markReach || x >= even.W-markReach {
				continue
			}
			n := 0
			for _, s := range sums[x-markReach : x+markReach+1] {
				n += s
			}
			if n >= markInside {
				to[x] = 0
			}
		}
	}
	return out
}

// grow sets to 0 the pixels for which in holds and that hang together with pixels that are 0.
func (r *Raster) grow(in func(i int) bool) {
	var open []int
	for i, v := range r.Pix {
		if v == 0 {
			open = append(open, i)
		}
	}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		x := i % r.W
		for _, n := range [4]int{i - 1, i + 1, i - r.W, i + r.W} {
			if n < 0 || n >= len(r.Pix) || x == 0 && n == i-1 || x == r.W-1 && n == i+1 || r.Pix[n] == 0 || !in(n) {
				continue
			}
			r.Pix[n] = 0
			open = append(open, n)
		}
	}
}

// closed returns the closing of a raster by a square that reaches so many pixels from its center.
func (r *Raster) closed(reach int) *Raster { return r.lightest(reach).darkest(reach) }

// lightest sets each pixel to the greatest value near it.
func (r *Raster) lightest(reach int) *Raster {
	return r.slid(reach, func(a, b byte) byte { return max(a, b) })
}

// darkest sets each pixel to the least value near it: ink grows by so many pixels.
func (r *Raster) darkest(reach int) *Raster {
	return r.slid(reach, func(a, b byte) byte { return min(a, b) })
}

// slid combines the pixels of a square about each pixel, first of rows, then of columns.
func (r *Raster) slid(reach int, combine func(a, b byte) byte) *Raster {
	row, out := NewRaster(r.W, r.H), NewRaster(r.W, r.H)
	for y := range r.H {
		from, to := r.Row(y), row.Row(y)
		copy(to, from)
		for k := 1; k <= reach; k++ {
			for x := k; x < r.W; x++ {
				to[x] = combine(to[x], from[x-k])
				to[x-k] = combine(to[x-k], from[x])
			}
		}
	}
	for y := range r.H {
		to := out.Row(y)
		copy(to, row.Row(y))
		for k := max(0, y-reach); k <= min(r.H-1, y+reach); k++ {
			for x, v := range row.Row(k) {
				to[x] = combine(to[x], v)
			}
		}
	}
	return out
}

// smoothed returns the raster with each pixel the mean of the nine about it.
func (r *Raster) smoothed() *Raster {
	out := NewRaster(r.W, r.H)
	sums := make([]int, r.W)
	for y := range r.H {
		up, row, down := r.Row(max(0, y-1)), r.Row(y), r.Row(min(y+1, r.H-1))
		for x := range sums {
			sums[x] = int(up[x]) + int(row[x]) + int(down[x])
		}
		to := out.Row(y)
		for x := range to {
			to[x] = byte((sums[max(0, x-1)] + sums[x] + sums[min(x+1, r.W-1)] + 4) / 9)
		}
	}
	return out
}
