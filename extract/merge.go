package extract

import (
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// legible reports whether a picture on a page with text is text and not a photograph or drawing.
func legible(p *model.Page) bool {
	sum, n := float32(0), 0
	for i := range p.Glyphs {
		sum += p.Glyphs[i].Confidence
		n++
	}
	return n >= fewGlyphs && sum/float32(n) >= 0.6
}

// settle removes from what was recognized beside visible text what that text says already. It reports whether the rest is
// merged: it must be enough to be text, unless it is more than the visible text.
func settle(job *scanJob, found *model.Page) bool {
	p := job.page
	visible := visibleGlyphs(p, pageBox(p))
	if found.Rotate != 0 { // the page's own text may take the other orientation if it is the smaller part
		return !job.region && visible < len(found.Glyphs)
	}
	lesser := visible < max(fewGlyphs, len(found.Glyphs))
	if !job.region && lesser {
		p.Rules = nil // those of the picture replace them
	}
	if visible > 0 {
		text := textCover(p)
		found.Glyphs = slices.DeleteFunc(found.Glyphs, func(g model.Glyph) bool { return text.has(g.Box.Center()) })
		found.Reads = slices.DeleteFunc(found.Reads, func(r model.Read) bool { return text.has(r.Box.Center()) })
		found.Rules = slices.DeleteFunc(found.Rules, func(r model.Rule) bool { return drawnAlready(p, &r) })
	}
	return !job.region && lesser || legible(found)
}

// drawnAlready reports whether a page has a rule where one was found in its picture.
func drawnAlready(p *model.Page, found *model.Rule) bool {
	const apart = 2.5
	for i := range p.Rules {
		r := &p.Rules[i]
		if r.Horizontal() != found.Horizontal() {
			continue
		}
		if r.Horizontal() && math.Abs(r.Y0-found.Y0) <= apart && r.X0 < found.X1 && found.X0 < r.X1 ||
			!r.Horizontal() && math.Abs(r.X0-found.X0) <= apart && r.Y0 < found.Y1 && found.Y0 < r.Y1 {
			return true
		}
	}
	return false
}

// merge adds what was recognized to its page. A page recognized as a whole takes the orientation in which it was recognized,
// and keeps its own text only if its visible text is to stay.
func merge(job *scanJob, found *model.Page) {
	p := job.page
	if !job.region {
		p.Recognized, p.Bend = true, found.Bend
		if found.Rotate != 0 {
			turnPage(p, found)
		}
		if !job.keep || found.Rotate != 0 {
			p.Rules = nil
			for i := range p.Glyphs {
				if g := &p.Glyphs[i]; !wording.Blank(g.Text) {
					g.Flags |= model.FlagInvisible
				}
			}
		}
	} else if found.Rotate != 0 {
		return // vertical text beside horizontal text: a label on a drawing
	}
	order := len(p.Glyphs) + len(p.Rules) + len(p.Pictures)
	for i := range found.Glyphs {
		found.Glyphs[i].Order += order
	}
	p.Glyphs = append(p.Glyphs, found.Glyphs...)
	p.Rules = append(p.Rules, found.Rules...)
	p.Reads = append(p.Reads, found.Reads...)
}

// turnPage rotates a page to the orientation in which it was recognized: its size, its Rotate, and the places of its
// content.
func turnPage(p, found *model.Page) {
	for range found.Rotate / 90 {
		for i := range p.Pictures {
			b := &p.Pictures[i].Box
			*b = model.Rect{X0: p.Height - b.Y1, Y0: b.X0, X1: p.Height - b.Y0, Y1: b.X1}
		}
		for i := range p.Glyphs {
			g := &p.Glyphs[i]
			b := g.Box
			g.Box = model.Rect{X0: p.Height - b.Y1, Y0: b.X0, X1: p.Height - b.Y0, Y1: b.X1}
			g.Origin = model.Point{X: p.Height - g.Origin.Y, Y: g.Origin.X}
			if g.Angle += 90; g.Angle > 180 {
				g.Angle -= 360
			}
		}
		p.Width, p.Height = p.Height, p.Width
	}
	p.Rotate = (p.Rotate + found.Rotate) % 360
	var hidden []model.Glyph // kept for the diagnostic
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; g.Is(model.FlagHidden) {
			hidden = append(hidden, *g)
		}
	}
	p.Glyphs = hidden
}

// keepReadings gives each recognized cell that consists of one piece the readings of that piece.
func keepReadings(d *model.Document, pages []*model.Page) {
	reads := map[int][]model.Read{}
	for _, p := range pages {
		reads[p.Number] = p.Reads
	}
	for t := range d.Tables {
		for c := range d.Tables[t].Cells {
			cell := &d.Tables[t].Cells[c]
			if cell.Source == model.SourceOCR {
				cell.Readings = readingsIn(reads[cell.Page], cell)
			}
		}
	}
}

// readingsIn finds the one Read that makes up a cell.
func readingsIn(reads []model.Read, cell *model.Cell) []model.Reading {
	var found []model.Reading
	for i := range reads {
		if cell.TextBox.Contains(reads[i].Box.Center()) {
			if found != nil {
				return nil
			}
			found = reads[i].Readings
		}
	}
	return found
}
