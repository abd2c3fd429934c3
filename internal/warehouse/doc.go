// Package warehouse writes the scripts that load an output into a data warehouse, and the data dictionary: everything is
// generated from schema.Datasets, so that a column added there is in every script.
//
// A script creates the tables (or, where the engine reads Parquet in place, views over the files), loads them so that loading
// twice changes nothing, and creates views for common questions. A view is written once, in SQL that all engines understand
// (views/*.sql); the differences between engines are in their dialects.
package warehouse

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/schema"
)

// writers are the formats with what writes them; from is where the output lies.
var writers = map[string]func(from string) (string, error){
	"markdown":   markdown,
	"json":       jsonDictionary,
	"duckdb":     duckDBScript,
	"postgresql": postgreSQLScript,
	"clickhouse": clickHouseScript,
	"bigquery":   bigQueryScript,
	"snowflake":  snowflakeScript,
	"spark":      sparkScript,
	"hive":       hiveScript,
	"iceberg":    icebergScript,
}

// plainPaths are the formats with a place for a path where a line break cannot be written: psql's \copy is one line, and
// between backquotes there are no escapes.
var plainPaths = map[string]bool{"postgresql": true, "iceberg": true}

// Formats names what Write can write, dictionaries first.
func Formats() []string {
	return []string{"markdown", "json", "duckdb", "postgresql", "clickhouse", "bigquery", "snowflake", "spark", "hive", "iceberg"}
}

// Known tells whether there is such a format.
func Known(format string) bool { return slices.Contains(Formats(), format) }

// Write writes the dictionary or the script. From is the folder or the address of the output that a script loads; for
// postgresql the folder of its CSV files.
func Write(w io.Writer, format, from string) error {
	text, ok := writers[format]
	if !ok {
		return fmt.Errorf("no format %q", format)
	}
	if needs := plainPaths[format] && strings.ContainsFunc(from, breaksLine); needs || !utf8.ValidString(from) || strings.Contains(from, "\x00") {
		return fmt.Errorf("a script for %s cannot name %q, for its line breaks, control characters or bytes that are not UTF-8: give the output another name", format, from)
	}
	s, err := text(strings.TrimRight(from, "/"))
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, s)
	return err
}

// pattern is the files of a dataset, as globs are written.
func pattern(from string, d schema.Dataset) string {
	if d.Partition == "" {
		return from + "/" + d.Name + "/*.parquet"
	}
	return from + "/" + d.Name + "/*/*.parquet"
}

// stored are the columns that are in the files: all but the partition.
func stored(d schema.Dataset) []schema.Column {
	return slices.DeleteFunc(slices.Clone(d.Columns), func(c schema.Column) bool { return c.Name == d.Partition })
}

// columnNames names the columns as the dialect quotes them.
func columnNames(q *dialect, columns []schema.Column) []string {
	names := make([]string, 0, len(columns))
	for _, c := range columns {
		names = append(names, q.name(c.Name))
	}
	return names
}

// keyNames names the key columns.
func keyNames(q *dialect, d schema.Dataset) []string {
	names := make([]string, 0, len(d.Key))
	for _, k := range d.Key {
		names = append(names, q.name(k))
	}
	return names
}

// meaning is the comment on a column: its label and its documentation.
func meaning(c schema.Column) string {
	switch {
	case c.Doc == "" || c.Doc == c.Label:
		return c.Label
	case c.Label == "":
		return c.Doc
	}
	return c.Label + ": " + c.Doc
}

// about is the comment on a dataset.
func about(d schema.Dataset) string { return d.Label + ": " + d.Doc }
