package warehouse

import (
	"fmt"
	"strings"

	"github.com/countybudget/extract/schema"
)

var bigQuery = &dialect{
	title: "BigQuery",
	quote: "`",
	types: map[schema.ColumnType]string{
		schema.TypeString: "STRING", schema.TypeInt32: "INT64", schema.TypeInt64: "INT64", schema.TypeFloat32: "FLOAT64",
		schema.TypeBool: "BOOL", schema.TypeDecimal: "NUMERIC(%d, %d)",
	},
	list:      func(element string) string { return "ARRAY<" + element + ">" },
	structure: func(fields []string) string { return "STRUCT<" + strings.Join(fields, ", ") + ">" },
	field:     "%s %s",
	backslash: true,
	from:      plainFrom,
}

// bigQueryScript loads from a bucket by way of staging tables.
func bigQueryScript(from string) (string, error) {
	q := bigQuery
	var s script
	s.head(q,
		"The output lies in a bucket:  gcloud storage cp -r OUT gs://BUCKET/",
		"  bq mk --dataset budget",
		"  bq query --nouse_legacy_sql < bigquery.sql",
		"Keys are for the reader and the optimizer: BigQuery does not test them.")
	s.printf("SET @@dataset_id = 'budget';\n\n")
	for _, d := range targetsFirst() {
		s.bigQueryTable(q, d)
	}
	for _, d := range schema.Datasets() {
		s.bigQueryStage(q, d, from)
	}
	s.replaceAll(q, "COMMIT TRANSACTION")
	for _, d := range schema.Datasets() {
		s.printf("DROP TABLE %s;\n", q.name(staged(d.Name)))
	}
	s.printf("\n")
	err := s.views(q)
	return s.String(), err
}

func (s *script) bigQueryTable(q *dialect, d schema.Dataset) {
	var lines []string
	for _, c := range d.Columns {
		line := q.name(c.Name) + " " + q.typeOf(c)
		if !c.Nullable && !c.List {
			line += " NOT NULL"
		}
		lines = append(lines, fmt.Sprintf("%s OPTIONS (description = %s)", line, q.text(meaning(c))))
	}
	lines = append(lines, informative(q, d, " NOT ENFORCED")...)
	s.printf("CREATE TABLE IF NOT EXISTS %s (\n%s\n)\n", q.name(d.Name), indented(lines))
	if d.Partition != "" {
		s.printf("PARTITION BY RANGE_BUCKET(%s, GENERATE_ARRAY(1990, 2100, 1))\n", q.name(d.Partition))
	}
	s.printf("CLUSTER BY %s\nOPTIONS (description = %s);\n\n", strings.Join(keyNames(q, d), ", "), q.text(about(d)))
}

func (s *script) bigQueryStage(q *dialect, d schema.Dataset, from string) {
	root := from + "/" + d.Name
	s.printf("LOAD DATA OVERWRITE %s\nFROM FILES (\n  format = 'PARQUET',\n  enable_list_inference = true,\n  uris = [%s]",
		q.name(staged(d.Name)), q.text(root+"/*.parquet"))
	if d.Partition == "" {
		s.printf("\n);\n\n")
		return
	}
	s.printf(",\n  hive_partition_uri_prefix = %s\n)\nWITH PARTITION COLUMNS (%s INT64);\n\n", q.text(root), q.name(d.Partition))
}
