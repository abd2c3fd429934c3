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

// decide judges a style by its look and by how it repeats.
func (g *styleGroup) decide(pages []*model.Page, body look, s Settings) {
	lum := g.style.color.Luminance()
	light := lum >= s.Light && math.Abs(lum-body.lum) >= s.SameColour || g.style.color.Alpha < 200
	coloured := colourful(g.style.color)
	large := float64(g.style.size) >= s.Large*body.size
	slant := slantOf(float64(g.style.angle))
	switch {
	case g.style.mark != 0:
		g.watermark = true
	case slant > s.Turned: // no content is set on the slant, but a chart may label its axis so
		g.watermark = light || coloured || large || g.copies() >= s.Copies
	case light && large:
		g.watermark = g.repeats(pages, s)
	case light:
		g.watermark = g.repeats(pages, s) && g.fewCharacters(s) && g.amidContent(pages)
	case large:
		g.watermark = g.repeats(pages, s) && g.sameString(pages, s) && g.amidContent(pages)
	}
}

// colourful reports whether a colour is far from grey.
func colourful(c model.Color) bool {
	hi, lo := max(c.R, c.G, c.B), min(c.R, c.G, c.B)
	return hi-lo > 60
}

// copies counts the runs that share their string with another, or are a part of it.
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

// repeats reports whether the style stands on most pages with text, with the same characters.
func (g *styleGroup) repeats(pages []*model.Page, s Settings) bool {
	on := map[int]bool{}
	for i := range g.runs {
		on[g.runs[i].page] = true
	}
	withText := 0
	for _, p := range pages {
		if len(p.Glyphs) > 0 {
			withText++
		}
	}
	return len(on) >= s.Copies && float64(len(on)) >= s.Pages*float64(withText) && g.fewCharacters(s)
}

// fewCharacters reports whether the style writes the same few characters again and again, none of them a digit that
// counts up as page numbers do.
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

// sameString reports whether one string stands in the same place on most pages.
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

// amidContent reports whether the style's glyphs lie over other text or rules, as content never does: at least one run in
// five meets a glyph of another look.
func (g *styleGroup) amidContent(pages []*model.Page) bool {
	byPage := map[int][]*model.Glyph{}
	for i := range g.runs {
		byPage[g.runs[i].page] = append(byPage[g.runs[i].page], g.runs[i].glyphs...)
	}
	hits, all := 0, 0
	for _, p := range pages {
		own := byPage[p.Number]
		if len(own) == 0 {
			continue
		}
		all += len(own)
		hits += overlaps(own, p, g.style)
	}
	return all > 0 && hits*5 >= all
}

// overlaps counts the glyphs of own that lie over a glyph of another style or a rule of the page. What is there is drawn
// into a coarse raster first, so that a crowded page costs no more than its glyphs.
func overlaps(own []*model.Glyph, p *model.Page, st style) int {
	r := newRaster(p.Width, p.Height)
	for i := range p.Glyphs {
		x := &p.Glyphs[i]
		if styleOf(x) != st && sane(x) && !wording.Blank(x.Text) && slantOf(x.Angle) < 3 {
			r.fill(x.Box)
		}
	}
	for i := range p.Rules {
		r.fill(p.Rules[i].Rect)
	}
	hits := 0
	for _, x := range own {
		b := x.Box
		dx, dy := b.Width()*0.2, b.Height()*0.2
		if r.meets(model.Rect{X0: b.X0 + dx, Y0: b.Y0 + dy, X1: b.X1 - dx, Y1: b.Y1 - dy}) {
			hits++
		}
	}
	return hits
}
