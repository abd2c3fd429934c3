package ocr

// A watermark printed in light gray, a stamp copied without its colour, print shining through from the back: all are
// lighter than the ink. Their strokes are broad, so that they have inner pixels of one even gray, which thin print has
// not: a peak among the even pixels between ink and paper is such a mark, and what is as light as it becomes paper.

// tone is what the values of a levelled raster mean.
type tone struct {
	ink   int // the value of the darkest strokes
	paper int // pixels from here on are paper
	mark  int // the gray of a watermark, 0 when there is none
}

// toneOf measures a levelled raster of so many pixels by its histograms.
func toneOf(all, even *[256]int, pixels int) tone {
	t := tone{ink: inkLevel(all)}.unmarked()
	if t.mark = markLevel(even, t.ink, pixels); t.mark > 0 {
		t.paper = min(t.paper, t.mark-(t.mark-t.ink)*9/100)
	}
	return t
}

// unmarked is the tone without a watermark.
func (t tone) unmarked() tone {
	return tone{ink: t.ink, paper: t.ink + (255-t.ink)*85/100}
}

// histograms counts all values, and those of pixels whose neighbourhood is even.
func histograms(r *raster) (all, even [256]int) {
	const (
		unrest = 26  // an even pixel's neighbours differ at most by this: the noise of scanning and of JPEG
		paper  = 245 // lighter pixels are not asked for their neighbours
	)
	var counts [4][256]int // neighbours are often equal: one counter would wait for itself
	for y := 1; y < r.h-1; y++ {
		up, row, down := r.row(y-1), r.row(y), r.row(y+1)
		for x := 1; x < r.w-1; x++ {
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

// inkLevel is the value below which a tenth of the dark pixels lie.
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

// markLevel finds the peak of a watermark's gray among the even pixels.
func markLevel(even *[256]int, ink, pixels int) int {
	const reach = 4 // the histogram is smoothed over so many values to both sides
	smooth := func(v int) int {
		sum := 0
		for i := max(0, v-reach); i <= min(255, v+reach); i++ {
			sum += even[i]
		}
		return sum
	}
	best, at := 0, 0
	for v := ink + (255-ink)*30/100; v <= 232; v++ {
		n := smooth(v)
		if n <= best || n < smooth(v-reach) || n < smooth(min(v+reach, 255)) {
			continue
		}
		best, at = n, v
	}
	if best*1000 < pixels { // less than a thousandth of the page
		return 0
	}
	return at
}

// stretched sets ink to 0 and paper to 255: what is left is to be found, not to be read.
func (t tone) stretched(r *raster) *raster {
	stretch := func(t tone) func(int) int {
		return func(v int) int { return (v - t.ink) * 255 / max(1, t.paper-t.ink) }
	}
	out := r.mapped(stretch(t.unmarked()))
	if t.mark > 0 {
		t.markTiles(r).mapOnto(out, r, stretch(t))
	}
	return out
}

// softened turns what is as light as a watermark into paper and leaves the rest as it is: the engine reads the soft edges
// of a scan better than hard ones.
func (t tone) softened(r *raster) *raster {
	if t.mark == 0 {
		return r
	}
	knee := t.paper - (t.paper-t.ink)/4
	out := newRaster(r.w, r.h)
	copy(out.pix, r.pix)
	t.markTiles(r).mapOnto(out, r, func(v int) int {
		if v <= knee {
			return v
		}
		return knee + (v-knee)*(255-knee)/max(1, t.paper-knee)
	})
	return out
}

// tileSize is the side, in pixels, of the squares in which a mark is looked for: where none is, thin print that is as light
// as the mark stays.
const tileSize = 64

// tiles are the squares of a raster in which a mark is.
type tiles struct {
	w, h int
	in   []bool
}

// markTiles finds the squares with even pixels as grey as the mark, and those beside them.
func (t tone) markTiles(r *raster) *tiles {
	const reach, least, unrest, wide = 10, 12, 26, 8
	m := &tiles{w: (r.w + tileSize - 1) / tileSize, h: (r.h + tileSize - 1) / tileSize}
	count := make([]int, m.w*m.h)
	for y := 1; y < r.h-1; y++ {
		up, row, down := r.row(y-1), r.row(y), r.row(y+1)
		for x := 1; x < r.w-1; x++ {
			v := row[x]
			if int(v) < t.mark-reach || int(v) > t.mark+reach {
				continue
			}
			lo := min(v, row[x-1], row[x+1], up[x-1], up[x], up[x+1], down[x-1], down[x], down[x+1])
			hi := max(v, row[x-1], row[x+1], up[x-1], up[x], up[x+1], down[x-1], down[x], down[x+1])
			if hi-lo <= unrest {
				count[y/tileSize*m.w+x/tileSize]++
			}
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

// mapOnto writes the changed values of a raster's squares.
func (m *tiles) mapOnto(out, r *raster, f func(int) int) {
	to := tableOf(f)
	for y := range r.h {
		from, row := r.row(y), out.row(y)
		for tx := range m.w {
			if !m.in[y/tileSize*m.w+tx] {
				continue
			}
			for x := tx * tileSize; x < min(r.w, (tx+1)*tileSize); x++ {
				row[x] = to[from[x]]
			}
		}
	}
}

// mapped changes every value.
func (r *raster) mapped(f func(int) int) *raster {
	to := tableOf(f)
	out := newRaster(r.w, r.h)
	for i, v := range r.pix {
		out.pix[i] = to[v]
	}
	return out
}

func tableOf(f func(int) int) *[256]byte {
	var to [256]byte
	for v := range to {
		to[v] = byte(max(0, min(255, f(v))))
	}
	return &to
}
