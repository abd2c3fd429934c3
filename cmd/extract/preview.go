package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/countybudget/extract/cmd/extract/internal/render"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// preview is the first rows of budget_lines, for the end of a run.
type preview struct {
	most      int // rows
	documents []previewLines
}

// previewLines are the first lines of one document.
type previewLines struct {
	source string
	lines  []schema.BudgetLine
}

// keep keeps the rows that the preview may need, whatever the order in which documents are done.
func (p *preview) keep(d *schema.Disclosure) {
	n := min(p.most, len(d.BudgetLines))
	if n == 0 {
		return
	}
	p.documents = append(p.documents, previewLines{d.Document.SourceURI, slices.Clone(d.BudgetLines[:n])})
	slices.SortFunc(p.documents, func(a, b previewLines) int { return cmp.Compare(a.source, b.source) })
	p.documents = p.documents[:min(p.most, len(p.documents))]
}

// rows shares the rows of the preview out among the documents, in their order.
func (p *preview) rows() []schema.BudgetLine {
	take := make([]int, len(p.documents))
	for left, before := p.most, -1; left > 0 && left != before; {
		before = left
		for i, d := range p.documents {
			if left > 0 && take[i] < len(d.lines) {
				take[i]++
				left--
			}
		}
	}
	var rows []schema.BudgetLine
	for i, d := range p.documents {
		rows = append(rows, d.lines[:take[i]]...)
	}
	return rows
}

func (p *preview) table(width int) string {
	lines := p.rows()
	if len(lines) == 0 {
		return ""
	}
	rows := [][]string{{"department_name", "fiscal_year", "statement", "item_code", "item_name", "spending", "amount", "page", "verification"}}
	for _, l := range lines {
		rows = append(rows, []string{
			l.DepartmentName, fmt.Sprint(l.FiscalYear), string(l.Statement), l.ItemCode, l.ItemName, string(l.Spending),
			l.Amount.StringFixed(2), fmt.Sprint(l.Page), string(l.Verification),
		})
	}
	return render.Table(gridOf(rows), width) + "\n"
}

// gridOf makes a table of plain rows, the first of them the header.
func gridOf(rows [][]string) *model.Table {
	t := &model.Table{Rows: len(rows), Cols: len(rows[0]), HeaderRows: 1}
	for r, row := range rows {
		for c, text := range row {
			t.Cells = append(t.Cells, model.Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: text, IsHeader: r == 0})
		}
	}
	return t
}
