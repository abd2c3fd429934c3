package warehouse

import (
	"encoding/json"
	"strings"

	"github.com/countybudget/extract/schema"
)

// markdown writes the data dictionary for people.
func markdown(string) (string, error) {
	var s script
	s.printf("# Data dictionary, schema %s\n\n", schema.Version)
	s.printf("Files: `<dataset>/fiscal_year=<year>/*.parquet`; the partition column is in the path only. An unknown year is\n" +
		"`__HIVE_DEFAULT_PARTITION__`. Amounts are in yuan.\n\n| dataset | | one row is | key |\n|---|---|---|---|\n")
	for _, d := range schema.Datasets() {
		s.printf("| [`%s`](#%[1]s) | %s | %s | `%s` |\n", d.Name, d.Label, cell(d.Doc), strings.Join(d.Key, ", "))
	}
	for _, d := range schema.Datasets() {
		s.markdownDataset(d)
	}
	s.printf("\n# Views\n\n| view | |\n|---|---|\n")
	for _, v := range views() {
		s.printf("| `%s` | %s |\n", v.name, cell(v.doc))
	}
	return s.String(), nil
}

func (s *script) markdownDataset(d schema.Dataset) {
	s.printf("\n## %s\n\n%s: %s.\n\n| column | | type | null | meaning |\n|---|---|---|---|---|\n", d.Name, d.Label, d.Doc)
	for _, c := range d.Columns {
		null, note := "", ""
		if c.Nullable {
			null = "yes"
		}
		switch {
		case c.Name == d.Partition:
			note = " (partition)"
		case c.Key:
			note = " (key)"
		}
		s.printf("| `%s`%s | %s | %s | %s | %s |\n", c.Name, note, c.Label, c.String(), null, cell(columnMeaning(c)))
	}
	for _, r := range schema.Relations() {
		if r.Dataset == d.Name {
			s.printf("\n`%s` → [`%s`](#%[2]s)\n", strings.Join(r.Columns, ", "), r.Target)
		}
	}
	for _, c := range d.Columns {
		if c.Values == nil {
			continue
		}
		values := make([]string, 0, len(c.Values))
		for _, v := range c.Values {
			values = append(values, "`"+v.Value+"` "+v.Label)
		}
		s.printf("\n`%s`: %s\n", c.Name, strings.Join(values, ", "))
	}
}

// columnMeaning adds the fields of a struct to its documentation.
func columnMeaning(c schema.Column) string {
	if c.Fields == nil {
		return c.Doc
	}
	fields := make([]string, 0, len(c.Fields))
	for _, f := range c.Fields {
		fields = append(fields, "`"+f.Name+"` "+f.String())
	}
	return c.Doc + " (" + strings.Join(fields, ", ") + ")"
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

// The JSON dictionary.
type (
	dictionary struct {
		SchemaVersion string              `json:"schema_version"`
		Datasets      []dictionaryDataset `json:"datasets"`
		Relations     []relation          `json:"relations"`
		Views         []dictionaryView    `json:"views"`
	}
	dictionaryDataset struct {
		Name      string             `json:"name"`
		Label     string             `json:"label"`
		Doc       string             `json:"doc"`
		Key       []string           `json:"key"`
		Partition string             `json:"partition,omitempty"`
		Columns   []dictionaryColumn `json:"columns"`
	}
	dictionaryColumn struct {
		Name     string             `json:"name"`
		Label    string             `json:"label"`
		Type     string             `json:"type"`
		Nullable bool               `json:"nullable"`
		Doc      string             `json:"doc,omitempty"`
		Values   []dictionaryValue  `json:"values,omitempty"`
		Fields   []dictionaryColumn `json:"fields,omitempty"`
	}
	dictionaryValue struct {
		Value string `json:"value"`
		Label string `json:"label"`
	}
	relation struct {
		Dataset   string   `json:"dataset"`
		Columns   []string `json:"columns"`
		Target    string   `json:"target"`
		TargetKey []string `json:"target_key"`
	}
	dictionaryView struct {
		Name string `json:"name"`
		Doc  string `json:"doc"`
	}
)

// jsonDictionary writes the data dictionary for programs.
func jsonDictionary(string) (string, error) {
	out := dictionary{SchemaVersion: schema.Version}
	for _, d := range schema.Datasets() {
		out.Datasets = append(out.Datasets, dictionaryDataset{d.Name, d.Label, d.Doc, d.Key, d.Partition, dictionaryColumns(d.Columns)})
	}
	for _, r := range schema.Relations() {
		out.Relations = append(out.Relations, relation(r))
	}
	for _, v := range views() {
		out.Views = append(out.Views, dictionaryView{v.name, v.doc})
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(out)
	return b.String(), err
}

func dictionaryColumns(columns []schema.Column) []dictionaryColumn {
	out := make([]dictionaryColumn, 0, len(columns))
	for _, c := range columns {
		column := dictionaryColumn{Name: c.Name, Label: c.Label, Type: c.String(), Nullable: c.Nullable, Doc: c.Doc}
		for _, v := range c.Values {
			column.Values = append(column.Values, dictionaryValue{v.Value, v.Label})
		}
		if c.Fields != nil {
			column.Fields = dictionaryColumns(c.Fields)
		}
		out = append(out, column)
	}
	return out
}
