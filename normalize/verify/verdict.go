package verify

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/verify/ledger"
	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// standing is what the identities say of one line.
type standing struct {
	across      int // strict identities with other tables that prove it
	inner       int // others that do
	columnFails int // sums of its own column that fail
	fails       int
}

// judge sets every line's verification, and reports the recognized amounts that stay in doubt.
func (l *checker) judge(outcomes []schema.CheckStatus) {
	st := make([]standing, len(l.Lines))
	for n := range l.ids {
		if outcomes[n] == schema.CheckPass {
			l.credit(&l.ids[n], st)
		}
	}
	for n := range l.ids {
		if outcomes[n] == schema.CheckFail {
			l.blame(&l.ids[n], st)
		}
	}
	for _, f := range l.findings {
		if f.status == schema.CheckFail {
			for _, i := range f.lines {
				st[i].fails++
			}
		}
	}
	doubtful := l.doubtfulColumns(outcomes, st)
	priced := l.unitKnown(outcomes)
	unsure := l.doubtfulLines()
	broken := l.brokenColumns()
	for i := range l.Lines {
		s := &st[i]
		proofs := s.across
		c := l.Figures[i].Column
		if c != nil && !doubtful[c] {
			proofs += s.inner
		}
		verdict := schema.Unchecked
		proven, doubted := unsure[i]
		switch {
		case s.fails > 0:
			verdict = schema.Contradicted
		case proofs > 0 && (priced || c == nil) && !broken[c] && !ambiguous(c) && (proven || !doubted):
			verdict = schema.Verified
		}
		if doubted && verdict != schema.Verified {
			l.reportDoubt(i)
		}
		if verdict == schema.Verified && (l.Lines[i].Meaning == schema.Guessed || slices.Contains(l.Disclosure.UnknownUnits, l.Lines[i].TableNo)) {
			verdict = schema.Unchecked
		}
		l.Lines[i].Verification = verdict
	}
}

// ambiguous reports a column that shares its dimensions with another of its table: sums do not tell them apart. Items of tables that
// no statement describes have their headers in their names.
func ambiguous(c *ledger.Column) bool {
	return c != nil && c.Dims.Shared() && c.Table.Statement != schema.OtherStatement
}

// credit counts an identity that holds for its lines. It proves a line only when it holds to within half a unit of that line's
// own last place: a sum that needs its tolerance would hold with another last digit too.
func (l *checker) credit(id *Identity, st []standing) {
	diff := l.residual(id)
	for _, lines := range [2][]int{id.Sum, id.Total} {
		for _, i := range lines {
			switch {
			case !ledger.Within(diff, l.Figures[i].Unit):
			case id.Across && !id.Soft && !(len(lines) > 1 && l.oneTable(lines)):
				st[i].across++
			default:
				st[i].inner++
			}
		}
	}
}

// blame counts an identity that fails for the lines that can be at fault. Of a sum down a column these are not the ones that
// another sum proves, nor zeros, unless that leaves none.
func (l *checker) blame(id *Identity, st []standing) {
	lines := append(append(make([]int, 0, len(id.Sum)+len(id.Total)), id.Sum...), id.Total...)
	if id.inColumn {
		for _, i := range lines {
			st[i].columnFails++
		}
		suspect := func(i int) bool { return st[i].across+st[i].inner == 0 && l.Figures[i].Fen != 0 }
		if slices.ContainsFunc(lines, suspect) {
			lines = slices.DeleteFunc(lines, func(i int) bool { return !suspect(i) })
		}
	}
	for _, i := range lines {
		st[i].fails++
	}
}

// oneTable reports whether the lines are all of one table: two lines that together equal another table's amount may still be
// exchanged.
func (l *checker) oneTable(lines []int) bool {
	for _, i := range lines {
		if c := l.Figures[i].Column; c == nil || c.Table != l.Figures[lines[0]].Column.Table {
			return false
		}
	}
	return true
}

// doubtfulColumns are the columns that another column, of the same table or of another, contradicts although the sums of both
// hold: the whole column may be a different one, or in another unit. Every column on that side of the table is then in doubt,
// because two of them may be exchanged.
func (l *checker) doubtfulColumns(outcomes []schema.CheckStatus, st []standing) map[*ledger.Column]bool {
	doubtful := map[*ledger.Column]bool{}
	for n := range l.ids {
		if id := &l.ids[n]; !id.inColumn && outcomes[n] == schema.CheckFail {
			l.doubt(doubtful, append(append([]int(nil), id.Sum...), id.Total...), nil, st)
		}
	}
	for _, f := range l.findings {
		if f.status == schema.CheckFail && len(f.columns) > 0 {
			l.doubt(doubtful, f.lines, f.columns, st)
		}
	}
	return doubtful
}

func (l *checker) doubt(doubtful map[*ledger.Column]bool, lines []int, columns []*ledger.Column, st []standing) {
	trusted, others := 0, 0 // lines that a third table proves, and the rest
	for _, i := range lines {
		if st[i].columnFails > 0 {
			return // a wrong figure explains it
		}
		if st[i].across > 0 {
			trusted++
		} else {
			others++
		}
	}
	for _, i := range lines {
		if c := l.Figures[i].Column; c != nil && (st[i].across == 0 || others == 0) {
			doubtSide(doubtful, c)
		}
	}
	if trusted == 0 || others == 0 || len(lines) == 1 {
		for _, c := range columns {
			doubtSide(doubtful, c)
		}
	}
}

// doubtSide puts a column's side of its table in doubt.
func doubtSide(doubtful map[*ledger.Column]bool, c *ledger.Column) {
	if doubtful[c] {
		return
	}
	for _, other := range c.Table.Columns {
		if other.Dims.Direction == c.Dims.Direction {
			doubtful[other] = true
		}
	}
}

// report appends the checks, and a diagnostic for each that fails.
func (l *checker) report(outcomes []schema.CheckStatus) {
	d := l.Disclosure
	d.Checks = append(make([]schema.CheckRow, 0, len(d.Checks)+len(l.ids)+len(l.promises)+len(l.findings)+len(l.skips)), d.Checks...)
	for n := range l.ids {
		id := &l.ids[n]
		expected, actual := l.Sum(id.Sum), l.Sum(id.Total)
		lines := append(append(make([]int, 0, len(id.Sum)+len(id.Total)), id.Total...), id.Sum...)
		l.write(id.Rule, id.Statement, outcomes[n], l.label(id.Total[0]), len(id.Sum), id.column, lines,
			&amounts{expected, actual, halfFen(id.slack)})
	}
	l.reportPromises()
	for _, f := range l.findings {
		var a *amounts
		if f.expected != 0 || f.actual != 0 {
			a = &amounts{f.expected, f.actual, decimal.Zero}
		}
		var st schema.Statement
		if len(f.lines) > 0 {
			st = l.Lines[f.lines[0]].Statement
		}
		l.write(f.rule, st, f.status, f.what, len(f.lines), f.column, f.lines, a)
	}
	for _, s := range l.skips {
		l.write(s.rule, s.statement, schema.CheckSkipped, string(s.statement), 0, s.what, s.lines, nil)
	}
}

type amounts struct {
	expected, actual int64
	tolerance        decimal.Decimal
}

// write appends one check.
func (l *checker) write(rule string, st schema.Statement, status schema.CheckStatus, what string, n int, column string, lines []int, a *amounts) {
	d := l.Disclosure
	row := schema.CheckRow{DocumentID: d.Document.DocumentID, FiscalYear: d.Document.FiscalYear, CheckNo: int32(len(d.Checks) + 1),
		Rule: rule, Statement: st, Description: rules.Describe(rule, what, n, column), Status: status}
	if a != nil {
		row.Expected = decimal.NewNullDecimal(decimal.New(a.expected, -2))
		row.Actual = decimal.NewNullDecimal(decimal.New(a.actual, -2))
		row.Difference = decimal.NewNullDecimal(decimal.New(a.actual-a.expected, -2))
		row.Tolerance = decimal.NewNullDecimal(a.tolerance)
	}
	row.LineIDs = make([]string, len(lines))
	for n, i := range lines {
		row.LineIDs[n] = l.Lines[i].LineID
	}
	d.Checks = append(d.Checks, row)
	switch status {
	case schema.CheckPass:
		d.Document.ChecksPassed++
	case schema.CheckFail:
		d.Document.ChecksFailed++
		l.diagnose(&row, lines)
	}
}

// diagnose adds the diagnostic of a failed check, at its first line's place.
func (l *checker) diagnose(check *schema.CheckRow, lines []int) {
	d := l.Disclosure
	row := schema.DiagnosticRow{DocumentID: check.DocumentID, FiscalYear: check.FiscalYear, DiagnosticNo: int32(len(d.Diagnostics) + 1),
		Severity: schema.SeverityWarning, Code: schema.DiagCheckFailed, Message: check.Rule + ": " + check.Description}
	if check.Expected.Valid {
		row.Message += "; expected " + check.Expected.Decimal.StringFixed(2) + ", printed " + check.Actual.Decimal.StringFixed(2) + " yuan"
	}
	if len(lines) > 0 {
		line := &l.Lines[lines[0]]
		row.Page, row.RawText = line.Page, line.RawText
		row.X0, row.Y0, row.X1, row.Y1 = line.X0, line.Y0, line.X1, line.Y1
	}
	d.Diagnostics = append(d.Diagnostics, row)
}
