package table

import (
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/caption"
	"github.com/countybudget/extract/extract/wording"
)

// Spreadsheets print the title, the unit line and the notes of a table as merged rows of its grid.

// Lift takes the rows that are captions off the top of the grid, and those that are notes off its bottom. It returns them from
// the top, as lines with one word for each cell.
func (f *Fragment) Lift() (captions, notes []model.Line) {
	for f.Rows() > 2 {
		row := byRow(f)[0]
		if !captionRow(row, f) {
			break
		}
		captions = append(captions, lineOf(f.Page, row))
		dropRow(f, 0)
	}
	for f.Rows() > 2 {
		row := byRow(f)[f.Rows()-1]
		if len(row) != 1 || row[0].ColSpan != f.Cols() || !caption.IsNote(row[0].Text) {
			break
		}
		notes = append([]model.Line{lineOf(f.Page, row)}, notes...)
		dropRow(f, f.Rows()-1)
	}
	if len(captions) > 0 {
		f.HeaderRows = headerRows(f)
	}
	return captions, notes
}

// captionRow reports whether a first row is a title over the whole width, or labels only.
func captionRow(row []*model.Cell, f *Fragment) bool {
	text, labels := 0, 0
	for _, c := range row {
		if c.RowSpan != 1 {
			return false
		}
		if c.Text == "" {
			continue
		}
		text++
		if caption.IsLabel(c.Text) {
			labels++
		}
	}
	if text > 0 && labels == text {
		return true
	}
	if !wholeWidth(row, f.Cols()) || f.Cols() < 2 || text != 1 {
		return false
	}
	t := wording.Squeeze(row[0].Text)
	return caption.IsTableName(t) && utf8.RuneCountInString(t) <= 70
}

// lineOf makes a line of a lifted row, one word for each cell.
func lineOf(page int, row []*model.Cell) model.Line {
	l := model.Line{Page: page}
	for _, c := range row {
		if c.Text == "" {
			continue
		}
		l.Words = append(l.Words, model.Word{Text: c.Text, Box: c.TextBox, Source: c.Source, Confidence: c.Confidence})
		l.Text = wording.JoinWords(l.Text, c.Text, true)
		l.Box = l.Box.Union(c.TextBox)
	}
	l.Size = 1 // cells stand apart, whatever the gap
	return l
}

// dropRow removes the first or the last row of a fragment.
func dropRow(f *Fragment, r int) {
	kept := f.Cells[:0]
	for _, c := range f.Cells {
		switch {
		case c.Row == r && c.RowSpan == 1:
			continue
		case r == 0:
			c.Row--
		}
		kept = append(kept, c)
	}
	f.Cells = kept
	if r == 0 {
		f.Ys = f.Ys[1:]
	} else {
		f.Ys = f.Ys[:len(f.Ys)-1]
	}
}
