package verify

// 其中 rows repeat part of the row above them. Where they make up all of it they are its parts like any others; where they
// are only some, no total counts them and neither may a reader: they are marked as aggregates although nothing adds up
// to them, so that a sum over the other lines counts their money once.

// markAmong finds the rows that a table prints as 其中.
func (l *ledger) markAmong() {
	type gridRow struct{ table, row int32 }
	rows := map[gridRow]bool{}
	for i := range l.d.Cells {
		if c := &l.d.Cells[i]; !c.IsHeader && l.words.among.Any(c.Text) {
			rows[gridRow{c.TableNo, c.Row}] = true
		}
	}
	if len(rows) == 0 {
		return
	}
	for i := range l.lines {
		line, f := &l.lines[i], &l.figs[i]
		f.among = f.kind == kindItem && f.code == "" && rows[gridRow{line.TableNo, line.Row}]
	}
}

// nestAmong links 其中 rows, and those after the first that complete them, to the row above; or sets them apart.
func (l *ledger) nestAmong(c *column) {
	for n := 1; n < len(c.lines); n++ {
		if f := &l.figs[c.lines[n]]; !f.among || f.parent >= 0 || f.apart {
			continue
		}
		whole := c.lines[n-1]
		if l.figs[whole].kind != kindItem {
			continue
		}
		end := l.completes(c, n, l.figs[whole].fen)
		for m := n; m < end; m++ {
			l.setParent(c.lines[m], whole)
		}
		for m := n; end == n && m < len(c.lines) && l.figs[c.lines[m]].among; m++ {
			l.figs[c.lines[m]].apart = true
		}
	}
}

// completes gives the end of the run from n on that adds up to the whole, or n.
func (l *ledger) completes(c *column, n int, whole int64) int {
	sum := int64(0)
	for m := n; m < len(c.lines) && m < n+maxRun; m++ {
		f := &l.figs[c.lines[m]]
		if f.kind != kindItem || f.code != "" || f.parent >= 0 {
			break
		}
		if sum += f.fen; sum == whole {
			return m + 1
		}
	}
	return n
}
