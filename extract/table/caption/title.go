package caption

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// titleLike reports whether a line can be the title of a table. labels is the size of the labels (unit, owner) between them, 0
// where none are.
func titleLike(l *model.Line, table model.Rect, labels float64) bool {
	t := wording.Squeeze(l.Text)
	n := utf8.RuneCountInString(t)
	if n < 2 || n > 70 || strings.ContainsAny(t, "。；;") || wording.Matches("part_pattern", t) || wording.IsNumber(t) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(t)
	if strings.ContainsRune("：:，,、", last) {
		return false
	}
	if IsTableName(t) || wording.Match("form_no_prefix_pattern", t) != "" && !wording.Matches("form_no_pattern", t) {
		return true
	}
	middle := (table.X0 + table.X1) / 2
	centred := math.Abs(l.Box.Center().X-middle) < 0.06*table.Width() && l.Box.Width() < 0.9*table.Width()
	indented := l.Box.X0 > table.X0+0.1*table.Width()
	const heading = 1.4 // so much larger than the labels is no text
	return centred && (indented || labels > 0 && l.Size > heading*labels)
}

// IsTableName reports whether a text ends as the names of tables do.
func IsTableName(t string) bool {
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
	if strings.ContainsAny(t, "。；;：:") || wording.Matches("part_pattern", t) || wording.Is("contents", t) || IsTableName(t) {
		return false
	}
	near := lower.Box.Y0-upper.Box.Y1 < 1.1*lower.Size
	alike := math.Abs(upper.Size-lower.Size) < 0.8 && upper.Bold == lower.Bold
	centred := math.Abs(upper.Box.Center().X-lower.Box.Center().X) < 2*lower.Size
	return near && alike && centred
}

// readTitle reads the continuation mark and the form number that are in the title.
func (c *Caption) readTitle() {
	c.Continued = c.Continued || wording.Matches("continued_pattern", c.Title)
	if c.FormNo == "" {
		c.FormNo = strings.TrimRight(wording.Match("form_no_prefix_pattern", c.Title), "：:、.．")
	}
}
