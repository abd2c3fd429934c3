package ledger

import "github.com/countybudget/extract/schema"

// A sum that fails is a fault only where it is known what the line includes. Where rows may include one another without a sign
// of it, a difference proves nothing.

// gatherParts lists for every line the lines that it includes.
func (l *Ledger) gatherParts() {
	l.parts = make([][]int, len(l.Lines))
	for i := range l.Figures {
		if p := l.Figures[i].Parent; p >= 0 {
			l.parts[p] = append(l.parts[p], i)
		}
	}
}

// Parts are the lines that a line includes.
func (l *Ledger) Parts(i int) []int { return l.parts[i] }

// setFirm finds the lines of which it is known what they include.
func (l *Ledger) setFirm(blocks []*block) {
	for i, parts := range l.parts {
		l.Figures[i].Firm = len(parts) > 0 && l.understood(l.Figures[i].Column.Table, parts)
	}
	for _, b := range blocks {
		n := len(b.cols)
		for row := range b.rows {
			l.provenRow(b.at[row*n : (row+1)*n])
		}
	}
	for i, parts := range l.parts {
		if len(parts) > 0 && l.Figures[parts[0]].excerpt && l.Sum(parts) < l.Figures[i].Fen {
			l.Figures[i].Firm = false // 其中 need not list all
		}
	}
}

// provenRow makes all lines of a row firm where most of them hold: at least one besides the line itself.
func (l *Ledger) provenRow(lines []int32) {
	holds, fails := 0, 0
	for _, i := range lines {
		if i < 0 || len(l.parts[i]) == 0 || l.Figures[i].Fen == 0 {
			continue
		}
		if l.Matches(l.parts[i], int(i)) {
			holds++
		} else {
			fails++
		}
	}
	if fails == 0 || holds < fails {
		return
	}
	for _, i := range lines {
		if i >= 0 {
			l.Figures[i].Firm = true
		}
	}
}

// understood reports whether the parts of a line are known by what is printed. The forms of departments are prescribed, with one
// level where no codes are; those of governments are not.
func (l *Ledger) understood(table *Table, parts []int) bool {
	if table.Statement == schema.OtherStatement {
		return false
	}
	for _, i := range parts {
		f, line := &l.Figures[i], &l.Lines[i]
		switch {
		case f.excerpt:
			return false
		case f.Kind != KindItem, line.ItemCode != "":
		case l.Government:
			return false
		case table.Statement == schema.RevenueExpenditureSummary, table.Statement == schema.AppropriationSummary:
		case f.Level == 0 && (line.Classification == schema.ByRevenueSource || line.Classification == schema.ByFunctional):
			return false
		}
	}
	return true
}
