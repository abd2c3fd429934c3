package ledger

import "github.com/countybudget/extract/schema"

// A sum that fails is a fault only where it is known what the line includes. Where rows may include one another without a sign
// of it, a difference proves nothing.

// setFirm finds the lines of a table of which it is known what they include.
func (l *Ledger) setFirm(table *Table) {
	kids := make(map[int][]int, len(table.Lines)/2)
	for _, i := range table.Lines {
		if p := l.Figures[i].Parent; p >= 0 {
			kids[p] = append(kids[p], i)
		}
	}
	for i, parts := range kids {
		l.Figures[i].Firm = l.understood(table, parts)
	}
	for _, b := range table.blocks {
		n := len(b.cols)
		for row := range b.rows {
			l.provenRow(b.at[row*n:(row+1)*n], kids)
		}
	}
}

// provenRow makes all lines of a row firm where most of them hold: at least one besides the line itself.
func (l *Ledger) provenRow(lines []int32, kids map[int][]int) {
	holds, fails := 0, 0
	for _, i := range lines {
		if i < 0 || len(kids[int(i)]) == 0 || l.Figures[i].Fen == 0 {
			continue
		}
		if l.Matches(kids[int(i)], int(i)) {
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
	government := l.Disclosure.Document.EntityLevel == schema.Government
	for _, i := range parts {
		f, line := &l.Figures[i], &l.Lines[i]
		switch {
		case f.Kind != KindItem, line.ItemCode != "":
		case government:
			return false
		case table.Statement == schema.RevenueExpenditureSummary, table.Statement == schema.AppropriationSummary:
		case f.Level == 0 && (line.Classification == schema.ByRevenueSource || line.Classification == schema.ByFunctional):
			return false
		}
	}
	return true
}
