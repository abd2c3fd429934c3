package watermark

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// group is all runs of one style in a document.
type styleGroup struct {
	style     style
	runs      []run
	watermark bool
}

func group(all []run) []*styleGroup {
	index := map[style]*styleGroup{}
	var out []*styleGroup
	for _, r := range all {
		g := index[r.style]
		if g == nil {
			g = &styleGroup{style: r.style}
			index[r.style] = g
			out = append(out, g)
		}
		g.runs = append(g.runs, r)
	}
	return out
}

// appearance compares a style with the body text of its document.
type appearance struct {
	declared, slanted, light, visible, coloured, large bool
}

func (st style) looks(body look, s Settings) appearance {
	lum := st.color.Luminance()
	return appearance{
		declared: st.mark != 0,
		slanted:  slantOf(float64(st.angle)) > s.Turned,
		light:    lum >= s.Light && math.Abs(lum-body.lum) >= s.SameColour || st.color.Alpha < 200,
		visible:  lum < unseen,
		coloured: colourful(st.color),
		large:    float64(st.size) >= s.Large*body.size,
	}
}

// suspicious reports whether decide can find a watermark at all; for most text of a document it cannot.
func (a appearance) suspicious() bool { return a.declared || a.slanted || a.light || a.large }

// decide tells by the look and the repetition of a style whether it is a watermark.
func (g *styleGroup) decide(pages []*model.Page, body look, s Settings) {
	a := g.style.looks(body, s)
	switch {
	case a.declared:
		g.watermark = true
	case a.slanted: // content is not slanted, except labels of a chart's axis
		g.watermark = a.light || a.coloured || a.large || g.copies() >= s.Copies
	case a.light && a.large:
		g.watermark = g.repeats(pages, s) || g.everywhere(pages) && g.lies(pages, overText|overRules)
	case a.light && a.visible: // excludes white text on a shaded cell
		g.watermark = g.repeats(pages, s) && g.lies(pages, overText)
	case a.large:
		g.watermark = g.repeats(pages, s) && g.sameString(pages, s) && g.lies(pages, overText|overRules)
	}
}

// unseen is the luminance from which text is invisible on white paper.
const unseen = 0.97

// colourful reports whether a colour is not grey.
func colourful(c model.Color) bool {
	hi, lo := max(c.R, c.G, c.B), min(c.R, c.G, c.B)
	return hi-lo > 60
}

// copies counts the runs whose string is that of another run, or a part of it.
func (g *styleGroup) copies() int {
	count := map[string]int{}
	best := 0
	for i := range g.runs {
		t := wording.Squeeze(g.runs[i].text)
		count[t]++
		best = max(best, count[t])
	}
	return best
}

// repeats reports whether the style is on most pages with text, several times, with the same characters.
func (g *styleGroup) repeats(pages []*model.Page, s Settings) bool {
	return g.share(pages) >= s.Pages && len(g.runs) >= s.Copies && g.fewCharacters(s)
}

// everywhere reports whether the style is on every page with text.
func (g *styleGroup) everywhere(pages []*model.Page) bool { return g.share(pages) == 1 }

// share is the part of the pages with text that the style is on.
func (g *styleGroup) share(pages []*model.Page) float64 {
	on := map[int]bool{}
	for i := range g.runs {
		on[g.runs[i].page] = true
	}
	all := 0
	for _, p := range pages {
		if len(p.Glyphs) > 0 {
			all++
		}
	}
	return float64(len(on)) / math.Max(float64(all), 1)
}

// fewCharacters reports whether the style repeats the same few characters, without a digit that changes from page to page as
// page numbers do.
func (g *styleGroup) fewCharacters(s Settings) bool {
	count := map[string]int{}
	total := 0
	for i := range g.runs {
		for _, x := range g.runs[i].glyphs {
			count[x.Text]++
			total++
		}
	}
	return len(count) <= 40 && total >= s.Copies*len(count)
}

// sameString reports whether one string is at the same place of most pages.
func (g *styleGroup) sameString(pages []*model.Page, s Settings) bool {
	type place struct {
		text string
		x, y int
	}
	on := map[place]map[int]bool{}
	for i := range g.runs {
		r := &g.runs[i]
		k := place{wording.Squeeze(r.text), int(math.Round(r.at.X / 6)), int(math.Round(r.at.Y / 6))}
		if on[k] == nil {
			on[k] = map[int]bool{}
		}
		on[k][r.page] = true
	}
	for _, p := range on {
		if len(p) >= s.Copies && float64(len(p)) >= s.Pages*float64(len(pages)) {
			return true
		}
	}
	return false
}

// content says what a watermark may overlap.
type content uint8

const (
	overText content = 1 << iota
	overRules
)

// lies reports whether at least one in five of the style's glyphs overlaps the content, as content itself does not.
func (g *styleGroup) lies(pages []*model.Page, what content) bool {
	byPage := map[int][]*model.Glyph{}
	for i := range g.runs {
		byPage[g.runs[i].page] = append(byPage[g.runs[i].page], g.runs[i].glyphs...)
	}
	hits, all := 0, 0
	for _, p := range pages {
		if own := byPage[p.Number]; len(own) > 0 {
			all += len(own)
			hits += overlaps(own, p, g.style, what)
		}
	}
	return all > 0 && hits*5 >= all
}

// overlaps counts the glyphs of own that overlap other content of the page. That is drawn into a raster first, so the time
// is linear in the number of glyphs.
func overlaps(own []*model.Glyph, p *model.Page, st style, what content) int {
	r := newRaster(p.Width, p.Height)
	for i := range p.Glyphs {
		x := &p.Glyphs[i]
		if what&overText != 0 && styleOf(x) != st && sane(x) && !wording.Blank(x.Text) && slantOf(x.Angle) < 3 {
			r.fill(inner(x.Box))
		}
	}
	for i := range p.Rules {
		if what&overRules != 0 && p.Rules[i].Kind != model.RuleEdge {
			r.fill(p.Rules[i].Rect)
		}
	}
	hits := 0
	for _, x := range own {
		if r.meets(inner(x.Box)) {
			hits++
		}
	}
	return hits
}

// inner is the middle part of a glyph's box, which holds its ink: those of neighbours in ordinary text do not touch.
func inner(b model.Rect) model.Rect {
	dx, dy := b.Width()*0.25, b.Height()*0.25
	return model.Rect{X0: b.X0 + dx, Y0: b.Y0 + dy, X1: b.X1 - dx, Y1: b.Y1 - dy}
}
