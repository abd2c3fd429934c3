package shape

import (
	"math"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr/segment"
)

// All digits of a font have the same width, so the width of a number tells how many characters it has. It shows what
// recognition and shapes both miss: equal digits that touch are read as one, and a decimal point that touches a digit's foot
// is not read at all.

// Widths are the widths, in pixels, of the numbers of a sheet that have the usual height.
type Widths struct {
	height int     // of most numbers
	digit  float64 // from digit to digit; 0 when not known
	point  float64 // what a decimal point adds; 0 when not known
	places int     // decimals of nearly all amounts; 0 when they differ
}

const (
	likeHeight = 2   // pixels by which a number's height may differ from the usual height
	longCode   = 5   // digits; a number with fewer may be an amount that lost its point
	fewWidths  = 5   // fewer widths say nothing
	sameWidth  = 0.5 // of a digit; a number that differs by more from its expected width has other characters
)

// widthsOf measures numbers that were recognized surely.
func widthsOf(sure []Sample) Widths {
	var heights []int
	for _, p := range sure {
		heights = append(heights, p.Box.Dy())
	}
	if len(heights) < fewWidths {
		return Widths{}
	}
	slices.Sort(heights)
	m := Widths{height: heights[len(heights)/2]}
	var codes, long, points []float64 // codes of few digits may be amounts that lost their points
	var amounts []Sample
	two := 0
	for _, p := range sure {
		whole, fraction, ok := strings.Cut(p.Text, ".")
		n := len(whole) + len(fraction)
		switch {
		case !m.Usual(p.Segment) || Digits(whole+fraction) != n:
		case !ok && n >= 3:
			codes = append(codes, float64(p.Box.Dx())/float64(n))
			if n >= longCode {
				long = append(long, codes[len(codes)-1])
			}
		case ok:
			amounts = append(amounts, p)
			if len(fraction) == 2 {
				two++
			}
		}
	}
	if m.digit = slope(amounts); len(long) >= fewWidths {
		m.digit = median(long)
	} else if m.digit == 0 && len(codes)*4 >= len(amounts) && len(codes) >= fewWidths {
		m.digit = median(codes)
	}
	if len(amounts) < fewWidths || m.digit == 0 {
		return m
	}
	for _, p := range amounts {
		points = append(points, float64(p.Box.Dx())-m.digit*float64(len(p.Text)-1))
	}
	m.point = math.Max(0, median(points))
	if two*10 >= len(amounts)*9 {
		m.places = 2
	}
	return m
}

// slope is the width that each further digit adds to an amount: the median over pairs, 0 when there are too few pairs of
// different lengths.
func slope(amounts []Sample) float64 {
	var steps []float64
	for i, a := range amounts {
		for _, b := range amounts[:i] {
			if n := len(a.Text) - len(b.Text); n != 0 && len(steps) < 5000 {
				steps = append(steps, float64(a.Box.Dx()-b.Box.Dx())/float64(n))
			}
		}
	}
	if len(steps) < fewWidths {
		return 0
	}
	return math.Max(0, median(steps))
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

// Usual reports whether a number has the height of most numbers.
func (m Widths) Usual(p *segment.Segment) bool {
	d := p.Box.Dy() - m.height
	return d >= -likeHeight && d <= likeHeight
}

// Known reports whether the distance from digit to digit is known.
func (m Widths) Known() bool { return m.digit != 0 }

// Agrees reports whether a text would have the width of the number; true where that is not known.
func (m Widths) Agrees(p *segment.Segment, text string) bool {
	points := strings.Count(text, ".")
	if m.digit == 0 || !m.Usual(p) || points > 0 && m.point == 0 || Digits(text)+points != len(text) {
		return true
	}
	want := m.digit*float64(Digits(text)) + m.point*float64(points)
	return math.Abs(float64(p.Box.Dx())-want) < sameWidth*m.digit
}

// WithPoint inserts the decimal point into a number read as digits only, where the number has room for one and the sheet's
// amounts have the same number of decimals. It reports whether it did.
func (m Widths) WithPoint(p *segment.Segment, text string) (model.Reading, bool) {
	n := len(text)
	if n <= m.places || !m.RoomForPoint(p, text) {
		return model.Reading{}, false
	}
	return model.Reading{Text: text[:n-m.places] + "." + text[n-m.places:], Confidence: Witness}, true
}

// RoomForPoint reports whether a number read as digits only is wider than its digits by a decimal point.
func (m Widths) RoomForPoint(p *segment.Segment, text string) bool {
	if m.places == 0 || m.point < m.digit/4 || Digits(text) != len(text) || !m.Usual(p) {
		return false
	}
	excess := float64(p.Box.Dx()) - m.digit*float64(len(text))
	return excess >= 0.6*m.point && excess <= 1.5*m.point
}
