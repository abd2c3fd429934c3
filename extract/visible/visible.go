// Package visible finds text that is in the file but not visible on the page.
//
// Method. Readers report every painted area in drawing order (model.Cover). A glyph is tested at nine points of its ink. At
// each point the background is composed, from white paper, of the areas painted before the glyph; the glyph's colour must
// differ from it, and the areas painted after the glyph must not hide the difference. An area whose effect is not known
// (pattern, soft mask, blend mode) hides nothing: the glyph counts as visible.
package visible

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

const (
	faint     = 10      // of 255; difference in colour up to which text is not visible
	clear     = 2       // of 255; opacity up to which text is transparent
	enough    = 8       // of nine points; so many must be hidden
	scanShare = 0.5     // the part of a page that a picture covers when the page is a scan
	fewGlyphs = 10      // visible characters from which a page has text of its own
	mostSteps = 1 << 23 // bound of the work for one page; the remaining glyphs count as visible
	firstWide = 0x2e80  // code point from which characters fill their box
)

// Mark flags the glyphs of a page that are not visible, and drops the page's covers, which no later stage needs.
func Mark(p *model.Page) {
	covers := p.Covers
	p.Covers = nil
	if len(covers) >= model.MaxCovers {
		return // some covers are missing, so nothing is concluded
	}
	j := judge{index: newIndex(p, covers)}
	seen := 0
	for i := range p.Glyphs {
		if j.index.steps > mostSteps {
			return
		}
		g := &p.Glyphs[i]
		if wording.Blank(g.Text) || g.Is(model.FlagInvisible|model.FlagClipped|model.FlagOff) || !sane(g) {
			continue
		}
		f := j.glyph(g)
		if f == model.FlagFaint && g.Color.Alpha <= clear && onScan(p, g) {
			f = model.FlagInvisible
		}
		g.Flags |= f
		if f == 0 {
			seen++
		}
	}
	if seen >= fewGlyphs {
		invisible(p)
	}
}

// invisible flags unpainted text (rendering mode 3) on a page with other text, except over a picture, where it is the text
// layer of a scan.
func invisible(p *model.Page) {
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if g.Is(model.FlagInvisible) && !g.Is(model.FlagClipped) && !wording.Blank(g.Text) && sane(g) && !onPicture(p, g, 0) {
			g.Flags |= model.FlagFaint
		}
	}
}

func onScan(p *model.Page, g *model.Glyph) bool {
	return onPicture(p, g, scanShare*p.Width*p.Height)
}

// onPicture reports whether a glyph is in a picture larger than an area.
func onPicture(p *model.Page, g *model.Glyph, area float64) bool {
	c := g.Box.Center()
	for i := range p.Pictures {
		if b := p.Pictures[i].Box; b.Contains(c) && b.Area() > area {
			return true
		}
	}
	return false
}

// sane reports whether the place of a glyph is within the size that a page can have.
func sane(g *model.Glyph) bool {
	const far = 1e6
	for _, v := range []float64{g.Box.X0, g.Box.Y0, g.Box.X1, g.Box.Y1, g.Origin.Y, g.Size} {
		if !(math.Abs(v) < far) {
			return false
		}
	}
	return true
}

// judge decides which glyphs of a page are visible.
type judge struct {
	index index
	near  []*model.Cover

	last  model.Color      // colour of the glyph before, and its flag on white paper
	paper model.GlyphFlags //
}

// glyph returns the flag of a glyph that is not seen, 0 for one that is.
func (j *judge) glyph(g *model.Glyph) model.GlyphFlags {
	if g.Color.Alpha <= clear {
		return model.FlagFaint
	}
	if len(j.index.covers) == 0 {
		return j.onPaper(g)
	}
	ink := inkOf(g)
	j.near = j.index.around(ink, j.near[:0])
	if len(j.near) == 0 {
		return j.onPaper(g)
	}
	if uniform(j.near, ink) {
		return at(g, ink.Center(), j.near)
	}
	covered, pale := 0, 0
	for _, y := range [3]float64{0.1, 0.5, 0.9} {
		for _, x := range [3]float64{0.1, 0.5, 0.9} {
			switch at(g, model.Point{X: ink.X0 + x*ink.Width(), Y: ink.Y0 + y*ink.Height()}, j.near) {
			case model.FlagCovered:
				covered++
			case model.FlagFaint:
				pale++
			}
		}
	}
	switch {
	case covered+pale < enough:
		return 0
	case covered >= pale:
		return model.FlagCovered
	}
	return model.FlagFaint
}

// onPaper decides for a glyph on white paper.
func (j *judge) onPaper(g *model.Glyph) model.GlyphFlags {
	if g.Font.OwnColors {
		return at(g, model.Point{}, nil)
	}
	if g.Color != j.last {
		j.last, j.paper = g.Color, at(g, model.Point{}, nil)
	}
	return j.paper
}

// inkOf is the approximate extent of a glyph's ink: the box has margins above and below digits, and between them.
func inkOf(g *model.Glyph) model.Rect {
	b := g.Box
	dx, dy := 0.12*b.Width(), 0.15*b.Height()
	ink := model.Rect{X0: b.X0 + dx, X1: b.X1 - dx, Y0: b.Y0 + dy, Y1: b.Y1 - dy}
	if r := []rune(g.Text)[0]; g.Angle == 0 && !g.Is(model.FlagVertical) && r < firstWide {
		const digit = 0.66 // height of a digit in ems
		ink.Y0, ink.Y1 = max(b.Y0, g.Origin.Y-digit*g.Size), min(b.Y1, g.Origin.Y)
		if ink.Y0 > ink.Y1 {
			ink.Y0, ink.Y1 = b.Y0+dy, b.Y1-dy
		}
	}
	return ink
}

// uniform reports whether each area around a glyph's ink contains all of it, so that one point decides for all.
func uniform(covers []*model.Cover, ink model.Rect) bool {
	for _, c := range covers {
		if c.Outline != nil || c.Box.X0 > ink.X0 || c.Box.X1 < ink.X1 || c.Box.Y0 > ink.Y0 || c.Box.Y1 < ink.Y1 {
			return false
		}
	}
	return true
}

// at decides for one point of a glyph, by the covers around it in drawing order.
func at(g *model.Glyph, p model.Point, covers []*model.Cover) model.GlyphFlags {
	ground, known := [3]float64{255, 255, 255}, true
	i := 0
	for ; i < len(covers) && covers[i].Order < g.Order; i++ {
		c := covers[i]
		if !holds(c, p) {
			continue
		}
		if c.Kind != model.CoverPaint {
			known = false
			continue
		}
		a := float64(c.Color.Alpha) / 255
		ground = mix(ground, c.Color, a)
		known = known || a == 1
	}
	a := float64(g.Color.Alpha) / 255
	difference := 255 * a
	if known && !g.Font.OwnColors {
		ink := mix(ground, g.Color, a)
		difference = 0
		for k := range ink {
			difference = max(difference, math.Abs(ink[k]-ground[k]))
		}
	}
	if difference <= faint {
		return model.FlagFaint
	}
	for ; i < len(covers); i++ {
		if c := covers[i]; c.Kind != model.CoverVeil && holds(c, p) {
			if c.Kind == model.CoverPicture {
				return model.FlagCovered
			}
			difference *= 1 - float64(c.Color.Alpha)/255
		}
	}
	if difference <= faint {
		return model.FlagCovered
	}
	return 0
}

func mix(ground [3]float64, c model.Color, a float64) [3]float64 {
	return [3]float64{
		a*float64(c.R) + (1-a)*ground[0], a*float64(c.G) + (1-a)*ground[1], a*float64(c.B) + (1-a)*ground[2],
	}
}

// holds reports whether a cover contains a point.
func holds(c *model.Cover, p model.Point) bool {
	if !c.Box.Contains(p) {
		return false
	}
	if c.Outline == nil {
		return true
	}
	in := false
	for i, a := range c.Outline {
		b := c.Outline[(i+1)%len(c.Outline)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			in = !in
		}
	}
	return in
}
