package overlay

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// shown is the part of a table that is on one sheet.
type shown struct {
	*model.Table
	cells []*model.Cell
	area  model.Rect
}

func onSheet(d *model.Document, s *model.Sheet) []shown {
	var out []shown
	for i := range d.Tables {
		t := shown{Table: &d.Tables[i]}
		for k := range t.Cells {
			if c := &t.Cells[k]; c.Page == s.Number {
				t.cells = append(t.cells, c)
				t.area = t.area.Union(c.Box)
			}
		}
		if len(t.cells) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func number(n int) string { return strconv.Itoa(n) }

func (t shown) draw(c canvas, s *model.Sheet) {
	grid := gridColors[t.Kind]
	for _, cell := range t.cells {
		st := style{stroke: grid, width: 0.7}
		if cell.IsHeader {
			st.fill = headerTint
		}
		c.box(cell.Box, st)
	}
	c.box(t.area, style{stroke: grid, width: 1.4})
	t.tree(c)
	t.numbers(c)
	t.texts(c, s)
	c.label(model.Point{X: t.area.X0, Y: t.area.Y0 - 1.5*labelSize}, "#"+number(t.No), 1.4*labelSize, grid)
}

// tree joins each header cell to those of the row below it that stand under it.
func (t shown) tree(c canvas) {
	for _, up := range t.cells {
		if !up.IsHeader || up.Text == "" {
			continue
		}
		for _, low := range t.cells {
			if low.IsHeader && low.Row == up.Row+up.RowSpan && low.Col >= up.Col && low.Col+low.ColSpan <= up.Col+up.ColSpan {
				c.line(up.Box.Center(), low.Box.Center(), style{stroke: treeColor, width: 0.8})
			}
		}
	}
}

// numbers writes the numbers of columns and rows at the outer edge of the table, for a table that does not stand upright
// into its first cells.
func (t shown) numbers(c canvas) {
	turned := t.turned()
	cols, rows := map[int]bool{}, map[int]bool{}
	for _, cell := range t.cells {
		if cell.ColSpan == 1 && !cols[cell.Col] {
			cols[cell.Col] = true
			at := model.Point{X: cell.Box.Center().X - 2, Y: t.area.Y1 + labelSize + 1}
			if turned {
				at = model.Point{X: t.area.X1 + 1, Y: cell.Box.Center().Y}
			}
			c.label(at, number(cell.Col), labelSize, treeColor)
		}
		if cell.RowSpan == 1 && !rows[cell.Row] {
			rows[cell.Row] = true
			at := model.Point{X: t.area.X0 - 2*labelSize, Y: cell.Box.Center().Y + labelSize/2}
			if turned {
				at = model.Point{X: cell.Box.Center().X, Y: t.area.Y0 - 2}
			}
			c.label(at, number(cell.Row), labelSize, gridColors[t.Kind])
		}
	}
}

// turned reports whether the table's rows run down the page.
func (t shown) turned() bool {
	first := t.cells[0]
	for _, c := range t.cells {
		if c.Row == first.Row && c.Col != first.Col {
			a, b := first.Box.Center(), c.Box.Center()
			return math.Abs(a.Y-b.Y) > math.Abs(a.X-b.X)
		}
	}
	return false
}

// texts marks the title and the lines that were taken for the table's own, and joins them to it.
func (t shown) texts(c canvas, s *model.Sheet) {
	if t.TitleBox != (model.Rect{}) && t.FirstPage == s.Number {
		t.join(c, t.TitleBox)
	}
	for i := range s.Lines {
		if near(s.Lines[i].Box, t.area) && t.owns(s.Lines[i].Text) {
			t.join(c, s.Lines[i].Box)
		}
	}
}

// ownDistance is how far from a table its texts stand at the most, points.
const ownDistance = 90

func near(a, b model.Rect) bool {
	return a.Y0 < b.Y1+ownDistance && a.Y1 > b.Y0-ownDistance && a.X0 < b.X1+ownDistance && a.X1 > b.X0-ownDistance
}

func (t shown) join(c canvas, b model.Rect) {
	c.box(b, style{stroke: textColor, width: 1.1})
	from, to := model.Point{X: b.Center().X, Y: b.Y1}, model.Point{X: b.Center().X, Y: t.area.Y0}
	if b.Center().Y > t.area.Center().Y {
		from.Y, to.Y = b.Y0, t.area.Y1
	}
	c.line(from, to, style{stroke: textColor, width: 1.1})
}

// owns reports whether a line of text says what the table took from the lines around it. The model does not keep which
// lines these were.
func (t shown) owns(line string) bool {
	line = squeeze(line)
	for _, own := range []string{t.FormNo, t.Owner, t.OwnerLabel} {
		if own = squeeze(own); len(own) > 3 && strings.Contains(line, own) {
			return true
		}
	}
	if t.Unit != "" && wording.Contains("unit", line) && strings.Contains(line, squeeze(t.Unit)) {
		return true
	}
	return len(line) > 3 && slices.ContainsFunc(t.NoteTexts(), func(note string) bool { return strings.Contains(squeeze(note), line) })
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// paths are the texts over each column, from the top of the header down, the same text once.
func (t shown) paths() []string {
	grid := t.Grid()
	out := make([]string, t.Cols)
	for col := range out {
		var path []string
		for row := 0; row < t.HeaderRows && row < len(grid); row++ {
			if c := grid[row][col]; c != nil && c.Text != "" && (len(path) == 0 || path[len(path)-1] != c.Text) {
				path = append(path, c.Text)
			}
		}
		out[col] = strings.Join(path, " › ")
	}
	return out
}
