package lattice

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/countybudget/extract/extract/model"
)

// Rules come as they were drawn: one stroke for a whole line or for each side of a cell, or thin filled boxes, two where
// cells meet, with gaps at crossings. They become spans, snapped to common positions and joined so that no two overlap. All
// steps sort and sweep, so the time is not quadratic in the number of rules.

// Span is a horizontal or vertical rule: At is its fixed coordinate, Lo and Hi its extent, in points.
type Span struct{ At, Lo, Hi float64 }

// Length is the extent of the span in points.
func (s Span) Length() float64 { return s.Hi - s.Lo }

// Drawn returns the visible rules of a page, horizontal and vertical.
func Drawn(p *model.Page) (hor, ver []Span) {
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
			hor = append(hor, Span{(y0 + y1) / 2, x0, x1})
		case y1 > y0:
			ver = append(ver, Span{(x0 + x1) / 2, y0, y1})
		}
	}
	return hor, ver
}

// Shades returns the upper and lower edges of the shaded areas of a page, from the top.
func Shades(p *model.Page) []Span {
	var out []Span
	for i := range p.Rules {
		if r := &p.Rules[i]; r.Kind == model.RuleEdge && r.Horizontal() && r.Color.Luminance() < 0.97 && math.Abs(r.Y0) < 1e6 {
			out = append(out, Span{r.Y0, r.X0, r.X1})
		}
	}
	slices.SortStableFunc(out, func(a, b Span) int { return cmp.Compare(a.At, b.At) })
	return out
}

// visible reports whether a rule is a visible line: no edge of a shading, white on white, bar or invalid coordinate.
func visible(r *model.Rule) bool {
	for _, v := range [4]float64{r.X0, r.Y0, r.X1, r.Y1} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return r.Kind != model.RuleEdge && r.Color.Luminance() < 0.97 && !(r.Width > 6)
}

// snap moves spans to common positions: spans whose sorted positions differ by at most tol from one to the next are one
// line. A chain is split when it becomes wider than twice tol, so that fine hatching does not collapse.
func snap(spans []Span, tol float64) []Span {
	sort.SliceStable(spans, func(i, j int) bool {
		if spans[i].At != spans[j].At {
			return spans[i].At < spans[j].At
		}
		return spans[i].Lo < spans[j].Lo
	})
	start := 0
	for i := 1; i <= len(spans); i++ {
		if i < len(spans) && spans[i].At-spans[i-1].At <= tol && spans[i].At-spans[start].At <= 2*tol {
			continue
		}
		sum, weight := 0.0, 0.0
		for _, s := range spans[start:i] {
			sum += s.At * s.Length()
			weight += s.Length()
		}
		if weight > 0 {
			for k := start; k < i; k++ {
				spans[k].At = sum / weight
			}
		}
		start = i
	}
	return spans
}

// Join joins spans on the same position that overlap or leave gaps of at most gap, and drops those shorter than least. The
// result is sorted by position, then start.
func Join(spans []Span, gap, least float64) []Span {
	sort.SliceStable(spans, func(i, j int) bool {
		if spans[i].At != spans[j].At {
			return spans[i].At < spans[j].At
		}
		return spans[i].Lo < spans[j].Lo
	})
	var out []Span
	for i := 0; i < len(spans); {
		s := spans[i]
		for i++; i < len(spans) && spans[i].At == s.At && spans[i].Lo <= s.Hi+gap; i++ {
			s.Hi = math.Max(s.Hi, spans[i].Hi)
		}
		if s.Length() >= least {
			out = append(out, s)
		}
	}
	return out
}

// Lines snaps and joins spans as they were drawn. The argument is not changed.
func Lines(spans []Span, s Settings) []Span {
	return Join(snap(slices.Clone(spans), s.Snap), s.Join, s.MinRule)
}
