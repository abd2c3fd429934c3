package caption

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// below returns the lines below a table that are its notes, down to ceiling, where the next thing begins.
func below(table model.Rect, side strip, lines []model.Line, taken []bool, ceiling float64, s Settings) (notes []model.Note, used []int) {
	bottom := table.Y1
	var last *model.Line
	for i := range lines {
		l := &lines[i]
		if taken[i] || l.Box.Center().Y < table.Y1-1 || l.Box.Y1 > ceiling+1 || !side.has(l.Box) {
			continue
		}
		switch {
		case IsNote(l.Text) && l.Box.Y0-bottom < s.NoteGap:
			notes = append(notes, model.Note{Text: wording.Squeeze(l.Text)})
		case last != nil && l.Box.Y0-last.Box.Y1 < 0.9*last.Size && math.Abs(l.Size-last.Size) < 0.6 &&
			!wording.Matches("part_pattern", l.Text) && len(used) < 12:
			if wording.Matches("data_label_pattern", l.Text) {
				notes = append(notes, model.Note{Text: wording.Squeeze(l.Text)})
			} else {
				notes[len(notes)-1].Text += wording.Squeeze(l.Text)
			}
		default:
			return notes, used
		}
		n := &notes[len(notes)-1]
		n.Lines = append(n.Lines, *l)
		used = append(used, i)
		last, bottom = l, l.Box.Y1
	}
	return notes, used
}

// IsNote reports whether a text begins as notes to tables do.
func IsNote(t string) bool {
	t = wording.Squeeze(t)
	return wording.Is("note", t) || wording.Matches("note_pattern", t)
}
