package warehouse

import (
	"fmt"
	"strings"

	"github.com/countybudget/extract/schema"
)

var duckDB = &dialect{
	title: "DuckDB",
	quote: `"`,
	types: map[schema.ColumnType]string{
		schema.TypeString: "VARCHAR", schema.TypeInt32: "INTEGER", schema.TypeInt64: "BIGINT", schema.TypeFloat32: "FLOAT",
		schema.TypeBool: "BOOLEAN", schema.TypeDecimal: "DECIMAL(%d,%d)",
	},
	list:      func(element string) string { return element + "[]" },
	structure: func(fields []string) string { return "STRUCT(" + strings.Join(fields, ", ") + ")" },
	field:     "%s %s",
	escaped:   true,
	from:      plainFrom,
}

// duckDBScript makes views that read the files in place: nothing is loaded, and they show what a later run writes.
func duckDBScript(from string) (string, error) {
	q := duckDB
	var s script
	s.head(q,
		"Run it where the path of the output is right:  duckdb budget.duckdb < duckdb.sql",
		"Nothing is copied: the views read the Parquet files, and a later output in the same folder is seen at once.")
	for _, d := range schema.Datasets() {
		s.comment(about(d), "Key: "+strings.Join(d.Key, ", ")+".")
		s.printf("CREATE OR REPLACE VIEW %s AS\nSELECT\n%s\nFROM %s;\n", q.name(d.Name), indented(casts(q, d)), readParquet(q, from, d))
		s.printf("COMMENT ON VIEW %s IS %s;\n\n", q.name(d.Name), q.text(about(d)))
	}
	if err := s.views(q); err != nil {
		return "", err
	}
	for _, v := range views() {
		s.printf("COMMENT ON VIEW %s IS %s;\n", q.name(v.name), q.text(v.doc))
	}
	return s.String(), nil
}

// casts names every column with its type: a view is the contract, not what a file happens to hold.
func casts(q *dialect, d schema.Dataset) []string {
	lines := make([]string, 0, len(d.Columns))
	for _, c := range d.Columns {
		lines = append(lines, fmt.Sprintf("CAST(%s AS %s) AS %[1]s", q.name(c.Name), q.typeOf(c)))
	}
	return lines
}

func readParquet(q *dialect, from string, d schema.Dataset) string {
	if d.Partition == "" {
		return fmt.Sprintf("read_parquet(%s)", q.text(pattern(from, d)))
	}
	return fmt.Sprintf("read_parquet(%s, hive_partitioning = true, hive_types = {%s: INTEGER})", q.text(pattern(from, d)), q.text(d.Partition))
}
