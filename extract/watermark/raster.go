package watermark

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// pitch is the side of a raster cell in points, a fraction of an ordinary character.
const pitch = 2.0

// raster marks the cells of a page in which something is drawn.
type raster struct {
	cols, rows int
	set        []bool
}

func newRaster(width, height float64) *raster {
	side := func(v float64) int {
		if !(v > 0) {
			return 1
		}
		return int(math.Min(v/pitch, 3000)) + 1
	}
	r := &raster{cols: side(width), rows: side(height)}
	r.set = make([]bool, r.cols*r.rows)
	return r
}

// cells returns the cells that a box covers, clipped to the page; none if the box is not finite.
func (r *raster) cells(b model.Rect) (x0, y0, x1, y1 int) {
	place := func(v float64, n int) int { return int(math.Max(-1, math.Min(v/pitch, float64(n)))) }
	for _, v := range [4]float64{b.X0, b.Y0, b.X1, b.Y1} {
		if math.IsNaN(v) {
			return 0, 0, -1, -1
		}
	}
	return max(0, place(b.X0, r.cols)), max(0, place(b.Y0, r.rows)),
		min(r.cols-1, place(b.X1, r.cols)), min(r.rows-1, place(b.Y1, r.rows))
}

// fill marks the cells of a box, except very large boxes, which are neither text nor thin lines.
func (r *raster) fill(b model.Rect) {
	if b.Width() > 100 && b.Height() > 100 {
		return
	}
	x0, y0, x1, y1 := r.cells(b)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			r.set[y*r.cols+x] = true
		}
	}
}

// meets reports whether a cell of a box is marked.
func (r *raster) meets(b model.Rect) bool {
	if b.Width() > 400 || b.Height() > 400 {
		return false
	}
	x0, y0, x1, y1 := r.cells(b)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			if r.set[y*r.cols+x] {
				return true
			}
		}
	}
	return false
}
