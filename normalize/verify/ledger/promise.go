package ledger

import "slices"

// The promise of is_aggregate: in every column of the grid, the lines that include no others add up to the printed total.

// Promise is one printed total, and the lines that the promise says add up to it.
type Promise struct {
	Total  int
	Leaves []int
	Firm   bool // all that the column's lines include is known
}

// gridColumn is one column of a table's grid; lines of another phase, year or direction in it are another.
type gridColumn struct {
	col  int32
	dims Dims
}

// Promises gives the promise of every column of a table that has a total that is not 0: of its largest total, or where several
// totals stand beside one another, of each with the lines below it.
func (l *Ledger) Promises(table *Table) []Promise {
	index := map[gridColumn]int{}
	var columns [][]int
	for _, i := range table.Lines {
		line := &l.Lines[i]
		k := gridColumn{line.Col, Dims{Direction: line.Direction, Phase: line.Phase, Year: line.FiscalYear, Change: l.Figures[i].Change}}
		n, seen := index[k]
		if !seen {
			n = len(columns)
			index[k] = n
			columns = append(columns, nil)
		}
		columns[n] = append(columns[n], i)
	}
	var out []Promise
	for _, lines := range columns {
		out = append(out, l.promisesOf(lines)...)
	}
	return out
}

func (l *Ledger) promisesOf(lines []int) []Promise {
	var roots []int // totals that nothing includes
	firm := true
	for _, i := range lines {
		f := &l.Figures[i]
		if f.Kind.IsTotal() && f.Fen != 0 && f.Parent < 0 {
			roots = append(roots, i)
		}
		firm = firm && (f.Kids == 0 || f.Firm)
	}
	out := make([]Promise, len(roots))
	for n, t := range roots {
		out[n] = Promise{Total: t, Firm: firm && l.Figures[t].Kids > 0}
	}
	for _, i := range lines {
		f := &l.Figures[i]
		if f.Kids > 0 || f.Apart {
			continue
		}
		top := l.top(i)
		for n, t := range roots {
			if i != t && (t == top || len(roots) == 1) {
				out[n].Leaves = append(out[n].Leaves, i)
			}
		}
	}
	return slices.DeleteFunc(out, func(p Promise) bool { return len(p.Leaves) == 0 })
}

// top is the line that includes all that include a line.
func (l *Ledger) top(i int) int {
	for l.Figures[i].Parent >= 0 {
		i = l.Figures[i].Parent
	}
	return i
}
