package caption

import (
	"math"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Caption is what the lines above a table say.
type Caption struct {
	Title             string
	TitleBox          model.Rect
	Unit              string
	Owner, OwnerLabel string
	FormNo            string
	Continued         bool // the title, or a line beside it, says that the table goes on from the page before
}

// Above reads the lines above a table, down to top. floor is where the last thing above ends: another table, or the top of the
// page. Lines that are taken are passed over; used are the indices of those that belong to the caption.
func Above(table model.Rect, lines []model.Line, taken []bool, floor float64, s Settings) (c Caption, used []int) {
	return above(table, everywhere, lines, taken, floor, s)
}

func above(table model.Rect, side strip, lines []model.Line, taken []bool, floor float64, s Settings) (c Caption, used []int) {
	var over []int
	for i := range lines {
		b := lines[i].Box
		if !taken[i] && b.Center().Y < table.Y0+1 && b.Y0 > floor-3 && side.has(b) {
			over = append(over, i)
		}
	}
	sort.SliceStable(over, func(i, j int) bool { return lines[over[i]].Box.Y0 > lines[over[j]].Box.Y0 })
	top, labels := table.Y0, 0.0
	var titles []int
	for _, i := range over {
		l := &lines[i]
		if top-l.Box.Y1 > s.CaptionGap {
			break
		}
		if c.readLabels(l) || c.readEnds(l, table) {
			used = append(used, i)
			top, labels = l.Box.Y0, l.Size
			continue
		}
		if len(titles) == 0 && !titleLike(l, table, labels) || len(titles) > 0 && !titleGoesOn(l, &lines[titles[len(titles)-1]]) {
			break
		}
		titles = append(titles, i)
		used = append(used, i)
		top = l.Box.Y0
	}
	for k := len(titles) - 1; k >= 0; k-- {
		l := &lines[titles[k]]
		c.Title += wording.Squeeze(l.Text)
		c.TitleBox = c.TitleBox.Union(l.Box)
	}
	c.readTitle()
	return c, used
}

// AddRows reads captions that were rows of the table's grid, from the top. What a row says counts more than what the lines above
// the table say.
func (c *Caption) AddRows(rows []model.Line) {
	for i := range rows {
		l := &rows[i]
		var in Caption
		if in.readLabels(l) {
			in.Title, in.TitleBox = c.Title, c.TitleBox
			if in.Owner == "" {
				in.Owner, in.OwnerLabel = c.Owner, c.OwnerLabel
			}
			if in.Unit == "" {
				in.Unit = c.Unit
			}
			if in.FormNo == "" {
				in.FormNo = c.FormNo
			}
			*c = in
			continue
		}
		c.Title, c.TitleBox = wording.Squeeze(l.Text), l.Box
	}
	c.readTitle()
}

// readLabels reads a line made of labelled texts: unit, owner, form number. Beside one of them, a text without a label is the
// owner's name or a date.
func (c *Caption) readLabels(l *model.Line) bool {
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
	if loose != "" && next.Owner == "" && !strings.ContainsAny(loose, "。；") && utf8.RuneCountInString(loose) <= 40 {
		next.Owner = loose
	}
	*c = next
	return true
}

// readEnds reads a line of short texts without labels at both ends of the table's width: it belongs to the caption, too, and its
// left text is the owner's name if none is known yet.
func (c *Caption) readEnds(l *model.Line, table model.Rect) bool {
	parts := segments(l)
	if len(parts) < 2 || utf8.RuneCountInString(l.Text) > 60 || strings.ContainsAny(l.Text, "。；") {
		return false
	}
	slack := 0.1 * table.Width()
	if l.Box.X0 > table.X0+slack || l.Box.X1 < table.X1-slack {
		return false
	}
	if c.Owner == "" {
		c.Owner = wording.Squeeze(parts[0])
	}
	return true
}

// IsLabel reports whether a text is one that captions are made of: a unit, an owner, a form number, or a mark that the table goes
// on from the page before.
func IsLabel(text string) bool {
	var c Caption
	return c.readLabel(text)
}

// readLabel reads one labelled text. It reports whether it is one.
func (c *Caption) readLabel(t string) bool {
	if wording.Matches("continued_mark_pattern", t) {
		c.Continued = true
		return true
	}
	if _, v, ok := wording.Labelled("unit", t); ok && wording.Contains("money", v) && utf8.RuneCountInString(v) <= 12 {
		c.Unit = v
		return true
	}
	if m := wording.Match("unit_pattern", t); m != "" {
		m = strings.Trim(m, "（()）")
		if _, v, ok := wording.Labelled("unit", m); ok {
			c.Unit = v
		} else {
			c.Unit = m // （元）
		}
		return true
	}
	if label, v, ok := wording.Labelled("owner", t); ok && utf8.RuneCountInString(v) <= 60 {
		if name, unit, ok := wording.LabelledAfter("unit", v); ok && wording.Contains("money", unit) {
			c.Unit, v = unit, name // set without a gap between them
		}
		if c.Owner == "" || c.OwnerLabel == "" {
			c.Owner, c.OwnerLabel = v, label
		}
		return true
	}
	if wording.Matches("form_no_pattern", t) {
		c.FormNo = strings.TrimRight(wording.Squeeze(t), "：:")
		return true
	}
	// 公开01表 部门：X with less than a gap between them
	if form, owner, ok := wording.LabelledAfter("owner", t); ok && wording.Matches("form_no_pattern", form) {
		return c.readLabel(form) && c.readLabel(wording.Word("owner_label")+owner)
	}
	return false
}

// segments are the texts of a line that stand more than two ems apart.
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
