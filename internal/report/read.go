package report

import (
	"context"
	"fmt"
	"strings"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// Build reads an output. With aliases its departments are derived again, without them they are those of the output.
func Build(ctx context.Context, out string, aliases []lineage.Alias) (*Model, error) {
	b := &builder{out: out, aliases: aliases, model: &Model{}, documents: map[string]*Document{},
		projects: map[projectKey]*Figure{}}
	for _, step := range []func(context.Context) error{b.readDocuments, b.readDepartments, b.placeDocuments, b.readLines, b.readFindings} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	b.joinProjects()
	b.disputeRecognized()
	b.model.sort()
	b.model.Changes = changes(b.model.Departments)
	return b.model, nil
}

type builder struct {
	out       string
	aliases   []lineage.Alias
	model     *Model
	documents map[string]*Document
	projects  map[projectKey]*Figure

	series      []schema.SeriesRow
	departments []schema.DepartmentRow
}

func (b *builder) readDocuments(ctx context.Context) error {
	for row, err := range dataset.Rows[schema.DocumentRow](b.out) {
		if err = cmpErr(ctx, err); err != nil {
			return err
		}
		d := &Document{DocumentRow: *row}
		d.DepartmentName = strings.Join(strings.Fields(d.DepartmentName), "")
		b.documents[d.DocumentID] = d
		b.model.Documents = append(b.model.Documents, d)
		b.model.Version = d.PipelineVersion
	}
	return nil
}

// readLines keeps the figures that the site shows, of current documents alone.
func (b *builder) readLines(ctx context.Context) error {
	for l, err := range dataset.Rows[schema.BudgetLine](b.out) {
		if err = cmpErr(ctx, err); err != nil {
			return err
		}
		d := b.documents[l.DocumentID]
		if d == nil {
			return fmt.Errorf("budget_lines names the document %s, which documents does not have", l.DocumentID)
		}
		d.count(l.Verification)
		if d.Department != nil && d.Current {
			b.line(d, l)
		}
	}
	return nil
}

func (d *Document) count(v schema.Verification) {
	switch v {
	case schema.Verified:
		d.Verified++
	case schema.Contradicted:
		d.Doubted++
	default:
		d.Unproven++
	}
}

// line takes a line in when it says something about its document's own year and phase.
func (b *builder) line(d *Document, l *schema.BudgetLine) {
	phase := l.Phase
	if phase == schema.Proposed {
		phase = schema.Approved
	}
	measure, rank := lineage.MeasureOf(l)
	if l.FiscalYear != d.FiscalYear || phase != d.Phase() {
		if rank != lineage.NoRank {
			keep(d.Department.elsewhere, Key{l.FiscalYear, phase, measure}, newFigure(l, d, rank))
		}
		return
	}
	switch {
	case rank != lineage.NoRank:
		keep(d.Department.Figures, Key{l.FiscalYear, phase, measure}, newFigure(l, d, rank))
	case isFunction(l):
		d.Department.ItemNames[l.ItemCode] = l.ItemName
		keep(d.Department.Functions, ItemKey{l.FiscalYear, phase, l.ItemCode}, newFigure(l, d, lineage.PeriodRank(l.Period)))
	case isProject(l):
		b.project(d, phase, l)
	}
}

// disputeRecognized marks figures recognized on a scan where another document prints another amount for the same thing:
// final accounts repeat the budget, budgets the year before. A table whose decimal points are lost adds up all the same.
func (b *builder) disputeRecognized() {
	for _, d := range b.model.Departments {
		for k, f := range d.Figures {
			if other := d.elsewhere[k]; other != nil && f.Source == schema.FromOCR && !other.Amount.Equal(f.Amount) {
				f.Disputed = true
			}
		}
	}
}

func keep[K comparable](figures map[K]*Figure, k K, f *Figure) { figures[k] = prefer(figures[k], f) }

// isFunction says whether a line is a functional class (类) of the expenditure table, all funds and all spending.
func isFunction(l *schema.BudgetLine) bool {
	return l.Statement == schema.Expenditure && l.Classification == schema.ByFunctional && l.ItemLevel == 1 && l.ItemCode != "" &&
		l.FundSource == schema.AllFunds && l.Spending == schema.AllSpending && l.Direction == schema.DirectionExpenditure &&
		l.CounterpartName == "" && lineage.PeriodRank(l.Period) != lineage.NoRank
}

func cmpErr(ctx context.Context, err error) error {
	if err != nil {
		return err
	}
	return ctx.Err()
}
