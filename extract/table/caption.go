package table

import (
	"math"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// The lines around a table belong to it: above it, from the table upwards, the unit and owner line, the title, the form
// number; below it, the notes. A line is taken for what its words say it is; a title is the nearest line above that is
// none of these, stands where titles stand, and is no sentence.

// caption is what the lines above a fragment say.
type caption struct {
	title             string
	titleBox          model.Rect
	unit              string
	owner, ownerLabel string
	formNo            string
	continued         bool  // the title says that it goes on
	lines             []int // indices of the page's lines that were taken
}

// untitled reports whether the lines above name nothing but what a continued page may repeat.
func (c *caption) untitled() bool { return c.title == "" }

// captionOf reads the lines above a fragment, down to top. floor is where the last thing above ends: another table, or
// the top of the page.
func captionOf(f *Fragment, side strip, lines []model.Line, taken []bool, floor float64, s Settings) caption {
	var c caption
	var above []int
	for i := range lines {
		b := lines[i].Box
		if !taken[i] && b.Center().Y < f.Box.Y0+1 && b.Y0 > floor-3 && side.has(b) {
			above = append(above, i)
		}
	}
	sort.SliceStable(above, func(i, j int) bool { return lines[above[i]].Box.Y0 > lines[above[j]].Box.Y0 })
	top := f.Box.Y0
	var titles []int
	for _, i := range above {
		l := &lines[i]
		if top-l.Box.Y1 > s.CaptionGap {
			break
		}
		if c.readFurniture(l) || c.readEnds(l, f) {
			c.lines = append(c.lines, i)
			top = l.Box.Y0
			continue
		}
		if len(titles) == 0 && !titleLike(l, f) || len(titles) > 0 && !titleGoesOn(l, &lines[titles[len(titles)-1]]) {
			break
		}
		titles = append(titles, i)
		c.lines = append(c.lines, i)
		top = l.Box.Y0
	}
	for k := len(titles) - 1; k >= 0; k-- {
		l := &lines[titles[k]]
		c.title += wording.Squeeze(l.Text)
		c.titleBox = c.titleBox.Union(l.Box)
	}
	c.readTitle()
	return c
}

// readTitle takes the continuation mark and a form number out of the title's words.
func (c *caption) readTitle() {
	c.continued = c.continued || wording.Matches("continued_pattern", c.title)
	if c.formNo == "" {
		c.formNo = strings.TrimRight(wording.Match("form_no_prefix_pattern", c.title), "：:、.．")
	}
}

// readFurniture takes a line that is wholly made of unit, owner and form number. Beside one of them, a text without a
// label is the owner's name or a date.
func (c *caption) readFurniture(l *model.Line) bool {
	known, loose := 0, ""
	next := *c
	for _, t := range segments(l) {
		if next.readLabel(t) {
			known++
			continue
		}
		loose += t
	}
	if known == 0 || wording.Matches("part_pattern", loose) {
		return false
	}
	if loose != "" && next.owner == "" && !strings.ContainsAny(loose, "。；") && utf8.RuneCountInString(loose) <= 40 {
		next.owner = loose
	}
	*c = next
	return true
}

// readEnds takes a line of short texts at both ends of the table's width, none of which a label explains: it captions the
// table all the same, and the left one names the owner if none is named yet.
func (c *caption) readEnds(l *model.Line, f *Fragment) bool {
	parts := segments(l)
	if len(parts) < 2 || utf8.RuneCountInString(l.Text) > 60 || strings.ContainsAny(l.Text, "。；") {
		return false
	}
	slack := 0.1 * f.Box.Width()
	if l.Box.X0 > f.Box.X0+slack || l.Box.X1 < f.Box.X1-slack {
		return false
	}
	if c.owner == "" {
		c.owner = wording.Squeeze(parts[0])
	}
	return true
}

// readLabel reads one labelled text.
func (c *caption) readLabel(t string) bool {
	if wording.Matches("continued_mark_pattern", t) {
		c.continued = true
		return true
	}
	if _, v, ok := wording.Labelled("unit", t); ok && wording.Contains("money", v) && utf8.RuneCountInString(v) <= 12 {
		c.unit = v
		return true
	}
	if m := wording.Match("unit_pattern", t); m != "" {
		m = strings.Trim(m, "（()）")
		if _, v, ok := wording.Labelled("unit", m); ok {
			c.unit = v
		} else {
			c.unit = m // （元）
		}
		return true
	}
	if label, v, ok := wording.Labelled("owner", t); ok && utf8.RuneCountInString(v) <= 60 {
		if name, unit, ok := wording.LabelledAfter("unit", v); ok && wording.Contains("money", unit) {
			c.unit, v = unit, name // set without a gap between them
		}
		if c.owner == "" || c.ownerLabel == "" {
			c.owner, c.ownerLabel = v, label
		}
		return true
	}
	if wording.Matches("form_no_pattern", t) {
		c.formNo = strings.TrimRight(wording.Squeeze(t), "：:")
		return true
	}
	// 公开01表 部门：X with less than a gap between them
	if form, owner, ok := wording.LabelledAfter("owner", t); ok && wording.Matches("form_no_pattern", form) {
		return c.readLabel(form) && c.readLabel(wording.Word("owner_label")+owner)
	}
	return false
}

// segments are the texts of a line that stand apart, wider than two ems.
func segments(l *model.Line) []string {
	var out []string
	text := ""
	for i := range l.Words {
		if i > 0 && l.Words[i].Box.X0-l.Words[i-1].Box.X1 > 2*math.Max(l.Size, 1) {
			out = append(out, text)
			text = ""
		}
		text = wording.JoinWords(text, l.Words[i].Text, true)
	}
	if len(l.Words) == 0 {
		text = l.Text
	}
	return append(out, text)
}

// titleLike reports whether a line can be the title of a fragment.
func titleLike(l *model.Line, f *Fragment) bool {
	t := wording.Squeeze(l.Text)
	n := utf8.RuneCountInString(t)
	if n < 2 || n > 70 || strings.ContainsAny(t, "。；;") || wording.Matches("part_pattern", t) || wording.IsNumber(t) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(t)
	if strings.ContainsRune("：:，,、", last) {
		return false
	}
	if tableName(t) || wording.Match("form_no_prefix_pattern", t) != "" && !wording.Matches("form_no_pattern", t) {
		return true
	}
	middle := (f.Box.X0 + f.Box.X1) / 2
	centred := math.Abs(l.Box.Center().X-middle) < 0.06*f.Box.Width() && l.Box.Width() < 0.9*f.Box.Width()
	indented := l.Box.X0 > f.Box.X0+0.1*f.Box.Width()
	return centred && indented
}

// tableName reports whether a text ends as the names of tables do.
func tableName(t string) bool {
	if i := strings.LastIndexAny(t, "（("); i > 0 {
		if r, _ := utf8.DecodeLastRuneInString(t); r == '）' || r == ')' {
			t = t[:i]
		}
	}
	return wording.EndsWith("table_suffix", t) || wording.EndsWith("table_continued_suffix", t) || wording.BeginsWith("table_continued_prefix", t)
}

// titleGoesOn reports whether a line is the upper line of a title whose lower line is known.
func titleGoesOn(upper, lower *model.Line) bool {
	t := wording.Squeeze(upper.Text)
	if strings.ContainsAny(t, "。；;：:") || wording.Matches("part_pattern", t) || wording.Is("contents", t) || tableName(t) {
		return false
	}
	near := lower.Box.Y0-upper.Box.Y1 < 1.1*lower.Size
	alike := math.Abs(upper.Size-lower.Size) < 0.8 && upper.Bold == lower.Bold
	centred := math.Abs(upper.Box.Center().X-lower.Box.Center().X) < 2*lower.Size
	return near && alike && centred
}

// notesOf returns the lines below a fragment that are its notes, down to ceiling, where the next thing begins.
func notesOf(f *Fragment, side strip, lines []model.Line, taken []bool, ceiling float64, s Settings) (notes []string, used []int) {
	bottom := f.Box.Y1
	var last *model.Line
	for i := range lines {
		l := &lines[i]
		if taken[i] || l.Box.Center().Y < f.Box.Y1-1 || l.Box.Y1 > ceiling+1 || !side.has(l.Box) {
			continue
		}
		switch {
		case isNote(l.Text) && l.Box.Y0-bottom < s.NoteGap:
			notes = append(notes, wording.Squeeze(l.Text))
		case last != nil && l.Box.Y0-last.Box.Y1 < 0.9*last.Size && math.Abs(l.Size-last.Size) < 0.6 &&
			!wording.Matches("part_pattern", l.Text) && len(used) < 12:
			if wording.Matches("data_label_pattern", l.Text) {
				notes = append(notes, wording.Squeeze(l.Text))
			} else {
				notes[len(notes)-1] += wording.Squeeze(l.Text)
			}
		default:
			return notes, used
		}
		used = append(used, i)
		last, bottom = l, l.Box.Y1
	}
	return notes, used
}

func isNote(t string) bool {
	t = wording.Squeeze(t)
	return wording.Is("note", t) || wording.Matches("note_pattern", t)
}
