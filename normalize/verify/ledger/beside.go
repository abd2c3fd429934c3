package ledger

import (
	"slices"
	"strings"

	"github.com/countybudget/extract/schema"
)

// Columns that the dimensions of their lines do not tell apart, or tell apart though they are parts of one sum.

// partBlocks numbers the blocks of a summary that divide one amount in several ways beside each other (功能分类 | 支出用途): columns
// of the same dimensions whose rows name different items. Block 0 is the one with the totals.
func (l *Ledger) partBlocks(table *Table, dims []Dims) {
	if table.Statement != schema.RevenueExpenditureSummary && table.Statement != schema.AppropriationSummary {
		return
	}
	l.itemsOfTotals(table, dims)
	cols := map[Dims][]int32{} // in order of appearance
	type place struct {
		row  int32
		dims Dims
	}
	first := map[place]int{}
	totalled, beside := map[gridColumn]bool{}, map[Dims]bool{}
	for n, i := range table.Lines {
		k, col := dims[n], l.Lines[i].Col
		if !slices.Contains(cols[k], col) {
			cols[k] = append(cols[k], col)
		}
		totalled[gridColumn{col, k}] = totalled[gridColumn{col, k}] || l.Figures[i].Kind.IsTotal()
		at := place{l.Lines[i].Row, k}
		if j, seen := first[at]; !seen {
			first[at] = i
		} else if l.Lines[j].Col != col && !l.sameItem(i, j) {
			beside[k] = true
		}
	}
	for k := range beside {
		whole := slices.IndexFunc(cols[k], func(col int32) bool { return totalled[gridColumn{col, k}] })
		if whole > 0 {
			cols[k][0], cols[k][whole] = cols[k][whole], cols[k][0]
		}
	}
	for n, i := range table.Lines {
		if k := dims[n]; beside[k] {
			dims[n].block = int32(slices.Index(cols[k], l.Lines[i].Col))
		}
	}
}

// itemsOfTotals gives the rows of a grid column the spending of its totals: 基本支出 and 项目支出 as rows are items of one sum.
func (l *Ledger) itemsOfTotals(table *Table, dims []Dims) {
	place := func(n int) gridColumn {
		k := dims[n]
		k.Spending = ""
		return gridColumn{l.Lines[table.Lines[n]].Col, k}
	}
	of := map[gridColumn]schema.Spending{}
	for n, i := range table.Lines {
		if l.Figures[i].Kind.IsTotal() {
			of[place(n)] = dims[n].Spending
		}
	}
	for n := range table.Lines {
		if s, ok := of[place(n)]; ok {
			dims[n].Spending = s
		}
	}
}

// headed reports whether a line's item is named by the header of its column, because its row has no name of its own: the
// columns are then the items of one sum.
func (l *Ledger) headed(i int) bool {
	line, label := &l.Lines[i], l.Figures[i].label
	return (label == nil || label.Name == "") && line.ItemCode == "" && line.Heading != "" && line.ItemName != "" &&
		strings.Contains(plainName(line.Heading), plainName(line.ItemName))
}
