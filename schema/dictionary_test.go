package schema_test

import (
	"slices"
	"testing"

	"github.com/countybudget/extract/schema"
)

// TestDictionary holds the datasets against the contract's list of names and keys, and asks for a meaning of every column.
func TestDictionary(t *testing.T) {
	want := map[string][]string{
		"documents":              {"document_id"},
		"budget_lines":           {"document_id", "line_id"},
		"performance_projects":   {"document_id", "project_no"},
		"performance_indicators": {"document_id", "indicator_no"},
		"sections":               {"document_id", "section_no"},
		"tables":                 {"document_id", "table_no"},
		"cells":                  {"document_id", "table_no", "row", "col"},
		"checks":                 {"document_id", "check_no"},
		"series":                 {"document_id"},
		"departments":            {"department_id"},
		"codes":                  {"codebook", "code", "valid_from"},
		"diagnostics":            {"document_id", "diagnostic_no"},
	}
	for _, d := range schema.Datasets() {
		key, ok := want[d.Name]
		if !ok || !slices.Equal(d.Key, key) {
			t.Errorf("%s: key %v, want %v", d.Name, d.Key, key)
		}
		delete(want, d.Name)
		if yearless := d.Name == "departments" || d.Name == "codes"; (d.Partition == "fiscal_year") == yearless {
			t.Errorf("%s: partition %q", d.Name, d.Partition)
		}
		if d.Label == "" {
			t.Errorf("%s has no Chinese label", d.Name)
		}
		for _, c := range d.Columns {
			if c.Doc == "" {
				t.Errorf("%s.%s has no meaning", d.Name, c.Name)
			}
			if c.Label == "" {
				t.Errorf("%s.%s has no Chinese label", d.Name, c.Name)
			}
			for _, v := range c.Values {
				if v.Value == "" || v.Label == "" {
					t.Errorf("%s.%s: value %+v", d.Name, c.Name, v)
				}
			}
			if c.Key && c.Nullable {
				t.Errorf("%s.%s is key and nullable", d.Name, c.Name)
			}
		}
	}
	if len(want) != 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestDictionaryTypes(t *testing.T) {
	types := map[string]string{}
	for _, d := range schema.Datasets() {
		for _, c := range d.Columns {
			types[d.Name+"."+c.Name] = c.String()
		}
	}
	for column, want := range map[string]string{
		"budget_lines.amount": "decimal(18,2)", "budget_lines.row": "int32", "budget_lines.x0": "float32",
		"budget_lines.is_aggregate": "bool", "documents.bytes": "int64", "documents.also_as": "list<string>",
		"checks.line_ids": "list<string>", "departments.names": "list<struct>", "budget_lines.phase": "string",
	} {
		if types[column] != want {
			t.Errorf("%s is %s, want %s", column, types[column], want)
		}
	}
}
