package verify

import (
	"github.com/countybudget/extract/normalize/verify/ledger"
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

func (l *checker) find(f finding) {
	if f.status == "" {
		f.status = schema.CheckFail
	}
	l.findings = append(l.findings, f)
}

// label names a line in a description: code and name.
func (l *checker) label(i int) string {
	line := &l.Lines[i]
	if line.ItemCode != "" && l.Figures[i].Code != "" {
		return line.ItemCode + " " + line.ItemName
	}
	return line.ItemName
}
