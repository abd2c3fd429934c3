package ocr

import (
	"image"
	"sort"
)

// A speck is a small piece of ink that stands alone: a decimal point and the dots of characters have other ink near them.

// strokeDark is the value below which a pixel of a cleaned raster belongs to a stroke: thin strokes stay whole.
const strokeDark = 190

// despeckle takes the specks out of a cleaned raster.
func despeckle(r *raster) {
	all := blobs(r, image.Rect(0, 0, r.w, r.h), strokeDark)
	em := textHeight(all)
	if em == 0 {
		return
	}
	small := max(2, em/4)
	var specks, rest []blob
	for _, b := range all {
		if b.box.Dx() <= small && b.box.Dy() <= small {
			specks = append(specks, b)
		} else {
			rest = append(rest, b)
		}
	}
	near := newBuckets(rest, em)
	for _, s := range specks {
		reach := s.box.Inset(-em * 3 / 4)
		if !near.any(reach) && !inRow(s, specks, em) {
			r.fill(s.box.Inset(-1), 255)
		}
	}
}

// inRow reports whether a speck is one of a row of dots, as they lead from a title to its page number. Specks are sorted by
// their upper edges.
func inRow(s blob, specks []blob, em int) bool {
	i := sort.Search(len(specks), func(i int) bool { return specks[i].box.Min.Y >= s.box.Min.Y-2 })
	n := 0
	for ; i < len(specks) && specks[i].box.Min.Y <= s.box.Min.Y+2; i++ {
		if d := specks[i].box.Min.X - s.box.Min.X; d != 0 && d > -2*em && d < 2*em {
			n++
		}
	}
	return n >= 3
}

// textHeight is the height in pixels of the taller pieces of ink that can be characters or parts of them, which is that of
// most whole characters; 0 when there are too few.
func textHeight(all []blob) int {
	var heights []int
	for _, b := range all {
		w, h := b.box.Dx(), b.box.Dy()
		if h >= 6 && h <= 120 && w >= h/5 && w <= 3*h && b.area*12 > w*h {
			heights = append(heights, h)
		}
	}
	if len(heights) < 5 {
		return 0
	}
	sort.Ints(heights)
	return heights[len(heights)*9/10]
}

// buckets find boxes by place.
type buckets struct {
	size  int
	cells map[image.Point][]image.Rectangle
}

func newBuckets(all []blob, size int) *buckets {
	b := &buckets{size, map[image.Point][]image.Rectangle{}}
	for _, o := range all {
		if o.box.Dx() > 40*size || o.box.Dy() > 40*size { // rules: a speck beside a line stands alone
			continue
		}
		b.each(o.box, func(p image.Point) bool {
			b.cells[p] = append(b.cells[p], o.box)
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
