package rebuild

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// A wide table is often printed sideways on an upright page without /Rotate: nearly all text runs up or down. The page is
// rotated before the stages, which read horizontal text only, and their results are rotated back.

// quarter is the number of clockwise quarter turns, 0 to 3, by which a page's text is rotated.
type quarter int

// quarterOf returns the quarter of nearly all text of a page, 0 if there is none.
func quarterOf(p *model.Page) quarter {
	var count [4]int
	all := 0
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if g.Is(model.FlagWatermark|model.FlagClipped|model.FlagVertical|model.FlagHidden) || wording.Blank(g.Text) || math.IsNaN(g.Angle) {
			continue
		}
		all++
		a := math.Mod(g.Angle+360, 360)
		if near := math.Round(a / 90); math.Abs(a-90*near) < 2 {
			count[int(near)%4]++
		}
	}
	for q := 1; q < 4; q++ {
		if all >= 20 && count[q]*10 >= all*8 {
			return quarter(q)
		}
	}
	return 0
}

// turnedUp returns the page rotated so that its text is upright; the page itself if it is already.
func turnedUp(p *model.Page, q quarter) *model.Page {
	if q == 0 {
		return p
	}
	t := *p
	if q != 2 {
		t.Width, t.Height = p.Height, p.Width
	}
	t.Glyphs = append([]model.Glyph(nil), p.Glyphs...)
	for i := range t.Glyphs {
		g := &t.Glyphs[i]
		g.Box, g.Origin = q.rect(g.Box, p.Width, p.Height), q.point(g.Origin, p.Width, p.Height)
		g.Angle -= 90 * float64(q)
		if g.Angle <= -180 {
			g.Angle += 360
		}
	}
	t.Rules = append([]model.Rule(nil), p.Rules...)
	for i := range t.Rules {
		t.Rules[i].Rect = q.rect(t.Rules[i].Rect, p.Width, p.Height)
	}
	t.Pictures = append([]model.Picture(nil), p.Pictures...)
	for i := range t.Pictures {
		t.Pictures[i].Box = q.rect(t.Pictures[i].Box, p.Width, p.Height)
	}
	return &t
}

// point rotates a point of a page of width w and height h so that its text becomes upright.
func (q quarter) point(a model.Point, w, h float64) model.Point {
	switch q {
	case 1:
		return model.Point{X: a.Y, Y: w - a.X}
	case 2:
		return model.Point{X: w - a.X, Y: h - a.Y}
	case 3:
		return model.Point{X: h - a.Y, Y: a.X}
	}
	return a
}

func (q quarter) rect(r model.Rect, w, h float64) model.Rect {
	if q == 0 || r == (model.Rect{}) {
		return r
	}
	a, b := q.point(model.Point{X: r.X0, Y: r.Y0}, w, h), q.point(model.Point{X: r.X1, Y: r.Y1}, w, h)
	return model.Rect{X0: math.Min(a.X, b.X), Y0: math.Min(a.Y, b.Y), X1: math.Max(a.X, b.X), Y1: math.Max(a.Y, b.Y)}
}

// turn is the rotation of one page and its size before.
type turn struct {
	q    quarter
	w, h float64
}

// turned are the rotated pages by number.
type turned map[int]turn

// back rotates a box back to its place in the file.
func (t turned) back(page int, r model.Rect) model.Rect {
	p, ok := t[page]
	if !ok {
		return r
	}
	w, h := p.w, p.h
	if p.q != 2 {
		w, h = h, w
	}
	return (4 - p.q).rect(r, w, h)
}

// document rotates all boxes of a document back.
func (t turned) document(d *model.Document) {
	if len(t) == 0 {
		return
	}
	for i := range d.Lines {
		t.line(&d.Lines[i])
	}
	for i := range d.Sections {
		for k := range d.Sections[i].Lines {
			t.line(&d.Sections[i].Lines[k])
		}
	}
	for i := range d.Tables {
		tab := &d.Tables[i]
		tab.TitleBox = t.back(tab.FirstPage, tab.TitleBox)
		for k := range tab.Cells {
			c := &tab.Cells[k]
			c.Box, c.TextBox = t.back(c.Page, c.Box), t.back(c.Page, c.TextBox)
		}
	}
	for i := range d.Numbers {
		d.Numbers[i].Box = t.back(d.Numbers[i].Page, d.Numbers[i].Box)
	}
}

// line rotates a line back. Its words may be shared with another list of lines, so they are copied.
func (t turned) line(l *model.Line) {
	if _, ok := t[l.Page]; !ok {
		return
	}
	l.Box = t.back(l.Page, l.Box)
	l.Words = append([]model.Word(nil), l.Words...)
	for i := range l.Words {
		l.Words[i].Box = t.back(l.Page, l.Words[i].Box)
	}
}
