package image

// A scanner that gives black and white alone cuts thin rules and strokes to pieces; one that gives gray leaves them gray.

// bilevelShare is the part of a bilevel picture's pixels that are black or white.
const bilevelShare = 0.995

// bilevel reports whether nearly all pixels are black or white.
func bilevel(r *Raster) bool {
	const far = 24 // from black or white: what a JPEG makes of them
	count := valuesOf(r)
	gray := 0
	for _, n := range count[far : 256-far] {
		gray += n
	}
	return float64(gray) <= (1-bilevelShare)*float64(len(r.Pix))
}
