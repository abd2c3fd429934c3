package schema

import (
	"strings"
	"testing"
)

// TestLabelFiles: every line of the label files is about a column, a dataset or a closed list that exists, and says something.
func TestLabelFiles(t *testing.T) {
	known := map[string]bool{} // enums, and columns by dataset
	columns := map[labelKey]bool{{"*", "*"}: true}
	for _, d := range Datasets() {
		columns[labelKey{d.Name, "*"}] = true
		note := func(c Column, goType string) {
			columns[labelKey{d.Name, c.Name}], columns[labelKey{"*", c.Name}] = true, true
			if c.Values != nil {
				known[goType], known[d.Name+"."+c.Name] = true, true
			}
		}
		for _, c := range d.Columns {
			f := d.Row.Field(c.Index).Type
			note(c, f.Name())
			for _, field := range c.Fields {
				note(field, f.Elem().Field(field.Index).Type.Name())
			}
		}
	}
	seen := map[string]bool{}
	for _, l := range labelLines("values.csv") {
		key := l[0] + " " + l[1]
		if !known[l[0]] || l[1] == "" || l[2] == "" || l[3] == "" || seen[key] {
			t.Errorf("values.csv: %s", strings.Join(l, ","))
		}
		seen[key] = true
	}
	for _, l := range labelLines("columns.csv") {
		if !columns[labelKey{l[0], l[1]}] || l[2] == "" {
			t.Errorf("columns.csv: %s", strings.Join(l, ","))
		}
	}
	docs := datasetDocs()
	for name, doc := range docs {
		if _, err := DatasetNamed(name); err != nil || doc == "" {
			t.Errorf("datasets.csv: %s: %q", name, doc)
		}
	}
	if len(docs) != len(Datasets()) {
		t.Errorf("datasets.csv has %d lines for %d datasets", len(docs), len(Datasets()))
	}
}
