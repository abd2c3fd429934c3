//go:build cgo && !noocr

package gosseract

import (
	"fmt"
	"math"
	"strings"

	library "github.com/otiai10/gosseract/v2"

	"github.com/countybudget/extract/extract/ocr"
)

// longestLine is the width in pixels up to which lines are read; package ocr makes none that is longer.
const longestLine = 8192

// pgm is a line as a picture file (netpbm, P5), the one format that needs no encoder.
func pgm(l *ocr.Line) []byte {
	return append(fmt.Appendf(nil, "P5\n%d %d\n255\n", l.Width, l.Height), l.Pix...)
}

// candidates is what the characters that the library found in a line of some width say.
func candidates(symbols []library.BoundingBox, width int) []ocr.Candidate {
	c := ocr.Candidate{Share: 1}
	for _, s := range symbols {
		text := strings.ToValidUTF8(strings.TrimSpace(s.Word), "")
		if text == "" { // the library has one such symbol where it finds none
			continue
		}
		left := float32(max(0, min(s.Box.Min.X, width)))
		if n := len(c.Characters); n > 0 {
			left = max(left, c.Characters[n-1].X)
		}
		c.Characters = append(c.Characters, ocr.Character{Text: text, Probability: probability(s.Confidence), X: left})
	}
	if len(c.Characters) == 0 {
		return nil
	}
	// So far each has its left edge; right edges reach into other characters and cannot be used.
	for i := range c.Characters {
		next := float32(width)
		if i+1 < len(c.Characters) {
			next = c.Characters[i+1].X
		}
		c.Characters[i].X = (c.Characters[i].X + next) / 2
	}
	return []ocr.Candidate{c}
}

// probability converts a confidence of the library's to a probability. For the LSTM models, the confidence of a character is
// 100 + 5 · (ln p + offset), and not below 0 (LTRResultIterator::Confidence, kCertOffset of LSTMRecognizer).
func probability(confidence float64) float32 {
	const offset = -0.085
	p := math.Exp((confidence-100)/5 - offset)
	if !(p >= 0) {
		return 0
	}
	return float32(min(p, 1))
}
