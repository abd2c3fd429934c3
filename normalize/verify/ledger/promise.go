package ledger

// The promise of is_aggregate: in every column of the grid, the lines that include no others add up to the printed total.

// Promise is one printed total, and the lines that the promise says add up to it: those below it, in whatever column, and those
// of its own column that are below none.
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
		if l.isTotal(i) && f.Fen != 0 && f.Parent < 0 {
			roots = append(roots, i)
		}
		firm = firm && (f.Kids == 0 || f.Firm)
	}
	out := make([]Promise, len(roots))
	for n, t := range roots {
		out[n] = Promise{Total: t, Firm: firm && l.Figures[t].Kids > 0, Leaves: l.below(nil, t)}
	}
	for _, i := range lines {
		if f := &l.Figures[i]; len(roots) == 1 && l.Figures[roots[0]].Kind != kindYear && i != roots[0] && f.Kids == 0 && f.Parent < 0 && !f.Apart && l.isTotal(i) == f.Kind.IsTotal() {
			out[0].Leaves = append(out[0].Leaves, i)
		}
	}
	if len(lines) == len(roots) {
		return nil // totals of other columns
	}
	return out
}

// below appends the lines below a line that include no others.
func (l *Ledger) below(leaves []int, i int) []int {
	for _, j := range l.parts[i] {
		if len(l.parts[j]) > 0 {
			leaves = l.below(leaves, j)
		} else {
			leaves = append(leaves, j)
		}
	}
	return leaves
}
