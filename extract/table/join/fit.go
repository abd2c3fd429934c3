package join

import (
	"math"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/wording"
)

// The next page of a table may be drawn in another size, leave out the columns that are empty there, or hold the table's right
// half.

// scaled returns the table's borders for a part that continues it in another size, and the part's own borders for any other.
func scaled(xs, next []float64, slip float64) []float64 {
	if len(xs) != len(next) || len(xs) < 4 {
		return next
	}
	width, theirs := xs[len(xs)-1]-xs[0], next[len(next)-1]-next[0]
	if theirs <= 0 {
		return next
	}
	scale := width / theirs
	for i, v := range next {
		if math.Abs(xs[0]+(v-next[0])*scale-xs[i]) > slip {
			return next
		}
	}
	return xs
}

// widen gives a fragment that names only some of the table's columns, in their order, the columns of the table. It reports
// whether it did.
func (b *builder) widen(f *table.Fragment, s Settings) bool {
	if f.HeaderRows == 0 || f.HeaderRows > b.t.HeaderRows || f.Cols() >= len(b.xs)-1 || f.Cols() < 2 || sameColumns(b.xs, f.Xs, s.ColumnSlip) {
		return false
	}
	mine := columnNames(b.rows[:b.t.HeaderRows], len(b.xs)-1)
	theirs := columnNames(rowsOf(f)[:f.HeaderRows], f.Cols())
	to := make([]int, 0, len(theirs)+1)
	for at, k := 0, 0; k < len(theirs); k, at = k+1, at+1 {
		for at < len(mine) && mine[at] != theirs[k] {
			at++
		}
		if at == len(mine) || theirs[k] == "" {
			return false
		}
		to = append(to, at)
	}
	for i := range f.Cells {
		c := &f.Cells[i]
		first, last := to[c.Col], to[c.Col+c.ColSpan-1]
		c.Col, c.ColSpan = first, last-first+1
	}
	f.Xs = b.xs
	return true
}

// sameKinds reports whether a fragment without a header is wider or narrower than the table, but has as many columns, with
// codes, names and figures in the same ones: the rest of the table, on a page of another size.
func (b *builder) sameKinds(f *table.Fragment) bool {
	const other = 0.05 // of the width
	mine, theirs := b.xs[len(b.xs)-1]-b.xs[0], f.Box.Width()
	if math.Abs(mine-theirs) < other*mine {
		return false
	}
	if f.HeaderRows > 0 || f.Cols() != len(b.xs)-1 || f.Cols() < 3 || len(b.rows) == b.t.HeaderRows {
		return false
	}
	kinds, theirKinds := kindsOf(b.rows[b.t.HeaderRows:], f.Cols()), kindsOf(rowsOf(f), f.Cols())
	known := 0
	for c := range kinds {
		switch {
		case kinds[c] == 0 || theirKinds[c] == 0:
		case kinds[c] != theirKinds[c]:
			return false
		default:
			known++
		}
	}
	return known >= 3
}

// sameNames reports whether a part that says that it goes on from the page before names the same columns as the table, which
// may have other widths.
func (b *builder) sameNames(p *part) bool {
	f := p.f
	if !p.caption.Continued || f.HeaderRows == 0 || f.HeaderRows != b.t.HeaderRows || f.Cols() != len(b.xs)-1 {
		return false
	}
	mine, theirs := columnNames(b.rows[:b.t.HeaderRows], f.Cols()), columnNames(rowsOf(f)[:f.HeaderRows], f.Cols())
	return slices.Equal(mine, theirs)
}

// kindsOf tells for each column whether it holds texts (t), codes (c) or other figures (f); 0 is an empty column.
func kindsOf(rows [][]model.Cell, cols int) []byte {
	out := make([]byte, cols)
	for _, row := range rows {
		for i := range row {
			c := &row[i]
			if c.Text == "" || c.ColSpan > 1 || c.Col >= cols || out[c.Col] == 't' || isPlaceholder(c.Text) {
				continue
			}
			switch t := wording.Squeeze(c.Text); {
			case !wording.IsFigure(t):
				out[c.Col] = 't'
			case strings.ContainsAny(t, ".,"):
				out[c.Col] = 'f'
			case out[c.Col] == 0:
				out[c.Col] = 'c'
			}
		}
	}
	return out
}

// columnNames are the names over each column, from the top.
func columnNames(header [][]model.Cell, cols int) []string {
	out := make([]string, cols)
	for _, row := range header {
		for i := range row {
			for c := row[i].Col; c < min(cols, row[i].Col+row[i].ColSpan); c++ {
				out[c] += "/" + wording.Squeeze(row[i].Text)
			}
		}
	}
	return out
}

// rightHalf reports whether a fragment is the right half of a table that was too wide for its page: it stands on the next
// page, has no title and no names of rows, and its rows stand at the heights of the left half's.
func rightHalf(left, right *part) bool {
	const slip = 2.0 // points
	a, b := left.f, right.f
	if b.Page != a.Page+1 || !left.lastOn || !right.first || !left.last || !right.atTop(left.heads) || right.caption.Title != "" ||
		b.HeaderRows == 0 || a.HeaderRows != b.HeaderRows || len(a.Ys) != len(b.Ys) || len(a.Ys) < 5 {
		return false
	}
	for i := range a.Ys {
		if math.Abs(a.Ys[i]-b.Ys[i]) > slip {
			return false
		}
	}
	figures := 0
	for i := range b.Cells {
		c := &b.Cells[i]
		if c.Row < b.HeaderRows || c.Text == "" {
			continue
		}
		if !wording.IsFigure(c.Text) && !isPlaceholder(c.Text) {
			return false
		}
		figures++
	}
	return figures >= 3 && !sameTexts(rowsOf(a)[0], rowsOf(b)[0])
}

// isPlaceholder reports whether a text is a dash in place of an amount.
func isPlaceholder(t string) bool { return strings.Trim(t, "-—–－") == "" }

// addRight appends the columns of a right half.
func (b *builder) addRight(p *part) {
	cols, edge := len(b.xs)-1, b.xs[len(b.xs)-1]
	for _, x := range p.f.Xs[1:] {
		b.xs = append(b.xs, edge+x-p.f.Xs[0])
	}
	for r, row := range rowsOf(p.f) {
		for _, c := range row {
			c.Col += cols
			b.rows[r] = append(b.rows[r], c)
		}
	}
	b.t.LastPage = p.f.Page
	b.t.Notes = append(b.t.Notes, p.notes...)
}
