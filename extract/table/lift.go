package table

import (
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Spreadsheets print the title, the unit line and the notes as merged rows of the grid. They are lifted out, so that the
// grid begins with its header.

// lift takes caption rows off the top of a fragment's grid and note rows off its bottom.
func lift(f *Fragment) {
	for f.Rows() > 2 {
		row := byRow(f)[0]
		if !captionRow(row, f) {
			break
		}
		f.lifted = append(f.lifted, lineOf(f.Page, row))
		dropRow(f, 0)
	}
	for f.Rows() > 2 {
		row := byRow(f)[f.Rows()-1]
		if len(row) != 1 || row[0].ColSpan != f.Cols() || !isNote(row[0].Text) {
			break
		}
		f.below = append([]model.Line{lineOf(f.Page, row)}, f.below...)
		dropRow(f, f.Rows()-1)
	}
	if len(f.lifted) > 0 {
		f.HeaderRows = headerRows(f)
	}
}

// captionRow reports whether a first row is a title over the whole width, or labels only.
func captionRow(row []*model.Cell, f *Fragment) bool {
	text := 0
	labels := 0
	for _, c := range row {
		if c.RowSpan != 1 {
			return false
		}
		if c.Text == "" {
			continue
		}
		text++
		var probe caption
		if probe.readLabel(c.Text) {
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
	return tableName(t) && utf8.RuneCountInString(t) <= 70
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

// addLifted reads lifted rows into a caption, and an owner named within the header.
func (c *caption) addLifted(f *Fragment) {
	for i := range f.lifted {
		l := &f.lifted[i]
		var in caption
		if in.readFurniture(l) {
			in.title, in.titleBox, in.lines = c.title, c.titleBox, c.lines
			if in.owner == "" {
				in.owner, in.ownerLabel = c.owner, c.ownerLabel
			}
			if in.unit == "" {
				in.unit = c.unit
			}
			if in.formNo == "" {
				in.formNo = c.formNo
			}
			*c = in
			continue
		}
		c.title, c.titleBox = wording.Squeeze(l.Text), l.Box
	}
	c.readTitle()
	for i := range f.Cells {
		if cell := &f.Cells[i]; cell.Row < f.HeaderRows && c.owner == "" {
			if label, v, ok := wording.Labelled("owner", cell.Text); ok {
				c.owner, c.ownerLabel = v, label
			}
		}
	}
}

// notesIn returns the notes that were rows of the grid.
func notesIn(f *Fragment) []string {
	var out []string
	for i := range f.below {
		out = append(out, wording.Squeeze(f.below[i].Text))
	}
	return out
}
