package verify

import (
	"github.com/countybudget/extract/schema"
)

// A finding is a check that is not a linear identity: it has its outcome already.
type finding struct {
	rule             string
	status           schema.CheckStatus // fail when not given
	lines            []int
	expected, actual int64 // fen
	what             string
	column           string
	tables           []*block // whose amounts are all in doubt
}

func (l *ledger) find(f finding) {
	if f.status == "" {
		f.status = schema.CheckFail
	}
	l.findings = append(l.findings, f)
}

// label names a line in a description: code and name.
func (l *ledger) label(i int) string {
	line := &l.lines[i]
	if line.ItemCode != "" && l.figs[i].code != "" {
		return line.ItemCode + " " + line.ItemName
	}
	return line.ItemName
}

// gapFindings looks for a row that a table must have lost: a code whose children are printed, in a table that prints
// every other code of its level. (A table that prints no 款 at all, or only some, has none to lose.)
func (l *ledger) gapFindings() {
	for _, b := range l.blocks {
		l.blockGaps(b)
	}
}

func (l *ledger) blockGaps(b *block) {
	printed := map[codeKey]bool{}
	for _, i := range b.lines {
		if f := &l.figs[i]; f.kind == kindItem && f.code != "" {
			printed[codeKey{f.seg, l.lines[i].Classification, f.code}] = true
		}
	}
	var parents, gaps [8]int // by level of the parent
	seen := map[codeKey]bool{}
	var lost []finding
	for _, i := range b.lines {
		f := &l.figs[i]
		if f.kind != kindItem || len(f.code) < 5 {
			continue
		}
		k := codeKey{f.seg, l.lines[i].Classification, f.code[:len(f.code)-2]}
		level := min((len(k.code)-1)/2, len(gaps)-1)
		if seen[k] {
			continue
		}
		seen[k] = true
		if printed[k] {
			parents[level]++
			continue
		}
		gaps[level]++
		lost = append(lost, finding{rule: RuleHierarchyGap, lines: []int{i}, what: l.label(i), column: f.column.text})
	}
	for _, f := range lost {
		level := min((len(l.figs[f.lines[0]].code)-3)/2, len(gaps)-1)
		if gaps[level] > 1 || parents[level] < 2 {
			f.status = schema.CheckSkipped
		}
		l.find(f)
	}
}
