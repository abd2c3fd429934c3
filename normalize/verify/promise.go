package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// promise is the outcome of leaves_add_up for one printed total.
type promise struct {
	ledger.Promise
	status schema.CheckStatus
	slack  int64 // the tolerance in half fen
}

// testPromises tests the promise of is_aggregate in every column with a printed total. It proves no line: the sums that it is made
// of are tested one by one. Where what includes what is not known, a difference is skipped and not failed.
func (l *checker) testPromises() {
	for _, table := range l.Tables {
		for _, p := range l.Promises(table) {
			t := promise{Promise: p, status: schema.CheckPass, slack: l.Tolerance(p.Leaves, []int{p.Total})}
			blank := l.Blanks(l.Figures[p.Total].Column)[p.Total]
			switch {
			case ledger.Within(l.Figures[p.Total].Fen-l.Sum(p.Leaves)+l.Sum(blank.Before)-l.Sum(blank.Now), t.slack):
			case p.Firm:
				t.status = schema.CheckFail
			default:
				t.status = schema.CheckSkipped
			}
			l.promises = append(l.promises, t)
		}
	}
}

// brokenColumns are the columns in which a promise is not kept: none of their lines is verified.
func (l *checker) brokenColumns() map[*ledger.Column]bool {
	broken := map[*ledger.Column]bool{}
	for n := range l.promises {
		p := &l.promises[n]
		if p.status == schema.CheckPass {
			continue
		}
		broken[l.Figures[p.Total].Column] = true
		for _, i := range p.Leaves {
			broken[l.Figures[i].Column] = true
		}
	}
	return broken
}

// reportPromises appends a check for each.
func (l *checker) reportPromises() {
	for n := range l.promises {
		p := &l.promises[n]
		lines := append([]int{p.Total}, p.Leaves...)
		c := l.Figures[p.Total].Column
		l.write(rules.LeavesAddUp, c.Table.Statement, p.status, l.label(p.Total), len(p.Leaves), c.Text, lines,
			&amounts{l.Sum(p.Leaves), l.Figures[p.Total].Fen, halfFen(p.slack)})
	}
}
