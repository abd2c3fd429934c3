package ocr

// Faint copies and pictures out of focus have hardly a dark pixel: their print is grey, and would be taken for a watermark.
// It is made as dark as print usually is before anything is measured. A page that bears little but a watermark is left as
// it is: watermarks are lighter, and their broad strokes have inner pixels of one even grey.

const (
	faintFew   = 20  // faint print has less than one dark pixel in so many that are neither dark nor paper
	faintPaper = 228 // paper is not darker
	faintMark  = 205 // a watermark is not darker
	flatMark   = 4   // of a watermark one pixel in so many lies within a broad stroke
	faintInk   = 5   // the part of the print, in hundredths, that becomes as dark as usual
	usualInk   = 60  // the darkest strokes of usual print
)

// darkened returns an evenly lit raster with its print dark, what its values mean then, and whether it was faint.
func darkened(r *raster) (*raster, tone, bool) {
	all, even := histograms(r)
	t := toneOf(&all, &even, r.w*r.h)
	dark, grey, flat := 0, 0, 0
	for v, n := range all[:faintPaper] {
		if v < 128 {
			dark += n
		} else {
			grey += n
			if v >= faintMark {
				flat += even[v]
			}
		}
	}
	if dark*faintFew >= grey || flat*flatMark > grey && t.mark >= faintMark {
		return r, t, false
	}
	ink, sum := 0, 0
	for v, n := range all[:faintPaper] {
		if sum += n; sum*100 >= (dark+grey)*faintInk {
			ink = v
			break
		}
	}
	r = r.mapped(func(v int) int { return usualInk + (v-ink)*(255-usualInk)/max(1, 255-ink) })
	all, even = histograms(r)
	return r, toneOf(&all, &even, r.w*r.h).unmarked(), true
}
