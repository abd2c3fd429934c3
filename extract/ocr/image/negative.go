package image

// Films and some fax machines give white print on black paper. Everything after expects dark print.

const (
	negativeShare = 0.65 // of the pixels of a negative are dark
	negativeRange = 60   // between the means of its dark and its light pixels
)

// positive returns a raster with dark print on light paper: the raster itself, or its complement.
func positive(r *Raster) *Raster {
	count := valuesOf(r)
	dark, distance := halves(&count)
	if distance < negativeRange || float64(dark) < negativeShare*float64(len(r.Pix)) {
		return r
	}
	return r.mapped(func(v int) int { return 255 - v })
}

// halves divides values in two where the variance between the parts is greatest (Otsu's method). It returns the number of
// values in the darker part and the distance between the means of both.
func halves(count *[256]int) (dark int, distance float64) {
	n, sum := 0.0, 0.0
	for v, c := range count {
		n += float64(c)
		sum += float64(v * c)
	}
	best, below, part := 0.0, 0, 0.0
	for v, c := range count {
		below += c
		part += float64(v * c)
		a := float64(below)
		if a == 0 || a == n {
			continue
		}
		d := (sum-part)/(n-a) - part/a
		if between := a * (n - a) * d * d; between > best {
			best, dark, distance = between, below, d
		}
	}
	return dark, distance
}
