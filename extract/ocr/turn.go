package ocr

import "math"

// sideways reports whether the lines of text run up or down the picture. Text leaves white between its lines, at even
// distances and over their whole length; seen along the wrong axis the characters of different lines fill each other's
// gaps. Rules are left out: they run both ways. Both ways are looked at level.
func sideways(r *raster, dark byte) bool {
	small, _ := limited(r, 1<<20)
	return levelUnrest(small.turned(1), dark) > 1.35*levelUnrest(small, dark)
}

// levelUnrest is the unrest of a raster once it is level.
func levelUnrest(r *raster, dark byte) float64 {
	points := dots(r, dark, 20_000)
	if len(points) < 200 {
		return 0
	}
	return unrest(rotated(r, coarseSkew(points, r.w+r.h)), dark)
}

// unrest measures how much the ink of short runs changes from row to row, relative to all of it.
func unrest(r *raster, dark byte) float64 {
	long := max(24, r.w/40)
	sums := make([]float64, r.h)
	for y := range r.h {
		row := r.row(y)
		run := 0
		for x := 0; x <= r.w; x++ {
			if x < r.w && row[x] < dark {
				run++
				continue
			}
			if run < long {
				sums[y] += float64(run)
			}
			run = 0
		}
	}
	steps, all := 0.0, 0.0
	for y := 1; y < len(sums); y++ {
		steps += math.Abs(sums[y] - sums[y-1])
		all += sums[y]
	}
	if all < 400 {
		return 0
	}
	return steps / all
}
