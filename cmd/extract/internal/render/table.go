// Package render writes rebuilt tables for people and for machines.
//
// A table in the terminal is drawn on a canvas of character cells: columns get the width of their figures, names wrap;
// lines are drawn around the table, within the header wherever two different cells meet, and in the body only where
// a merged cell begins or ends. So a header printed over two rows looks as it does on paper and the rows stay dense.
package render

import (
	"regexp"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
)

const (
	minColumn   = 4  // a text column is not made narrower than two Chinese characters
	headerWidth = 12 // headers wrap at this width where the figures below are narrower
)

var figure = regexp.MustCompile(`^[-−△▲+]?[(（]?[-−]?\d[\d,，]*(\.\d+)?[)）]?[%％]?$`)

// Table draws a table in at most limit columns of a terminal where its figures allow it; a limit of 0 is none.
func Table(t *model.Table, limit int) string {
	if t.Rows == 0 || t.Cols == 0 {
		return ""
	}
	d := &drawing{table: t, grid: t.Grid()}
	d.widths, d.codes = columnWidths(t, limit), codeColumns(t)
	d.place()
	d.drawLines()
	d.drawTexts()
	return d.canvas.String()
}

// columnWidths gives each column the width of its content, then narrows the columns without figures until the table fits.
func columnWidths(t *model.Table, limit int) []int {
	widths, fixed := make([]int, t.Cols), make([]int, t.Cols)
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.ColSpan != 1 || c.Col >= t.Cols {
			continue
		}
		text := cellText(c)
		w := Width(text)
		if c.IsHeader {
			w = min(w, headerWidth)
		}
		widths[c.Col] = max(widths[c.Col], w)
		if figure.MatchString(text) {
			fixed[c.Col] = max(fixed[c.Col], w)
		}
	}
	total := 1
	for c := range widths {
		widths[c] = max(widths[c], 2)
		fixed[c] = max(fixed[c], min(widths[c], minColumn))
		total += widths[c] + 3
	}
	for limit > 0 && total > limit {
		widest := -1
		for c := range widths {
			if widths[c] > fixed[c] && (widest < 0 || widths[c] > widths[widest]) {
				widest = c
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
		total--
	}
	return widths
}

func cellText(c *model.Cell) string {
	return strings.Repeat("  ", max(0, min(c.Indent, 8))) + Clean(c.Text)
}

// drawing is one table on its way to the canvas.
type drawing struct {
	table  *model.Table
	grid   [][]*model.Cell
	widths []int
	codes  []bool // does column c hold codes
	lined  []bool // is a line drawn above row r; one more than rows
	x      []int  // the border left of column c; one more than columns
	y      []int  // the line above row r, or where it would be; one more than rows
	canvas canvas
}

// place decides where lines run and how high rows are.
func (d *drawing) place() {
	t := d.table
	d.lined = make([]bool, t.Rows+1)
	d.lined[0], d.lined[t.Rows] = true, true
	for r := range min(t.HeaderRows, t.Rows-1) + 1 {
		d.lined[r] = true
	}
	for i := range t.Cells {
		if c := &t.Cells[i]; c.RowSpan > 1 {
			d.lined[c.Row], d.lined[min(c.Row+c.RowSpan, t.Rows)] = true, true
		}
	}
	d.x = make([]int, t.Cols+1)
	for c, w := range d.widths {
		d.x[c+1] = d.x[c] + w + 3
	}
	heights := d.rowHeights()
	d.y = make([]int, t.Rows+1)
	for r, h := range heights {
		d.y[r+1] = d.y[r] + h
		if d.lined[r] {
			d.y[r+1]++
		}
	}
	d.canvas = newCanvas(d.x[t.Cols]+1, d.y[t.Rows]+1)
}

func (d *drawing) rowHeights() []int {
	t := d.table
	heights := make([]int, t.Rows)
	for r := range heights {
		heights[r] = 1
	}
	bySpan := make([]*model.Cell, len(t.Cells))
	for i := range t.Cells {
		bySpan[i] = &t.Cells[i]
	}
	slices.SortStableFunc(bySpan, func(a, b *model.Cell) int { return a.RowSpan - b.RowSpan })
	for _, c := range bySpan {
		end := min(c.Row+c.RowSpan, t.Rows)
		room := 0
		for r := c.Row; r < end; r++ {
			room += heights[r]
			if r > c.Row && d.lined[r] {
				room++
			}
		}
		if need := len(wrap(cellText(c), d.cellWidth(c))); need > room && end > c.Row {
			heights[end-1] += need - room
		}
	}
	return heights
}

func (d *drawing) cellWidth(c *model.Cell) int {
	return d.x[min(c.Col+c.ColSpan, d.table.Cols)] - d.x[c.Col] - 3
}

// The borders between grid places: a place without a cell is a cell of its own.
func (d *drawing) borderLeftOf(r, c int) bool {
	return c == 0 || c == d.table.Cols || d.grid[r][c] == nil || d.grid[r][c] != d.grid[r][c-1]
}

func (d *drawing) borderAbove(r, c int) bool {
	return d.lined[r] && (r == 0 || r == d.table.Rows || d.grid[r][c] == nil || d.grid[r][c] != d.grid[r-1][c])
}

// junctions are the box-drawing characters by the arms they have: up 1, down 2, left 4, right 8.
var junctions = []rune(" ││││┘┐┤─└┌├─┴┬┼")

func (d *drawing) drawLines() {
	rows, cols := d.table.Rows, d.table.Cols
	for r := range rows {
		for c := range cols + 1 {
			if d.borderLeftOf(r, c) {
				for y := d.y[r]; y < d.y[r+1]; y++ {
					if !d.lined[r] || y > d.y[r] {
						d.canvas.set(d.x[c], y, '│')
					}
				}
			}
		}
	}
	for r := range rows + 1 {
		if !d.lined[r] {
			continue
		}
		for c := range cols {
			if d.borderAbove(r, c) {
				for x := d.x[c] + 1; x < d.x[c+1]; x++ {
					d.canvas.set(x, d.y[r], '─')
				}
			}
		}
		for c := range cols + 1 {
			d.canvas.set(d.x[c], d.y[r], junctions[d.arms(r, c)])
		}
	}
}

func (d *drawing) arms(r, c int) int {
	arms := 0
	if r > 0 && d.borderLeftOf(r-1, c) {
		arms |= 1
	}
	if r < d.table.Rows && d.borderLeftOf(r, c) {
		arms |= 2
	}
	if c > 0 && d.borderAbove(r, c-1) {
		arms |= 4
	}
	if c < d.table.Cols && d.borderAbove(r, c) {
		arms |= 8
	}
	return arms
}

func (d *drawing) drawTexts() {
	for i := range d.table.Cells {
		c := &d.table.Cells[i]
		top := d.y[c.Row]
		if d.lined[c.Row] {
			top++
		}
		end := min(c.Row+c.RowSpan, d.table.Rows)
		text, room := cellText(c), d.cellWidth(c)
		lines := wrap(text, room)
		if c.IsHeader {
			top += max(0, d.y[end]-top-len(lines)) / 2
		}
		for k, line := range lines {
			x := d.x[c.Col] + 2
			switch {
			case c.IsHeader:
				x += max(0, room-Width(line)) / 2
			case figure.MatchString(text) && !d.codes[c.Col]:
				x += max(0, room-Width(line))
			}
			d.canvas.write(x, top+k, line)
		}
	}
}
