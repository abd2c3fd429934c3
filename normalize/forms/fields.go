package forms

import (
	"slices"
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
	"github.com/shopspring/decimal"
)

// fields reads the labels that begin in a row outside the indicators.
func (r *reader) fields(row int) {
	r.noteAmounts(row)
	for col, c := range r.grid[row] {
		if c == nil || c.Row != row || c.Col != col || r.taken[c] {
			continue
		}
		r.noteUnit(c)
		if f, inside := r.labelIn("label", c); f != "" {
			value, at := r.valueOf(c)
			if inside != "" {
				value, at = inside, c
			}
			r.labelled(f, c, value, at)
		} else if f, inside := r.labelIn("fund", c); f != "" {
			at := r.amountOf(c)
			value := text(at)
			if inside != "" {
				value, at = inside, c
			}
			r.fund(f, c, value, at)
		} else if r.words.departmentTotals.Any(r.words.clean(c.Text)) {
			r.departmentTotal(c)
		}
	}
}

// amounts are the columns of amounts beside the labels of funds: budgeted, and budgeted after adjustments; -1 for none.
type amounts struct{ row, budgeted, adjusted int }

// noteAmounts takes in a row that names columns of amounts: 年初预算数, 全年预算数, 全年执行数.
func (r *reader) noteAmounts(row int) {
	a, n := amounts{row: row, budgeted: -1, adjusted: -1}, 0
	for _, c := range r.begins(row) {
		if c.Row != row {
			continue
		}
		f := r.meaning("fund_column", c)
		switch {
		case f == "":
			continue
		case f == "budgeted" && a.budgeted < 0:
			a.budgeted = c.Col
		case f == "adjusted" && a.adjusted < 0:
			a.adjusted = c.Col
		}
		n++
	}
	if n >= 2 && (a.budgeted >= 0 || a.adjusted >= 0) {
		r.amounts = &a
	}
}

// amountOf is the cell of the amount that belongs to a label of funds: in the columns of amounts, beside it or below it.
func (r *reader) amountOf(c *model.Cell) *model.Cell {
	if r.amounts == nil {
		at, below := r.beside(c), r.below(c)
		if below != nil && below != c && below.Col == c.Col && !r.isAmount(at) && r.onlyAmounts(below.Row) {
			return below
		}
		return at
	}
	for row := max(c.Row, r.amounts.row+1); row < c.Row+c.RowSpan; row++ {
		for _, col := range []int{r.amounts.budgeted, r.amounts.adjusted} {
			if at := r.at(row, col); at != nil && at != c && !amount.IsBlank(amount.Fold(text(at))) {
				return at
			}
		}
	}
	return nil
}

// onlyAmounts reports that nothing but amounts begins in a row: they belong to the labels above them, not to a task.
func (r *reader) onlyAmounts(row int) bool {
	return !slices.ContainsFunc(r.begins(row), func(c *model.Cell) bool {
		return c.Row == row && !amount.IsBlank(amount.Fold(text(c))) && !r.isAmount(c)
	})
}

// isAmount reports a cell with a number, perhaps with its unit.
func (r *reader) isAmount(c *model.Cell) bool {
	number, rest := cutNumber(amount.Fold(text(c)))
	return number != "" && (rest == "" || slices.Contains(r.words.units, rest))
}

// noteUnit takes in the unit that a label prints: 项目资金（元）.
func (r *reader) noteUnit(c *model.Cell) {
	s := amount.Fold(c.Text)
	if !r.words.unitPlaces.Any(s) {
		return
	}
	for _, unit := range r.words.units {
		for _, label := range r.words.unitLabels {
			if strings.HasSuffix(s, strings.Replace(label, "#", unit, 1)) {
				r.unit = unit
				return
			}
		}
	}
}

// beside is the cell to the right of a label, nil when there is none.
func (r *reader) beside(c *model.Cell) *model.Cell {
	if col := c.Col + c.ColSpan; c.Row < len(r.grid) && col < len(r.grid[c.Row]) {
		return r.grid[c.Row][col]
	}
	return nil
}

// below is the cell under a label, nil when there is none.
func (r *reader) below(c *model.Cell) *model.Cell {
	if row := c.Row + c.RowSpan; row < len(r.grid) && c.Col < len(r.grid[row]) {
		return r.grid[row][c.Col]
	}
	return nil
}

// valueOf is the text that belongs to a label: to its right, or below it where the right is a label or missing.
func (r *reader) valueOf(c *model.Cell) (string, *model.Cell) {
	if v := r.beside(c); v != nil && v != c && !r.names(v) {
		return untagged(text(v)), v
	}
	v := r.below(c)
	if v == nil || v == c || v.Col != c.Col || r.names(v) {
		return "", nil
	}
	return untagged(text(v)), v
}

// names reports a cell that names something beside or below it: a label, or a level of indicators.
func (r *reader) names(c *model.Cell) bool { return r.isLabel(c) || r.isLevel("level1", c) }

// untagged takes out the paragraph marks of web forms.
func untagged(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	for _, tag := range []string{"<p>", "<P>", "<br>", "<br/>"} {
		s = strings.ReplaceAll(s, tag, "")
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "</p>", "\n"), "</P>", "\n")
	return strings.TrimSpace(s)
}

// labelled fills the field of a label with its value, which stands at a cell.
func (r *reader) labelled(field string, c *model.Cell, value string, at *model.Cell) {
	switch field {
	case unplaced:
		return
	case "project_name", "unit_or_project":
		if value != "" && at.Row == c.Row {
			r.named(value, c)
			r.use(at)
		}
		return
	case "department_name":
		if value != "" && at.Row == c.Row {
			r.departmentName(value, c, at)
		}
		return
	case "total_funds", "annual_funds":
		if at != c {
			at = r.amountOf(c)
			value = text(at)
		}
		if value != "" {
			r.form(c)
			r.total(field, value, at)
		}
		return
	case "total_goal", "annual_goal":
		r.amounts = nil
	default:
		if at != nil && at.Row != c.Row {
			return
		}
	}
	if value != "" && (r.current >= 0 || r.begun) {
		r.set(r.formOf(field, value, c), field, value, at)
	}
}

// total fills the total of the funds: of the year in a department's form, and where it is beside what was spent.
func (r *reader) total(field, value string, at *model.Cell) {
	p := &r.projects[r.current]
	if field == "annual_funds" || r.yearly() {
		r.money(&p.AnnualFunds, value, at)
	} else {
		r.money(&p.TotalFunds, value, at)
	}
}

// yearly reports that all funds of the form are of its year.
func (r *reader) yearly() bool {
	return r.amounts != nil || r.projects[r.current].Scope == "department"
}

// named begins the form of a project, or names the one whose first fields stand above its name.
func (r *reader) named(value string, c *model.Cell) {
	name := amount.StripSpace(value)
	if r.current >= 0 && r.headless && !r.closed {
		p := &r.projects[r.current]
		p.Scope, p.ProjectName, r.headless = "project", name, false
		return
	}
	r.begin("project", name, c)
}

// departmentName begins a department's form; where projects are named, it is that of the unit they are of.
func (r *reader) departmentName(value string, c, at *model.Cell) {
	switch {
	case r.ofProjects:
		r.set(r.formOf("implementing", value, c), "implementing", value, at)
	case r.current < 0 || r.projects[r.current].Scope == "department":
		r.department(value, c)
		r.use(at)
	}
}

// formOf is the form that a field belongs to: another than the one whose indicators were read, where that has the field.
func (r *reader) formOf(field, value string, c *model.Cell) *schema.PerformanceProject {
	if r.current >= 0 && r.closed {
		switch p := &r.projects[r.current]; {
		case field == "supervising" && p.SupervisingDepartment != "", field == "implementing" && p.ImplementingUnit != "":
			r.current = -1
		}
	}
	return r.form(c)
}

// set fills a field of a project.
func (r *reader) set(p *schema.PerformanceProject, field, value string, at *model.Cell) {
	to := textField(p, field)
	switch field {
	case "supervising":
		p.SupervisingCode, p.SupervisingDepartment = codeAndName(value)
	case "supervising_code":
		p.SupervisingCode = amount.StripSpace(value)
	case "implementing":
		p.ImplementingUnit = amount.StripSpace(value)
	case "attribute":
		p.Attribute = amount.StripSpace(value)
	case "duration":
		p.Duration = amount.StripSpace(value)
	case "total_funds":
		r.money(&p.TotalFunds, value, at)
		return
	case "annual_funds":
		r.money(&p.AnnualFunds, value, at)
		return
	default:
		if to == nil || *to != "" || !strings.ContainsFunc(value, unicode.IsLetter) {
			return
		}
		*to = value
	}
	r.use(at)
}

func textField(p *schema.PerformanceProject, field string) *string {
	switch field {
	case "overview":
		return &p.Overview
	case "basis":
		return &p.Basis
	case "necessity":
		return &p.Necessity
	case "safeguards":
		return &p.Safeguards
	case "plan":
		return &p.Plan
	case "total_goal":
		return &p.TotalGoal
	case "annual_goal":
		return &p.AnnualGoal
	}
	return nil
}

// department opens a department's own form.
func (r *reader) department(value string, c *model.Cell) {
	code, name := codeAndName(value)
	r.begin("department", name, c)
	p := &r.projects[r.current]
	p.SupervisingCode, p.SupervisingDepartment = code, name
}

// codeAndName separates code and name in values like 003-中国共产党沁水县委员会办公室.
func codeAndName(s string) (code, name string) {
	s = amount.StripSpace(s)
	if rest, ok := strings.CutPrefix(s, "["); ok {
		s = strings.Replace(rest, "]", "-", 1)
	}
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	rest := strings.TrimLeft(s[i:], "-—–_")
	if i < 2 || rest == "" || rest == s[i:] && i < 3 {
		return "", s
	}
	return s[:i], rest
}

// money fills an amount in yuan from a cell's text.
func (r *reader) money(to *decimal.NullDecimal, value string, c *model.Cell) {
	s := amount.Fold(value)
	unit := r.unit
	for _, u := range r.words.units {
		if rest, ok := strings.CutSuffix(s, u); ok {
			s, unit = rest, u
			break
		}
	}
	if unit == "" {
		unit = amount.Fold(r.t.Unit)
	}
	if unit == r.words.yuan && c != nil && c.Source == model.SourceOCR {
		s = separators(s)
	}
	v, ok := amount.Parse(s)
	if !ok || to.Valid {
		return
	}
	if unit != r.words.yuan {
		v = v.Shift(4)
	}
	*to = decimal.NewNullDecimal(v.Round(2))
	r.use(c)
}

// fund fills a part of the funds: of the total that stands above it in the same column, or before it in its row.
func (r *reader) fund(field string, c *model.Cell, value string, at *model.Cell) {
	if field == unplaced || value == "" || r.current < 0 {
		return
	}
	p := &r.projects[r.current]
	total := r.totalOf(c)
	if total != "" && r.yearly() {
		total = "annual_funds"
	}
	if to := fundField(p, total, field); to != nil {
		r.money(to, value, at)
	}
}

// totalOf is the field of the total that the label of a part of the funds belongs to, "" when there is none.
func (r *reader) totalOf(c *model.Cell) string {
	for _, t := range slices.Backward(r.totals) {
		x := t.cell
		if x.Row <= c.Row && x.Col <= c.Col && x != c && (x.Row+x.RowSpan > c.Row || x.Col == c.Col || x.Col+x.ColSpan > c.Col) {
			return t.field
		}
	}
	return ""
}

// fundField is where the part of a total is kept, nil when there is no such part.
func fundField(p *schema.PerformanceProject, total, field string) *decimal.NullDecimal {
	totals := map[string]*decimal.NullDecimal{
		"central": &p.TotalCentral, "provincial": &p.TotalProvincial, "local": &p.TotalLocal,
		"self_raised": &p.TotalSelfRaised, "other": &p.TotalOther,
	}
	annuals := map[string]*decimal.NullDecimal{
		"central": &p.AnnualCentral, "provincial": &p.AnnualProvincial, "local": &p.AnnualLocal,
		"self_raised": &p.AnnualSelfRaised, "other": &p.AnnualOther,
	}
	switch total {
	case "total_funds":
		return totals[field]
	case "annual_funds":
		return annuals[field]
	}
	return nil
}

// departmentTotal is the 合计 of a department's annual budget.
func (r *reader) departmentTotal(c *model.Cell) {
	if r.current >= 0 && r.projects[r.current].Scope == "department" && r.amounts == nil {
		at := r.beside(c)
		r.money(&r.projects[r.current].AnnualFunds, text(at), at)
	}
}
