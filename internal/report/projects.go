package report

import (
	"cmp"
	"slices"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// projectKey is one printing of a project: a project has one in the table of the year's money and one in that of what was
// carried over, and each may have a column for every fund. Rows of one table that name the same project are added.
type projectKey struct {
	document *Document
	name     string
	phase    schema.Phase
	table    int32
	fund     schema.FundSource
	period   schema.Period
}

func isProject(l *schema.BudgetLine) bool {
	return l.Statement == schema.ProjectExpenditure && l.Classification == schema.ByProject && l.ItemName != "" &&
		l.Direction == schema.DirectionExpenditure && lineage.FundRank(l.FundSource) != lineage.NoRank && l.TableNo > 0
}

func (b *builder) project(d *Document, phase schema.Phase, l *schema.BudgetLine) {
	k := projectKey{d, l.ItemName, phase, l.TableNo, l.FundSource, l.Period}
	b.projects[k] = sum(b.projects[k], newFigure(l, d, 0))
}

// sum adds a part to a figure, which keeps the place of the first and the worst verdict.
func sum(whole, part *Figure) *Figure {
	if whole == nil {
		return part
	}
	first, other := whole, part
	if before(part, whole) {
		first, other = part, whole
	}
	total := *first
	total.Amount = first.Amount.Add(other.Amount)
	total.Parts = first.Parts + other.Parts
	total.Disputed = first.Disputed || other.Disputed
	if verdictRank(other.Verification) > verdictRank(total.Verification) {
		total.Verification = other.Verification
	}
	return &total
}

func verdictRank(v schema.Verification) int {
	switch v {
	case schema.Verified:
		return 0
	case schema.Contradicted:
		return 2
	}
	return 1
}

// joinProjects makes one figure of each project's printings: of the widest fund column, the column for all the money or
// else the year's own and the carry-over together.
func (b *builder) joinProjects() {
	type owner struct {
		document *Document
		name     string
		phase    schema.Phase
	}
	printings := map[owner][]projectKey{}
	for k := range b.projects {
		o := owner{k.document, k.name, k.phase}
		printings[o] = append(printings[o], k)
	}
	for o, keys := range printings {
		slices.SortFunc(keys, func(x, y projectKey) int {
			return cmp.Or(cmp.Compare(lineage.FundRank(x.fund), lineage.FundRank(y.fund)), cmp.Compare(projectPeriod(x.period), projectPeriod(y.period)),
				cmp.Compare(x.table, y.table))
		})
		var whole *Figure
		seen := map[schema.Period]bool{}
		for _, k := range keys {
			if k.fund != keys[0].fund || seen[k.period] || seen[schema.AllPeriods] {
				continue
			}
			seen[k.period] = true
			whole = sum(whole, b.projects[k])
		}
		o.document.Department.Projects[ItemKey{o.document.FiscalYear, o.phase, o.name}] = whole
	}
}

func projectPeriod(p schema.Period) int {
	switch p {
	case schema.AllPeriods:
		return 0
	case schema.CurrentYear:
		return 1
	}
	return 2
}
