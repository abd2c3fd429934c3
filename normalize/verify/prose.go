package verify

import (
	"strings"

	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// Prose against tables: a sentence that names an item of a year must give the tables' amount. The same words may stand for
// several amounts (基本支出 of all funds and of one); where the tables give different ones, the sentence must have one of
// them, else the check is skipped.

// proseKey is what a sentence and a table must have in common.
type proseKey struct {
	name string
	year int32
}

// quotes and endings are what a sentence puts around a table's words.
var quotes = strings.NewReplacer("“", "", "”", "", "\"", "", "‘", "", "’", "")

// proseName is what a sentence and a table both call an amount: without quotes, without 预算 or 决算 at its end, and the totals
// under one of their names.
func (w *Words) proseName(name string) string {
	name = quotes.Replace(name)
	for i := range w.proseEndings {
		if s, ok := strings.CutSuffix(name, w.proseEndings[i].Text); ok && s != "" {
			name = s
			break
		}
	}
	if total := w.proseTotals.Value(name); total != "" {
		return total
	}
	return name
}

func (l *checker) proseAgrees() {
	if len(l.Prose) == 0 {
		return
	}
	l.readExtents()
	tables := l.proseIndex()
	said := map[proseKey][]int{}
	for _, i := range l.Prose {
		if f := &l.Figures[i]; !f.Change {
			k := proseKey{l.words.proseName(f.Name), l.Lines[i].FiscalYear}
			said[k] = append(said[k], i)
		}
	}
	for _, i := range l.Prose {
		f := &l.Figures[i]
		k := proseKey{l.words.proseName(f.Name), l.Lines[i].FiscalYear}
		if f.Change {
			l.proseChange(i, k, tables, said)
			continue
		}
		l.agreeProse(i, l.compatible(i, tables[k]))
	}
}

// proseIndex lists the tables' amounts by the names that sentences use for them.
func (l *checker) proseIndex() map[proseKey][]int {
	index := map[proseKey][]int{}
	put := func(name string, i int) {
		k := proseKey{l.words.proseName(name), l.Lines[i].FiscalYear}
		index[k] = append(index[k], i)
	}
	for _, table := range l.Tables {
		for _, c := range table.Columns {
			if c.Dims.Change {
				continue
			}
			for _, i := range c.Lines {
				f := &l.Figures[i]
				if f.Seg < 0 && f.Kind != ledger.KindTotal {
					put(l.totalName(i), i)
				}
				if f.Kind == ledger.KindGrand {
					put(l.words.bothSides, i)
				}
			}
			if name := l.words.columnName(table.Statement, c.Dims.Spending); name != "" && c.Grand >= 0 {
				put(name, c.Grand)
			}
		}
	}
	return index
}

// totalName is a table's name for a line, a bare 总计 being that of its side.
func (l *checker) totalName(i int) string {
	f := &l.Figures[i]
	if f.Kind != ledger.KindGrand {
		return f.Name
	}
	if l.Lines[i].Direction == schema.DirectionRevenue {
		return l.words.revenueTotal
	}
	return l.words.expenditureTotal
}

// columnName is what a sentence calls a column's total.
func (w *Words) columnName(st schema.Statement, s schema.Spending) string {
	for _, value := range []string{string(st), string(s)} {
		if named := w.columnNames.Of(value); len(named) > 0 {
			return named[0].Text
		}
	}
	return ""
}

// compatible keeps the lines whose dimensions do not contradict what the sentence says; of those, the lines of the very fund
// where there are some.
func (l *checker) compatible(i int, lines []int) []int {
	said := &l.Lines[i]
	both := l.words.proseName(l.Figures[i].Name) == l.words.bothSides
	var out, same []int
	for _, j := range lines {
		t := &l.Lines[j]
		if (t.Direction == said.Direction || both) && (said.Phase == "" || t.Phase == said.Phase) &&
			(said.FundSource == "" || said.FundSource == schema.AllFunds || said.FundSource == t.FundSource) &&
			(said.Spending == "" || said.Spending == schema.AllSpending || said.Spending == t.Spending) &&
			(said.Period == "" || said.Period == schema.AllPeriods || said.Period == t.Period) {
			if can, _ := l.sameExtent(i, j); !can {
				continue
			}
			out = append(out, j)
			if t.FundSource == said.FundSource || said.FundSource == "" && t.FundSource == schema.AllFunds {
				same = append(same, j)
			}
		}
	}
	if len(same) > 0 {
		return same
	}
	return out
}

func (l *checker) agreeProse(i int, tables []int) {
	if len(tables) == 0 {
		return
	}
	best, one := -1, l.Lines[tables[0]].FundSource == or(l.Lines[i].FundSource, schema.AllFunds)
	for _, j := range tables {
		one = one && l.Figures[j].Fen == l.Figures[tables[0]].Fen
		if best < 0 && l.Matches([]int{j}, i) {
			best = j
		}
	}
	if best < 0 {
		best = tables[0]
		for _, j := range tables {
			one = one && l.decides(i, j)
		}
	}
	l.add(Identity{Rule: rules.Prose, Statement: schema.Narrative, Sum: []int{best}, Total: []int{i}, Soft: !one, Across: true,
		column: string(l.Lines[best].Statement)})
}

// decides reports whether a table's line that differs from a sentence contradicts it: both say that they are of the same money,
// of the same kind of expenditure, and the table is one whose amounts are understood.
func (l *checker) decides(i, j int) bool {
	said, t := &l.Lines[i], &l.Lines[j]
	_, sure := l.sameExtent(i, j)
	if said.Classification == schema.ByThreePublic && t.Spending == schema.Basic && said.Spending != schema.Basic {
		return false // “三公” paid from projects too
	}
	if l.Disclosure.Document.EntityLevel == schema.Government && l.words.proseTotals.Value(quotes.Replace(l.Figures[i].Name)) != "" {
		return false // 支出 of a government is without what it passes on
	}
	return sure && t.Statement != schema.OtherStatement && !l.calledOtherwise(i, j)
}

// calledOtherwise reports whether a total of the same money as a table's line has the sentence's amount: the sentence calls the
// total by the name of its first part (国有资本经营预算收入 for all that the year began with).
func (l *checker) calledOtherwise(i, j int) bool {
	for _, table := range l.Tables {
		for _, c := range table.Columns {
			if line := &l.Lines[j]; c.Dims.Direction != line.Direction || c.Dims.Phase != line.Phase || c.Dims.Year != line.FiscalYear {
				continue
			}
			for _, k := range c.Lines {
				if !l.Figures[k].Kind.IsTotal() || !l.Matches([]int{k}, i) {
					continue
				}
				if can, _ := l.sameExtent(i, k); can && l.sameFund(j, k) {
					return true
				}
			}
		}
	}
	return false
}

// sameFund reports whether two lines of tables are of one table, or of tables of one fund.
func (l *checker) sameFund(i, j int) bool {
	a, b := &l.Lines[i], &l.Lines[j]
	return a.TableNo == b.TableNo || a.FundSource == b.FundSource && a.FundSource != schema.AllFunds
}

func or(fund, otherwise schema.FundSource) schema.FundSource {
	if fund == "" {
		return otherwise
	}
	return fund
}

// proseChange states that this year's amount is last year's and the change, where all three are known.
func (l *checker) proseChange(i int, k proseKey, tables, said map[proseKey][]int) {
	last := proseKey{k.name, k.year - 1}
	now, before := l.compatible(i, append(said[k], tables[k]...)), l.compatible(i, append(said[last], tables[last]...))
	if len(now) == 0 || len(before) == 0 {
		return
	}
	one := true
	id := Identity{Rule: rules.Change, Statement: schema.Narrative, Sum: []int{before[0], i}, Total: []int{now[0]}, Across: true, column: "narrative"}
	held := false
	for _, t := range now {
		for _, y := range before {
			one = one && l.Figures[t].Fen == l.Figures[now[0]].Fen && l.Figures[y].Fen == l.Figures[before[0]].Fen
			try := id
			try.Sum, try.Total = []int{y, i}, []int{t}
			try.slack = l.Tolerance(try.Sum, try.Total)
			if !held && l.holds(&try) {
				id, held = try, true
			}
		}
	}
	id.Soft = !one
	l.add(id)
}
