package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// Sums of a table hold in a wrong unit too. A wrong unit shows where amounts differ from another table's by a power of ten, are
// too small for a public budget, or larger than the whole of it.

const (
	tooSmall       = 1_000_00   // fen: no table's largest amount is below 1,000 yuan …
	tooSmallPublic = 100_00     // … or 100, of “三公” …
	wholeFloor     = 100_000_00 // … of a body that spends 100,000
	tooLarge       = int64(10)  // times the whole expenditure
)

func (l *checker) unitFindings(outcomes []schema.CheckStatus) {
	agreed := map[*ledger.Table]int{}
	for n := range l.ids {
		if id := &l.ids[n]; id.Across && outcomes[n] == schema.CheckPass && l.Sum(id.Total) != 0 {
			if a, table := l.tablesOf(id); a != nil && table != nil && a != table {
				agreed[a]++
				agreed[table]++
			}
		}
	}
	done := map[*ledger.Table]bool{}
	for n := range l.ids {
		id := &l.ids[n]
		if !id.Across || outcomes[n] == schema.CheckPass || !l.powerOfTen(id) {
			continue
		}
		a, table := l.tablesOf(id)
		for _, bad := range inDoubt(a, table, agreed) {
			if !done[bad] {
				done[bad] = true
				l.find(finding{rule: rules.Unit, lines: bad.Lines, expected: l.Sum(id.Sum), actual: l.Sum(id.Total), what: string(bad.Statement)})
			}
		}
	}
	l.implausible(done)
}

// unitKnown reports whether the unit of the tables is printed somewhere: with a table, or in a sentence whose amount agrees with
// a table's. Where it is not, every amount may be wrong by the same factor although all sums hold.
func (l *checker) unitKnown(outcomes []schema.CheckStatus) bool {
	for i := range l.Disclosure.Tables {
		if l.Disclosure.Tables[i].Unit != "" {
			return true
		}
	}
	for n := range l.ids {
		id := &l.ids[n]
		if !id.Across || outcomes[n] != schema.CheckPass || l.Sum(id.Total) == 0 {
			continue
		}
		if a, table := l.tablesOf(id); (a == nil) != (table == nil) {
			return true
		}
	}
	return len(l.Disclosure.Tables) == 0
}

// tablesOf gives the two tables that an identity compares; nil for prose.
func (l *checker) tablesOf(id *Identity) (a, table *ledger.Table) {
	if c := l.Figures[id.Total[0]].Column; c != nil {
		a = c.Table
	}
	if c := l.Figures[id.Sum[0]].Column; c != nil {
		table = c.Table
	}
	return a, table
}

// inDoubt gives the table that agrees with fewer others; both where they agree with as many.
func inDoubt(a, table *ledger.Table, agreed map[*ledger.Table]int) []*ledger.Table {
	switch {
	case a == nil || table == nil || a == table:
		return nil
	case agreed[a] < agreed[table]:
		return []*ledger.Table{a}
	case agreed[table] < agreed[a]:
		return []*ledger.Table{table}
	}
	return []*ledger.Table{a, table}
}

// powerOfTen reports whether the two sides differ by a factor of 10, 100, 1,000 or 10,000 and by nothing else.
func (l *checker) powerOfTen(id *Identity) bool {
	a, b := l.Sum(id.Total), l.Sum(id.Sum)
	if a < 0 {
		a, b = -a, -b
	}
	if a == 0 || b <= 0 {
		return false
	}
	if a > b {
		a, b = b, a
	}
	for factor := int64(10); factor <= 10_000; factor *= 10 {
		if a <= ledger.MaxFen/factor && a >= 100 && ledger.Within(a*factor-b, factor*2) {
			return true
		}
	}
	return false
}

// implausible looks for tables whose amounts are out of proportion to the whole.
func (l *checker) implausible(done map[*ledger.Table]bool) {
	var whole int64
	for _, st := range []schema.Statement{schema.RevenueExpenditureSummary, schema.Revenue, schema.Expenditure} {
		for _, table := range l.Statements[st] {
			whole = max(whole, l.largest(table))
		}
	}
	if whole < wholeFloor {
		return
	}
	for _, table := range l.Tables {
		most := l.largest(table)
		if done[table] || most == 0 || table.Statement == schema.OtherStatement {
			continue
		}
		floor := int64(tooSmall)
		if table.Statement == schema.ThreePublic {
			floor = tooSmallPublic
		}
		if most < floor || most/tooLarge > whole {
			l.find(finding{rule: rules.Unit, lines: table.Lines, expected: whole, actual: most, what: string(table.Statement)})
		}
	}
}

func (l *checker) largest(table *ledger.Table) (most int64) {
	for _, i := range table.Lines {
		f := &l.Figures[i]
		if d := f.Column.Dims.Year; f.Usable && d == l.Disclosure.Document.FiscalYear || l.Disclosure.Document.FiscalYear == 0 {
			most = max(most, f.Fen)
		}
	}
	return most
}
