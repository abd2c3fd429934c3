package verify

import (
	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/verify/ledger"
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
		for _, i := range c.Lines {
			if parts := l.Parts(i); len(parts) > 0 {
				now, before := l.blankChanges(c, i)
				l.add(Identity{Rule: l.nestedRule(i), Statement: table.Statement, Sum: append(now, parts...), Total: append([]int{i}, before...),
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
		for _, whole := range table.Columns {
			if d := whole.Dims; d == c.Dims.Whole() {
				total := whole.Year
				if total < 0 {
					total = whole.Grand
				}
				if total >= 0 {
					l.add(Identity{Rule: ruleColumnTotal, Statement: table.Statement, Sum: l.Tops(c), Total: []int{total}, Soft: true, column: c.Text})
				}
			}
		}
	}
}

// nestedRule names the identity between a line and the lines it includes.
func (l *checker) nestedRule(i int) string {
	f := &l.Figures[i]
	table := f.Column.Table
	switch {
	case table.Statement == schema.ThreePublic:
		return ruleThreePublic
	case table.Statement == schema.GovernmentProcurement:
		return ruleProcurement
	case f.Kind == ledger.KindGrand:
		return ruleSummaryBalance
	case table.Statement == schema.ProjectExpenditure && f.Kind != ledger.KindItem:
		return ruleProject
	case f.Kind == ledger.KindItem:
		return ruleHierarchy
	}
	return ruleColumnTotal
}

// blankChanges gives the amounts of this year and the last in the rows that a total of changes includes and that print no change:
// it counts them all the same.
func (l *checker) blankChanges(c *ledger.Column, total int) (now, before []int) {
	if !c.Dims.Change {
		return nil, nil
	}
	printed := map[int32]bool{}
	for _, i := range c.Lines {
		printed[l.Lines[i].Row] = true
	}
	missing := func(column *ledger.Column) (out []int) {
		if column == nil {
			return nil
		}
		for _, i := range column.Lines {
			if l.Lines[i].Row != l.Lines[total].Row {
				continue
			}
			for _, part := range l.Parts(i) {
				if !printed[l.Lines[part].Row] {
					out = append(out, part)
				}
			}
		}
		return out
	}
	this, last := l.compared(c)
	return missing(this), missing(last)
}

// compared gives the columns that a column of changes compares: this year's and last year's. 本年预算数 may be of another period
// than 增减额, and last year's amounts as they were approved, adjusted or executed: of several columns those of which it is true
// in most rows.
func (l *checker) compared(c *ledger.Column) (now, before *ledger.Column) {
	most := -1
	for _, period := range []schema.Period{c.Dims.Period, schema.CurrentYear, schema.AllPeriods} {
		for _, phase := range []schema.Phase{c.Dims.Phase, schema.Executed, schema.Adjusted} {
			this, last := c.Dims, c.Dims
			this.Change, last.Change = false, false
			this.Period, last.Phase, last.Year = period, phase, last.Year-1
			a, b := c.Table.OfDims[this], c.Table.OfDims[last]
			if a == nil || b == nil {
				continue
			}
			hits := 0
			for _, rows := range l.changes(c, a, b) {
				if l.Figures[rows.now].Fen-l.Figures[rows.before].Fen == l.Figures[rows.change].Fen {
					hits++
				}
			}
			if hits > most {
				now, before, most = a, b, hits
			}
		}
	}
	return now, before
}

// changeRow is one row of a table that prints a change: the lines of it.
type changeRow struct{ now, before, change int }

func (l *checker) changes(c, now, before *ledger.Column) (rows []changeRow) {
	nowOf, beforeOf := l.itemsOf(now), l.itemsOf(before)
	for _, i := range c.Lines {
		if t, y := l.counterpartOf(nowOf, i), l.counterpartOf(beforeOf, i); t >= 0 && y >= 0 {
			rows = append(rows, changeRow{t, y, i})
		}
	}
	return rows
}

// changeIdentities states that this year's amount is last year's and the change, in a table that prints the three.
func (l *checker) changeIdentities(table *ledger.Table) {
	for _, c := range table.Columns {
		if !c.Dims.Change {
			continue
		}
		now, before := l.compared(c)
		if now == nil || before == nil {
			continue
		}
		for _, r := range l.changes(c, now, before) {
			l.add(Identity{Rule: ruleChange, Statement: table.Statement, Sum: []int{r.before, r.change}, Total: []int{r.now}, column: c.Text})
		}
	}
}

// rowKey finds a column's line by its item, in a row of the grid or (row -1) anywhere.
type rowKey struct {
	row        int32
	code, name string
}

// itemsOf indexes a column's lines by item and row, and by item alone where the column has it once.
func (l *checker) itemsOf(c *ledger.Column) map[rowKey]int {
	index := make(map[rowKey]int, 2*len(c.Lines))
	for _, i := range c.Lines {
		f := &l.Figures[i]
		index[rowKey{l.Lines[i].Row, f.Code, f.Name}] = i
		once := rowKey{-1, f.Code, f.Name}
		if _, twice := index[once]; twice {
			i = -1
		}
		index[once] = i
	}
	return index
}

// counterpartOf finds the line of the same item as line i: of the same row of the grid where it can be, else the only one
// (a table on its side).
func (l *checker) counterpartOf(index map[rowKey]int, i int) int {
	f := &l.Figures[i]
	if j, ok := index[rowKey{l.Lines[i].Row, f.Code, f.Name}]; ok {
		return j
	}
	if j, ok := index[rowKey{-1, f.Code, f.Name}]; ok {
		return j
	}
	return -1
}
