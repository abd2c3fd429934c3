package table

import (
	"strconv"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// The header of a table is what stands above its first data row. It ends where the merged cells of its first rows end (a cell
// over two columns has its sub-headers below it; a cell over two rows reaches down to them), and includes the row of column
// numbers.

// headerRows counts the header rows of a fragment; 0 for one that begins with data.
func headerRows(f *Fragment) int {
	rows := byRow(f)
	if len(rows) == 0 || isData(rows, 0, f.Cols()) {
		return 0
	}
	need := 1 // rows that belong to the header by its structure
	r := 0
	for r < need && r < len(rows) {
		if r > 0 && isData(rows, r, f.Cols()) && (holdsFigure(rows[r]) || !reachedFromAbove(rows, r)) {
			break
		}
		if wholeWidth(rows[r], f.Cols()) && len(rows) > r+2 { // a title over all columns names none of them
			need = max(need, r+rows[r][0].RowSpan+1)
		}
		for _, c := range rows[r] {
			if c.RowSpan < f.Rows() {
				need = max(need, r+c.RowSpan)
			}
			if c.ColSpan > 1 && c.ColSpan < f.Cols() && c.Text != "" && r+c.RowSpan < len(rows) && !wholeWidth(rows[r], f.Cols()) {
				need = max(need, r+c.RowSpan+1)
			}
		}
		r++
	}
	for r < len(rows) && isColumnNumbers(rows[r]) {
		r++
	}
	return r
}

// holdsFigure reports whether a row has a figure that is no year.
func holdsFigure(row []*model.Cell) bool {
	for _, c := range row {
		if wording.IsAmount(c.Text) || wording.IsNumber(c.Text) && !isYear(c.Text) {
			return true
		}
	}
	return false
}

// reachedFromAbove reports whether a named cell of a row above extends to row r. Then r is in the header, and a label in it is
// the name of a column (其中：… under the name of a group).
func reachedFromAbove(rows [][]*model.Cell, r int) bool {
	for i := range r {
		for _, c := range rows[i] {
			if c.Text != "" && i+c.RowSpan > r {
				return true
			}
		}
	}
	return false
}

// byRow lists the cells of each grid row, each in the row where it begins.
func byRow(f *Fragment) [][]*model.Cell {
	rows := make([][]*model.Cell, f.Rows())
	for i := range f.Cells {
		c := &f.Cells[i]
		rows[c.Row] = append(rows[c.Row], c)
	}
	return rows
}

func wholeWidth(row []*model.Cell, cols int) bool { return len(row) == 1 && row[0].ColSpan == cols }

// isData reports whether a row holds figures, or begins as rows of figures do.
func isData(rows [][]*model.Cell, r, cols int) bool {
	row := rows[r]
	if isColumnNumbers(row) {
		return false
	}
	labels := 0
	for _, c := range row {
		if c.Text == "" {
			continue
		}
		if wording.IsAmount(c.Text) || wording.IsNumber(c.Text) && !isYear(c.Text) {
			return true
		}
		if labels == 0 && c.ColSpan < cols && c.RowSpan == 1 && wording.Matches("data_label_pattern", c.Text) && emptyBut(row, c) {
			return true
		}
		labels++
	}
	return false
}

// emptyBut reports whether no other cell of the row could be a column's name. In a row of an empty table the label stands
// alone, or beside the label of another block.
func emptyBut(row []*model.Cell, label *model.Cell) bool {
	for _, c := range row {
		if c != label && c.Text != "" && !wording.Matches("data_label_pattern", c.Text) && !wording.IsNumber(c.Text) {
			return false
		}
	}
	return true
}

func isYear(s string) bool {
	n, err := strconv.Atoi(wording.Squeeze(s))
	return err == nil && n >= 1990 && n <= 2100
}

// isColumnNumbers reports whether a row numbers the columns.
func isColumnNumbers(row []*model.Cell) bool {
	texts := make([]string, len(row))
	for i := range row {
		texts[i] = row[i].Text
	}
	return wording.IsColumnNumbers(texts)
}
