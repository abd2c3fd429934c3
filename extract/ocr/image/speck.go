package image

import (
	"image"
	"sort"
)

// A speck is a small blob that stands alone. Decimal points and the dots of characters have other ink near them.

// StrokeDark is the value below which a pixel of a sheet's Ink belongs to a stroke. Thin strokes stay whole.
const StrokeDark = 190

// despeckle removes the specks from a raster.
func despeckle(r *Raster) {
	all := Blobs(r, image.Rect(0, 0, r.W, r.H), StrokeDark)
	em := textHeight(all)
	if em == 0 {
		return
	}
	small := max(2, em/4)
	var specks, rest []Blob
	for _, b := range all {
		if b.Box.Dx() <= small && b.Box.Dy() <= small {
			specks = append(specks, b)
		} else {
			rest = append(rest, b)
		}
	}
	near := newBuckets(rest, em)
	for _, s := range specks {
		reach := s.Box.Inset(-em * 3 / 4)
		if !near.any(reach) && !inRow(s, specks, em) {
			r.Fill(s.Box.Inset(-1), 255)
		}
	}
}

// inRow reports whether a speck belongs to a row of dot leaders, as between a title and its page number. Specks are sorted by
// their upper edges.
func inRow(s Blob, specks []Blob, em int) bool {
	i := sort.Search(len(specks), func(i int) bool { return specks[i].Box.Min.Y >= s.Box.Min.Y-2 })
	n := 0
	for ; i < len(specks) && specks[i].Box.Min.Y <= s.Box.Min.Y+2; i++ {
		if d := specks[i].Box.Min.X - s.Box.Min.X; d != 0 && d > -2*em && d < 2*em {
			n++
		}
	}
	return n >= 3
}

// textHeight is the height of characters in pixels: the 90th percentile of the heights of blobs that can be characters or
// parts of them. It is 0 when there are fewer than five.
func textHeight(all []Blob) int {
	var heights []int
	for _, b := range all {
		w, h := b.Box.Dx(), b.Box.Dy()
		if h >= 6 && h <= 120 && w >= h/5 && w <= 3*h && b.Area*12 > w*h {
			heights = append(heights, h)
		}
	}
	if len(heights) < 5 {
		return 0
	}
	sort.Ints(heights)
	return heights[len(heights)*9/10]
}

// buckets index boxes by the squares of a grid.
type buckets struct {
	size  int
	cells map[image.Point][]image.Rectangle
}

func newBuckets(all []Blob, size int) *buckets {
	b := &buckets{size, map[image.Point][]image.Rectangle{}}
	for _, o := range all {
		if o.Box.Dx() > 40*size || o.Box.Dy() > 40*size { // rules: a speck beside a rule stands alone
			continue
		}
		b.each(o.Box, func(p image.Point) bool {
			b.cells[p] = append(b.cells[p], o.Box)
			return false
		})
	}
	return b
}

func (b *buckets) each(r image.Rectangle, f func(image.Point) bool) bool {
	for y := r.Min.Y / b.size; y <= r.Max.Y/b.size; y++ {
		for x := r.Min.X / b.size; x <= r.Max.X/b.size; x++ {
			if f(image.Pt(x, y)) {
				return true
			}
		}
	}
	return false
}

// any reports whether a box overlaps r.
func (b *buckets) any(r image.Rectangle) bool {
	return b.each(r, func(p image.Point) bool {
		for _, o := range b.cells[p] {
			if o.Overlaps(r) {
				return true
			}
		}
		return false
	})
}
