package rebuild

import (
	"cmp"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/table/caption"
	"github.com/countybudget/extract/extract/table/join"
	"github.com/countybudget/extract/extract/wording"
)

// A page may have text in several directions: a sideways table below upright prose, a label up the margin, vertical writing,
// a slanted note. The stages read horizontal text only. So each direction is a view of the document: its pages rotated until
// that text is upright, with nothing else on them. The main view has the direction of most text of each page; the results of
// the other views are rotated back and appended.

// view is the text of a document in one direction.
type view struct {
	pages  []*model.Page
	turns  turned                        // the rotation of the pages
	places map[*model.Glyph]*model.Glyph // of slanted text: each glyph as it is on the file's page
	tables bool                          // look for tables
	main   bool                          // its paragraphs continue from page to page

	fragments []table.Fragment
	lines     []model.Line
	roles     []layout.Role
	labels    map[int]string
}

// build runs the stages that work page by page.
func (v *view) build(s Settings) {
	heights := map[int]float64{}
	for _, p := range v.pages {
		heights[p.Number] = p.Height
		rest := layout.Words(p, s.Layout)
		if v.tables {
			var found []table.Fragment
			found, rest = table.Find(p, rest, s.Table)
			for i := range found {
				if found[i].TurnedAside() {
					rest = append(rest, found[i].Words...)
					continue
				}
				v.fragments = append(v.fragments, found[i])
			}
		}
		v.lines = append(v.lines, layout.Lines(p.Number, rest, s.Layout)...)
	}
	if v.places != nil {
		v.replace()
	}
	v.roles, v.labels = layout.Roles(v.lines, heights, s.Layout)
}

// replace moves the words of slanted text to their places on the file's page.
func (v *view) replace() {
	for i := range v.lines {
		l := &v.lines[i]
		l.Box = model.Rect{}
		for k := range l.Words {
			w := &l.Words[k]
			w.Box = model.Rect{}
			for n, g := range w.Glyphs {
				if on := v.places[g]; on != nil {
					w.Glyphs[n] = on
					w.Box = w.Box.Union(on.Box)
				}
			}
			l.Box = l.Box.Union(w.Box)
		}
	}
}

// addTo joins the results over the pages and adds them, rotated back, to a document.
func (v *view) addTo(d *model.Document, s Settings) {
	var body []model.Line
	var at []int // index of each line of body text among all lines
	for i := range v.lines {
		v.lines[i].Role = v.roles[i]
		switch v.roles[i] {
		case layout.Body:
			body, at = append(body, v.lines[i]), append(at, i)
		case layout.Contents:
			if e := layout.Entry(wording.Squeeze(v.lines[i].Text)); e != "" {
				d.Contents = append(d.Contents, e)
			}
		}
	}
	tables, captions := join.Join(v.fragments, body, s.Join)
	var prose []model.Line
	for i := range body {
		if captions[i] {
			v.lines[at[i]].Role = model.LineCaption
		} else {
			prose = append(prose, body[i])
		}
	}
	caption.HeadUnits(tables, v.lines)
	part := &model.Document{
		Lines: v.lines, Tables: tables, Sections: v.sections(prose, s), Numbers: numbers(v.pages, v.fragments, v.lines, v.roles),
	}
	v.turns.document(part)
	number(part.Sections, len(d.Sections))
	d.Lines = append(d.Lines, part.Lines...)
	d.Tables = append(d.Tables, part.Tables...)
	d.Sections = append(d.Sections, part.Sections...)
	d.Numbers = append(d.Numbers, part.Numbers...)
}

// sections makes sections of a view's text: over all pages for the main view, page by page for another.
func (v *view) sections(prose []model.Line, s Settings) []model.Section {
	if v.main {
		return layout.Sections(prose, s.Layout)
	}
	var out []model.Section
	for start := 0; start < len(prose); {
		end := start + 1
		for end < len(prose) && prose[end].Page == prose[start].Page {
			end++
		}
		found := layout.Sections(prose[start:end], s.Layout)
		number(found, len(out))
		out = append(out, found...)
		start = end
	}
	return out
}

// number adds the number of earlier sections to the numbers of sections.
func number(sections []model.Section, before int) {
	for i := range sections {
		sections[i].No += before
		if sections[i].ParentNo > 0 {
			sections[i].ParentNo += before
		}
	}
}

// order sorts the results of several views by page.
func order(d *model.Document) {
	slices.SortStableFunc(d.Lines, func(a, b model.Line) int { return cmp.Compare(a.Page, b.Page) })
	slices.SortStableFunc(d.Numbers, func(a, b model.Number) int { return cmp.Compare(a.Page, b.Page) })
	slices.SortStableFunc(d.Tables, func(a, b model.Table) int { return cmp.Compare(a.FirstPage, b.FirstPage) })
	for i := range d.Tables {
		d.Tables[i].No = i + 1
	}
}

// direction is the direction of text on the file's page.
type direction struct {
	quarter  quarter
	vertical bool
	slant    int // degrees from the nearest quarter, -45 to 45; 0 for none
}

const (
	mostSlants  = 6  // slanted directions of one page; with more it is a drawing or text on a curve
	leastTable  = 40 // least glyphs of a sideways table
	leastSlant  = 2  // least glyphs of a slanted text
	straight    = 2  // degrees by which text may deviate from its direction
	tableMargin = 12 // points around a table's text in which its rules are
)

// otherViews finds the text that the main view does not have, by its direction. unread are the numbers of text in no view.
func otherViews(pages []*model.Page, main *view) (views []view, unread []model.Number) {
	index := map[direction]int{}
	for n, file := range pages {
		left := leftOver(main.pages[n], main.fragments)
		if len(left) == 0 {
			continue
		}
		groups := map[direction][]int{}
		for _, i := range left {
			k := directionOf(&file.Glyphs[i])
			groups[k] = append(groups[k], i)
		}
		slants := 0
		for _, k := range directions(groups) {
			if !slices.ContainsFunc(groups[k], func(i int) bool { return !wording.Blank(file.Glyphs[i].Text) }) {
				continue
			}
			if k.slant != 0 {
				if slants++; slants > mostSlants || len(groups[k]) < leastSlant {
					unread = append(unread, unreadNumbers(file.Number, pick(file, groups[k]))...)
					continue
				}
			}
			at, ok := index[k]
			if !ok {
				at = len(views)
				index[k] = at
				views = append(views, newView(k))
			}
			views[at].add(file, groups[k], main)
		}
	}
	return views, unread
}

func newView(k direction) view {
	v := view{turns: turned{}}
	if k.slant != 0 {
		v.places = map[*model.Glyph]*model.Glyph{}
	}
	return v
}

// directions lists the keys of groups in a fixed order.
func directions(groups map[direction][]int) []direction {
	out := make([]direction, 0, len(groups))
	for k := range groups {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b direction) int {
		if a.vertical != b.vertical {
			if b.vertical {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.slant*a.slant, b.slant*b.slant), cmp.Compare(a.slant, b.slant), cmp.Compare(a.quarter, b.quarter))
	})
	return out
}

// leftOver are the indices of glyphs of a page that the main view cannot read, except glyphs in its tables.
func leftOver(p *model.Page, fragments []table.Fragment) []int {
	var out []int
	var held map[*model.Glyph]bool
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if layout.Horizontal(g) || g.Is(model.FlagWatermark|model.FlagClipped|model.FlagInvisible|model.FlagStamp|model.FlagHidden) || !placed(g) || !(g.Size > 0) || math.IsNaN(g.Angle) {
			continue
		}
		if held == nil {
			held = map[*model.Glyph]bool{}
			for k := range fragments {
				if fragments[k].Page == p.Number {
					for _, t := range fragments[k].Turned {
						held[t] = true
					}
				}
			}
		}
		if !held[g] {
			out = append(out, i)
		}
	}
	return out
}

func directionOf(g *model.Glyph) direction {
	if g.Is(model.FlagVertical) {
		return direction{vertical: true, quarter: 1}
	}
	a := math.Mod(g.Angle+360, 360)
	near := math.Round(a / 90)
	k := direction{quarter: quarter(int(near) % 4)}
	if off := a - 90*near; math.Abs(off) >= straight {
		k.slant = int(math.Round(off))
	}
	return k
}

func pick(p *model.Page, glyphs []int) []*model.Glyph {
	out := make([]*model.Glyph, 0, len(glyphs))
	for _, i := range glyphs {
		out = append(out, &p.Glyphs[i])
	}
	return out
}

// add adds glyphs of a page to the view, rotated upright.
func (v *view) add(file *model.Page, glyphs []int, main *view) {
	k := directionOf(&file.Glyphs[glyphs[0]])
	p := &model.Page{Number: file.Number, Width: file.Width, Height: file.Height, Reader: file.Reader}
	for _, i := range glyphs {
		p.Glyphs = append(p.Glyphs, file.Glyphs[i])
	}
	if v.places != nil {
		middle := model.Point{X: file.Width / 2, Y: file.Height / 2}
		for n, i := range glyphs {
			upright(&p.Glyphs[n], middle)
			v.places[&p.Glyphs[n]] = &file.Glyphs[i]
		}
		v.pages = append(v.pages, p)
		return
	}
	if !k.vertical && len(glyphs) >= leastTable {
		p.Rules = rulesOf(file, p.Glyphs, main)
		v.tables = true
	}
	t := turnedUp(p, k.quarter)
	if k.vertical {
		for i := range t.Glyphs {
			g := &t.Glyphs[i]
			g.Flags &^= model.FlagVertical
			g.Angle = 0
			g.Origin = model.Point{X: g.Box.X0, Y: g.Box.Y1 - 0.12*g.Size}
		}
	}
	v.pages = append(v.pages, t)
	v.turns[p.Number] = turn{k.quarter, file.Width, file.Height}
}

// upright rotates a slanted glyph around a point until it is upright.
func upright(g *model.Glyph, around model.Point) {
	sin, cos := math.Sincos(g.Angle * math.Pi / 180)
	high := g.Size
	var long float64
	if w, h := g.Box.Width(), g.Box.Height(); math.Abs(cos) > math.Abs(sin) {
		long = (w - high*math.Abs(sin)) / math.Abs(cos)
	} else {
		long = (h - high*math.Abs(cos)) / math.Abs(sin)
	}
	x, y := g.Origin.X-around.X, g.Origin.Y-around.Y
	g.Origin = model.Point{X: around.X + x*cos + y*sin, Y: around.Y - x*sin + y*cos}
	g.Box = model.Rect{X0: g.Origin.X, Y0: g.Origin.Y - 0.88*high, X1: g.Origin.X + math.Max(long, 0), Y1: g.Origin.Y + 0.12*high}
	g.Angle = 0
}

// rulesOf are the rules of a page around some of its glyphs that belong to no table of the main view.
func rulesOf(file *model.Page, glyphs []model.Glyph, main *view) []model.Rule {
	box := model.Rect{}
	for i := range glyphs {
		box = box.Union(glyphs[i].Box)
	}
	box = model.Rect{X0: box.X0 - tableMargin, Y0: box.Y0 - tableMargin, X1: box.X1 + tableMargin, Y1: box.Y1 + tableMargin}
	var taken []model.Rect
	for i := range main.fragments {
		if f := &main.fragments[i]; f.Page == file.Number {
			taken = append(taken, main.turns.back(f.Page, f.Box))
		}
	}
	var out []model.Rule
	for _, r := range file.Rules {
		c := r.Rect.Center()
		if box.Contains(c) && !slices.ContainsFunc(taken, func(t model.Rect) bool { return t.Contains(c) }) {
			out = append(out, r)
		}
	}
	return out
}
