// Package verify tests the arithmetic identities of a disclosure.
//
// A table's lines are arranged as columns (one set of dimensions) and rows (one item), by package ledger. Within a column every
// line is linked to the one that includes it (项 to 款 to 类 to 合计), across a row to the column that totals it, and between
// tables to the same amount printed elsewhere. Every link is a linear identity, tested with exact arithmetic in fen and a
// tolerance of half a unit of the last printed place for each addend. What is not a sum (a missing row, a wrong unit, an empty
// table, a percentage) is tested by itself.
//
// A line is verified when an identity holds that a wrong digit in it would have broken, and none fails. Four rules keep this
// strict: an identity that holds only within its tolerance proves nothing; a soft one proves only amounts other than 0; where
// a whole column disagrees with another table, its inner sums do not count, because two exchanged columns add up as well as
// before; and recognized amounts of low confidence do not prove each other. What is verified stays verified: no later stage
// takes it back.
package verify

import (
	"slices"
	"sync"

	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/schema"
)

// Embedded is the words of the embedded lexicon.
var Embedded = sync.OnceValue(func() *Words {
	w, err := NewWords(lexicon.Embedded())
	if err != nil {
		panic("verify: " + err.Error()) // embedded, so a test finds it
	}
	return w
})

// Verify tests every identity over the disclosure's lines and gives the disclosure with the checks, a diagnostic for each that
// fails and for each recognized amount that stays in doubt, each line's IsAggregate and Verification, and the document's
// counts. No figure is changed, nor is the given disclosure.
func (w *Words) Verify(d *schema.Disclosure) *schema.Disclosure {
	out := *d
	out.BudgetLines = slices.Clone(d.BudgetLines)
	out.Diagnostics = slices.Clip(d.Diagnostics)
	l := w.check(&out)
	l.derive()
	l.markAggregates()
	outcomes := l.test()
	l.testPromises()
	l.publicFindings()
	l.gapFindings()
	l.totalFindings()
	l.classFindings()
	l.structureFindings()
	l.sentenceFindings()
	l.unitFindings(outcomes)
	l.report(outcomes)
	l.judge(outcomes)
	return &out
}

// checker tests the lines of one disclosure.
type checker struct {
	*ledger.Ledger
	words    *Words
	ids      []Identity
	skips    []skip
	findings []finding
	promises []promise

	extents      bool             // a government's document, which says whose money its amounts are
	titleExtents map[int32]extent // by table
}

func (w *Words) check(d *schema.Disclosure) *checker {
	return &checker{Ledger: ledger.New(d, w.Words), words: w}
}

// skip is a rule whose precondition is not met, with where.
type skip struct {
	rule      string
	statement schema.Statement
	what      string
	lines     []int
}

// markAggregates sets IsAggregate: the lines that others of the same column add up to, and 其中 rows that are part of one.
func (l *checker) markAggregates() {
	for i := range l.Lines {
		l.Lines[i].IsAggregate = l.Figures[i].Kids > 0 || l.Figures[i].Apart
	}
}

// test gives every identity's outcome.
func (l *checker) test() []schema.CheckStatus {
	outcomes := make([]schema.CheckStatus, len(l.ids))
	for n := range l.ids {
		switch id := &l.ids[n]; {
		case l.holds(id) && !(id.Soft && l.Sum(id.Total) == 0):
			outcomes[n] = schema.CheckPass
		case id.Soft:
			outcomes[n] = schema.CheckSkipped
		default:
			outcomes[n] = schema.CheckFail
		}
	}
	return outcomes
}
