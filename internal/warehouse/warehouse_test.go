package warehouse_test

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/warehouse"
	"github.com/countybudget/extract/schema"
)

func write(t *testing.T, format string) string {
	t.Helper()
	var b strings.Builder
	if err := warehouse.Write(&b, format, "somewhere/out/"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestEveryFormat: each format names every dataset, column and view, and is the same each time.
func TestEveryFormat(t *testing.T) {
	views := []string{
		"current_lines", "countable_lines", "department_totals", "functional_expenditure", "economic_expenditure", "fund_sources",
		"three_public", "agency_operating", "projects", "failed_checks", "coverage", "department_trends",
	}
	for _, format := range warehouse.Formats() {
		text := write(t, format)
		if text != write(t, format) {
			t.Errorf("%s differs from run to run", format)
		}
		if strings.Contains(text, "%!") || strings.Contains(text, "<no value>") {
			t.Errorf("%s holds a formatting error", format)
		}
		for _, d := range schema.Datasets() {
			for _, c := range d.Columns {
				if !strings.Contains(text, c.Name) && !strings.Contains(text, strings.ToUpper(c.Name)) {
					t.Errorf("%s has no %s.%s", format, d.Name, c.Name)
				}
			}
		}
		for _, v := range views {
			if !strings.Contains(text, v) {
				t.Errorf("%s has no view %s", format, v)
			}
		}
	}
}

// TestFrom: scripts load from where they are told.
func TestFrom(t *testing.T) {
	for _, format := range warehouse.Formats() {
		text := write(t, format)
		if format == "markdown" || format == "json" {
			continue
		}
		if !strings.Contains(text, "somewhere/out") || strings.Contains(text, "out//") {
			t.Errorf("%s does not load from somewhere/out", format)
		}
	}
	if err := warehouse.Write(&strings.Builder{}, "oracle", "out"); err == nil {
		t.Error("an unknown format is no error")
	}
}

// TestRelations: what refers and what is referred to exist, and the target's columns are its key.
func TestRelations(t *testing.T) {
	columns := map[string]bool{}
	keys := map[string]string{}
	for _, d := range schema.Datasets() {
		keys[d.Name] = strings.Join(d.Key, ",")
		for _, c := range d.Columns {
			columns[d.Name+"."+c.Name] = true
		}
	}
	for _, r := range schema.Relations() {
		for _, c := range r.Columns {
			if !columns[r.Dataset+"."+c] {
				t.Errorf("%s has no column %s", r.Dataset, c)
			}
		}
		if keys[r.Target] != strings.Join(r.TargetKey, ",") {
			t.Errorf("%s: %v is not the key of %s", r.Dataset, r.TargetKey, r.Target)
		}
	}
}

// TestMergeByTheWholeKey: a row of a document goes away when no new row has all of its key.
func TestMergeByTheWholeKey(t *testing.T) {
	text := write(t, "postgresql")
	for _, d := range schema.Datasets() {
		if d.Key[0] != "document_id" || len(d.Key) < 2 {
			continue
		}
		conditions := make([]string, 0, len(d.Key))
		for _, k := range d.Key {
			conditions = append(conditions, `n."`+k+`" = t."`+k+`"`)
		}
		want := `NOT EXISTS (SELECT FROM "staged_` + d.Name + `" n WHERE ` + strings.Join(conditions, " AND ") + ");"
		if !strings.Contains(text, want) {
			t.Errorf("%s: there is no %s", d.Name, want)
		}
	}
}
