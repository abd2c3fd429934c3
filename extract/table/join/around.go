package join

import (
	"math"
	"slices"
	"sort"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/table/caption"
	"github.com/countybudget/extract/extract/wording"
)

// What stands above and below the fragments of a page is read before fragments are joined: a title begins a table, a note ends
// one, and a line that is neither shows that the table does not reach the edge of the page.

// part is a fragment with what stands around it.
type part struct {
	f       *table.Fragment
	caption caption.Caption
	notes   []model.Note
	last    bool // nothing unexplained between it and the page's bottom
	first   bool // the first fragment of its page
	lastOn  bool // the last fragment of its page

	heads  []string // texts above the first fragment of the page that are no caption
	header int      // rows of the header that repeat some of the table's columns
}

// around reads the captions and notes of one page's fragments.
func around(fs []table.Fragment, all []model.Line, taken []bool, s Settings) []part {
	from, to := ofPage(all, fs[0].Page)
	boxes := make([]model.Rect, len(fs))
	for i := range fs {
		boxes[i] = fs[i].Box
	}
	captions, notes, rest := caption.Around(boxes, all[from:to], taken[from:to], s.Settings)
	parts := make([]part, len(fs))
	for i := range fs {
		f := &fs[i]
		above, below := f.Lift()
		p := part{f: f, caption: captions[i], last: i == len(fs)-1, first: i == 0, lastOn: i == len(fs)-1}
		p.caption.AddRows(above)
		p.readHeader()
		for k := range below {
			p.notes = append(p.notes, model.Note{Text: wording.Squeeze(below[k].Text), Lines: below[k : k+1]})
		}
		p.notes = append(p.notes, notes[i]...)
		parts[i] = p
	}
	var heads []string
	for i := range rest {
		if rest[i].Box.Y0 < fs[0].Box.Y0 {
			heads = append(heads, wording.Squeeze(rest[i].Text))
		}
		if rest[i].Box.Y1 > fs[len(fs)-1].Box.Y1 {
			parts[len(parts)-1].last = false
		}
	}
	for i := range parts {
		parts[i].heads = heads
	}
	return parts
}

// ofPage are the indices at which the lines of a page begin and end.
func ofPage(lines []model.Line, page int) (from, to int) {
	from = sort.Search(len(lines), func(i int) bool { return lines[i].Page >= page })
	return from, sort.Search(len(lines), func(i int) bool { return lines[i].Page > page })
}

// readHeader takes the owner that a cell of the header names, if no caption names one.
func (p *part) readHeader() {
	for i := range p.f.Cells {
		if c := &p.f.Cells[i]; c.Row < p.f.HeaderRows && p.caption.Owner == "" {
			if label, owner, ok := wording.Labelled("owner", c.Text); ok {
				p.caption.Owner, p.caption.OwnerLabel = owner, label
			}
		}
	}
}

// atTop reports whether a fragment is the first of its page and nothing stands above it but running heads: texts that stand
// above the table on the page before, too.
func (p *part) atTop(before []string) bool {
	for _, head := range p.heads {
		if !slices.Contains(before, head) {
			return false
		}
	}
	return p.first
}

// borrow takes the caption from the foot of the page before, if the page ends between title and table.
func (p *part) borrow(before []part, all []model.Line, taken []bool, s Settings) {
	page := p.f.Page - 1
	from, to := ofPage(all, page)
	floor, foot := 0.0, 0.0
	if n := len(before); n > 0 && before[n-1].f.Page == page {
		floor = before[n-1].f.Box.Y1
	}
	for i := from; i < to; i++ {
		if !taken[i] {
			foot = math.Max(foot, all[i].Box.Y1)
		}
	}
	if foot <= floor {
		return
	}
	there := p.f.Box // as if the table stood below the last line of that page
	there.Y0, there.Y1 = foot+1, foot+2
	c, used := caption.Above(there, all[from:to], taken[from:to], floor, s.Settings)
	if !caption.IsTableName(c.Title) {
		return
	}
	for _, i := range used {
		taken[from+i] = true
	}
	own := p.caption
	p.caption = c
	p.caption.TitleBox = model.Rect{} // it is on another page
	if p.caption.Unit == "" {
		p.caption.Unit = own.Unit
	}
	if own.Owner != "" && c.OwnerLabel == "" {
		p.caption.Owner, p.caption.OwnerLabel = own.Owner, own.OwnerLabel
	}
	if p.caption.FormNo == "" {
		p.caption.FormNo = own.FormNo
	}
}
