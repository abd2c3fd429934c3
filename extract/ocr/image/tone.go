package image

// A light gray watermark, a stamp copied without its colour and print that shows through from the back are all lighter than
// ink. Their strokes are broad, so their insides are of one even gray, which thin print is not. A peak of even pixels in the
// histogram between ink and paper is therefore such a mark, and pixels as light as it become paper.

// tone is what the values of an evenly lit raster mean.
type tone struct {
	ink   int // the value of the darkest strokes
	paper int // pixels from here on are paper
	mark  int // the gray of a watermark, 0 when there is none
}

// toneOf finds the tone of an evenly lit raster by its histograms.
func toneOf(all, even *[256]int, pixels int) tone {
	t := tone{ink: inkLevel(all)}.unmarked()
	if t.mark = markLevel(even, t.ink, pixels); t.mark > 0 {
		t.paper = min(t.paper, t.mark-(t.mark-t.ink)*9/100)
	}
	return t
}

// middle is the value between ink and paper.
func (t tone) middle() byte { return byte((t.ink + t.paper) / 2) }

// unmarked is the tone of the same print without a watermark.
func (t tone) unmarked() tone {
	return tone{ink: t.ink, paper: t.ink + (255-t.ink)*85/100}
}

// histograms counts the values of all pixels, and of those whose eight neighbours have nearly the same value.
func histograms(r *Raster) (all, even [256]int) {
	const (
		unrest = 26  // an even pixel's neighbours differ by at most this: the noise of scanning and of JPEG
		paper  = 245 // the neighbours of lighter pixels are not looked at
	)
	var counts [4][256]int // neighbours are often equal, and four counters do not wait for each other's stores
	for y := 1; y < r.H-1; y++ {
		up, row, down := r.Row(y-1), r.Row(y), r.Row(y+1)
		for x := 1; x < r.W-1; x++ {
			v := row[x]
			counts[x&3][v]++
			if v > paper {
				continue
			}
			lo, hi := min(v, row[x-1], row[x+1]), max(v, row[x-1], row[x+1])
			if hi-lo > unrest {
				continue
			}
			lo = min(lo, up[x-1], up[x], up[x+1], down[x-1], down[x], down[x+1])
			hi = max(hi, up[x-1], up[x], up[x+1], down[x-1], down[x], down[x+1])
			if hi-lo <= unrest {
				even[v]++
			}
		}
	}
	for _, c := range counts {
		for v, n := range c {
			all[v] += n
		}
	}
	return all, even
}

// inkLevel is the 10th percentile of the dark pixels' values.
func inkLevel(all *[256]int) int {
	dark := 0
	for _, n := range all[:128] {
		dark += n
	}
	if dark < 50 {
		return 64
	}
	sum := 0
	for v, n := range all[:128] {
		if sum += n; sum*10 >= dark {
			return min(v, 110)
		}
	}
	return 110
}

// markLevel finds the gray of a watermark, the highest peak among the even pixels; 0 when there is none.
func markLevel(even *[256]int, ink, pixels int) int {
	best, at := 0, 0
	for v := ink + (255-ink)*30/100; v <= 232; v++ {
		n := smooth(even, v)
		if n <= best || n < smooth(even, v-smoothReach) || n < smooth(even, min(v+smoothReach, 255)) {
			continue
		}
		best, at = n, v
	}
	if best*1000 < pixels { // less than a thousandth of the page
		return 0
	}
	return at
}

// smoothReach is the number of values on both sides over which the histogram is smoothed.
const smoothReach = 4

// smooth is the number of pixels about a value of a histogram.
func smooth(count *[256]int, v int) int {
	sum := 0
	for i := max(0, v-smoothReach); i <= min(255, v+smoothReach); i++ {
		sum += count[i]
	}
	return sum
}

// stretched maps ink to 0 and paper to 255, for finding lines and text.
func (t tone) stretched(r *Raster) *Raster {
	return r.mapped(func(v int) int { return (v - t.ink) * 255 / max(1, t.paper-t.ink) })
}

// tileSize is the side, in pixels, of the squares in which a watermark is looked for. In squares without it, thin print that is
// as light as the watermark stays.
const tileSize = 64

// tiles are the squares of a raster that have a watermark in them.
type tiles struct {
	w, h int
	in   []bool
}

// evens is 1 where a raster has a watermark's gray, as have the pixels about it, else 0.
func (t tone) evens(r *Raster) *Raster {
	const (
		near   = 12 // values about the gray that are taken for it
		unrest = 26 // neighbours differ by at most this: the noise of scanning and of JPEG
	)
	even := NewRaster(r.W, r.H)
	for y := 1; y < r.H-1; y++ {
		up, row, down, to := r.Row(y-1), r.Row(y), r.Row(y+1), even.Row(y)
		for x := 1; x < r.W-1; x++ {
			v := row[x]
			if int(v) < t.mark-near || int(v) > t.mark+near {
				continue
			}
			lo := min(v, row[x-1], row[x+1], up[x-1], up[x], up[x+1], down[x-1], down[x], down[x+1])
			hi := max(v, row[x-1], row[x+1], up[x-1], up[x], up[x+1], down[x-1], down[x], down[x+1])
			if hi-lo <= unrest {
				to[x] = 1
			}
		}
	}
	return even
}

// tilesOf finds the squares with even pixels, and the squares beside them.
func tilesOf(even *Raster) *tiles {
	const least, wide = 12, 8
	m := &tiles{w: (even.W + tileSize - 1) / tileSize, h: (even.H + tileSize - 1) / tileSize}
	count := make([]int, m.w*m.h)
	for y := range even.H {
		for x, v := range even.Row(y) {
			count[y/tileSize*m.w+x/tileSize] += int(v)
		}
	}
	m.in = make([]bool, len(count))
	marked := 0
	for _, n := range count {
		if n >= least {
			marked++
		}
	}
	if marked*wide >= len(count) { // a watermark over the page
		for i := range m.in {
			m.in[i] = true
		}
		return m
	}
	for i, n := range count {
		if n < least {
			continue
		}
		for y := max(0, i/m.w-1); y <= min(m.h-1, i/m.w+1); y++ {
			for x := max(0, i%m.w-1); x <= min(m.w-1, i%m.w+1); x++ {
				m.in[y*m.w+x] = true
			}
		}
	}
	return m
}

// each calls f for the rows of pixels in the squares.
func (m *tiles) each(r *Raster, f func(y, x0, x1 int)) {
	for y := range r.H {
		for tx := range m.w {
			if m.in[y/tileSize*m.w+tx] {
				f(y, tx*tileSize, min(r.W, (tx+1)*tileSize))
			}
		}
	}
}
