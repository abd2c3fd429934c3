// Package forms reads performance declarations: 整体绩效目标表 of a department and 项目支出绩效目标表 of its projects.
//
// Method. A form is a grid of labels with values beside or below them, and a table of indicators. Both are found by their
// labels, never by place: a label's value is the cell to its right, or below it where the right one is a label too; the row
// that has 三级指标 and 指标值 begins the indicators, and each column of values in it is a group of its own (实施期, 年度).
// A header may have rows that part a target into operator, number and unit, or name the year that it is for. Cells that are
// merged, or left empty below the first, carry 一级 and 二级指标 down. A form may go on in the next table, with its header or
// without; a list has projects one under the other, each with its indicators beside it.
//
// Scores, what was reached and what explains an indicator are known, but have no place in the datasets. A header or label
// that is not known gives no value and is told of.
package forms

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// Context is what is known of the document that the tables are of.
type Context struct {
	FiscalYear int32
	// Used is called for every cell that a row carries, with the number of its project; it may be nil.
	Used func(project int32, c *model.Cell)
	// Unread is called for every header and label that was not understood; it may be nil.
	Unread func(c *model.Cell)
}

// Forms are the tables that are performance declarations, parts of them, or lists of indicators.
func (w *Words) Forms(tables []*model.Table) []*model.Table {
	var out []*model.Table
	for _, t := range tables {
		if t != nil && w.is(t) {
			out = append(out, t)
		}
	}
	return out
}

func (w *Words) is(t *model.Table) bool {
	const longest = 96 // bytes, white space and remarks included
	title := amount.Fold(t.Title)
	strong, levels := map[string]bool{}, map[int]bool{}
	for i := range t.Cells {
		c := &t.Cells[i]
		raw := c.Text
		if raw == "" || len(raw) > longest || raw[0] >= '0' && raw[0] <= '9' {
			continue // most cells of most tables are figures
		}
		text := w.clean(raw)
		if w.exactly("strong", text) != "" || c.Source == model.SourceOCR && w.nearest("strong", text) != "" {
			strong[text] = true
		} else if w.besides("level1", text) != "" {
			levels[c.Row] = true
		}
	}
	evidence := len(strong)
	if len(levels) >= 2 { // one under the other: no names of columns
		evidence += len(levels)
	}
	for _, p := range w.labels["title"] {
		if strings.Contains(title, p.text) {
			return evidence > 0
		}
	}
	return evidence >= 2
}

// Read reads the forms of a document's tables in reading order. A table without the name of a project or a department
// goes on with the form of the table before it; tables that are no forms are passed over.
func (w *Words) Read(tables []*model.Table, ctx Context) ([]schema.PerformanceProject, []schema.PerformanceIndicator) {
	r := &reader{words: w, ctx: ctx, current: -1}
	for _, t := range w.Forms(tables) {
		r.table(t)
	}
	return r.projects, r.indicators
}

// reader collects the forms of a document.
type reader struct {
	words      *Words
	ctx        Context
	projects   []schema.PerformanceProject
	indicators []schema.PerformanceIndicator
	lastPage   int // of the table before

	current  int         // the form being read, -1 when none
	headless bool        // it has no name yet
	closed   bool        // its indicators were read
	owner    *model.Cell // the unit above the projects of a list

	open     header   // of the indicators read last
	openCols int      // columns of their table, 0 where nothing can go on with them
	openEnd  int      // the row below them; 0 where they go on to the end of the table
	levels   []levels // of their groups

	t          *model.Table
	grid       [][]*model.Cell
	unit       string
	amounts    *amounts
	totals     []total              // the labels of totals of funds, from top to bottom and left to right
	begun      bool                 // the table may begin a form
	ofProjects bool                 // the table names projects
	heads      bool                 // what follows stands below a row of heads
	region     []bool               // rows that belong to the indicators
	taken      map[*model.Cell]bool // by a row
	meanings   map[known]string
	told       []*model.Cell // headers and labels that were not understood
}

func (r *reader) table(t *model.Table) {
	r.t, r.grid, r.unit, r.amounts, r.heads = t, t.Grid(), "", nil, false
	r.region, r.told, r.taken, r.meanings = make([]bool, len(r.grid)), nil, map[*model.Cell]bool{}, map[known]string{}
	r.survey()
	if t.FirstPage > r.lastPage+1 {
		r.current, r.openCols = -1, 0
	}
	if r.resumes() {
		r.readIndicators(0, r.open)
	}
	for row := range r.grid {
		if r.region[row] {
			continue
		}
		h, ok := r.header(row)
		if !ok {
			h, ok = r.untitled(row)
		}
		if ok {
			r.readIndicators(row, h)
		} else {
			r.fields(row)
			r.tellUnread(row)
		}
	}
	if r.openEnd == len(r.grid) {
		r.openEnd = 0
	} else {
		r.openCols = 0
	}
	r.lastPage = t.LastPage
	if r.ctx.Unread != nil && len(r.taken) > 0 { // of tables that rows are made of
		for _, c := range r.told {
			r.ctx.Unread(c)
		}
	}
}

// total is a label of a total of funds, and what it is a total of.
type total struct {
	field string // total_funds or annual_funds
	cell  *model.Cell
}

// survey looks for a label for the name of a project with a value beside it, for what only a form has besides goals: who it
// is of, its funds, targets; and for the totals of the funds.
func (r *reader) survey() {
	r.ofProjects, r.begun, r.totals = false, false, nil
	for row := range r.grid {
		for _, c := range r.begins(row) {
			if f, _ := r.labelIn("label", c); c.Row == row && (f == "total_funds" || f == "annual_funds") {
				r.totals = append(r.totals, total{f, c})
			}
		}
	}
	for i := range r.t.Cells {
		c := &r.t.Cells[i]
		switch r.meaning("label", c) {
		case "project_name":
			v := r.beside(c)
			r.ofProjects = r.ofProjects || v != nil && text(v) != "" && !r.isLabel(v)
			r.begun = true
		case "department_name", "supervising", "implementing", "total_funds", "annual_funds":
			r.begun = true
		}
		r.begun = r.begun || strings.HasPrefix(r.meaning("column", c), "value")
	}
}

// begin opens a form.
func (r *reader) begin(scope, name string, c *model.Cell) {
	r.projects = append(r.projects, schema.PerformanceProject{
		FiscalYear: r.ctx.FiscalYear, ProjectNo: int32(len(r.projects) + 1), Scope: scope, ProjectName: name,
		Page: int32(c.Page), Source: schema.Source(c.Source),
	})
	r.current, r.headless, r.closed, r.amounts = len(r.projects)-1, name == "", false, nil
}

// form is the form being read; one without a name is begun where there is none.
func (r *reader) form(c *model.Cell) *schema.PerformanceProject {
	if r.current < 0 {
		scope := "project"
		if r.words.departmentTitles.Any(amount.Fold(r.t.Title)) {
			scope = "department"
		}
		amounts := r.amounts
		r.begin(scope, amount.StripSpace(r.t.Owner), c)
		r.headless, r.amounts = true, amounts
	}
	return &r.projects[r.current]
}

// use notes that a row of the current form carries a cell.
func (r *reader) use(cells ...*model.Cell) {
	if r.current < 0 {
		return
	}
	for _, c := range cells {
		r.taken[c] = true
		if c != nil && r.ctx.Used != nil {
			r.ctx.Used(r.projects[r.current].ProjectNo, c)
		}
	}
}

// text is a cell's text, "" for a place without one.
func text(c *model.Cell) string {
	if c == nil {
		return ""
	}
	return strings.TrimSpace(c.Text)
}
