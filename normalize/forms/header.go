package forms

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
)

// columns are the columns of one group of indicators, -1 for one that it does not have.
type columns struct {
	level1, level2, name, operator, value, unit int
	values                                      int // columns that the value spans
	horizon                                     string
}

// header is the rows that name the columns of the indicators.
type header struct {
	end     int // the first row below it
	groups  []columns
	titled  bool     // it is printed
	project int      // the column of a list of projects, -1 outside one
	mixed   bool     // in which their units stand above them
	fields  []placed // what else is said of each project
	unread  []*model.Cell
}

// placed is a field of a project, or a part of its funds, and the column that it stands in.
type placed struct {
	kind, field string // kind: label or fund
	col         int
}

const (
	longestHeader = 90 // bytes, remarks included
	highestHeader = 4  // rows
)

// header reads the rows from one on as the header of indicators: they name a column of names and one of values, or the
// levels of indicators that are scored without a target: those have no groups.
func (r *reader) header(row int) (header, bool) {
	h := header{project: -1, titled: true}
	if !r.namesColumns(row) && !r.listsProjects(row) {
		return h, false
	}
	h.end = r.headerEnd(row)
	g := grouping{h: &h}
	g.reset()
	for col := range r.grid[row] {
		if c := r.leaf(row, h.end, col); c != nil && c.Col == col {
			r.place(&g, row, c)
		}
	}
	g.close()
	r.keepYear(&h, row)
	r.horizons(&h, row)
	return h, true
}

// namesColumns reports a row with a name of a column of names, and behind it of one of values or of scores.
func (r *reader) namesColumns(row int) bool {
	named, levels := false, false
	for col, c := range r.grid[row] {
		if c == nil || c.Col != col || len(c.Text) > longestHeader {
			continue
		}
		switch f := r.meaning("column", c); {
		case f == "level1":
			levels = true
		case f == "name", f == "level2", f == "indicator":
			named = true
		case named && (strings.HasPrefix(f, "value") || levels && f == unplaced):
			return true
		}
	}
	return false
}

// listsProjects reports a row that names the columns of a list of projects with their goals, which has no indicators.
func (r *reader) listsProjects(row int) bool {
	names, goals, others := 0, 0, 0
	for _, c := range r.begins(row) {
		switch f := r.meaning("label", c); {
		case text(c) == "":
		case f == "project_name":
			names++
		case f == "annual_goal", f == "total_goal":
			goals++
		case !r.names(c):
			others++
		}
	}
	return names == 1 && goals > 0 && len(r.grid) > row+1 && others <= 1 && r.bare(row, "project_name")
}

// bare reports that no value stands beside the label of a field in a row.
func (r *reader) bare(row int, field string) bool {
	cells := r.begins(row)
	for i, c := range cells {
		if r.meaning("label", c) == field {
			return i+1 < len(cells) && r.isLabel(cells[i+1])
		}
	}
	return false
}

// headerEnd is the row below a header: names that are merged down belong to it, and rows that part what is merged above.
func (r *reader) headerEnd(row int) int {
	end := row + 1
	for col, c := range r.grid[row] {
		if c == nil || c.Col != col || len(c.Text) > longestHeader {
			continue
		}
		switch r.meaning("column", c) {
		case "level1", "level2", "name":
			if bottom := c.Row + c.RowSpan; bottom > end && bottom-row <= highestHeader {
				end = min(bottom, len(r.grid))
			}
		}
	}
	for end < len(r.grid) && end-row < highestHeader && r.partsAbove(end) {
		end++
	}
	return end
}

// partsAbove reports a row whose cells all stand below merged ones, and name parts of a value.
func (r *reader) partsAbove(row int) bool {
	parts := false
	for col, c := range r.grid[row] {
		if c == nil || c.Col != col || c.Row != row || text(c) == "" {
			continue
		}
		up := r.grid[row-1][col]
		if up == nil || up.ColSpan < 2 || text(up) == "" {
			return false
		}
		parts = parts || r.meaning("part_column", c) != ""
	}
	return parts
}

// leaf is the lowest cell with a text of a column of the header.
func (r *reader) leaf(row, end, col int) *model.Cell {
	for i := end - 1; i >= row; i-- {
		if c := r.grid[i][col]; text(c) != "" {
			return c
		}
	}
	return nil
}

// grouping collects the groups of a header from left to right.
type grouping struct {
	h   *header
	cur columns
}

func (g *grouping) reset() {
	g.cur = columns{level1: -1, level2: -1, name: -1, operator: -1, value: -1, unit: -1}
}

// next begins the columns of another group, where one has its values.
func (g *grouping) next(keep int) {
	if n := len(g.h.groups); n > 0 && g.h.groups[n-1].name == g.cur.name {
		g.close()
		g.cur.name, g.cur.unit = -1, -1
		if keep == 1 {
			g.cur.level2 = -1
		}
	}
}

// close gives an operator behind a value to its group.
func (g *grouping) close() {
	if n := len(g.h.groups); n > 0 && g.cur.operator >= 0 && g.h.groups[n-1].operator < 0 {
		g.h.groups[n-1].operator = g.cur.operator
	}
	g.cur.operator = -1
}

func (g *grouping) value(c *model.Cell, horizon string) {
	b := g.cur
	if b.name < 0 { // two levels: the second is the name
		b.name, b.level2 = b.level2, -1
		g.cur.name, g.cur.level2 = b.name, -1
	}
	if b.name < 0 {
		return
	}
	b.value, b.values, b.horizon = c.Col, c.ColSpan, horizon
	g.h.groups = append(g.h.groups, b)
	g.cur.operator, g.cur.unit = -1, -1
}

// place gives a cell of the header its column.
func (r *reader) place(g *grouping, row int, c *model.Cell) {
	h, field := g.h, r.meaning("column", c)
	parent := r.grid[row][c.Col]
	if parent != c && parent != nil && strings.HasPrefix(r.meaning("column", parent), "value") {
		if part := r.meaning("part_column", c); part != "" {
			field = part
		}
	}
	switch field {
	case "level1":
		g.next(1)
		g.cur.level1 = c.Col
	case "level2":
		g.next(1)
		g.cur.level2 = c.Col
	case "name":
		g.next(2)
		if g.cur.name < 0 {
			g.cur.name = c.Col
		}
	case "indicator": // the heading of all indicators, or the only name
		if c.Row+c.RowSpan <= h.end && g.cur.name < 0 {
			g.cur.name = c.Col
		}
	case "operator":
		g.cur.operator = c.Col
	case "value", "value_annual", "value_implementation":
		g.value(c, strings.TrimPrefix(strings.TrimPrefix(field, "value"), "_"))
	case "unit":
		if n := len(h.groups); n > 0 && h.groups[n-1].name == g.cur.name && h.groups[n-1].unit < 0 {
			h.groups[n-1].unit = c.Col
		} else {
			g.cur.unit = c.Col
		}
	case unplaced:
	default:
		r.placeField(h, row, c, field)
	}
}

// placeField gives a cell of the header that is no column of indicators the field of a project.
func (r *reader) placeField(h *header, row int, c *model.Cell, field string) {
	parent := r.grid[row][c.Col]
	ofFunds := parent != c && parent != nil && r.meaning("column", parent) == "annual_funds"
	switch label := r.meaning("label", c); {
	case field != "":
		h.fields = append(h.fields, placed{"label", field, c.Col})
	case label == "project_name", label == "unit_or_project":
		h.project, h.mixed = c.Col, label == "unit_or_project"
	case label == "department_name":
		h.fields = append(h.fields, placed{"label", "implementing", c.Col})
	case label == unplaced:
	case label != "":
		h.fields = append(h.fields, placed{"label", label, c.Col})
	case ofFunds && r.words.departmentTotals.Any(r.words.clean(c.Text)):
		h.fields = append(h.fields, placed{"label", "annual_funds", c.Col})
	case ofFunds && r.meaning("fund", c) != "":
		h.fields = append(h.fields, placed{"fund", r.meaning("fund", c), c.Col})
	case c.Row+c.RowSpan <= h.end && r.meaning("part", c) == "": // what is merged further down is a heading at the side
		h.unread = append(h.unread, c)
	}
}

// keepYear drops the values of years before the last that the header names: those were reached, or asked for, before.
func (r *reader) keepYear(h *header, row int) {
	years := make([]int, len(h.groups))
	last := 0
	for i, b := range h.groups {
		for up := row; up < h.end; up++ {
			years[i] = max(years[i], yearIn(amount.Fold(text(r.grid[up][b.value]))))
		}
		last = max(last, years[i])
	}
	kept := h.groups[:0]
	for i, b := range h.groups {
		if years[i] == 0 || years[i] == last {
			kept = append(kept, b)
		}
	}
	h.groups = kept
}

// yearIn is the last year that a text names, 0 when it names none.
func yearIn(s string) int {
	year, digits, run := 0, 0, 0
	for _, c := range s + " " {
		if c >= '0' && c <= '9' {
			digits, run = digits*10+int(c-'0'), run+1
			continue
		}
		if run == 4 && digits >= 2000 && digits < 2100 {
			year = digits
		}
		digits, run = 0, 0
	}
	return year
}

// horizons sets the horizon of each group: by its header, by what stands above it or at the row's beginning; otherwise the
// first of two groups is for the whole period and the second for the year.
func (r *reader) horizons(h *header, row int) {
	for i := range h.groups {
		b := &h.groups[i]
		for up := h.end - 1; up >= max(0, row-2) && b.horizon == ""; up-- {
			if c := r.grid[up][b.value]; c != nil && (len(h.groups) > 1 || up >= row) && len(c.Text) <= longestHeader/2 {
				b.horizon = r.horizonIn(c.Text)
			}
		}
		if b.horizon == "" && len(h.groups) == 2 {
			b.horizon = []string{"implementation", "annual"}[i]
		}
		if first := r.grid[row][0]; b.horizon == "" && first != nil && len(first.Text) <= longestHeader/2 {
			b.horizon = r.horizonIn(first.Text)
		}
		if b.horizon == "" {
			b.horizon = "annual"
		}
	}
}

func (r *reader) horizonIn(s string) string {
	for _, p := range r.words.labels["horizon"] {
		if strings.Contains(amount.Fold(s), p.text) {
			return p.field
		}
	}
	return ""
}

// untitled finds the columns of indicators without a header, by a row that begins with words for both levels.
func (r *reader) untitled(row int) (header, bool) {
	cells := r.begins(row)
	for i := 0; i+3 < len(cells); i++ {
		if !r.isLevel("level1", cells[i]) || !r.isLevel("level2", cells[i+1]) {
			continue
		}
		b := columns{level1: cells[i].Col, level2: cells[i+1].Col, name: cells[i+2].Col, operator: -1, value: cells[i+3].Col, values: 1, unit: -1, horizon: "annual"}
		if r.isOperator(text(cells[i+3])) && i+4 < len(cells) {
			b.operator, b.value = b.value, cells[i+4].Col
			if i+5 < len(cells) && !startsWithDigit(amount.Fold(cells[i+5].Text)) {
				b.unit = cells[i+5].Col
			}
		}
		return header{end: row, groups: []columns{b}, project: -1}, true
	}
	return header{}, false
}

// isLevel reports a cell with a word for a level of indicators.
func (r *reader) isLevel(kind string, c *model.Cell) bool {
	return r.words.besides(kind, r.words.clean(c.Text)) != ""
}

// begins are the cells of a row from left to right, those that are merged down into it as well.
func (r *reader) begins(row int) []*model.Cell {
	var out []*model.Cell
	for col, c := range r.grid[row] {
		if c != nil && c.Col == col {
			out = append(out, c)
		}
	}
	return out
}
