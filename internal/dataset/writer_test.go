package dataset_test

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

func write(t testing.TB, out string, opt output.Options, docs ...*schema.Disclosure) {
	t.Helper()
	w, err := output.NewWriter(out, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for _, d := range docs {
		if err := w.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
}

func readAll[T any](t testing.TB, out string) []T {
	t.Helper()
	rows, err := dataset.ReadRows[T](out)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestRoundTrip(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	d := disclosure(3, 25)
	write(t, out, output.Options{PipelineVersion: "test"}, d)

	slices.SortFunc(d.BudgetLines, func(a, b schema.BudgetLine) int {
		if a.FiscalYear != b.FiscalYear {
			return int(a.FiscalYear - b.FiscalYear)
		}
		return strings.Compare(a.LineID, b.LineID)
	})
	slices.Reverse(d.Indicators)
	same(t, readAll[schema.DocumentRow](t, out), []schema.DocumentRow{d.Document})
	same(t, readAll[schema.BudgetLine](t, out), d.BudgetLines)
	same(t, readAll[schema.PerformanceProject](t, out), d.Projects)
	same(t, readAll[schema.PerformanceIndicator](t, out), d.Indicators)
	same(t, readAll[schema.SectionRow](t, out), d.Sections)
	same(t, readAll[schema.TableRow](t, out), d.Tables)
	same(t, readAll[schema.CellRow](t, out), d.Cells)
	same(t, readAll[schema.CheckRow](t, out), d.Checks)
	same(t, readAll[schema.DiagnosticRow](t, out), d.Diagnostics)
	departments := readAll[schema.DepartmentRow](t, out)
	if len(departments) != 1 || !reflect.DeepEqual(departments[0].Names, []schema.DepartmentName{{Name: "云陵县第3局", FirstYear: 2022, LastYear: 2022}}) {
		t.Errorf("departments = %+v", departments)
	}
	series := readAll[schema.SeriesRow](t, out)
	if len(series) != 1 || !series[0].IsCurrent || series[0].Reason != schema.ReasonOnly || series[0].DepartmentID != departments[0].DepartmentID {
		t.Errorf("series = %+v", series)
	}
}

// same compares rows by their printed form, in which equal decimals are equal.
func same[T any](t *testing.T, got, want []T) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d rows of %T, want %d", len(got), got, len(want))
		return
	}
	for i := range got {
		if g, w := printed(got[i]), printed(want[i]); g != w {
			t.Errorf("row %d:\n got %s\nwant %s", i, g, w)
			return
		}
	}
}

func TestEmptyOutput(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	write(t, out, output.Options{})
	if rows := readAll[schema.BudgetLine](t, out); len(rows) != 0 {
		t.Errorf("%d rows", len(rows))
	}
}

func printed(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}
