package lineage

import (
	"context"
	"iter"

	"github.com/countybudget/extract/schema"
)

// Follow derives the departments of an output again, with other aliases than it was converted with: the rows that the
// datasets series and departments would have. documents and lines are the rows of the output's documents and budget_lines.
func Follow(ctx context.Context, documents iter.Seq2[*schema.DocumentRow, error], lines iter.Seq2[*schema.BudgetLine, error],
	aliases []Alias) ([]schema.SeriesRow, []schema.DepartmentRow, error) {
	stating := map[string][]schema.BudgetLine{}
	for l, err := range lines {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, nil, err
		}
		if statesFact(l) {
			stating[l.DocumentID] = append(stating[l.DocumentID], *l)
		}
	}
	b := NewBuilder(aliases)
	for d, err := range documents {
		if err != nil {
			return nil, nil, err
		}
		b.docs = append(b.docs, newDocEntry(d, statedFigures(d, stating[d.DocumentID])))
		delete(stating, d.DocumentID)
	}
	series, departments := b.Rows()
	return series, departments, nil
}
