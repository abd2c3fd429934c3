package schema

import (
	"context"
	"slices"
)

// Follow derives the departments of an output again, with aliases in place of those that it was converted with: the rows that
// the datasets series and departments would have. It reads documents and budget_lines.
func Follow(ctx context.Context, out string, aliases []DepartmentAlias) ([]SeriesRow, []DepartmentRow, error) {
	lines := map[string][]BudgetLine{}
	for l, err := range Rows[BudgetLine](out) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, nil, err
		}
		if speaksOfTrend(l) {
			lines[l.DocumentID] = append(lines[l.DocumentID], *l)
		}
	}
	var docs []docEntry
	for d, err := range Rows[DocumentRow](out) {
		if err != nil {
			return nil, nil, err
		}
		docs = append(docs, newDocEntry(d, statedFigures(d, lines[d.DocumentID])))
		delete(lines, d.DocumentID)
	}
	departments := followDepartments(docs, aliases)
	return seriesOf(docs, departments), slices.Clip(departments.rows), nil
}
