package ledger

// 其中 rows repeat part of the row above them. Where they are all of it they are its parts like any others. Where they are only
// some of it no total counts them: they are marked as aggregates although nothing adds up to them, so that a sum over the
// other lines counts their money once.

// markAmong finds the rows that a table prints as 其中.
func (l *Ledger) markAmong() {
	type gridRow struct{ table, row int32 }
	rows := map[gridRow]bool{}
	for i := range l.Disclosure.Cells {
		if c := &l.Disclosure.Cells[i]; !c.IsHeader && l.words.among.Any(c.Text) {
			rows[gridRow{c.TableNo, c.Row}] = true
		}
	}
	if len(rows) == 0 {
		return
	}
	for i := range l.Lines {
		line, f := &l.Lines[i], &l.Figures[i]
		f.excerpt = f.Kind == KindItem && rows[gridRow{line.TableNo, line.Row}]
		f.among = f.excerpt && f.Code == ""
	}
}

// nestAmong links 其中 rows, and those after the first that complete them, to the row above; or sets them apart.
func (l *Ledger) nestAmong(c *Column) {
	for n := 1; n < len(c.Lines); n++ {
		if f := &l.Figures[c.Lines[n]]; !f.among || f.Parent >= 0 || f.Apart {
			continue
		}
		whole := c.Lines[n-1]
		if l.Figures[whole].Kind != KindItem {
			continue
		}
		end := l.completes(c, n, l.Figures[whole].Fen)
		for m := n; m < end; m++ {
			l.setParent(c.Lines[m], whole)
		}
		for m := n; end == n && m < len(c.Lines) && l.Figures[c.Lines[m]].among; m++ {
			l.Figures[c.Lines[m]].Apart = true
		}
	}
}

// completes gives the end of the run from n on that adds up to the whole, or n.
func (l *Ledger) completes(c *Column, n int, whole int64) int {
	sum := int64(0)
	for m := n; m < len(c.Lines) && m < n+MaxRun; m++ {
		f := &l.Figures[c.Lines[m]]
		if f.Kind != KindItem || f.Code != "" || f.Parent >= 0 {
			break
		}
		if sum += f.Fen; sum == whole {
			return m + 1
		}
	}
	return n
}
