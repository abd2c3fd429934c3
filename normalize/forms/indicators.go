package forms

import (
	"slices"
	"strconv"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// readIndicators reads the rows under a header, group by group, or project by project.
func (r *reader) readIndicators(row int, h header) {
	end := h.end
	for end < len(r.grid) && !r.endsIndicators(end, h) {
		end++
	}
	for i := row; i < end; i++ {
		r.region[i] = true
	}
	if len(h.groups) > 0 || h.project >= 0 {
		r.told = append(r.told, h.unread...)
	}
	if !r.goesOn(row, h) {
		r.levels, r.owner = make([]levels, len(h.groups)), nil
	}
	rows := r.unnumbered(h.end, end)
	if h.project >= 0 {
		r.list(rows, h)
	} else {
		for i, b := range h.groups {
			for _, row := range rows {
				if h.titled || !bareNumber(r.at(row, b.value)) {
					r.indicator(row, b, &r.levels[i])
				}
			}
		}
	}
	r.open, r.openCols, r.openEnd = h, r.t.Cols, end
}

// goesOn reports that a region of indicators follows the one before it: with its header again, or without one.
func (r *reader) goesOn(row int, h header) bool {
	if len(r.levels) != len(h.groups) || len(r.open.groups) != len(h.groups) || r.openCols != r.t.Cols {
		return false
	}
	return row == r.openEnd
}

// resumes reports that a table begins with rows of the indicators of the table before it.
func (r *reader) resumes() bool {
	if r.openEnd != 0 || r.openCols != r.t.Cols || len(r.grid) == 0 || r.endsIndicators(0, r.open) {
		return false
	}
	if _, again := r.header(0); again {
		return false
	}
	r.open.end, r.open.unread = 0, nil
	return true
}

// endsIndicators reports whether another part of the form begins in a row.
func (r *reader) endsIndicators(row int, h header) bool {
	name := 0
	if len(h.groups) > 0 {
		name = h.groups[0].name
	}
	if _, again := r.header(row); again {
		return true
	}
	for col, c := range r.grid[row] {
		if c == nil || c.Row != row || c.Col != col || h.project >= 0 {
			continue
		}
		label := r.words.clean(c.Text)
		if r.words.exactly("end", label) != "" && col <= name {
			return true
		}
		if col >= name {
			continue
		}
		if f := r.words.exactly("label", label); f != "" && f != unplaced || r.words.exactly("part", label) != "" && c.ColSpan > 1 {
			return true
		}
	}
	return false
}

// levels carries 一级 and 二级指标 down over cells that are merged or left empty.
type levels struct{ one, two string }

func (lv *levels) read(r *reader, row int, b columns) {
	one, two, name := r.at(row, b.level1), r.at(row, b.level2), r.at(row, b.name)
	if s := r.levelName(one); s != "" && one != name && s != lv.one {
		lv.one, lv.two = s, ""
	}
	switch s := r.levelName(two); {
	case s == "":
	case two == one || two == name: // one cell over both: there is no second level
		lv.two = ""
	default:
		lv.two = s
	}
}

// levelName is the name of a level, without the score behind it.
func (r *reader) levelName(c *model.Cell) string {
	s := r.words.unscored(amount.StripSpace(text(c)))
	if i := strings.LastIndexAny(s, "(（"); i > 0 && (r.words.exactly("level1", s[:i]) != "" || r.words.exactly("level2", s[:i]) != "") {
		return s[:i]
	}
	return s
}

func (r *reader) at(row, col int) *model.Cell {
	if col < 0 || row < 0 || row >= len(r.grid) || col >= len(r.grid[row]) {
		return nil
	}
	return r.grid[row][col]
}

// printed is the text of a target, which may be parted into cells under one header.
func (r *reader) printed(row int, b columns) string {
	var out strings.Builder
	var last *model.Cell
	for col := b.value; col < b.value+b.values; col++ {
		if c := r.at(row, col); c != last && c != nil {
			out.WriteString(text(c))
			last = c
		}
	}
	return out.String()
}

// indicator reads one row of a group; one without a name or a target gives none.
func (r *reader) indicator(row int, b columns, lv *levels) {
	lv.read(r, row, b)
	name, value := r.at(row, b.name), r.at(row, b.value)
	if name == nil || value == nil || name == value || name.Row != row && value.Row != row {
		return
	}
	printed := r.printed(row, b)
	if printed == "" || text(name) == "" || r.words.exactly("column", r.words.clean(printed)) != "" || r.words.exactly("end", r.words.clean(name.Text)) != "" {
		return
	}
	op, unit := r.at(row, b.operator), r.at(row, b.unit)
	printed = r.words.joined(text(op), printed, text(unit))
	confidence := min(name.Confidence, value.Confidence)
	if value.Source == model.SourceOCR {
		if fixed, changed := r.words.repair(printed, amount.StripSpace(text(name))); changed {
			printed = fixed
			confidence *= doubted
		}
	}
	t := r.words.parseTarget(printed)
	if amount.IsBlank(t.raw) && !r.words.targetWords.Any(t.raw) || r.isOperator(t.raw) {
		return
	}
	p := r.form(name)
	r.use(name, op, unit, r.at(row, b.level1), r.at(row, b.level2))
	for col := b.value; col < b.value+b.values; col++ {
		r.use(r.at(row, col))
	}
	r.closed = true
	r.indicators = append(r.indicators, schema.PerformanceIndicator{
		FiscalYear: r.ctx.FiscalYear, IndicatorNo: int32(len(r.indicators) + 1), ProjectNo: p.ProjectNo, Horizon: b.horizon,
		Level1: lv.one, Level2: lv.two, Name: r.words.unscored(amount.StripSpace(text(name))),
		Operator: t.operator, Value: t.value, ValueUnit: t.unit, RawValue: t.raw,
		Page: int32(value.Page), Source: schema.Source(value.Source), Confidence: confidence,
	})
}

// unnumbered are the rows from one on to another but those of the numbers of the columns.
func (r *reader) unnumbered(from, to int) []int {
	var rows []int
	for row := from; row < to; row++ {
		if !r.numbersColumns(row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// numbersColumns reports a row of the numbers of the columns: 1, 2, 3, …
func (r *reader) numbersColumns(row int) bool {
	n, at := 0, 0
	for _, c := range r.begins(row) {
		s := amount.Fold(c.Text)
		if c.Row != row || s == "" || r.words.numberLabels.Any(s) {
			continue
		}
		v, err := strconv.Atoi(s)
		if err != nil || n > 0 && v <= at {
			return false
		}
		n, at = n+1, v
	}
	return n >= 4 // a name, a target and a score are no more
}

func (r *reader) isOperator(s string) bool { return r.words.exactly("operator", amount.Fold(s)) != "" }

// list reads a table in which projects stand one under the other, each with its indicators beside it.
func (r *reader) list(rows []int, h header) {
	var last *model.Cell
	for _, row := range rows {
		c := r.at(row, h.project)
		switch {
		case c == nil || c == last || text(c) == "":
		case r.words.exactly("end", r.words.clean(c.Text)) != "":
			continue
		case h.mixed && r.alone(row, c):
			last, r.owner = c, c
		case r.listed(row, h, c):
			last = c
			r.use(c)
		default:
			last = c
			r.project(row, h, c)
			clear(r.levels)
		}
		for i, b := range h.groups {
			r.indicator(row, b, &r.levels[i])
		}
	}
}

// bareNumber reports a number without operator and unit: where no header says that it is a target, it may be a score.
func bareNumber(c *model.Cell) bool {
	number, rest := cutNumber(amount.Fold(text(c)))
	return number != "" && rest == ""
}

// alone reports a cell that is the only one of its row with a text.
func (r *reader) alone(row int, c *model.Cell) bool {
	return !slices.ContainsFunc(r.begins(row), func(x *model.Cell) bool { return x != c && x.Row == row && text(x) != "" })
}

// listed reports that a row names the project that is being read again.
func (r *reader) listed(row int, h header, c *model.Cell) bool {
	if r.current < 0 || r.projects[r.current].ProjectName != amount.StripSpace(text(c)) {
		return false
	}
	for _, f := range h.fields {
		if f.field == "implementing" {
			unit := amount.StripSpace(text(r.at(row, f.col)))
			return unit == "" || unit == r.projects[r.current].ImplementingUnit
		}
	}
	return true
}

// project begins the project of a row of a list.
func (r *reader) project(row int, h header, c *model.Cell) {
	r.begin("project", amount.StripSpace(text(c)), c)
	r.use(c)
	p := &r.projects[r.current]
	if r.owner != nil {
		p.ImplementingUnit = amount.StripSpace(text(r.owner))
		r.use(r.owner)
	}
	for _, f := range h.fields {
		at := r.at(row, f.col)
		switch {
		case text(at) == "":
		case f.kind == "fund":
			if to := fundField(p, "annual_funds", f.field); to != nil {
				r.money(to, text(at), at)
			}
		default:
			r.set(p, f.field, untagged(text(at)), at)
		}
	}
}
