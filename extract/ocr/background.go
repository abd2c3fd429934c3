package ocr

// The light on a scan is uneven: shades at the edges, grey paper, shaded header cells. The paper's own value is estimated
// in tiles and each pixel divided by it, so that paper is white everywhere.

const (
	tile       = 48   // pixels; wider than any stroke, smaller than the shades
	paperShare = 0.80 // so much of a tile is not lighter than paper
	darkest    = 90   // paper is never taken for darker than this
)

// levelled returns the raster with the paper at 255.
func levelled(r *raster) *raster {
	cols, rows := (r.w+tile-1)/tile, (r.h+tile-1)/tile
	paper := make([]float32, cols*rows)
	for j := range rows {
		for i := range cols {
			paper[j*cols+i] = float32(paperOf(r, i*tile, j*tile))
		}
	}
	out := newRaster(r.w, r.h)
	light := lighting{paper: paper, cols: cols, rows: rows, above: -1, below: -1}
	light.upper, light.lower, light.line = make([]float32, r.w), make([]float32, r.w), make([]float32, r.w)
	for y := range r.h {
		line := light.along(y)
		from, to := r.row(y), out.row(y)
		for x, v := range from {
			if n := float32(v); n < line[x] {
				to[x] = byte(n*255/line[x] + 0.5)
			} else {
				to[x] = 255
			}
		}
	}
	return out
}

// paperOf is the value of the paper in the tile that begins at x0, y0.
func paperOf(r *raster, x0, y0 int) int {
	var count [256]int
	n := 0
	for y := y0; y < min(y0+tile, r.h); y += 2 {
		for _, v := range r.row(y)[x0:min(x0+tile, r.w)] {
			count[v]++
			n++
		}
	}
	need := int(float64(n) * (1 - paperShare))
	for v := 255; v > darkest; v-- {
		if need -= count[v]; need < 0 {
			return v
		}
	}
	return darkest
}

// lighting gives the paper's value between the middles of the tiles, row by row.
type lighting struct {
	paper        []float32 // by tile
	cols, rows   int
	above, below int       // the rows of tiles that upper and lower are of
	upper, lower []float32 // the values along the middles of two rows of tiles
	line         []float32
}

// along returns the values along a row of pixels, good until the next call.
func (l *lighting) along(y int) []float32 {
	j0, j1, f := tilesAt(y, l.rows)
	if j0 != l.above {
		l.above = j0
		l.middles(l.upper, j0)
	}
	if j1 != l.below {
		l.below = j1
		l.middles(l.lower, j1)
	}
	for x, v := range l.upper {
		l.line[x] = v*(1-f) + l.lower[x]*f
	}
	return l.line
}

// middles fills in the values along the middles of a row of tiles.
func (l *lighting) middles(to []float32, row int) {
	tiles := l.paper[row*l.cols : (row+1)*l.cols]
	for x := range to {
		i0, i1, f := tilesAt(x, l.cols)
		to[x] = tiles[i0]*(1-f) + tiles[i1]*f
	}
}

// tilesAt finds the two of n tiles between whose middles a pixel lies, and how far it is from the first to the second.
func tilesAt(v, n int) (first, second int, part float32) {
	p := float32(v)/tile - 0.5
	if p <= 0 {
		return 0, 0, 0
	}
	i := int(p)
	if i >= n-1 {
		return n - 1, n - 1, 0
	}
	return i, i + 1, p - float32(i)
}
