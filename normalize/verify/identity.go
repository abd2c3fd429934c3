package verify

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// Identity is one linear identity among a disclosure's lines: the amounts of Sum add up to those of Total, within Tolerance.
// Both are indices into Disclosure.BudgetLines.
type Identity struct {
	Rule      string
	Statement schema.Statement
	Sum       []int
	Total     []int           // one line but for identities with sums on both sides
	Tolerance decimal.Decimal // yuan: half a unit of the last printed place for each addend

	// Soft says that the identity holds only under a condition that the document does not state (机关运行经费 = 公用经费,
	// everything financed by appropriation): where it does not hold it is skipped, not failed.
	Soft bool
	// Across says that it compares two tables.
	Across bool

	column   string // for the description
	slack    int64  // the tolerance in half fen
	inColumn bool   // a sum down one column
}

// Identities lists every linear identity of the disclosure, in table order and then between tables. Items and column dimensions
// decide which identities there are; where the layout allows several (a total above or below its parts, a column with or
// without carried-over money) the amounts decide.
func (w *Words) Identities(d *schema.Disclosure) []Identity {
	l := w.check(d)
	l.derive()
	return l.ids
}

// Difference is the amounts of Total less those of Sum, in yuan.
func (id *Identity) Difference(lines []schema.BudgetLine) decimal.Decimal {
	var diff decimal.Decimal
	for _, i := range id.Total {
		diff = diff.Add(lines[i].Amount)
	}
	for _, i := range id.Sum {
		diff = diff.Sub(lines[i].Amount)
	}
	return diff
}

// Holds reports whether the identity holds within its tolerance.
func (id *Identity) Holds(lines []schema.BudgetLine) bool {
	return id.Difference(lines).Abs().LessThanOrEqual(id.Tolerance)
}

// derive builds the identities, those within each table first.
func (l *checker) derive() {
	for _, table := range l.Tables {
		l.nestedIdentities(table)
		l.besideIdentities(table)
		l.rowIdentities(table)
		l.changeIdentities(table)
	}
	l.acrossIdentities()
}

// add appends an identity, unless a figure is too large to count with or one side is empty.
func (l *checker) add(id Identity) {
	if len(id.Sum) == 0 || len(id.Total) == 0 {
		return
	}
	for _, lines := range [2][]int{id.Sum, id.Total} {
		for _, i := range lines {
			if !l.Figures[i].Usable {
				return
			}
		}
	}
	id.slack = l.Tolerance(id.Sum, id.Total)
	if id.Across {
		id.slack = l.ToleranceAcross(id.Sum, id.Total)
	}
	id.Tolerance = halfFen(id.slack)
	l.ids = append(l.ids, id)
}

// halfFen turns half fen into yuan.
func halfFen(n int64) decimal.Decimal { return decimal.New(n*5, -3) }

// residual is Total less Sum, in fen.
func (l *checker) residual(id *Identity) int64 { return l.Sum(id.Total) - l.Sum(id.Sum) }

// holds reports whether the identity holds over the ledger's own figures.
func (l *checker) holds(id *Identity) bool { return ledger.Within(l.residual(id), id.slack) }

// nestedIdentities states, for every line that includes others, that they add up to it.
func (l *checker) nestedIdentities(table *ledger.Table) {
	for _, c := range table.Columns {
		blanks := l.Blanks(c)
		for _, i := range c.Lines {
			if parts := l.Parts(i); len(parts) > 0 {
				l.add(Identity{Rule: l.nestedRule(i), Statement: table.Statement, Sum: slices.Concat(parts, blanks[i].Now), Total: append([]int{i}, blanks[i].Before...),
					Soft: !l.Figures[i].Firm, column: c.Text, inColumn: true})
			}
		}
	}
}

// besideIdentities states that the blocks of a summary that divide one amount in several ways have the same sum.
func (l *checker) besideIdentities(table *ledger.Table) {
	for _, c := range table.Columns {
		if !c.Dims.Beside() {
			continue
		}
		whole := table.OfDims[c.Dims.Whole()]
		total := whole.Year
		if total < 0 {
			total = whole.Grand
		}
		if total >= 0 {
			l.add(Identity{Rule: rules.ColumnTotal, Statement: table.Statement, Sum: l.Tops(c), Total: []int{total}, Soft: true, column: c.Text})
		}
	}
}

// nestedRule names the identity between a line and the lines it includes.
func (l *checker) nestedRule(i int) string {
	f := &l.Figures[i]
	table := f.Column.Table
	switch {
	case table.Statement == schema.ThreePublic:
		return rules.ThreePublic
	case table.Statement == schema.GovernmentProcurement:
		return rules.Procurement
	case f.Kind == ledger.KindGrand:
		return rules.SummaryBalance
	case table.Statement == schema.ProjectExpenditure && f.Kind != ledger.KindItem:
		return rules.Project
	case f.Kind == ledger.KindItem:
		return rules.Hierarchy
	}
	return rules.ColumnTotal
}

// changeIdentities states that this year's amount is last year's and the change, in a table that prints the three.
func (l *checker) changeIdentities(table *ledger.Table) {
	for _, c := range table.Columns {
		if !c.Dims.Change {
			continue
		}
		now, before := l.Compared(c)
		if now == nil || before == nil {
			continue
		}
		for _, r := range l.Changes(c, now, before) {
			l.add(Identity{Rule: rules.Change, Statement: table.Statement, Sum: []int{r.Before, r.Change}, Total: []int{r.Now}, column: c.Text})
		}
	}
}
