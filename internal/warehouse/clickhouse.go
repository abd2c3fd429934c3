package warehouse

import (
	"fmt"
	"strings"

	"github.com/countybudget/extract/schema"
)

var clickHouse = &dialect{
	title: "ClickHouse",
	quote: "`",
	types: map[schema.ColumnType]string{
		schema.TypeString: "String", schema.TypeInt32: "Int32", schema.TypeInt64: "Int64", schema.TypeFloat32: "Float32",
		schema.TypeBool: "Bool", schema.TypeDecimal: "Decimal(%d, %d)",
	},
	list:      func(element string) string { return "Array(" + element + ")" },
	structure: func(fields []string) string { return "Tuple(" + strings.Join(fields, ", ") + ")" },
	field:     "%s %s",
	backslash: true,
	from:      func(q *dialect, dataset, alias string) string { return q.name(dataset) + " AS " + alias + " FINAL" },
	viewEnd:   "\nSETTINGS join_use_nulls = 1",
}

// clickHouseScript makes ReplacingMergeTree tables; what a loaded document had before is deleted first.
func clickHouseScript(from string) (string, error) {
	q := clickHouse
	var s script
	s.head(q,
		"  clickhouse-client --database budget --multiquery < clickhouse.sql",
		"The server reads the files: a path is relative to its user_files folder; s3:// and https:// addresses work too.",
		"Loading twice changes nothing: rows of the loaded documents are deleted first, and the engine keeps one row of a key.")
	for _, d := range schema.Datasets() {
		s.clickHouseTable(q, d)
	}
	for _, d := range schema.Datasets() {
		s.clickHouseLoad(q, d, from)
	}
	s.dropOrphans(q)
	err := s.views(q)
	return s.String(), err
}

func (s *script) clickHouseTable(q *dialect, d schema.Dataset) {
	var lines, checks []string
	for _, c := range d.Columns {
		lines = append(lines, fmt.Sprintf("%s %s COMMENT %s", q.name(c.Name), clickHouseType(q, c), q.text(meaning(c))))
		if c.Values != nil {
			condition := q.check(c)
			if c.Nullable {
				condition = q.name(c.Name) + " IS NULL OR " + condition
			}
			checks = append(checks, fmt.Sprintf("CONSTRAINT %s CHECK %s", q.name(c.Name+"_values"), condition))
		}
	}
	s.printf("CREATE TABLE IF NOT EXISTS %s (\n%s\n)\nENGINE = ReplacingMergeTree\n", q.name(d.Name), indented(append(lines, checks...)))
	if d.Partition != "" {
		s.printf("PARTITION BY ifNull(%s, 0)\n", q.name(d.Partition))
	}
	s.printf("ORDER BY (%s)\nCOMMENT %s;\n\n", strings.Join(keyNames(q, d), ", "), q.text(about(d)))
}

func clickHouseType(q *dialect, c schema.Column) string {
	t := q.typeOf(c)
	if c.Nullable && !c.List {
		t = "Nullable(" + t + ")"
	}
	if c.Values != nil {
		t = "LowCardinality(" + t + ")"
	}
	return t
}

// clickHouseFiles is the table function that reads a dataset.
func clickHouseFiles(q *dialect, from string, d schema.Dataset) string {
	function := "file"
	switch {
	case strings.HasPrefix(from, "s3://"), strings.HasPrefix(from, "https://"):
		function = "s3"
	case strings.HasPrefix(from, "gs://"):
		function = "gcs"
	}
	return fmt.Sprintf("%s(%s, 'Parquet')", function, q.text(pattern(from, d)))
}

func (s *script) clickHouseLoad(q *dialect, d schema.Dataset, from string) {
	if d.Key[0] == "document_id" {
		documents := schema.Datasets()[0]
		s.printf("DELETE FROM %s WHERE document_id IN (SELECT document_id FROM %s);\n", q.name(d.Name), clickHouseFiles(q, from, documents))
	}
	values := make([]string, 0, len(d.Columns))
	for _, c := range d.Columns {
		if c.Name == d.Partition {
			values = append(values, fmt.Sprintf("toInt32OrNull(extract(_path, '%s=([0-9]+)/'))", c.Name))
			continue
		}
		values = append(values, q.name(c.Name))
	}
	s.printf("INSERT INTO %s (%s)\nSELECT %s\nFROM %s;\n\n",
		q.name(d.Name), strings.Join(columnNames(q, d.Columns), ", "), strings.Join(values, ", "), clickHouseFiles(q, from, d))
}
