package layout

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Some programs draw the minus of a number as a thin rectangle or a short stroke. It is at half the height of the digits,
// directly before the first one, and alone: no other rule continues it, as in a dashed line, and no text is above or below
// it, as in a fraction. A line below or through the digits is no minus.

const (
	minusShort = 0.2 // ems; shorter strokes are dots
	minusLong  = 1.05
	minusLow   = 0.16 // ems above the baseline
	minusHigh  = 0.55
	minusThick = 0.2 // ems
	minusGap   = 0.6 // ems; gap to the first digit
)

// drawnMinuses returns a glyph for each minus that is drawn as a rule before a number of the given glyphs.
func drawnMinuses(p *model.Page, glyphs []*model.Glyph) []*model.Glyph {
	var short []*model.Rule
	for i := range p.Rules {
		if r := &p.Rules[i]; r.Kind != model.RuleEdge && r.Horizontal() && r.X1-r.X0 > 1 && r.X1-r.X0 < 30 && r.Color.Luminance() < 0.97 {
			short = append(short, r)
		}
	}
	const most = 4000 // short rules of one page; with more the page is a drawing
	if len(short) == 0 || len(short) > most {
		return nil
	}
	lines := byBand(glyphs)
	var out []*model.Glyph
	for _, r := range short {
		if g := signed(r, lines); g != nil && alone(r, short) {
			out = append(out, &model.Glyph{
				Text: "-", Font: g.Font, Size: g.Size, Color: r.Color, Order: r.Order, FormID: g.FormID, Source: g.Source, Confidence: g.Confidence,
				Box:    model.Rect{X0: r.X0, Y0: g.Box.Y0, X1: math.Max(r.X1, g.Box.X0-0.1*g.Size), Y1: g.Box.Y1}, // so that it joins the word of the digits
				Origin: model.Point{X: r.X0, Y: g.Origin.Y},
			})
		}
	}
	return out
}

const bandHeight = 16 // points

// byBand groups glyphs into horizontal bands of the page by their baselines.
func byBand(glyphs []*model.Glyph) map[int][]*model.Glyph {
	out := map[int][]*model.Glyph{}
	for _, g := range glyphs {
		k := int(math.Floor(g.Origin.Y / bandHeight))
		out[k] = append(out[k], g)
	}
	return out
}

// signed is the digit of which a rule is the minus, or nil.
func signed(r *model.Rule, lines map[int][]*model.Glyph) *model.Glyph {
	var digit *model.Glyph
	from := int(math.Floor(r.Y0 / bandHeight))
	for k := from; k <= from+2; k++ {
		for _, g := range lines[k] {
			up := g.Origin.Y - r.Y0
			if up < -0.2*g.Size || up > 1.1*g.Size || wording.Blank(g.Text) {
				continue
			}
			if g.Box.X0 < r.X1-0.1*g.Size && g.Box.X1 > r.X0+0.1*g.Size {
				return nil // above, below or through a text
			}
			length := r.X1 - r.X0
			if (digit == nil || g.Box.X0 < digit.Box.X0) && g.Source == model.SourceText && beginsNumber(g.Text) && up >= minusLow*g.Size && up <= minusHigh*g.Size &&
				length >= minusShort*g.Size && length <= minusLong*g.Size && r.Width <= minusThick*g.Size &&
				g.Box.X0 >= r.X1-0.1*g.Size && g.Box.X0-r.X1 <= minusGap*g.Size {
				digit = g
			}
		}
	}
	return digit
}

func beginsNumber(s string) bool {
	return s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '.' || s[0] == '(')
}

// alone reports whether no other rule continues a short one.
func alone(r *model.Rule, others []*model.Rule) bool {
	reach := 2 * (r.X1 - r.X0)
	for _, o := range others {
		if o != r && math.Abs(o.Y0-r.Y0) < 1 && o.X0 < r.X1+reach && o.X1 > r.X0-reach && (math.Abs(o.X0-r.X0) > 0.5 || math.Abs(o.X1-r.X1) > 0.5) {
			return false
		}
	}
	return true
}
