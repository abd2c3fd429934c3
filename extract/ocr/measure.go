package ocr

import (
	"math"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
)

// Digits are as wide as each other, so the width of a number tells how many characters it has. It shows what both other
// witnesses miss: equal digits that touch are read as one, and a decimal point that touches a digit's foot not at all.

// measure is the widths of the numbers of a sheet that have the usual height, in pixels.
type measure struct {
	height int     // of most numbers
	digit  float64 // from digit to digit; 0 when it is not known
	point  float64 // that a decimal point adds; 0 when it is not known
	places int     // decimals of nearly all amounts; 0 when they differ
}

const (
	likeHeight = 2   // pixels by which a number's height may differ from the usual one
	longCode   = 5   // digits of a number that is hardly an amount without its point
	fewWidths  = 5   // fewer widths tell nothing
	sameWidth  = 0.5 // of a digit: a number that is further from its expected width has other characters
)

// measureOf takes the measure of the numbers that were read surely.
func measureOf(sure []*piece) measure {
	var heights []int
	for _, p := range sure {
		heights = append(heights, p.box.Dy())
	}
	if len(heights) < fewWidths {
		return measure{}
	}
	slices.Sort(heights)
	m := measure{height: heights[len(heights)/2]}
	var codes, long, points []float64 // codes of few digits may be amounts that lost their points
	var amounts []*piece
	two := 0
	for _, p := range sure {
		whole, fraction, ok := strings.Cut(p.best.Text, ".")
		n := len(whole) + len(fraction)
		switch {
		case !m.usual(p) || digitCount(whole+fraction) != n:
		case !ok && n >= 3:
			codes = append(codes, float64(p.box.Dx())/float64(n))
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
		points = append(points, float64(p.box.Dx())-m.digit*float64(len(p.best.Text)-1))
	}
	m.point = math.Max(0, median(points))
	if two*10 >= len(amounts)*9 {
		m.places = 2
	}
	return m
}

// slope is by how much amounts are wider for each more digit: the median over pairs; 0 when they are too alike.
func slope(amounts []*piece) float64 {
	var steps []float64
	for i, a := range amounts {
		for _, b := range amounts[:i] {
			if n := len(a.best.Text) - len(b.best.Text); n != 0 && len(steps) < 5000 {
				steps = append(steps, float64(a.box.Dx()-b.box.Dx())/float64(n))
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

func (m measure) usual(p *piece) bool {
	d := p.box.Dy() - m.height
	return d >= -likeHeight && d <= likeHeight
}

// agrees reports whether a text has the width of the piece, or nothing is known of it.
func (m measure) agrees(p *piece, text string) bool {
	points := strings.Count(text, ".")
	if m.digit == 0 || !m.usual(p) || points > 0 && m.point == 0 || digitCount(text)+points != len(text) {
		return true
	}
	want := m.digit*float64(digitCount(text)) + m.point*float64(points)
	return math.Abs(float64(p.box.Dx())-want) < sameWidth*m.digit
}

// withPoint gives a number of digits only its decimal point, if the number is as much wider as a point is and the sheet's
// amounts all have the same decimals.
func (m measure) withPoint(p *piece, text string) (model.Reading, bool) {
	n := len(text)
	if n <= m.places || !m.roomForPoint(p, text) {
		return model.Reading{}, false
	}
	return model.Reading{Text: text[:n-m.places] + "." + text[n-m.places:], Confidence: clearShapes}, true
}

// roomForPoint reports whether a number of digits only is as much wider than its digits as a decimal point is.
func (m measure) roomForPoint(p *piece, text string) bool {
	if m.places == 0 || m.point < m.digit/4 || digitCount(text) != len(text) || !m.usual(p) {
		return false
	}
	excess := float64(p.box.Dx()) - m.digit*float64(len(text))
	return excess >= 0.6*m.point && excess <= 1.5*m.point
}
