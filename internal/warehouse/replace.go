package warehouse

import (
	"strings"

	"github.com/countybudget/extract/schema"
)

// replaceRows moves staged rows into a table, for engines without a cheap upsert: it deletes the rows of the loaded documents,
// or of the same keys, and inserts the staged ones. Inside a transaction the deletion is never visible.
func (s *script) replaceRows(q *dialect, d schema.Dataset) {
	name, stage := q.name(d.Name), q.name(staged(d.Name))
	if d.Key[0] == "document_id" {
		s.printf("DELETE FROM %s WHERE document_id IN (SELECT document_id FROM %s);\n", name, q.name(staged(schema.DatasetDocuments)))
	} else {
		s.printf("DELETE FROM %s WHERE EXISTS (SELECT 1 FROM %s n WHERE %s);\n", name, stage, equalKeys(q, d, "n", name))
	}
	columns := strings.Join(columnNames(q, d.Columns), ", ")
	s.printf("INSERT INTO %s (%s)\nSELECT %s FROM %s;\n\n", name, columns, columns, stage)
}

// replaceAll replaces the rows of every dataset in one transaction.
func (s *script) replaceAll(q *dialect, commit string) {
	s.printf("BEGIN TRANSACTION;\n\n")
	for _, d := range schema.Datasets() {
		s.replaceRows(q, d)
	}
	s.dropOrphans(q)
	s.printf("%s;\n\n", commit)
}

// dropOrphans removes departments without documents: a later output has them under another name.
func (s *script) dropOrphans(q *dialect) {
	s.printf("DELETE FROM %s WHERE department_id NOT IN (SELECT department_id FROM %s WHERE department_id IS NOT NULL);\n\n",
		q.name(schema.DatasetDepartments), q.name(schema.DatasetSeries))
}

// informative are the keys for engines that declare but do not enforce them.
func informative(q *dialect, d schema.Dataset, suffix string) []string {
	lines := []string{"PRIMARY KEY (" + strings.Join(keyNames(q, d), ", ") + ")" + suffix}
	for _, r := range schema.Relations() {
		if r.Dataset == d.Name && r.Target != d.Name {
			lines = append(lines, "FOREIGN KEY ("+strings.Join(quoted(q, r.Columns), ", ")+") REFERENCES "+q.name(r.Target)+
				" ("+strings.Join(quoted(q, r.TargetKey), ", ")+")"+suffix)
		}
	}
	return lines
}

// targetsFirst orders the datasets so that each comes after those it refers to.
func targetsFirst() []schema.Dataset {
	byName := map[string]schema.Dataset{}
	for _, d := range schema.Datasets() {
		byName[d.Name] = d
	}
	var order []schema.Dataset
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		for _, r := range schema.Relations() {
			if r.Dataset == name {
				visit(r.Target)
			}
		}
		order = append(order, byName[name])
	}
	for _, d := range schema.Datasets() {
		visit(d.Name)
	}
	return order
}
