package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/schema"
)

// A wrong unit leaves a table's own sums in order. It shows where the table's amounts differ from another table's by a power
// of ten, or are too small to be a public budget's or larger than the whole of it.

const (
	tooSmall       = 1_000_00   // fen: no table's largest amount is below 1,000 yuan …
	tooSmallPublic = 100_00     // … or 100, of “三公” …
	wholeFloor     = 100_000_00 // … of a body that spends 100,000
	tooLarge       = int64(10)  // times the whole expenditure
)

func (l *checker) unitFindings(outcomes []schema.CheckStatus) {
	agreed := map[*ledger.Block]int{}
	for n := range l.ids {
		if id := &l.ids[n]; id.Across && outcomes[n] == schema.CheckPass && l.Sum(id.Total) != 0 {
			if a, b := l.blocksOf(id); a != nil && b != nil && a != b {
				agreed[a]++
				agreed[b]++
			}
		}
	}
	done := map[*ledger.Block]bool{}
	for n := range l.ids {
		id := &l.ids[n]
		if !id.Across || outcomes[n] == schema.CheckPass || !l.powerOfTen(id) {
			continue
		}
		a, b := l.blocksOf(id)
		for _, bad := range inDoubt(a, b, agreed) {
			if !done[bad] {
				done[bad] = true
				l.find(finding{rule: RuleUnit, lines: bad.Lines, expected: l.Sum(id.Sum), actual: l.Sum(id.Total), what: string(bad.Statement), tables: []*ledger.Block{bad}})
			}
		}
	}
	l.implausible(done)
}

// unitKnown reports whether the unit of the tables is printed somewhere: with a table, or in a sentence whose amount agrees with
// a table's. Where it is not, every amount may be wrong by the same factor, and all sums come out.
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
		if a, b := l.blocksOf(id); (a == nil) != (b == nil) {
			return true
		}
	}
	return len(l.Disclosure.Tables) == 0
}

// blocksOf gives the two tables that an identity compares; nil for prose.
func (l *checker) blocksOf(id *Identity) (a, b *ledger.Block) {
	if c := l.Figures[id.Total[0]].Column; c != nil {
		a = c.Block
	}
	if c := l.Figures[id.Sum[0]].Column; c != nil {
		b = c.Block
	}
	return a, b
}

// inDoubt gives the table that agrees with fewer others; both when that does not tell.
func inDoubt(a, b *ledger.Block, agreed map[*ledger.Block]int) []*ledger.Block {
	switch {
	case a == nil || b == nil || a == b:
		return nil
	case agreed[a] < agreed[b]:
		return []*ledger.Block{a}
	case agreed[b] < agreed[a]:
		return []*ledger.Block{b}
	}
	return []*ledger.Block{a, b}
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
func (l *checker) implausible(done map[*ledger.Block]bool) {
	var whole int64
	for _, st := range []schema.Statement{schema.RevenueExpenditureSummary, schema.Revenue, schema.Expenditure} {
		for _, b := range l.Statements[st] {
			whole = max(whole, l.largest(b))
		}
	}
	if whole < wholeFloor {
		return
	}
	for _, b := range l.Blocks {
		most := l.largest(b)
		if done[b] || most == 0 || b.Statement == schema.OtherStatement {
			continue
		}
		floor := int64(tooSmall)
		if b.Statement == schema.ThreePublic {
			floor = tooSmallPublic
		}
		if most < floor || most/tooLarge > whole {
			l.find(finding{rule: RuleUnit, lines: b.Lines, expected: whole, actual: most, what: string(b.Statement), tables: []*ledger.Block{b}})
		}
	}
}

func (l *checker) largest(b *ledger.Block) (most int64) {
	for _, i := range b.Lines {
		f := &l.Figures[i]
		if d := f.Column.Dims.Year; f.Usable && d == l.Disclosure.Document.FiscalYear || l.Disclosure.Document.FiscalYear == 0 {
			most = max(most, f.Fen)
		}
	}
	return most
}
