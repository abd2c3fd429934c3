package ledger

import "github.com/countybudget/extract/schema"

// Which tree of a block is the right one: the amounts judge. A tree is as good as the columns of which the lines that include
// no others add up to the printed total.

// links are the lines that include others, by slot of the block's grid.
type links struct {
	parent []int32 // slot, or -1
	apart  []bool
}

// verdict is how the links of a block hold.
type verdict struct {
	totals int // columns with a printed total
	closed int // those of which the leaves add up to it
	holds  int // lines that include others which add up to them
	fails  int // lines that include others which do not
}

// better reports whether links keep more of what is printed. Those that only state less are not better: a wrong figure would
// choose them.
func (v verdict) better(w verdict) bool {
	if v.closed != w.closed {
		return v.closed > w.closed
	}
	return v.holds > w.holds && v.holds-v.fails > w.holds-w.fails
}

// readings are tried in this order; of equals the first is kept.
var readings = []reading{
	{indent: true, partly: true}, {indent: true, partly: true, loose: 1}, {indent: true, partly: true, loose: 2},
	{indent: true, partly: true, loose: 3}, {indent: true, loose: 1}, {loose: 0}, {loose: 1}, {loose: 2}, {loose: 3},
}

// settle finds the tree of a block, where that of the codes and levels does not hold in all columns.
func (l *Ledger) settle(b *block) {
	now := l.current(b)
	state := l.weigh(b, now)
	if state.closed == state.totals && state.fails == 0 && (state.totals > 0 || state.holds > 0) {
		return
	}
	best, bestState := now, state
	for _, how := range readings {
		tried := l.spread(b, l.readTree(b, how))
		if s := l.weigh(b, tried); s.better(bestState) {
			best, bestState = tried, s
		}
		if bestState.closed == bestState.totals && bestState.totals > 0 && bestState.fails == 0 {
			break
		}
	}
	if bestState != state {
		l.relink(b, best)
	}
}

// current gives the links that codes and levels made.
func (l *Ledger) current(b *block) links {
	k := links{make([]int32, len(b.at)), make([]bool, len(b.at))}
	slot := map[int]int32{}
	for s, i := range b.at {
		if i >= 0 {
			slot[int(i)] = int32(s)
		}
	}
	for s, i := range b.at {
		k.parent[s] = -1
		if i < 0 {
			continue
		}
		f := &l.Figures[i]
		k.apart[s] = f.Apart
		if f.Parent < 0 {
			continue
		}
		if p, ok := slot[f.Parent]; ok {
			k.parent[s] = p
		}
	}
	return k
}

// spread turns the tree of rows into links of every column: a row without an amount there is passed over.
func (l *Ledger) spread(b *block, t tree) links {
	n := len(b.cols)
	k := links{make([]int32, len(b.at)), make([]bool, len(b.at))}
	for s, i := range b.at {
		k.parent[s] = -1
		if i < 0 {
			continue
		}
		row, col := s/n, s%n
		k.apart[s] = t.apart[row]
		for p := t.parent[row]; p >= 0; p = t.parent[p] {
			if b.at[int(p)*n+col] >= 0 {
				k.parent[s] = p*int32(n) + int32(col)
				break
			}
		}
	}
	return k
}

// weigh tests links against the amounts.
func (l *Ledger) weigh(b *block, k links) (v verdict) {
	n := len(b.cols)
	sums := make([]int64, len(b.at))
	units := make([]int64, len(b.at))
	kids := make([]bool, len(b.at))
	for s, i := range b.at {
		if p := k.parent[s]; i >= 0 && p >= 0 {
			f := &l.Figures[i]
			kids[p] = true
			if sums[p] += f.Fen; f.Fen != 0 {
				units[p] += f.Unit
			}
		}
	}
	for c := range n {
		var leaves, leafUnits int64
		total, counted := l.total(b, c), false
		for s := c; s < len(b.at); s += n {
			i := b.at[s]
			if i < 0 {
				continue
			}
			f := &l.Figures[i]
			counted = counted || int(i) == total && kids[s]
			switch {
			case kids[s] && f.Fen == 0 && sums[s] == 0:
			case kids[s] && Within(sums[s]-f.Fen, units[s]):
				v.holds++
			case kids[s]:
				v.fails++
			case !k.apart[s] && int(i) != total:
				if leaves += f.Fen; f.Fen != 0 {
					leafUnits += f.Unit
				}
			}
		}
		if total >= 0 {
			v.totals++
			if counted && Within(leaves-l.Figures[total].Fen, leafUnits) {
				v.closed++
			}
		}
	}
	return v
}

// total gives the largest total that is printed in a column of the block, or -1.
func (l *Ledger) total(b *block, col int) int {
	total := -1
	for s := col; s < len(b.at); s += len(b.cols) {
		i := int(b.at[s])
		if i >= 0 && l.isTotal(i) && l.Figures[i].Fen != 0 && (total < 0 || l.Figures[i].Fen > l.Figures[total].Fen) {
			total = i
		}
	}
	return total
}

// isTotal reports a total of the table, which the one of 机关运行经费 in a table of something else is not.
func (l *Ledger) isTotal(i int) bool {
	f := &l.Figures[i]
	return f.Kind.IsTotal() && (f.Column.Table.Statement != schema.AgencyOperating || f.Column.Table.whole)
}

// relink writes the links into the figures, and finds each column's total anew.
func (l *Ledger) relink(b *block, k links) {
	for _, i := range b.at {
		if i >= 0 {
			l.unlink(int(i))
		}
	}
	for s, i := range b.at {
		if i < 0 {
			continue
		}
		l.Figures[i].Apart = k.apart[s]
		if p := k.parent[s]; p >= 0 {
			l.setParent(int(i), int(b.at[p]))
		}
	}
	for c := range b.cols {
		if total := l.total(b, c); total >= 0 {
			column := l.Figures[total].Column
			if column.Grand = total; column.Year == total {
				column.Year = -1
			}
		}
	}
}

// unlink takes a line from its parent.
func (l *Ledger) unlink(i int) {
	if p := l.Figures[i].Parent; p >= 0 {
		l.Figures[p].Kids--
		l.Figures[i].Parent = -1
	}
}
