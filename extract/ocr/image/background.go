package image

// The background of a scan is uneven: shadows at the edges, gray paper, shaded header cells. The value of the paper is
// estimated in tiles, interpolated between them, and every pixel divided by it, so that paper is white everywhere.

const (
	tile       = 48   // pixels; wider than a stroke, narrower than a shadow
	paperShare = 0.80 // the quantile of a tile's values that is taken for its paper
	darkest    = 90   // the lowest value taken for paper
)

// levelled returns the raster with its paper at 255.
func levelled(r *Raster) *Raster {
	cols, rows := (r.W+tile-1)/tile, (r.H+tile-1)/tile
	paper := make([]float32, cols*rows)
	for j := range rows {
		for i := range cols {
			paper[j*cols+i] = float32(paperOf(r, i*tile, j*tile))
		}
	}
	out := NewRaster(r.W, r.H)
	light := lighting{paper: paper, cols: cols, rows: rows, above: -1, below: -1}
	light.upper, light.lower, light.line = make([]float32, r.W), make([]float32, r.W), make([]float32, r.W)
	for y := range r.H {
		line := light.along(y)
		from, to := r.Row(y), out.Row(y)
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

// paperOf estimates the value of the paper in the tile whose top left corner is x0, y0.
func paperOf(r *Raster, x0, y0 int) int {
	var count [256]int
	n := 0
	for y := y0; y < min(y0+tile, r.H); y += 2 {
		for _, v := range r.Row(y)[x0:min(x0+tile, r.W)] {
			count[v]++
			n++
		}
	}
	return lightest(&count, int(float64(n)*(1-paperShare)), darkest)
}

// lightest is the value that so many of the counted pixels are lighter than, and at least floor.
func lightest(count *[256]int, pixels, floor int) int {
	for v := 255; v > floor; v-- {
		if pixels -= count[v]; pixels < 0 {
			return v
		}
	}
	return floor
}

// lighting interpolates the paper's value between the centers of tiles, row by row.
type lighting struct {
	paper        []float32 // by tile
	cols, rows   int
	above, below int       // the rows of tiles in upper and lower
	upper, lower []float32 // the values along the centers of two rows of tiles
	line         []float32
}

// along returns the paper's values along a row of pixels. The next call overwrites them.
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

// middles interpolates the values along the centers of a row of tiles.
func (l *lighting) middles(to []float32, row int) {
	tiles := l.paper[row*l.cols : (row+1)*l.cols]
	for x := range to {
		i0, i1, f := tilesAt(x, l.cols)
		to[x] = tiles[i0]*(1-f) + tiles[i1]*f
	}
}

// tilesAt returns the two of n tiles between whose centers a pixel lies, and its distance from the first center as a part of
// the distance between them.
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
