package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// Missing rows. A blank is not 0, and a branch may be printed to fewer levels than another: a row counts as missing only where
// the table itself, or another table of the document, shows that it belongs there.

// gapFindings looks for a code whose children are printed and itself not, in a table that otherwise prints its level; and
// for one without the children that another table has, in a table that otherwise prints theirs.
func (l *checker) gapFindings() {
	outlines := make([]outline, len(l.Tables))
	kids := map[codeKey]int{} // how many tables print rows below a code
	for n, table := range l.Tables {
		outlines[n] = l.outlineOf(table)
		for k := range outlines[n].hasKids {
			kids[codeKey{-1, k.class, k.code}]++
		}
	}
	for _, o := range outlines {
		l.outlineGaps(o, kids)
	}
	l.balanceGaps()
}

// balanceGaps looks for a fund listed under a balance (一般公共预算 under 上年结转) whose balance is not there.
func (l *checker) balanceGaps() {
	for _, table := range l.Statements[schema.AppropriationSummary] {
		for _, i := range table.Lines {
			f := &l.Figures[i]
			if f.Kind != ledger.KindBalance || f.Fen == 0 || f.Column.Grand < 0 || f.Parent >= 0 && l.Figures[f.Parent].Kind == ledger.KindBalance {
				continue
			}
			if fund, ok := l.words.FundNamed(f); ok && ledger.IsAppropriated(fund) && !l.words.IsCarried(f.Name) {
				l.find(finding{rule: rules.HierarchyGap, lines: []int{i}, what: l.label(i), column: f.Column.Text})
			}
		}
	}
}

// codeKey is a code of a classification, printed under a unit.
type codeKey struct {
	seg   int32
	class schema.Classification
	code  string
}

// outline is the codes of a table and what it prints below them.
type outline struct {
	order   []codeKey
	first   map[codeKey]int // a line of the code, the largest in amount
	hasKids map[codeKey]bool
}

// classOf is what a coded line's code is of; a column of balances repeats the functional codes of its row.
func classOf(line *schema.BudgetLine) schema.Classification {
	if line.Classification == schema.ByBalance {
		return schema.ByFunctional
	}
	return line.Classification
}

func (l *checker) outlineOf(table *ledger.Table) outline {
	o := outline{first: map[codeKey]int{}, hasKids: map[codeKey]bool{}}
	for _, i := range table.Lines {
		f := &l.Figures[i]
		if f.Kind != ledger.KindItem || f.Code == "" || l.Lines[i].ItemCodeOrigin == schema.CodeDerived {
			continue // a name alone says no more than itself
		}
		k := codeKey{f.Seg, classOf(&l.Lines[i]), f.Code}
		if j, seen := o.first[k]; !seen {
			o.order = append(o.order, k)
			o.first[k] = i
		} else if f.Fen > l.Figures[j].Fen {
			o.first[k] = i
		}
		if len(f.Code) >= 5 {
			o.hasKids[codeKey{k.seg, k.class, f.Code[:len(f.Code)-2]}] = true
		}
	}
	return o
}

func (l *checker) outlineGaps(o outline, elsewhere map[codeKey]int) {
	var parents, gaps, deep, short [8]int // by the code's length
	var lost, bare []codeKey
	seen := map[codeKey]bool{}
	for _, k := range o.order {
		n := min(len(k.code), 7)
		if above := (codeKey{k.seg, k.class, k.code[:len(k.code)-2]}); len(k.code) >= 5 && !seen[above] {
			seen[above] = true
			if _, printed := o.first[above]; printed {
				parents[n-2]++
			} else {
				gaps[n-2]++
				lost = append(lost, k)
			}
		}
		switch {
		case o.hasKids[k]:
			deep[n]++
		case l.Figures[o.first[k]].Fen != 0:
			short[n]++
			bare = append(bare, k)
		}
	}
	for _, k := range lost {
		n := min(len(k.code), 7) - 2
		_, top := o.first[codeKey{k.seg, k.class, k.code[:max(3, len(k.code)-4)]}]
		if gaps[n] == 1 && (parents[n] >= 2 || n > 3 && top) {
			i := o.first[k]
			l.find(finding{rule: rules.HierarchyGap, lines: []int{i}, what: l.label(i), column: l.Figures[i].Column.Text})
		}
	}
	for _, k := range bare {
		n := min(len(k.code), 7)
		// Rows below it in one other table count where this table is as deep elsewhere; in two others they count anywhere.
		if others := elsewhere[codeKey{-1, k.class, k.code}]; short[n] == 1 && (deep[n] >= 2 && others > 0 || others >= 2) {
			i := o.first[k]
			l.find(finding{rule: rules.HierarchyGap, lines: []int{i}, what: l.label(i) + " (rows below)", column: l.Figures[i].Column.Text})
		}
	}
}

// totalFindings looks for columns that have lost their total: another column of the side has one; or no column has, though
// most tables of the document do.
func (l *checker) totalFindings() {
	with, without := 0, 0 // tables
	var bare []finding
	for _, table := range l.Tables {
		has, lacks := l.SidesTotalled(table)
		found := has != [3]*ledger.Column{}
		for s := range 3 {
			if lacks[s] == nil || has[s] == nil && (!table.HasTotalRow() || found) {
				continue
			}
			f := finding{rule: rules.TotalMissing, lines: lacks[s].Lines[:1], what: string(table.Statement), column: lacks[s].Text}
			if has[s] != nil {
				l.find(f)
			} else {
				bare = append(bare, f)
			}
		}
		switch {
		case found:
			with++
		case table.HasTotalRow() && lacks != [3]*ledger.Column{}:
			without++
		}
	}
	for _, f := range bare {
		if without > 2 || with < 2*without {
			f.status = schema.CheckSkipped
		}
		l.find(f)
	}
	l.summaryTotalFindings()
}

// summaryTotalFindings: a summary that prints 本年…合计 on one side prints it on the other, and a total has parts.
func (l *checker) summaryTotalFindings() {
	for _, st := range []schema.Statement{schema.RevenueExpenditureSummary, schema.AppropriationSummary} {
		for _, table := range l.Statements[st] {
			var year, grand, parts [2]bool
			var first [2]*ledger.Column
			for _, c := range table.Columns {
				s := 0
				if c.Dims.Direction == schema.DirectionExpenditure {
					s = 1
				}
				if first[s] == nil {
					first[s] = c
				}
				year[s] = year[s] || c.Year >= 0
				grand[s] = grand[s] || c.Grand >= 0
				for _, i := range c.Lines {
					parts[s] = parts[s] || l.Figures[i].Kind == ledger.KindItem
				}
			}
			if first[0] == nil || first[1] == nil {
				continue
			}
			for s := range 2 {
				if year[1-s] && !year[s] || grand[1-s] && !grand[s] || !parts[s] && l.Figures[first[s].Lines[0]].Fen != 0 {
					l.find(finding{rule: rules.TotalMissing, lines: first[s].Lines[:1], what: string(st), column: first[s].Text})
				}
			}
		}
	}
}

// personnelClass and operatingClasses are the economic 类 that belong to one kind of basic expenditure. (303 is personnel
// in the classification but some provinces count part of it as operating.)
const personnelClass = "301"

var operatingClasses = []string{"302", "310"}

// classFindings looks for 类 that stand wholly under the wrong kind: personnel and operating exchanged.
func (l *checker) classFindings() {
	for _, table := range l.Statements[schema.GeneralPublicBasicExpenditure] {
		for _, c := range table.Columns {
			other := c.Dims
			switch c.Dims.Spending {
			case schema.Personnel:
				other.Spending = schema.Operating
				for _, class := range operatingClasses {
					l.misplaced(c, table.OfDims[other], class)
				}
			case schema.Operating:
				other.Spending = schema.Personnel
				l.misplaced(c, table.OfDims[other], personnelClass)
			}
		}
	}
}

// misplaced reports a class that is in this column and not in the right one.
func (l *checker) misplaced(c, right *ledger.Column, class string) {
	amount := func(c *ledger.Column) (fen int64, first int) {
		first = -1
		if c == nil {
			return 0, -1
		}
		for _, i := range c.Lines {
			f := &l.Figures[i]
			of := l.words.EconomicClasses.Value(f.Name)
			if len(f.Code) >= 3 {
				of = f.Code[:3]
			}
			if of == class && f.Fen != 0 && f.Kind == ledger.KindItem && l.Lines[i].Classification == schema.ByEconomicDepartment {
				fen += f.Fen
				if first < 0 {
					first = i
				}
			}
		}
		return fen, first
	}
	wrong, first := amount(c)
	if rightly, _ := amount(right); wrong == 0 || rightly != 0 {
		return
	}
	f := finding{rule: rules.BasicClasses, lines: []int{first}, actual: wrong, what: l.label(first), column: c.Text, columns: []*ledger.Column{c}}
	if right != nil {
		f.columns = append(f.columns, right)
	}
	l.find(f)
}
