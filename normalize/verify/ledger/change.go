package ledger

import "github.com/countybudget/extract/schema"

// Columns of changes (增减额): which columns they compare, and what they leave blank.

// Blanks are the amounts of this year and the last in rows that print no change although a total of changes includes them: it
// counts them all the same.
type Blanks struct{ Now, Before []int }

// Blanks gives those of each total of a column of changes; of another column there are none.
func (l *Ledger) Blanks(c *Column) map[int]Blanks {
	now, before := l.Compared(c)
	if now == nil {
		return nil
	}
	printed := map[int32]bool{}
	for _, i := range c.Lines {
		printed[l.Lines[i].Row] = true
	}
	nowOf, beforeOf := l.blankParts(now, printed), l.blankParts(before, printed)
	out := map[int]Blanks{}
	for _, i := range c.Lines {
		row := l.Lines[i].Row
		if b := (Blanks{nowOf[row], beforeOf[row]}); len(b.Now)+len(b.Before) > 0 {
			out[i] = b
		}
	}
	return out
}

// blankParts gives by row the parts of a column's lines that stand in rows that are not printed.
func (l *Ledger) blankParts(c *Column, printed map[int32]bool) map[int32][]int {
	out := map[int32][]int{}
	for _, i := range c.Lines {
		for _, part := range l.Parts(i) {
			if !printed[l.Lines[part].Row] {
				out[l.Lines[i].Row] = append(out[l.Lines[i].Row], part)
			}
		}
	}
	return out
}

// Compared gives the columns that a column of changes compares: this year's and last year's. 本年预算数 may be of another period
// than 增减额, and last year's amounts as they were approved, adjusted or executed: those of the column's own period and phase, or
// others of which it is true in most rows, and in more. nil of a column that is none of changes.
func (l *Ledger) Compared(c *Column) (now, before *Column) {
	if !c.Dims.Change {
		return nil, nil
	}
	most := -1
	for _, period := range []schema.Period{c.Dims.Period, schema.CurrentYear, schema.AllPeriods} {
		for _, phase := range []schema.Phase{c.Dims.Phase, schema.Executed, schema.Adjusted} {
			this, last := c.Dims, c.Dims
			this.Change, last.Change = false, false
			this.Period, last.Phase, last.Year = period, phase, last.Year-1
			a, b := c.Table.OfDims[this], c.Table.OfDims[last]
			if a == nil || b == nil {
				continue
			}
			rows, hits := l.Changes(c, a, b), 0
			for _, r := range rows {
				if l.Figures[r.Now].Fen-l.Figures[r.Before].Fen == l.Figures[r.Change].Fen {
					hits++
				}
			}
			own := period == c.Dims.Period && phase == c.Dims.Phase
			if hits > most && (own || 2*hits > len(rows)) {
				now, before, most = a, b, hits
			}
		}
	}
	return now, before
}

// ChangeRow is one row of a table that prints a change: its lines.
type ChangeRow struct{ Now, Before, Change int }

// Changes gives the rows in which a column of changes and those that it compares have lines of one item.
func (l *Ledger) Changes(c, now, before *Column) (rows []ChangeRow) {
	nowOf, beforeOf := l.itemsOf(now), l.itemsOf(before)
	for _, i := range c.Lines {
		if t, y := l.counterpartOf(nowOf, i), l.counterpartOf(beforeOf, i); t >= 0 && y >= 0 {
			rows = append(rows, ChangeRow{t, y, i})
		}
	}
	return rows
}

// rowKey finds a column's line by its item, in a row of the grid or (row -1) anywhere.
type rowKey struct {
	row        int32
	code, name string
}

// itemsOf indexes a column's lines by item and row, and by item alone where the column has it once.
func (l *Ledger) itemsOf(c *Column) map[rowKey]int {
	index := make(map[rowKey]int, 2*len(c.Lines))
	for _, i := range c.Lines {
		f := &l.Figures[i]
		index[rowKey{l.Lines[i].Row, f.Code, f.Name}] = i
		once := rowKey{-1, f.Code, f.Name}
		if _, twice := index[once]; twice {
			i = -1
		}
		index[once] = i
	}
	return index
}

// counterpartOf finds the line of the same item as line i: of the same row of the grid where it can be, else the only one
// (a table on its side).
func (l *Ledger) counterpartOf(index map[rowKey]int, i int) int {
	f := &l.Figures[i]
	if j, ok := index[rowKey{l.Lines[i].Row, f.Code, f.Name}]; ok {
		return j
	}
	if j, ok := index[rowKey{-1, f.Code, f.Name}]; ok {
		return j
	}
	return -1
}
