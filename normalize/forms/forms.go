// Package forms reads performance declarations: 整体绩效目标表 of a department and 项目支出绩效目标表 of its projects.
//
// Method. A form is a grid of labels with values beside or below them, and a table of indicators. Both are found by their
// labels, never by place: a label's value is the cell to its right, or below it where the right one is a label too; the row
// that has 三级指标 and 指标值 begins the indicators, and each column of values in it is a group of its own (实施期, 年度).
// Cells that are merged, or left empty below the first, carry 一级 and 二级指标 down. A form may go on in the next table.
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
}

// Is reports whether a table is a performance declaration, a part of one, or a list of indicators.
func (w *Words) Is(t *model.Table) bool {
	const longestLabel = 96 // bytes, white space and remarks included
	title := amount.Fold(t.Title)
	strong := map[string]bool{}
	for i := range t.Cells {
		raw := t.Cells[i].Text
		if raw == "" || len(raw) > longestLabel || raw[0] >= '0' && raw[0] <= '9' {
			continue // most cells of most tables are figures
		}
		text := w.clean(raw)
		if w.has("strong", text) || t.Cells[i].Source == model.SourceOCR && w.nearest("strong", text) != "" {
			strong[text] = true
		}
	}
	for _, p := range w.labels["title"] {
		if strings.Contains(title, p.text) {
			return len(strong) > 0
		}
	}
	return len(strong) >= 2
}

// Read reads the forms of a document's tables in reading order. A table without the name of a project or a department
// goes on with the form of the table before it; tables that are no forms are passed over.
func (w *Words) Read(tables []*model.Table, ctx Context) ([]schema.PerformanceProject, []schema.PerformanceIndicator) {
	r := &reader{words: w, ctx: ctx, current: -1}
	for _, t := range tables {
		if t != nil && w.Is(t) {
			r.table(t)
		}
	}
	return r.projects, r.indicators
}

// reader collects the forms of a document.
type reader struct {
	words      *Words
	ctx        Context
	projects   []schema.PerformanceProject
	indicators []schema.PerformanceIndicator
	current    int // the form being read, -1 when none
	lastPage   int // of the table before

	t      *model.Table
	grid   [][]*model.Cell
	unit   string
	region []bool // rows that belong to the indicators
}

func (r *reader) table(t *model.Table) {
	r.t, r.grid, r.unit = t, t.Grid(), ""
	r.region = make([]bool, len(r.grid))
	if r.current >= 0 && t.FirstPage > r.lastPage+1 {
		r.current = -1
	}
	for row := range r.grid {
		r.fields(row)
		if !r.region[row] {
			if h, ok := r.header(row); ok {
				r.readIndicators(row, h)
			}
		}
	}
	r.lastPage = t.LastPage
}

// begin opens a form.
func (r *reader) begin(scope, name string, c *model.Cell) {
	r.projects = append(r.projects, schema.PerformanceProject{
		FiscalYear: r.ctx.FiscalYear, ProjectNo: int32(len(r.projects) + 1), Scope: scope, ProjectName: name,
		Page: int32(c.Page), Source: schema.Source(c.Source),
	})
	r.current = len(r.projects) - 1
}

// form is the form being read; one without a name is begun where there is none.
func (r *reader) form(c *model.Cell) *schema.PerformanceProject {
	if r.current < 0 {
		scope := "project"
		if r.words.departmentTitles.Any(amount.Fold(r.t.Title)) {
			scope = "department"
		}
		r.begin(scope, amount.StripSpace(r.t.Owner), c)
	}
	return &r.projects[r.current]
}

// use notes that a row of the current form carries a cell.
func (r *reader) use(cells ...*model.Cell) {
	if r.ctx.Used == nil || r.current < 0 {
		return
	}
	for _, c := range cells {
		if c != nil {
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
