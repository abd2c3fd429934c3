package lineage_test

import (
	"fmt"
	"iter"
	"testing"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// publication is a document that is nothing but its own row.
func publication(n int, file, department string, year int32, change func(*schema.DocumentRow)) *schema.Disclosure {
	d := &schema.Disclosure{Document: schema.DocumentRow{
		DocumentID: documentID(n), FileName: file, DepartmentName: department, FiscalYear: year,
		DocumentType: schema.Budget, EntityLevel: schema.Department, RegionCode: "140525", Status: schema.StatusOK,
	}}
	if change != nil {
		change(&d.Document)
	}
	return d
}

func TestSeries(t *testing.T) {
	failed := func(d *schema.DocumentRow) { d.Status = schema.StatusFailed }
	series, departmentRows := derive(t, nil,
		publication(1, "水利局2024年预算.pdf", "泽州县水利局", 2024, nil),
		publication(2, "水利局2024年预算（更正）.pdf", "泽州县 水利局", 2024, nil),
		publication(3, "水利局2025年预算.pdf", "泽州县水利局", 2025, nil),
		publication(4, "教育局a.pdf", "泽州县教育局", 2024, nil),
		publication(5, "教育局b.pdf", "泽州县教育局", 2024, nil),
		publication(6, "教育局c.pdf", "泽州县教育局", 2024, failed),
		publication(7, "教育局决算.pdf", "泽州县教育局", 2024, func(d *schema.DocumentRow) { d.DocumentType = schema.FinalAccounts }),
		publication(8, "教育局单位.pdf", "泽州县教育局", 2024, func(d *schema.DocumentRow) { d.EntityLevel = schema.Unit }),
		publication(9, "x.pdf", "", 2024, failed),
		publication(10, "y.pdf", "", 2024, failed),
		publication(11, "教育局.pdf", "泽州县教育局", 2023, func(d *schema.DocumentRow) { d.Title = "补充公开" }),
	)
	type place struct {
		rank    int32
		current bool
		reason  string
	}
	want := map[int]place{
		1: {2, false, schema.ReasonCorrection}, 2: {1, true, schema.ReasonCorrection},
		3: {1, true, schema.ReasonOnly},
		4: {2, false, schema.ReasonLater}, 5: {1, true, schema.ReasonLater}, 6: {3, false, schema.ReasonLater},
		7: {1, true, schema.ReasonOnly}, 8: {1, true, schema.ReasonOnly},
		9: {1, true, schema.ReasonOnly}, 10: {1, true, schema.ReasonOnly},
		11: {1, true, schema.ReasonOnly},
	}
	got := map[string]schema.SeriesRow{}
	for _, r := range series {
		got[r.DocumentID] = r
	}
	for n, w := range want {
		r := got[documentID(n)]
		if (place{r.Rank, r.IsCurrent, r.Reason}) != w {
			t.Errorf("document %d: %+v, want %+v", n, r, w)
		}
	}
	if a, b, c := got[documentID(1)], got[documentID(2)], got[documentID(3)]; a.SeriesID != b.SeriesID || a.SeriesID == c.SeriesID || a.DepartmentID != c.DepartmentID {
		t.Errorf("series of one department: %+v, %+v, %+v", a, b, c)
	}
	if got[documentID(9)].DepartmentID != "" {
		t.Error("a document without department has one")
	}

	departments := map[string]schema.DepartmentRow{}
	for _, d := range departmentRows {
		departments[d.CurrentName] = d
	}
	if len(departments) != 2 {
		t.Errorf("departments = %v", departments)
	}
	if n := departments["泽州县水利局"].Names; len(n) != 1 || n[0] != (schema.DepartmentName{Name: "泽州县水利局", FirstYear: 2024, LastYear: 2025}) {
		t.Errorf("names = %v", n)
	}
}

// documentID is the id of an invented document.
func documentID(n int) string { return fmt.Sprintf("%064x", n) }

// derive gives the rows for documents, whose facts go through their JSON.
func derive(t *testing.T, aliases []lineage.Alias, docs ...*schema.Disclosure) ([]schema.SeriesRow, []schema.DepartmentRow) {
	t.Helper()
	b := lineage.NewBuilder(aliases)
	for _, d := range docs {
		facts, err := lineage.Facts(&d.Document, d.BudgetLines)
		if err != nil {
			t.Fatal(err)
		}
		if err := lineage.CheckFacts(facts); err != nil {
			t.Fatal(err)
		}
		if err := b.Add(&d.Document, facts); err != nil {
			t.Fatal(err)
		}
	}
	return b.Rows()
}

func documents(docs []*schema.Disclosure) iter.Seq2[*schema.DocumentRow, error] {
	return func(yield func(*schema.DocumentRow, error) bool) {
		for _, d := range docs {
			if !yield(&d.Document, nil) {
				return
			}
		}
	}
}

func lines(docs []*schema.Disclosure) iter.Seq2[*schema.BudgetLine, error] {
	return func(yield func(*schema.BudgetLine, error) bool) {
		for _, d := range docs {
			for i := range d.BudgetLines {
				if !yield(&d.BudgetLines[i], nil) {
					return
				}
			}
		}
	}
}
