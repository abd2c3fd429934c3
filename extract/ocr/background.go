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
	line := make([]float32, r.w)
	for y := range r.h {
		interpolate(line, paper, cols, rows, y)
		from, to := r.row(y), out.row(y)
		for x, v := range from {
			if n := float32(v) * 255 / line[x]; n < 255 {
				to[x] = byte(n + 0.5)
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

// interpolate gives the paper's value along a row between the middles of the tiles.
func interpolate(line, paper []float32, cols, rows, y int) {
	weigh := func(v, n int) (int, int, float32) {
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
	j0, j1, fy := weigh(y, rows)
	for x := range line {
		i0, i1, fx := weigh(x, cols)
		a := paper[j0*cols+i0]*(1-fx) + paper[j0*cols+i1]*fx
		b := paper[j1*cols+i0]*(1-fx) + paper[j1*cols+i1]*fx
		line[x] = a*(1-fy) + b*fy
	}
}
