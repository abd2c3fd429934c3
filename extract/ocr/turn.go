package ocr

import "math"

// sideways reports whether the lines of text run up or down the sheet. Text leaves white between its lines, at even
// distances and over their whole length; seen along the wrong axis the characters of different lines fill each other's
// gaps. Rules are left out: they run both ways. Both ways are looked at level. Short text may deceive it.
func (s *Sheet) sideways() bool {
	if s.Width < 8 || s.Height < 8 {
		return false
	}
	small, _ := limited(s.page, 1<<20)
	dark := s.tone.middle()
	turned := small.turned(1)
	points := dots(turned, dark, 20_000)
	if len(points) < 200 {
		return false
	}
	turned = rotated(turned, coarseSkew(points, turned.w+turned.h))
	return unrest(turned, dark) > 1.35*unrest(small, dark)
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
