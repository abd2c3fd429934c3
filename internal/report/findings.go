package report

import (
	"context"
	"slices"
	"strings"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/schema"
)

// maxFindingLines bounds the figures listed with one finding; a total may have hundreds of parts.
const maxFindingLines = 24

// readFindings collects the identities that fail, and then, in one pass over the lines, the figures they used.
func (b *builder) readFindings(ctx context.Context) error {
	var all []Finding
	for c, err := range dataset.Rows[schema.CheckRow](b.out) {
		if err = cmpErr(ctx, err); err != nil {
			return err
		}
		if d := b.documents[c.DocumentID]; d != nil && c.Status == schema.CheckFail {
			row := *c
			row.LineIDs = slices.Clone(c.LineIDs)
			all = append(all, Finding{CheckRow: row, Document: d})
		}
	}
	sortFindings(all)
	if len(all) > maxFindings {
		b.model.Omitted = len(all) - maxFindings
		all = all[:maxFindings]
	}
	b.model.Findings = all
	return b.addFigures(ctx)
}

func (b *builder) addFigures(ctx context.Context) error {
	type use struct{ finding, place int }
	type lineKey struct{ document, line string }
	users := map[lineKey][]use{}
	for i := range b.model.Findings {
		f := &b.model.Findings[i]
		for n, id := range f.LineIDs[:min(len(f.LineIDs), maxFindingLines)] {
			k := lineKey{f.DocumentID, id}
			users[k] = append(users[k], use{i, n})
			f.Lines = append(f.Lines, FindingLine{LineID: id})
		}
	}
	if len(users) == 0 {
		return nil
	}
	for l, err := range dataset.Rows[schema.BudgetLine](b.out) {
		if err = cmpErr(ctx, err); err != nil {
			return err
		}
		for _, u := range users[lineKey{l.DocumentID, l.LineID}] {
			b.model.Findings[u.finding].Lines[u.place] = FindingLine{
				LineID: l.LineID, Item: strings.TrimSpace(l.ItemCode + " " + l.ItemName), RawText: l.RawText, RawUnit: l.RawUnit, Page: l.Page,
			}
		}
	}
	return nil
}
