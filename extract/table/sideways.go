package table

import (
	"math"
	"sort"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
	"github.com/countybudget/extract/extract/wording"
)

// Narrow cells that span many rows often hold a label that runs up or down, on a page whose other text is upright. Its glyphs
// are in no word. A cell without other text takes those that stand in it.

// sideLabels gives empty cells the text that runs through them up or down.
func sideLabels(p *model.Page, f *Fragment) {
	var found []*model.Glyph
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; sideways(g) && f.Box.Contains(g.Box.Center()) {
			found = append(found, g)
		}
	}
	if len(found) == 0 {
		return
	}
	byCell := map[int][]*model.Glyph{}
	place := placesOf(f)
	for _, g := range found {
		c := g.Box.Center()
		if k := place[lattice.Interval(f.Ys, c.Y)*f.Cols()+lattice.Interval(f.Xs, c.X)]; k >= 0 && f.Cells[k].Text == "" {
			byCell[k] = append(byCell[k], g)
		}
	}
	for k, glyphs := range byCell {
		sort.SliceStable(glyphs, func(i, j int) bool { return before(glyphs[i], glyphs[j]) })
		c := &f.Cells[k]
		f.Turned = append(f.Turned, glyphs...)
		f.turned++
		for _, g := range glyphs {
			c.Text += g.Text
			c.TextBox = c.TextBox.Union(g.Box)
			c.Source, c.Confidence = g.Source, min(c.Confidence, g.Confidence)
		}
	}
}

// sideways reports whether a glyph is to be read and runs down (a quarter turn to the right, or vertical writing) or up.
func sideways(g *model.Glyph) bool {
	if wording.Blank(g.Text) || layout.Horizontal(g) || g.Is(model.FlagWatermark|model.FlagClipped|model.FlagInvisible|model.FlagStamp|model.FlagHidden) {
		return false
	}
	return g.Is(model.FlagVertical) || math.Abs(math.Abs(g.Angle)-90) < 2
}

// before orders the glyphs of one label: lines of text that runs down stand from right to left, of text that runs up from
// left to right.
func before(a, b *model.Glyph) bool {
	up := !a.Is(model.FlagVertical) && a.Angle < 0
	x, y := a.Box.Center().X-b.Box.Center().X, a.Box.Center().Y-b.Box.Center().Y
	if math.Abs(x) > 0.5*math.Min(a.Size, b.Size) {
		return up == (x < 0)
	}
	return up == (y > 0) && y != 0
}

// placesOf gives for each place of the grid the index of the cell that covers it, -1 for none.
func placesOf(f *Fragment) []int {
	out := make([]int, f.Rows()*f.Cols())
	for i := range out {
		out[i] = -1
	}
	for i := range f.Cells {
		c := &f.Cells[i]
		for r := c.Row; r < c.Row+c.RowSpan; r++ {
			for k := c.Col; k < c.Col+c.ColSpan; k++ {
				out[r*f.Cols()+k] = i
			}
		}
	}
	return out
}
