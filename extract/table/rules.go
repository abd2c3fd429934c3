package table

import (
	"math"
	"slices"
	"sort"

	"github.com/countybudget/extract/extract/model"
)

// Rules arrive as they were drawn: one stroke for a whole line, or four for each cell, or thin filled boxes, twice where
// two cells meet, with gaps where others cross. Here they become lines: snapped to common positions, joined, no two over
// each other. Everything is sorted and swept; nothing compares each with each.

// span is a line seen from its own direction: at is its fixed coordinate, lo and hi its extent, in points.
type span struct{ at, lo, hi float64 }

func (s span) length() float64 { return s.hi - s.lo }

// drawn splits the rules of a page that a reader sees into horizontal and vertical ones.
func drawn(p *model.Page) (hor, ver []span) {
	ink := inkOf(p)
	for i := range p.Rules {
		r := &p.Rules[i]
		if !visible(r) || ink.strokes(r) {
			continue
		}
		clip := func(v, limit float64) float64 { return math.Max(-10, math.Min(v, limit+10)) }
		x0, x1 := clip(math.Min(r.X0, r.X1), p.Width), clip(math.Max(r.X0, r.X1), p.Width)
		y0, y1 := clip(math.Min(r.Y0, r.Y1), p.Height), clip(math.Max(r.Y0, r.Y1), p.Height)
		switch {
		case x1-x0 >= y1-y0 && x1 > x0:
			hor = append(hor, span{(y0 + y1) / 2, x0, x1})
		case y1 > y0:
			ver = append(ver, span{(x0 + x1) / 2, y0, y1})
		}
	}
	return hor, ver
}

// visible leaves out what is not a line to the eye: shading, white on white, bars, and broken coordinates.
func visible(r *model.Rule) bool {
	for _, v := range [4]float64{r.X0, r.Y0, r.X1, r.Y1} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return r.Kind != model.RuleEdge && r.Color.Luminance() < 0.97 && !(r.Width > 6)
}

// snap moves spans to common positions: spans whose positions follow each other within tol are one line. A chain is cut
// when it grows wider than twice tol, so that a fine screen of lines does not collapse.
func snap(spans []span, tol float64) []span {
	sort.SliceStable(spans, func(i, j int) bool {
		if spans[i].at != spans[j].at {
			return spans[i].at < spans[j].at
		}
		return spans[i].lo < spans[j].lo
	})
	start := 0
	for i := 1; i <= len(spans); i++ {
		if i < len(spans) && spans[i].at-spans[i-1].at <= tol && spans[i].at-spans[start].at <= 2*tol {
			continue
		}
		sum, weight := 0.0, 0.0
		for _, s := range spans[start:i] {
			sum += s.at * s.length()
			weight += s.length()
		}
		if weight > 0 {
			for k := start; k < i; k++ {
				spans[k].at = sum / weight
			}
		}
		start = i
	}
	return spans
}

// join makes one span of those on the same position that overlap or leave gaps of at most gap; what is shorter than
// least then is dropped. The result is sorted by position, then start.
func join(spans []span, gap, least float64) []span {
	sort.SliceStable(spans, func(i, j int) bool {
		if spans[i].at != spans[j].at {
			return spans[i].at < spans[j].at
		}
		return spans[i].lo < spans[j].lo
	})
	var out []span
	for i := 0; i < len(spans); {
		s := spans[i]
		for i++; i < len(spans) && spans[i].at == s.at && spans[i].lo <= s.hi+gap; i++ {
			s.hi = math.Max(s.hi, spans[i].hi)
		}
		if s.length() >= least {
			out = append(out, s)
		}
	}
	return out
}

// lines makes lines of spans as they were drawn, which it leaves as they are.
func lines(spans []span, s Settings) []span {
	return join(snap(slices.Clone(spans), s.Snap), s.Join, s.MinRule)
}
