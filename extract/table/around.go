package table

import (
	"math"
	"slices"
	"sort"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// What stands above and below each fragment of a page is read before fragments are joined: a title of its own begins a
// table, a note ends one, and a line that is neither says that the table did not reach the page's edge.

// part is a fragment with what stands around it.
type part struct {
	f       *Fragment
	caption caption
	notes   []string
	last    bool // nothing unexplained between it and the page's bottom
	first   bool // the first fragment of its page
	lastOn  bool // the last fragment of its page

	heads  []string // texts above the first fragment of the page that are no caption
	header int      // rows of the header that repeat some of the table's columns
}

// around reads the captions and notes of one page's fragments.
func around(fs []Fragment, all []model.Line, taken []bool, s Settings) []part {
	page := fs[0].Page
	from := sort.Search(len(all), func(i int) bool { return all[i].Page >= page })
	to := sort.Search(len(all), func(i int) bool { return all[i].Page > page })
	lines, whole := partLines(fs, all[from:to], s)
	used := make([]bool, len(lines))
	for i := range lines {
		used[i] = taken[from+whole[i]]
	}
	parts := make([]part, len(fs))
	take := func(idx []int) {
		for _, i := range idx {
			used[i] = true
		}
	}
	for i := range fs {
		floor := 0.0
		for k := range fs {
			if k != i && fs[k].Box.Y1 <= fs[i].Box.Y0+2 && inColumn(&fs[k], &fs[i]) {
				floor = math.Max(floor, fs[k].Box.Y1)
			}
		}
		parts[i].f = &fs[i]
		lift(&fs[i])
		parts[i].caption = captionOf(&fs[i], beside(fs, i), lines, used, floor, s)
		parts[i].caption.addLifted(&fs[i])
		take(parts[i].caption.lines)
	}
	for i := range fs {
		ceiling := math.Inf(1)
		for k := range fs {
			if fs[k].Box.Y0 >= fs[i].Box.Y1-2 && k != i && inColumn(&fs[k], &fs[i]) {
				ceiling = math.Min(ceiling, fs[k].Box.Y0)
			}
		}
		notes, idx := notesOf(&fs[i], beside(fs, i), lines, used, ceiling, s)
		parts[i].notes = append(notesIn(&fs[i]), notes...)
		take(idx)
	}
	parts[0].first, parts[len(parts)-1].lastOn = true, true
	parts[len(parts)-1].last = true
	var heads []string
	for i := range lines {
		if used[i] {
			continue
		}
		if lines[i].Box.Y0 < fs[0].Box.Y0 {
			heads = append(heads, wording.Squeeze(lines[i].Text))
		}
		if lines[i].Box.Y1 > fs[len(fs)-1].Box.Y1 {
			parts[len(parts)-1].last = false
		}
	}
	for i := range parts {
		parts[i].heads = heads
	}
	mark(used, whole, taken[from:to])
	return parts
}

// atTop reports whether nothing stands between a page's first fragment and the top of the page but running heads: texts that
// stand above the table on the page before, too.
func (p *part) atTop(before []string) bool {
	for _, head := range p.heads {
		if !slices.Contains(before, head) {
			return false
		}
	}
	return p.first
}

// borrow takes the caption from the foot of the page before, where a page break fell between title and table.
func (p *part) borrow(before []part, all []model.Line, taken []bool, s Settings) {
	page := p.f.Page - 1
	from := sort.Search(len(all), func(i int) bool { return all[i].Page >= page })
	to := sort.Search(len(all), func(i int) bool { return all[i].Page > page })
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
	there := Fragment{Page: page, Box: p.f.Box}
	there.Box.Y0, there.Box.Y1 = foot+1, foot+2
	c := captionOf(&there, everywhere, all[from:to], taken[from:to], floor, s)
	if c.untitled() || !tableName(c.title) {
		return
	}
	for _, i := range c.lines {
		taken[from+i] = true
	}
	own := p.caption
	p.caption = c
	p.caption.titleBox = model.Rect{} // it is on another page
	if p.caption.unit == "" {
		p.caption.unit = own.unit
	}
	if own.owner != "" && c.ownerLabel == "" {
		p.caption.owner, p.caption.ownerLabel = own.owner, own.ownerLabel
	}
	if p.caption.formNo == "" {
		p.caption.formNo = own.formNo
	}
}
