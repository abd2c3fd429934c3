// Package solve settles recognized amounts that the identities of the disclosure prove.
//
// A recognized amount may have several readings. Where exactly one combination of readings makes all identities hold, it is
// taken (readings.go). A lost decimal point is given back where the table's other amounts show that it was there (points.go).
// Nothing else changes an amount, and none is computed: each is what one reading of the picture says.
package solve

import (
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/verify"
	"github.com/countybudget/extract/schema"
)

// Change is an amount that was settled.
type Change struct {
	Line    int // index into the budget lines
	Was, Is string
}

// Solve gives the disclosure with its recognized amounts settled, and lists the changes; each is a diagnostic too. doc is the
// document that the disclosure was made of, with the readings of its cells. The given disclosure is not changed.
func Solve(d *schema.Disclosure, doc *model.Document, words *verify.Words) (*schema.Disclosure, []Change) {
	recognized := func(l schema.BudgetLine) bool { return l.Source == schema.FromOCR }
	if !slices.ContainsFunc(d.BudgetLines, recognized) {
		return d, nil
	}
	out := *d
	out.BudgetLines, out.Diagnostics = slices.Clone(d.BudgetLines), slices.Clip(d.Diagnostics)
	changes := restorePoints(&out)
	for range rounds {
		s := newSolver(words, &out, doc)
		n := 0
		for _, g := range s.groups() {
			n += s.solve(g)
		}
		changes = append(changes, s.changes...)
		if n == 0 {
			break
		}
	}
	return &out, changes
}
