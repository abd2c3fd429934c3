package ocr

import "image"

// sideways reports whether the lines of text run up or down the sheet. Between lines of text there is white over the whole
// width, about half as high as the lines; between columns of characters it is narrow where they stand below each other, and
// missing where they do not. Rules are left out: they run both ways. Both ways are looked at level. A short text may deceive
// it.
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
	em := textHeight(blobs(small, image.Rect(0, 0, small.w, small.h), dark))
	if em == 0 {
		return false
	}
	return leading(turned, dark, em) > leading(small, dark, em)+0.1
}

// leading is the part of a raster's inked height that is white between lines of text.
func leading(r *raster, dark byte, em int) float64 {
	ink := textRows(r, dark)
	most := 0
	for _, n := range ink {
		most = max(most, n)
	}
	first, last, white, gap := -1, -1, 0, 0
	for y, n := range ink {
		if n*50 <= most {
			gap++
			continue
		}
		if first < 0 {
			first = y
		} else if gap*5 >= em && gap <= 3*em {
			white += gap
		}
		gap, last = 0, y
	}
	if last <= first {
		return 0
	}
	return float64(white) / float64(last-first)
}

// textRows counts the dark pixels of each row that are no part of a rule.
func textRows(r *raster, dark byte) []int {
	long := max(24, r.w/40)
	rows := make([]int, r.h)
	for y := range r.h {
		row := r.row(y)
		run := 0
		for x := 0; x <= r.w; x++ {
			if x < r.w && row[x] < dark {
				run++
				continue
			}
			if run < long {
				rows[y] += run
			}
			run = 0
		}
	}
	return rows
}
