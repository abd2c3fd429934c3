package verify

import "github.com/countybudget/extract/schema"

// Rows that a table must have lost. A blank is not 0 and a branch may be printed less deep than another, so that a missing
// row is found only where the table itself, or another table of the document, shows that it belongs there.

// gapFindings looks for a code whose children are printed and itself not, in a table that otherwise prints its level; and
// for one without the children that another table has, in a table that otherwise prints theirs.
func (l *checker) gapFindings() {
	outlines := make([]outline, len(l.blocks))
	kids := map[codeKey]int{} // how many tables print rows below a code
	for n, b := range l.blocks {
		outlines[n] = l.outlineOf(b)
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
	for _, b := range l.statements[schema.AppropriationSummary] {
		for _, i := range b.lines {
			f := &l.figs[i]
			if f.kind != kindBalance || f.fen == 0 || f.column.grand < 0 || f.parent >= 0 && l.figs[f.parent].kind == kindBalance {
				continue
			}
			if fund, ok := l.words.FundNamed(f); ok && isAppropriated(fund) && !l.words.IsCarried(f.name) {
				l.find(finding{rule: RuleHierarchyGap, lines: []int{i}, what: l.label(i), column: f.column.text})
			}
		}
	}
}

// outline is the codes of a block and what it prints below them.
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

func (l *checker) outlineOf(b *block) outline {
	o := outline{first: map[codeKey]int{}, hasKids: map[codeKey]bool{}}
	for _, i := range b.lines {
		f := &l.figs[i]
		if f.kind != kindItem || f.code == "" {
			continue
		}
		k := codeKey{f.seg, classOf(&l.lines[i]), f.code}
		if j, seen := o.first[k]; !seen {
			o.order = append(o.order, k)
			o.first[k] = i
		} else if f.fen > l.figs[j].fen {
			o.first[k] = i
		}
		if len(f.code) >= 5 {
			o.hasKids[codeKey{k.seg, k.class, f.code[:len(f.code)-2]}] = true
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
		case l.figs[o.first[k]].fen != 0:
			short[n]++
			bare = append(bare, k)
		}
	}
	for _, k := range lost {
		n := min(len(k.code), 7) - 2
		_, top := o.first[codeKey{k.seg, k.class, k.code[:max(3, len(k.code)-4)]}]
		if gaps[n] == 1 && (parents[n] >= 2 || n > 3 && top) {
			i := o.first[k]
			l.find(finding{rule: RuleHierarchyGap, lines: []int{i}, what: l.label(i), column: l.figs[i].column.text})
		}
	}
	for _, k := range bare {
		n := min(len(k.code), 7)
		// Rows below it in one other table tell of a table that is as deep elsewhere; in two, of any.
		if others := elsewhere[codeKey{-1, k.class, k.code}]; short[n] == 1 && (deep[n] >= 2 && others > 0 || others >= 2) {
			i := o.first[k]
			l.find(finding{rule: RuleHierarchyGap, lines: []int{i}, what: l.label(i) + " (rows below)", column: l.figs[i].column.text})
		}
	}
}

// totalled are the statements whose tables have a total row.
var totalled = []schema.Statement{schema.Revenue, schema.Expenditure, schema.GeneralPublicExpenditure,
	schema.GeneralPublicBasicExpenditure, schema.GovernmentFundExpenditure, schema.GovernmentProcurement, schema.ThreePublic}

// totalFindings looks for columns that have lost their total: another column of the side has one; or no column has, though
// most tables of the document do.
func (l *checker) totalFindings() {
	with, without := 0, 0 // tables
	var bare []finding
	for _, b := range l.blocks {
		has, lacks := l.sidesTotalled(b)
		found := has != [3]*column{}
		for s := range 3 {
			if lacks[s] == nil || has[s] == nil && (!b.hasTotalRow() || found) {
				continue
			}
			f := finding{rule: RuleTotalMissing, lines: lacks[s].lines[:1], what: string(b.statement), column: lacks[s].text}
			if has[s] != nil {
				l.find(f)
			} else {
				bare = append(bare, f)
			}
		}
		switch {
		case found:
			with++
		case b.hasTotalRow() && lacks != [3]*column{}:
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

func (b *block) hasTotalRow() bool {
	for _, st := range totalled {
		if st == b.statement {
			return len(b.entities) == 0
		}
	}
	return b.statement == schema.RevenueExpenditureSummary || b.statement == schema.AppropriationSummary
}

// sidesTotalled gives for revenue, expenditure and balances a column with a total and one without although it has parts
// that are not 0.
func (l *checker) sidesTotalled(b *block) (has, lacks [3]*column) {
	for _, c := range b.columns {
		s := 0
		switch {
		case c.dims.change:
			continue
		case c.dims.balance:
			s = 2
		case c.dims.direction == schema.DirectionExpenditure:
			s = 1
		}
		switch {
		case c.grand >= 0:
			has[s] = c
		case l.partsOf(c) >= 1 && lacks[s] == nil:
			lacks[s] = c
		}
	}
	return has, lacks
}

// partsOf counts the column's highest lines that are not 0.
func (l *checker) partsOf(c *column) int {
	n := 0
	for _, i := range l.tops(c) {
		if l.figs[i].fen != 0 {
			n++
		}
	}
	return n
}

// summaryTotalFindings: a summary that prints 本年…合计 on one side prints it on the other, and a total has parts.
func (l *checker) summaryTotalFindings() {
	for _, st := range []schema.Statement{schema.RevenueExpenditureSummary, schema.AppropriationSummary} {
		for _, b := range l.statements[st] {
			var year, grand, parts [2]bool
			var first [2]*column
			for _, c := range b.columns {
				s := 0
				if c.dims.direction == schema.DirectionExpenditure {
					s = 1
				}
				if first[s] == nil {
					first[s] = c
				}
				year[s] = year[s] || c.year >= 0
				grand[s] = grand[s] || c.grand >= 0
				for _, i := range c.lines {
					parts[s] = parts[s] || l.figs[i].kind == kindItem
				}
			}
			if first[0] == nil || first[1] == nil {
				continue
			}
			for s := range 2 {
				if year[1-s] && !year[s] || grand[1-s] && !grand[s] || !parts[s] && l.figs[first[s].lines[0]].fen != 0 {
					l.find(finding{rule: RuleTotalMissing, lines: first[s].lines[:1], what: string(st), column: first[s].text})
				}
			}
		}
	}
}

// personnelClass and operatingClasses are the economic 类 that belong to one kind of basic expenditure. (303 is personnel
// in the classification but some provinces count part of it as operating.)
const personnelClass = "301"

var operatingClasses = []string{"302", "310"}

// classFindings looks for 类 that stand wholly under the wrong kind: personnel and operating taken for each other.
func (l *checker) classFindings() {
	for _, b := range l.statements[schema.GeneralPublicBasicExpenditure] {
		for _, c := range b.columns {
			other := c.dims
			switch c.dims.spending {
			case schema.Personnel:
				other.spending = schema.Operating
				for _, class := range operatingClasses {
					l.misplaced(c, b.ofDims[other], class)
				}
			case schema.Operating:
				other.spending = schema.Personnel
				l.misplaced(c, b.ofDims[other], personnelClass)
			}
		}
	}
}

// misplaced reports a class that the column has and the one it belongs to has not.
func (l *checker) misplaced(c, right *column, class string) {
	amount := func(c *column) (fen int64, first int) {
		first = -1
		if c == nil {
			return 0, -1
		}
		for _, i := range c.lines {
			f := &l.figs[i]
			of := l.words.EconomicClasses.Value(f.name)
			if len(f.code) >= 3 {
				of = f.code[:3]
			}
			if of == class && f.fen != 0 && f.kind == kindItem && l.lines[i].Classification == schema.ByEconomicDepartment {
				fen += f.fen
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
	f := finding{rule: RuleBasicClasses, lines: []int{first}, actual: wrong, what: l.label(first), column: c.text, columns: []*column{c}}
	if right != nil {
		f.columns = append(f.columns, right)
	}
	l.find(f)
}
