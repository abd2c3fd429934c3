package image

// Faint copies and blurred pictures have hardly a dark pixel: their print is gray and would be taken for a watermark. Before
// anything is measured it is made as dark as print usually is. A page with little but a watermark is left alone: watermarks
// are lighter, and the insides of their broad strokes are of one even gray.

const (
	faintFew   = 20  // faint print has fewer than one dark pixel to this many gray ones
	faintPaper = 228 // the lowest value of paper
	faintMark  = 205 // the lowest value of a watermark
	flatMark   = 4   // one in this many pixels of a watermark lies inside a broad stroke
	faintInk   = 5   // percentile of the print's values that is mapped to usualInk
	usualInk   = 60  // value of the darkest strokes of usual print
	markRises  = 4   // the peak of a watermark's gray rises above the valleys at both sides by this factor
)

// darkened returns an evenly lit raster with dark print, its tone, and whether its print was faint.
func darkened(r *Raster) (*Raster, tone, bool) {
	all, even := histograms(r)
	t := toneOf(&all, &even, r.W*r.H)
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
	t = toneOf(&all, &even, r.W*r.H)
	if !t.markStands(&even) {
		t = t.unmarked()
	}
	return r, t, true
}

// markStands reports whether the peak of a watermark's gray stands apart from paper and print. The strokes of blurred print have
// pixels of every gray, and no such valleys.
func (t tone) markStands(even *[256]int) bool {
	if t.mark == 0 {
		return false
	}
	peak := smooth(even, t.mark)
	valley := func(from, to int) bool {
		for v := from; v <= to; v++ {
			if smooth(even, v)*markRises < peak {
				return true
			}
		}
		return false
	}
	return valley(t.ink, t.mark) && valley(t.mark, 255)
}
