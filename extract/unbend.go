package extract

import "github.com/countybudget/extract/extract/model"

// Photographed pages are rebuilt as if they lay flat, because rows and columns are straight there. Afterwards everything found on
// them is moved to where it is on the page as published. Text that was not recognized was never elsewhere.

// unbender moves what was found on flattened pages.
type unbender struct {
	bends map[int]*model.Bend  // by page
	moved map[*model.Word]bool // the first words of lines; sections and notes share words with the lines of the document
}

// unbend moves the boxes of a document, and those of its pages, to their places on the pages as published.
func unbend(d *Document, pages []*model.Page) {
	u := unbender{bends: map[int]*model.Bend{}, moved: map[*model.Word]bool{}}
	for _, p := range pages {
		if p.Bend != nil {
			u.bends[p.Number] = p.Bend
			u.page(p)
		}
	}
	if len(u.bends) == 0 {
		return
	}
	u.lines(d.Lines)
	for i := range d.Sections {
		u.lines(d.Sections[i].Lines)
	}
	for i := range d.Tables {
		u.table(&d.Tables[i])
	}
	for i := range d.Numbers {
		u.box(d.Numbers[i].Page, &d.Numbers[i].Box)
	}
}

// box moves a box on a page.
func (u *unbender) box(page int, b *model.Rect) {
	if bend := u.bends[page]; bend != nil {
		*b = bend.Box(*b)
	}
}

// page moves the glyphs, rules and readings of a page.
func (u *unbender) page(p *model.Page) {
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; g.Source == model.SourceOCR {
			g.Box, g.Origin = p.Bend.Box(g.Box), p.Bend.Point(g.Origin)
		}
	}
	for i := range p.Rules {
		r := &p.Rules[i]
		if r.Kind != model.RuleImage {
			continue
		}
		a, z := p.Bend.Point(model.Point{X: r.X0, Y: r.Y0}), p.Bend.Point(model.Point{X: r.X1, Y: r.Y1})
		if r.Horizontal() {
			r.X0, r.X1, r.Y0 = a.X, z.X, (a.Y+z.Y)/2
			r.Y1 = r.Y0
		} else {
			r.Y0, r.Y1, r.X0 = a.Y, z.Y, (a.X+z.X)/2
			r.X1 = r.X0
		}
	}
	for i := range p.Reads {
		p.Reads[i].Box = p.Bend.Box(p.Reads[i].Box)
	}
}

// lines moves lines and their words.
func (u *unbender) lines(lines []model.Line) {
	for i := range lines {
		l := &lines[i]
		if u.bends[l.Page] == nil || len(l.Words) > 0 && l.Words[0].Source != model.SourceOCR {
			continue
		}
		u.box(l.Page, &l.Box)
		if len(l.Words) == 0 || u.moved[&l.Words[0]] {
			continue
		}
		u.moved[&l.Words[0]] = true
		for k := range l.Words {
			u.box(l.Page, &l.Words[k].Box)
		}
	}
}

// table moves a table's cells and the lines around it.
func (u *unbender) table(t *model.Table) {
	if t.Source == model.SourceOCR {
		u.box(t.FirstPage, &t.TitleBox)
	}
	for i := range t.Cells {
		if c := &t.Cells[i]; c.Source != model.SourceText || t.Source == model.SourceOCR {
			u.box(c.Page, &c.Box)
			u.box(c.Page, &c.TextBox)
		}
	}
	for i := range t.Notes {
		u.lines(t.Notes[i].Lines)
	}
}
