package warehouse

import (
	"fmt"
	"strings"

	"github.com/countybudget/extract/schema"
)

// The three engines of the Hadoop family share types and comments.
var (
	spark   = hadoop("Spark SQL")
	hive    = hadoop("Hive")
	iceberg = hadoop("Iceberg tables in Spark SQL")
)

func hadoop(title string) *dialect {
	return &dialect{
		title: title,
		quote: "`",
		types: map[schema.ColumnType]string{
			schema.TypeString: "STRING", schema.TypeInt32: "INT", schema.TypeInt64: "BIGINT", schema.TypeFloat32: "FLOAT",
			schema.TypeBool: "BOOLEAN", schema.TypeDecimal: "DECIMAL(%d,%d)",
		},
		list:      func(element string) string { return "ARRAY<" + element + ">" },
		structure: func(fields []string) string { return "STRUCT<" + strings.Join(fields, ", ") + ">" },
		field:     "%s: %s",
		backslash: true,
		from:      plainFrom,
	}
}

// sparkScript declares tables over the files where they lie: nothing is copied.
func sparkScript(from string) (string, error) {
	q := spark
	var s script
	s.head(q,
		"  spark-sql -f spark.sql",
		"The tables are the files where they lie (an absolute path or an address); dropping a table leaves them.",
		"Run it again after a later output.")
	for _, d := range schema.Datasets() {
		s.printf("DROP TABLE IF EXISTS %s;\n", q.name(d.Name))
		s.printf("CREATE TABLE %s (\n%s\n)\nUSING PARQUET\n", q.name(d.Name), indented(commented(q, d.Columns)))
		if d.Partition != "" {
			s.printf("PARTITIONED BY (%s)\n", q.name(d.Partition))
		}
		s.printf("COMMENT %s\nLOCATION %s;\n", q.text(about(d)), q.text(from+"/"+d.Name))
		s.repair(q, d)
	}
	err := s.views(q)
	return s.String(), err
}

// hiveScript is the same in Hive's own words; it also runs in Spark with Hive support.
func hiveScript(from string) (string, error) {
	q := hive
	var s script
	s.head(q,
		"  beeline -u jdbc:hive2://HOST:10000/budget -f hive.sql",
		"The tables are the files where they lie (an address, mostly hdfs:// or s3a://); dropping a table leaves them.",
		"Run it again after a later output.")
	for _, d := range schema.Datasets() {
		s.printf("DROP TABLE IF EXISTS %s;\n", q.name(d.Name))
		s.printf("CREATE EXTERNAL TABLE %s (\n%s\n)\nCOMMENT %s\n", q.name(d.Name), indented(commented(q, stored(d))), q.text(about(d)))
		if d.Partition != "" {
			s.printf("PARTITIONED BY (%s INT)\n", q.name(d.Partition))
		}
		s.printf("STORED AS PARQUET\nLOCATION %s;\n", q.text(from+"/"+d.Name))
		s.repair(q, d)
	}
	err := s.views(q)
	return s.String(), err
}

// icebergScript copies the rows into Iceberg tables, so that each load is a snapshot.
func icebergScript(from string) (string, error) {
	q := iceberg
	var s script
	s.head(q,
		"  spark-sql -f iceberg.sql    (with the Iceberg extensions, and a catalog of Iceberg tables in use)",
		"Run again with a later output it changes the loaded documents and no others.")
	for _, d := range schema.Datasets() {
		s.printf("CREATE TABLE IF NOT EXISTS %s (\n%s\n)\nUSING iceberg\n", q.name(d.Name), indented(commented(q, d.Columns)))
		if d.Partition != "" {
			s.printf("PARTITIONED BY (%s)\n", q.name(d.Partition))
		}
		s.printf("COMMENT %s;\n\n", q.text(about(d)))
	}
	for _, d := range schema.Datasets() {
		s.printf("CREATE OR REPLACE TEMPORARY VIEW %s AS\nSELECT %s FROM parquet.`%s`;\n\n",
			q.name(staged(d.Name)), strings.Join(columnNames(q, d.Columns), ", "), strings.ReplaceAll(from+"/"+d.Name, "`", "``"))
	}
	for _, d := range schema.Datasets() {
		s.icebergMerge(q, d)
	}
	s.dropOrphans(q)
	err := s.views(q)
	return s.String(), err
}

func (s *script) icebergMerge(q *dialect, d schema.Dataset) {
	stage := q.name(staged(d.Name))
	if d.Key[0] == "document_id" && len(d.Key) > 1 {
		s.printf("DELETE FROM %s t WHERE t.document_id IN (SELECT document_id FROM %s)\n", q.name(d.Name), q.name(staged(schema.DatasetDocuments)))
		s.printf("  AND NOT EXISTS (SELECT 1 FROM %s n WHERE %s);\n", stage, equalKeys(q, d, "n", "t"))
	}
	s.printf("MERGE INTO %s t USING %s n ON %s\nWHEN MATCHED THEN UPDATE SET *\nWHEN NOT MATCHED THEN INSERT *;\n\n",
		q.name(d.Name), stage, equalKeys(q, d, "n", "t"))
}

// repair finds the partitions that are there.
func (s *script) repair(q *dialect, d schema.Dataset) {
	if d.Partition != "" {
		s.printf("MSCK REPAIR TABLE %s;\n", q.name(d.Name))
	}
	s.printf("\n")
}

// commented are the columns with types and comments.
func commented(q *dialect, columns []schema.Column) []string {
	lines := make([]string, 0, len(columns))
	for _, c := range columns {
		lines = append(lines, fmt.Sprintf("%s %s COMMENT %s", q.name(c.Name), q.typeOf(c), q.text(meaning(c))))
	}
	return lines
}
