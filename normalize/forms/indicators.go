package forms

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// columns are the columns of one group of indicators, -1 for one that it does not have.
type columns struct {
	level1, level2, name, operator, value, unit int
	horizon                                     string
}

// header is the row that names the columns of the indicators.
type header struct {
	groups                     []columns
	project, unit, funds, goal int // of a list of projects
	supervisor                 int
}

// header reads a row as the header of indicators: it has a column of names and one of values.
func (r *reader) header(row int) (header, bool) {
	h := header{project: -1, unit: -1, funds: -1, goal: -1, supervisor: -1}
	cur := columns{level1: -1, level2: -1, name: -1, operator: -1, value: -1, unit: -1}
	for col, c := range r.grid[row] {
		if c == nil || c.Col != col || len(c.Text) > 60 {
			continue
		}
		name := r.words.clean(c.Text)
		switch f := r.words.field("column", name); f {
		case "level1":
			cur.level1 = col
		case "level2":
			cur.level2, cur.operator = col, -1
		case "name":
			cur.name, cur.operator = col, -1
		case "operator":
			cur.operator = col
		case "value", "value_annual", "value_implementation":
			if cur.name >= 0 {
				b := cur
				b.value, b.horizon = col, strings.TrimPrefix(strings.TrimPrefix(f, "value"), "_")
				h.groups = append(h.groups, b)
			}
		case "unit":
			if n := len(h.groups); n > 0 && h.groups[n-1].unit < 0 {
				h.groups[n-1].unit = col
			}
		case "goal":
			h.goal = col
		case "funds":
			h.funds = col
		default:
			switch r.words.field("label", name) {
			case "project_name":
				h.project = col
			case "implementing", "department_name":
				h.unit = col
			case "supervising":
				h.supervisor = col
			}
		}
	}
	if len(h.groups) == 0 {
		return h, false
	}
	r.horizons(&h, row)
	return h, true
}

// horizons sets the horizon of each group: by its header, by what stands above it or at the row's beginning; otherwise the
// first of two groups is for the whole period and the second for the year.
func (r *reader) horizons(h *header, row int) {
	for i := range h.groups {
		b := &h.groups[i]
		for up := row - 1; up >= max(0, row-2) && b.horizon == ""; up-- {
			if c := r.grid[up][b.value]; c != nil && len(h.groups) > 1 && len(c.Text) <= 30 {
				b.horizon = r.horizonIn(c.Text)
			}
		}
		if b.horizon == "" && len(h.groups) == 2 {
			b.horizon = []string{"implementation", "annual"}[i]
		}
		if first := r.grid[row][0]; b.horizon == "" && first != nil && len(first.Text) <= 30 {
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

// readIndicators reads the rows under a header, group by group.
func (r *reader) readIndicators(row int, h header) {
	end := row + 1
	for end < len(r.grid) && !r.endsIndicators(end, h) {
		end++
	}
	for i := row; i < end; i++ {
		r.region[i] = true
	}
	if h.project >= 0 {
		r.list(row+1, end, h)
		return
	}
	for _, b := range h.groups {
		r.group(row+1, end, b)
	}
}

// endsIndicators reports whether another part of the form begins in a row.
func (r *reader) endsIndicators(row int, h header) bool {
	if _, again := r.header(row); again {
		return true
	}
	for col, c := range r.grid[row] {
		if c == nil || c.Row != row || c.Col != col {
			continue
		}
		name := r.words.clean(c.Text)
		if r.words.has("end", name) && col <= h.groups[0].name {
			return true
		}
		if col < h.groups[0].name && h.project < 0 && (r.words.has("label", name) || r.words.has("part", name) && c.ColSpan > 1) {
			return true
		}
	}
	return false
}

// levels carries 一级 and 二级指标 down over cells that are merged or left empty.
type levels struct{ one, two string }

func (lv *levels) read(r *reader, row int, b columns) {
	if s := amount.StripSpace(text(r.at(row, b.level1))); s != "" && s != lv.one {
		lv.one, lv.two = s, ""
	}
	if s := amount.StripSpace(text(r.at(row, b.level2))); s != "" {
		lv.two = s
	}
}

func (r *reader) at(row, col int) *model.Cell {
	if col < 0 || row < 0 || row >= len(r.grid) || col >= len(r.grid[row]) {
		return nil
	}
	return r.grid[row][col]
}

func (r *reader) group(from, to int, b columns) {
	lv := levels{}
	for row := from; row < to; row++ {
		lv.read(r, row, b)
		r.indicator(row, b, lv)
	}
}

// indicator reads one row of a group; one without a name or a target gives none.
func (r *reader) indicator(row int, b columns, lv levels) {
	name, value := r.at(row, b.name), r.at(row, b.value)
	if name == nil || value == nil || name == value || name.Row != row && value.Row != row {
		return
	}
	printed := text(value)
	if printed == "" || text(name) == "" || r.words.field("column", r.words.clean(printed)) != "" {
		return
	}
	if unit := text(r.at(row, b.unit)); unit != "" && !r.words.noUnit.Any(amount.Fold(unit)) {
		printed += unit
	}
	if op := text(r.at(row, b.operator)); r.isOperator(op) {
		printed = op + printed
	}
	confidence := min(name.Confidence, value.Confidence)
	if value.Source == model.SourceOCR {
		if fixed, changed := r.words.repair(printed, amount.StripSpace(text(name))); changed {
			printed = fixed
			confidence *= doubted
		}
	}
	t := r.words.parseTarget(printed)
	if amount.IsBlank(t.raw) && !r.words.targetWords.Any(t.raw) {
		return
	}
	p := r.form(name)
	r.use(name, value, r.at(row, b.unit), r.at(row, b.operator), r.at(row, b.level1), r.at(row, b.level2))
	r.indicators = append(r.indicators, schema.PerformanceIndicator{
		FiscalYear: r.ctx.FiscalYear, IndicatorNo: int32(len(r.indicators) + 1), ProjectNo: p.ProjectNo, Horizon: b.horizon,
		Level1: lv.one, Level2: lv.two, Name: amount.StripSpace(text(name)),
		Operator: t.operator, Value: t.value, ValueUnit: t.unit, RawValue: t.raw,
		Page: int32(value.Page), Source: schema.Source(value.Source), Confidence: confidence,
	})
}

func (r *reader) isOperator(s string) bool {
	s = amount.Fold(s)
	for _, o := range r.words.labels["operator"] {
		if o.text == s {
			return true
		}
	}
	return false
}

// list reads a table in which projects stand one under the other, each with its indicators beside it.
func (r *reader) list(from, to int, h header) {
	lv := make([]levels, len(h.groups))
	var last *model.Cell
	for row := from; row < to; row++ {
		c := r.at(row, h.project)
		if c != nil && c != last && text(c) != "" {
			last = c
			r.begin("project", amount.StripSpace(text(c)), c)
			r.use(c, r.at(row, h.unit), r.at(row, h.supervisor), r.at(row, h.goal))
			p := &r.projects[r.current]
			p.ImplementingUnit = amount.StripSpace(text(r.at(row, h.unit)))
			p.SupervisingCode, p.SupervisingDepartment = codeAndName(text(r.at(row, h.supervisor)))
			p.AnnualGoal = untagged(text(r.at(row, h.goal)))
			funds := r.at(row, h.funds)
			r.money(&p.AnnualFunds, text(funds), funds)
			clear(lv)
		}
		for i, b := range h.groups {
			lv[i].read(r, row, b)
			r.indicator(row, b, lv[i])
		}
	}
}
