package shape

import (
	"slices"

	"github.com/countybudget/extract/extract/ocr/segment"
)

// typefaceOf finds the typeface by which most of the surely recognized numbers have as many parts as characters. It returns
// the part of the numbers that do.
func typefaceOf(c *segment.Cutter, sure []Sample) (segment.Typeface, float64) {
	width := pitch(sure)
	var best segment.Typeface
	most := -1
	for _, t := range segment.Typefaces() {
		t.Pitch = width
		fit := 0
		for _, p := range sure {
			if len(c.Characters(p.Box, t)) == len(p.Text) {
				fit++
			}
		}
		if fit > most {
			best, most = t, fit
		}
	}
	if len(sure) == 0 {
		return best, 0
	}
	return best, float64(most) / float64(len(sure))
}

// pitch is the distance from digit to digit as a part of the number's height: that of codes, which are digits only, or else
// that of amounts, whose points are about half as wide; 0 when there are too few numbers.
func pitch(sure []Sample) float64 {
	var codes, amounts []float64
	for _, p := range sure {
		text := p.Text
		points := len(text) - Digits(text)
		w := float64(p.Box.Dx()) / float64(p.Box.Dy())
		switch {
		case points == 0 && len(text) >= 3:
			codes = append(codes, w/float64(len(text)))
		case points > 0:
			amounts = append(amounts, w/(float64(len(text)-points)+0.55*float64(points)))
		}
	}
	if len(codes) < 3 {
		codes = amounts
	}
	if len(codes) < 5 {
		return 0
	}
	slices.Sort(codes)
	return codes[len(codes)/2]
}

// Digits is the number of digits in a text.
func Digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
