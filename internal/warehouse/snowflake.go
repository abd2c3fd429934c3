package warehouse

import (
	"fmt"
	"strings"

	"github.com/countybudget/extract/schema"
)

var snowflake = &dialect{
	title:     "Snowflake",
	quote:     `"`,
	reserved:  []string{"row", "rows"},
	upper:     true,
	backslash: true,
	types: map[schema.ColumnType]string{
		schema.TypeString: "VARCHAR", schema.TypeInt32: "INTEGER", schema.TypeInt64: "INTEGER", schema.TypeFloat32: "FLOAT",
		schema.TypeBool: "BOOLEAN", schema.TypeDecimal: "NUMBER(%d, %d)",
	},
	list:      func(string) string { return "ARRAY" },
	structure: func([]string) string { return "OBJECT" },
	from:      plainFrom,
}

const snowflakeStage = "extract_output"

// snowflakeScript loads from a stage by way of temporary tables.
func snowflakeScript(from string) (string, error) {
	q := snowflake
	var s script
	s.head(q, "  snow sql -f snowflake.sql", "Keys are for the reader: Snowflake does not test them.")
	s.snowflakeStage(q, from)
	for _, d := range targetsFirst() {
		s.snowflakeTable(q, d)
	}
	for _, d := range schema.Datasets() {
		s.snowflakeCopy(q, d)
	}
	s.replaceAll(q, "COMMIT")
	err := s.views(q)
	return s.String(), err
}

// snowflakeStage names where the files are: a bucket, or a stage of Snowflake's own that the user copies them to.
func (s *script) snowflakeStage(q *dialect, from string) {
	s.printf("CREATE FILE FORMAT IF NOT EXISTS extract_parquet TYPE = PARQUET USE_LOGICAL_TYPE = TRUE BINARY_AS_TEXT = FALSE;\n")
	if strings.Contains(from, "://") {
		s.comment("A private bucket needs its STORAGE_INTEGRATION here.")
		s.printf("CREATE STAGE IF NOT EXISTS %s URL = %s FILE_FORMAT = extract_parquet;\n\n", snowflakeStage, q.text(from+"/"))
		return
	}
	s.comment("Copy the output there:  snow stage copy --recursive " + shellWord(from) + " @" + snowflakeStage)
	s.printf("CREATE STAGE IF NOT EXISTS %s FILE_FORMAT = extract_parquet;\n\n", snowflakeStage)
}

func (s *script) snowflakeTable(q *dialect, d schema.Dataset) {
	var lines []string
	for _, c := range d.Columns {
		line := q.name(c.Name) + " " + q.typeOf(c)
		if !c.Nullable {
			line += " NOT NULL"
		}
		lines = append(lines, fmt.Sprintf("%s COMMENT %s", line, q.text(meaning(c))))
	}
	lines = append(lines, informative(q, d, "")...)
	s.printf("CREATE TABLE IF NOT EXISTS %s (\n%s\n)\n", q.name(d.Name), indented(lines))
	if d.Partition != "" {
		s.printf("CLUSTER BY (%s)\n", q.name(d.Partition))
	}
	s.printf("COMMENT = %s;\n\n", q.text(about(d)))
}

// snowflakeCopy reads the files of a dataset; the year is in their names.
func (s *script) snowflakeCopy(q *dialect, d schema.Dataset) {
	values := make([]string, 0, len(d.Columns))
	for _, c := range d.Columns {
		if c.Name == d.Partition {
			values = append(values, fmt.Sprintf("TRY_TO_NUMBER(REGEXP_SUBSTR(METADATA$FILENAME, '%s=([0-9]+)', 1, 1, 'e'))", c.Name))
			continue
		}
		values = append(values, "$1:"+c.Name+"::"+q.typeOf(c))
	}
	s.printf("CREATE OR REPLACE TEMPORARY TABLE %s LIKE %s;\n", q.name(staged(d.Name)), q.name(d.Name))
	s.printf("COPY INTO %s (%s)\nFROM (\n  SELECT\n  %s\n  FROM @%s/%s/\n)\nPATTERN = '.*[.]parquet'\nFORCE = TRUE;\n\n",
		q.name(staged(d.Name)), strings.Join(columnNames(q, d.Columns), ", "), indented(values), snowflakeStage, d.Name)
}
