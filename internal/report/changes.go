package report

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// Change is the change of a measure from one year to the next, both published in the same phase.
type Change struct {
	Department *Department
	Measure    lineage.Measure
	Phase      schema.Phase
	Year       int32 // the later one
	Before     *Figure
	After      *Figure
	Difference decimal.Decimal
	Percent    decimal.NullDecimal // null when there was nothing before
	Merged     []*Department       // what the department took in that year
}

// changes lists every change of a main measure, the largest amounts first. Across a missing year nothing is compared.
func changes(departments []*Department) []Change {
	var all []Change
	for _, d := range departments {
		for _, year := range d.Years() {
			for _, phase := range Phases {
				for _, m := range MainMeasures {
					if c, ok := change(d, year, phase, m); ok {
						all = append(all, c)
					}
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Change) int { return -a.Difference.Abs().Cmp(b.Difference.Abs()) })
	return all
}

func change(d *Department, year int32, phase schema.Phase, m lineage.Measure) (Change, bool) {
	before, after := d.Figure(year-1, phase, m), d.Figure(year, phase, m)
	if before == nil || after == nil || before.Amount.Equal(after.Amount) {
		return Change{}, false
	}
	c := Change{Department: d, Measure: m, Phase: phase, Year: year, Before: before, After: after, Difference: after.Amount.Sub(before.Amount)}
	if before.Amount.IsPositive() {
		c.Percent = decimal.NewNullDecimal(c.Difference.Mul(decimal.New(100, 0)).DivRound(before.Amount, 1))
	}
	for _, l := range d.From {
		if l.Year == year {
			c.Merged = append(c.Merged, l.Department)
		}
	}
	return c, true
}

// Doubtful reports that one of the two figures is doubtful.
func (c *Change) Doubtful() bool { return c.Before.Doubtful() || c.After.Doubtful() }

// maxFindings bounds the page of failed checks.
const maxFindings = 5000

// Finding is one identity that fails.
type Finding struct {
	schema.CheckRow
	Document *Document
	Lines    []FindingLine
}

// FindingLine is a figure that a failed identity used.
type FindingLine struct {
	LineID, Item, RawText, RawUnit string
	Page                           int32
}

func sortFindings(f []Finding) {
	name := func(d *Document) string {
		if d.Department == nil {
			return ""
		}
		return d.Department.County + "\x1f" + d.Department.Name
	}
	slices.SortFunc(f, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(name(a.Document), name(b.Document)), cmp.Compare(a.Document.FiscalYear, b.Document.FiscalYear),
			cmp.Compare(a.DocumentID, b.DocumentID), cmp.Compare(a.CheckNo, b.CheckNo))
	})
}
