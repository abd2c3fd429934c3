package lattice

import (
	"math"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
)

// Bold letters may be stroked as paths over their glyphs, as pdftocairo does. Such strokes are inside the box of one glyph
// and are no rules of a table.

// ink is the letters of a page, in bands of its height.
type ink struct {
	bands map[int][]shape
	tall  float64 // the size of the largest glyph, points
}

// shape is the extent of a glyph's shape.
type shape struct {
	box  model.Rect
	size float64
}

const bandHeight = 16 // points

// inkOf gathers the letters of a page that has rules short enough to be a part of one.
func inkOf(p *model.Page) ink {
	in := ink{bands: map[int][]shape{}}
	if len(p.Rules) == 0 {
		return in
	}
	least := math.Inf(1)
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; letter(g) {
			in.tall, least = math.Max(in.tall, g.Size), math.Min(least, g.Size)
		}
	}
	const part = 0.6 // part of the smallest glyph's size; only outlines have strokes that short
	short := false
	for i := range p.Rules {
		if r := &p.Rules[i]; r.X1-r.X0 < part*least && r.Y1-r.Y0 < part*least {
			short = true
			break
		}
	}
	if !short {
		return in
	}
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if !letter(g) {
			continue
		}
		b := inkBox(g)
		for k := int(math.Floor(b.Y0 / bandHeight)); float64(k)*bandHeight <= b.Y1; k++ {
			in.bands[k] = append(in.bands[k], shape{b, g.Size})
		}
	}
	return in
}

// letter reports whether a glyph's outline may be among the rules. Watermarks are excluded: they overlap the borders of
// tables.
func letter(g *model.Glyph) bool {
	const far, largest = 1e5, 100
	return g.Source == model.SourceText && !g.Is(model.FlagWatermark) && g.Size > 0 && g.Size < largest && math.Abs(g.Box.Y0) < far && math.Abs(g.Box.Y1) < far
}

// inkBox is the part of a glyph's box that its shape can fill.
func inkBox(g *model.Glyph) model.Rect {
	b := g.Box
	slack := 0.06 * g.Size
	if layout.Horizontal(g) {
		b.Y0, b.Y1 = g.Origin.Y-0.92*g.Size, g.Origin.Y+0.16*g.Size
	}
	return model.Rect{X0: b.X0 - slack, Y0: b.Y0, X1: b.X1 + slack, Y1: b.Y1}
}

// strokes reports whether a rule is part of the outlines of letters: it lies within the shape of one glyph, or begins and
// ends in the shapes of near ones, as when a reader joined the strokes of letters above each other to a dashed line.
func (in *ink) strokes(r *model.Rule) bool {
	const letters = 3 // letters that such a line may cross
	length := math.Max(r.Rect.Width(), r.Rect.Height())
	return length <= letters*in.tall && in.holds(r.X0, r.Y0, length/letters) && in.holds(r.X1, r.Y1, length/letters)
}

// holds reports whether a point is in the shape of a glyph of at least some size.
func (in *ink) holds(x, y, size float64) bool {
	for i := range in.bands[int(math.Floor(y/bandHeight))] {
		s := &in.bands[int(math.Floor(y/bandHeight))][i]
		if s.size >= size && x >= s.box.X0 && x <= s.box.X1 && y >= s.box.Y0 && y <= s.box.Y1 {
			return true
		}
	}
	return false
}
