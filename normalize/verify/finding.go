package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
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
	columns          []*ledger.Column // whose amounts are all in doubt
}

// find notes a finding. The tables of a government are of the whole region, of its own level or of one budget within it, in no
// prescribed form: that two of them differ, or that one has no total or no row of a level, proves nothing.
func (l *checker) find(f finding) {
	free := l.Government && (f.rule == rules.SameItem || f.rule == rules.PartWithinWhole ||
		f.rule == rules.TotalMissing || f.rule == rules.HierarchyGap)
	switch {
	case free && f.status != schema.CheckPass:
		f.status = schema.CheckSkipped
	case f.status == "":
		f.status = schema.CheckFail
	}
	l.findings = append(l.findings, f)
}

// sentenceFindings tests what sentences say by themselves.
func (l *checker) sentenceFindings() {
	for _, f := range l.words.sentences.Findings(l.Ledger) {
		l.find(finding{rule: f.Rule, status: f.Status, lines: f.Lines, what: f.What, column: f.Column})
	}
}

// label names a line in a description: code and name.
func (l *checker) label(i int) string {
	line := &l.Lines[i]
	if line.ItemCode != "" && l.Figures[i].Code != "" {
		return line.ItemCode + " " + line.ItemName
	}
	return line.ItemName
}
