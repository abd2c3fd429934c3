package warehouse

import (
	"fmt"
	"slices"
	"strings"

	"github.com/countybudget/extract/schema"
)

var postgreSQL = &dialect{
	title: "PostgreSQL",
	quote: `"`,
	types: map[schema.ColumnType]string{
		schema.TypeString: "text", schema.TypeInt32: "integer", schema.TypeInt64: "bigint", schema.TypeFloat32: "real",
		schema.TypeBool: "boolean", schema.TypeDecimal: "numeric(%d,%d)",
	},
	list: func(element string) string {
		if element == "jsonb" {
			return element
		}
		return element + "[]"
	},
	structure: func([]string) string { return "jsonb" },
	from:      plainFrom,
}

// postgreSQLScript makes tables with keys and checks and loads CSV files into them, in one transaction.
func postgreSQLScript(from string) (string, error) {
	q := postgreSQL
	var s script
	s.head(q,
		"PostgreSQL reads no Parquet: make CSV files first, then run this where the path of the CSV files is right.",
		"  extract export OUT --format csv --for postgresql -o "+shellWord(from),
		"  psql -v ON_ERROR_STOP=1 -d budget -f postgresql.sql",
		"Run again with a later output it changes what differs and nothing else; documents that are not in it stay.")
	s.printf("BEGIN;\nSET LOCAL client_min_messages = warning;\nSET LOCAL client_encoding = 'UTF8';\n\n")
	for _, d := range schema.Datasets() {
		s.postgreSQLTable(q, d)
	}
	s.postgreSQLRelations(q)
	for _, d := range schema.Datasets() {
		s.postgreSQLStage(q, d, from)
	}
	for _, d := range schema.Datasets() {
		s.postgreSQLMerge(q, d)
	}
	s.dropOrphans(q)
	if err := s.views(q); err != nil {
		return "", err
	}
	for _, v := range views() {
		s.printf("COMMENT ON VIEW %s IS %s;\n", q.name(v.name), q.text(v.doc))
	}
	s.printf("\nCOMMIT;\n")
	return s.String(), nil
}

func (s *script) postgreSQLTable(q *dialect, d schema.Dataset) {
	lines := make([]string, 0, len(d.Columns)+1)
	for _, c := range d.Columns {
		line := q.name(c.Name) + " " + q.typeOf(c)
		if !c.Nullable {
			line += " NOT NULL"
		}
		if c.Values != nil {
			line += " CHECK (" + q.check(c) + ")"
		}
		lines = append(lines, line)
	}
	lines = append(lines, "PRIMARY KEY ("+strings.Join(keyNames(q, d), ", ")+")")
	s.printf("CREATE TABLE IF NOT EXISTS %s (\n%s\n);\n", q.name(d.Name), indented(lines))
	s.printf("COMMENT ON TABLE %s IS %s;\n", q.name(d.Name), q.text(about(d)))
	for _, c := range d.Columns {
		s.printf("COMMENT ON COLUMN %s.%s IS %s;\n", q.name(d.Name), q.name(c.Name), q.text(meaning(c)))
	}
	if d.Partition != "" {
		s.printf("CREATE INDEX IF NOT EXISTS %s ON %s (%s);\n", q.name(d.Name+"_"+d.Partition), q.name(d.Name), q.name(d.Partition))
	}
	s.printf("\n")
}

// postgreSQLRelations adds the foreign keys that are not there yet. They are tested at the end of the transaction, so the
// order of loading does not matter.
func (s *script) postgreSQLRelations(q *dialect) {
	for _, r := range schema.Relations() {
		name := r.Dataset + "_" + r.Columns[len(r.Columns)-1] + "_fkey"
		s.printf("DO $$ BEGIN\n  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = %s AND conrelid = to_regclass(%s)) THEN\n",
			q.text(name), q.text(q.name(r.Dataset)))
		s.printf("    ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s) DEFERRABLE INITIALLY DEFERRED;\n  END IF;\nEND $$;\n",
			q.name(r.Dataset), q.name(name), strings.Join(quoted(q, r.Columns), ", "), q.name(r.Target), strings.Join(quoted(q, r.TargetKey), ", "))
	}
	s.printf("\n")
}

func quoted(q *dialect, names []string) []string {
	out := make([]string, 0, len(names))
	for _, n := range names {
		out = append(out, q.name(n))
	}
	return out
}

// staged is the table that a file is copied to first.
func staged(dataset string) string { return "staged_" + dataset }

func (s *script) postgreSQLStage(q *dialect, d schema.Dataset, from string) {
	stage := q.name(staged(d.Name))
	s.printf("CREATE TEMPORARY TABLE %s (LIKE %s) ON COMMIT DROP;\n", stage, q.name(d.Name))
	s.printf("\\copy %s (%s) FROM %s WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')\n",
		stage, strings.Join(columnNames(q, d.Columns), ", "), q.text(from+"/"+d.Name+".csv"))
	s.printf("ANALYZE %s;\n\n", stage)
}

// postgreSQLMerge moves staged rows into a table: rows that a loaded document no longer has are deleted, others inserted or
// updated.
func (s *script) postgreSQLMerge(q *dialect, d schema.Dataset) {
	name, stage := q.name(d.Name), q.name(staged(d.Name))
	if d.Key[0] == "document_id" && len(d.Key) > 1 {
		s.printf("DELETE FROM %s t WHERE t.document_id IN (SELECT document_id FROM %s)\n", name, q.name(staged(schema.DatasetDocuments)))
		s.printf("  AND NOT EXISTS (SELECT FROM %s n WHERE %s);\n", stage, equalKeys(q, d, "n", "t"))
	}
	keys := keyNames(q, d)
	var set []string
	for _, c := range d.Columns {
		if !slices.Contains(d.Key, c.Name) {
			set = append(set, q.name(c.Name)+" = excluded."+q.name(c.Name))
		}
	}
	s.printf("INSERT INTO %s AS t (%s)\nSELECT %[2]s FROM %[3]s\nON CONFLICT (%[4]s) DO UPDATE SET\n%[5]s\nWHERE t IS DISTINCT FROM excluded;\n\n",
		name, strings.Join(columnNames(q, d.Columns), ", "), stage, strings.Join(keys, ", "), indented(set))
}

// equalKeys is the condition that two aliases mean the same row.
func equalKeys(q *dialect, d schema.Dataset, a, b string) string {
	conditions := make([]string, 0, len(d.Key))
	for _, k := range keyNames(q, d) {
		conditions = append(conditions, fmt.Sprintf("%s.%s = %s.%[2]s", a, k, b))
	}
	return strings.Join(conditions, " AND ")
}
