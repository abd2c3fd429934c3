package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// Which documents are of one department, under which names, and what was merged into what, is in the datasets series and
// departments; with an alias file it is derived again.

// readDepartments reads the two datasets, or derives them.
func (b *builder) readDepartments(ctx context.Context) error {
	if b.aliases != nil {
		var err error
		b.series, b.departments, err = lineage.Follow(ctx, dataset.Rows[schema.DocumentRow](b.out), dataset.Rows[schema.BudgetLine](b.out), b.aliases)
		return err
	}
	var err error
	if b.series, err = dataset.ReadRows[schema.SeriesRow](b.out); err != nil {
		return err
	}
	b.departments, err = dataset.ReadRows[schema.DepartmentRow](b.out)
	return err
}

// placeDocuments finds the department of each document, and which document counts if a department and its unit have the same
// name.
func (b *builder) placeDocuments(context.Context) error {
	byID := map[string]*Department{}
	for i := range b.departments {
		d := newDepartment(&b.departments[i])
		byID[d.ID] = d
		b.model.Departments = append(b.model.Departments, d)
	}
	slices.SortFunc(b.series, func(x, y schema.SeriesRow) int { return cmp.Compare(x.DocumentID, y.DocumentID) })
	for i := range b.series {
		row := &b.series[i]
		d := b.documents[row.DocumentID]
		if d == nil {
			return fmt.Errorf("series names the document %s, which documents does not have", row.DocumentID)
		}
		d.Current = row.IsCurrent
		if row.DepartmentID == "" {
			continue
		}
		if d.Department = byID[row.DepartmentID]; d.Department == nil {
			return fmt.Errorf("series names the department %s, which departments does not have", row.DepartmentID)
		}
		d.Department.County = cmp.Or(d.Department.County, d.RegionName)
		d.Department.Documents = append(d.Department.Documents, d)
	}
	for _, d := range b.model.Departments {
		d.chooseCurrent()
	}
	for i := range b.departments {
		if err := linkMerged(byID, &b.departments[i]); err != nil {
			return err
		}
	}
	return nil
}

func newDepartment(row *schema.DepartmentRow) *Department {
	d := &Department{
		ID: row.DepartmentID, Name: row.CurrentName, Figures: map[Key]*Figure{}, Functions: map[ItemKey]*Figure{},
		Projects: map[ItemKey]*Figure{}, ItemNames: map[string]string{}, elsewhere: map[Key]*Figure{},
	}
	for _, n := range row.Names {
		d.Names = append(d.Names, NameSpan{n.Name, n.FirstYear, n.LastYear})
	}
	if len(row.Names) > 1 || len(row.Successors) > 0 {
		d.Origin = row.Origin
	}
	return d
}

// chooseCurrent keeps one current document for each year and type: preferably one that was read, then the department's own
// rather than a unit's.
func (d *Department) chooseCurrent() {
	type slot struct {
		year  int32
		phase schema.Phase
	}
	best := map[slot]*Document{}
	for _, doc := range d.Documents {
		if !doc.Current || doc.FiscalYear == 0 || doc.DocumentType == "" {
			doc.Current = false
			continue
		}
		s := slot{doc.FiscalYear, doc.Phase()}
		old := best[s]
		if old == nil {
			best[s] = doc
			continue
		}
		better := cmp.Or(
			compareBool(doc.Status == schema.StatusFailed, old.Status == schema.StatusFailed),
			cmp.Compare(levelRank(doc.EntityLevel), levelRank(old.EntityLevel)),
			cmp.Compare(doc.DocumentID, old.DocumentID),
		) < 0
		if better {
			best[s], doc = doc, old
		}
		doc.Current = false
	}
}

// linkMerged links a department with those that it was merged into, from the year after its last document.
func linkMerged(byID map[string]*Department, row *schema.DepartmentRow) error {
	from := byID[row.DepartmentID]
	var year int32
	for _, n := range from.Names {
		year = max(year, n.Last+1)
	}
	for _, id := range row.Successors {
		into := byID[id]
		if into == nil {
			return fmt.Errorf("departments names %s as a successor, which it does not have", id)
		}
		from.Into = append(from.Into, Link{into, year})
		into.From = append(into.From, Link{from, year})
		slices.SortFunc(into.From, func(x, y Link) int {
			return cmp.Or(cmp.Compare(x.Year, y.Year), cmp.Compare(x.Department.ID, y.Department.ID))
		})
	}
	return nil
}
