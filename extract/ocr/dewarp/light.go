package dewarp

import (
	"math"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

const (
	tile     = 48  // pixels; as wide as the squares in which the light is evened
	paperTop = 0.2 // of a square's pixels are lighter than the value that is taken for its paper
	paper    = 240 // what paper becomes
	darkest  = 25  // the least value taken for paper: below, it cannot be told from ink
	few      = 64  // pixels of the paper in a square that tell its value
)

// lit evens the light: paper becomes as light everywhere, and what is not set becomes paper. Shade on a photograph is deeper than
// any that a scanner casts.
func lit(r *pix.Raster, set []bool) {
	cols, rows := (r.W+tile-1)/tile, (r.H+tile-1)/tile
	level := make([]float64, cols*rows)
	for k := range level {
		level[k] = paperOf(r, set, k%cols*tile, k/cols*tile)
	}
	spread(level, cols)
	at := func(i, j int) float64 { return level[max(0, min(rows-1, j))*cols+max(0, min(cols-1, i))] }
	for y := range r.H {
		v := (float64(y)+0.5)/tile - 0.5
		j := int(math.Floor(v))
		v -= float64(j)
		row := r.Row(y)
		for x := range row {
			if !set[y*r.W+x] {
				row[x] = paper
				continue
			}
			u := (float64(x)+0.5)/tile - 0.5
			i := int(math.Floor(u))
			u -= float64(i)
			here := (at(i, j)*(1-u)+at(i+1, j)*u)*(1-v) + (at(i, j+1)*(1-u)+at(i+1, j+1)*u)*v
			row[x] = byte(math.Min(255, float64(row[x])*paper/here+0.5))
		}
	}
}

// paperOf is the value of the paper among the set pixels of a square; 0 where they are too few.
func paperOf(r *pix.Raster, set []bool, x0, y0 int) float64 {
	var count [256]int
	n := 0
	for y := y0; y < min(r.H, y0+tile); y++ {
		for x := x0; x < min(r.W, x0+tile); x++ {
			if set[y*r.W+x] {
				count[r.Pix[y*r.W+x]]++
				n++
			}
		}
	}
	if n < few {
		return 0
	}
	left := int(paperTop * float64(n))
	for v := 255; v > darkest; v-- {
		if left -= count[v]; left < 0 {
			return float64(v)
		}
	}
	return darkest
}

// spread gives squares without a value the mean of their neighbours that have one, from the paper outwards.
func spread(level []float64, cols int) {
	for range level {
		next := append([]float64(nil), level...)
		changed := false
		for k, v := range level {
			if v > 0 {
				continue
			}
			sum, n := 0.0, 0
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					x, q := k%cols+dx, k+dy*cols+dx
					if x >= 0 && x < cols && q >= 0 && q < len(level) && level[q] > 0 {
						sum += level[q]
						n++
					}
				}
			}
			if n > 0 {
				next[k], changed = sum/float64(n), true
			}
		}
		copy(level, next)
		if !changed {
			break
		}
	}
	for k, v := range level {
		if v == 0 {
			level[k] = paper
		}
	}
}
