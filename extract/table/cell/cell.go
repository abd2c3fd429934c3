// Package cell puts words into the cells of a grid: it cuts those that extend over a border where they are two texts, and
// makes the text of each cell.
package cell

import (
	"math"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
	"github.com/countybudget/extract/extract/wording"
)

// A word may extend over a cell's border: a number too wide for its column, a name that runs on into the empty cell beside it,
// or the texts of two cells that nearly touch. It is cut only where a border passes between two glyphs that do not belong
// together; what still extends over a border goes as a whole to one cell. The digits of one number are never separated.

// Assign gives each area its words, or pieces of words. place is the area of each box of the grid, row by row, -1 where none is.
func Assign(g *lattice.Grid, areas []lattice.Area, place []int, words []model.Word) [][]model.Word {
	pieces := make([][]model.Word, len(areas))
	cols := g.Cols()
	for i := range words {
		r := lattice.Interval(g.Ys, words[i].Box.Center().Y)
		owner := func(x float64) int { return place[r*cols+lattice.Interval(g.Xs, x)] }
		for _, w := range pieceUp(words[i], owner, g, areas) {
			if a := home(w, owner, g, areas); a >= 0 {
				pieces[a] = append(pieces[a], w)
			}
		}
	}
	return pieces
}

// pieceUp cuts a word at the cell borders that pass between glyphs which do not belong together.
func pieceUp(w model.Word, owner func(float64) int, g *lattice.Grid, areas []lattice.Area) []model.Word {
	gl := w.Glyphs
	if len(gl) < 2 || owner(gl[0].Box.Center().X) == owner(gl[len(gl)-1].Box.Center().X) {
		return []model.Word{w}
	}
	var out []model.Word
	start := 0
	for i := 1; i < len(gl); i++ {
		a, b := owner(gl[i-1].Box.Center().X), owner(gl[i].Box.Center().X)
		if a == b || a < 0 || b < 0 || !parted(gl, i, g.Xs[areas[b].C0]) {
			continue
		}
		out = append(out, Piece(w, gl[start:i]))
		start = i
	}
	return append(out, Piece(w, gl[start:]))
}

// parted reports whether the glyphs of a word before the i-th and those from it on are texts of two cells. border is the place
// of the border between them.
func parted(gl []*model.Glyph, i int, border float64) bool {
	a, b := gl[i-1], gl[i]
	em := math.Min(a.Size, b.Size)
	gap := b.Box.X0 - a.Box.X1
	ra, _ := utf8.DecodeLastRuneInString(a.Text)
	rb, _ := utf8.DecodeRuneInString(b.Text)
	da, db := wording.IsDigitLike(ra), wording.IsDigitLike(rb)
	straddles := a.Box.X1 > border+0.2*em || b.Box.X0 < border-0.2*em
	switch {
	case da && db:
		return !straddles && (gap > 0.3*em || setApart(gl, i)) // the digits of a number are close
	case da != db:
		return gap > 0.12*em || !straddles || b.Order < a.Order
	case a.Source == model.SourceOCR || b.Source == model.SourceOCR:
		return gap > 0.15*em || !straddles
	default:
		return gap > 0.15*em || !straddles && setApart(gl, i)
	}
}

// setApart reports whether the digits on both sides of a border were not set as one number: the gap between them differs from
// the gaps beside it, or they were not drawn one after the other. An amount at the right of its cell and a code at the left of
// the next can be closer than the width of a blank.
func setApart(gl []*model.Glyph, i int) bool {
	const even = 0.05 // ems by which the gaps of one number may differ
	a, b := gl[i-1], gl[i]
	if a.Source == model.SourceOCR || b.Source == model.SourceOCR {
		return false // recognition spreads characters evenly
	}
	if b.Order < a.Order || b.Order > a.Order+1 {
		return true
	}
	gap, em := b.Box.X0-a.Box.X1, math.Min(a.Size, b.Size)
	for _, k := range []int{i - 1, i + 1} {
		if k >= 1 && k < len(gl) && math.Abs(gl[k].Box.X0-gl[k-1].Box.X1-gap) <= even*em {
			return false
		}
	}
	return len(gl) > 2
}

// Piece is the part of a word that has some of its glyphs.
func Piece(w model.Word, gl []*model.Glyph) model.Word {
	if len(gl) == len(w.Glyphs) {
		return w
	}
	out := model.Word{Glyphs: gl, Source: w.Source, Confidence: w.Confidence}
	for _, g := range gl {
		out.Text += g.Text
		out.Box = out.Box.Union(g.Box)
	}
	return out
}

// home is the area a piece belongs to. A text that begins at the left of a cell and runs on into others belongs to the one
// where it begins, any other piece to the area that holds most of it.
func home(w model.Word, owner func(float64) int, g *lattice.Grid, areas []lattice.Area) int {
	gl := w.Glyphs
	if len(gl) == 0 {
		return owner(w.Box.Center().X)
	}
	first := owner(gl[0].Box.Center().X)
	if len(gl) == 1 || first == owner(gl[len(gl)-1].Box.Center().X) {
		return first
	}
	if first >= 0 && !wording.IsNumber(w.Text) {
		if lead := gl[0].Box.X0 - g.Xs[areas[first].C0]; lead >= -1 && lead < 0.8*gl[0].Size {
			return first
		}
	}
	share := map[int]float64{}
	best := first
	for _, x := range gl {
		o := owner(x.Box.Center().X)
		share[o] += math.Max(x.Box.Width(), 0.01)
		if share[o] >= share[best] { // a tie goes to the right: numbers are set to the right
			best = o
		}
	}
	return best
}

// Make builds a cell of a page from its area, its box in points and its pieces: lines from the top, words from the left.
func Make(page int, a lattice.Area, box model.Rect, pieces []model.Word) model.Cell {
	c := model.Cell{
		Row: a.R0, Col: a.C0, RowSpan: a.R1 - a.R0, ColSpan: a.C1 - a.C0,
		Page: page, Box: box, Source: model.SourceText, Confidence: 1,
	}
	if len(pieces) == 0 {
		return c
	}
	for i := range pieces {
		c.TextBox = c.TextBox.Union(pieces[i].Box)
		if pieces[i].Source == model.SourceOCR {
			c.Source = model.SourceOCR
		}
		c.Confidence = min(c.Confidence, pieces[i].Confidence)
	}
	c.Text, c.UpperHalf = cellText(pieces, box)
	if text, mark := wording.Unmarked(c.Text); mark != "" {
		c.Text, c.Marked = text, c.Text
	}
	return c
}

// cellText joins the pieces of one cell. A line that leaves less than a character and a half free continues in the next. half
// is the upper line of two that were joined to one number and may be two.
func cellText(pieces []model.Word, box model.Rect) (text, half string) {
	full := false
	rows := cellLines(pieces)
	listed := listsNumbers(rows)
	for _, row := range rows {
		line := ""
		for i := range row {
			gap := i > 0 && row[i].Box.X0-row[i-1].Box.X1 > 0.12*row[i].Em()
			if i > 0 && !gap && wording.BrokenNumber(line, row[i].Text) {
				line += row[i].Text
				continue
			}
			line = wording.JoinWords(line, row[i].Text, gap)
		}
		joined := wording.JoinLines(text, line, full && !listed)
		if full && joined == text+line && wording.IsNumber(joined) && wording.TwoNumbers(text, line) {
			half = text
		}
		text = joined
		last := &row[len(row)-1]
		full = box.Width()-(last.Box.X1-row[0].Box.X0) < 1.5*last.Em()+4
	}
	return text, half
}

// listsNumbers reports whether at least three lines of a cell are each a number: the cell holds the amounts of several rows.
func listsNumbers(rows [][]model.Word) bool {
	const least = 3
	if len(rows) < least {
		return false
	}
	n := 0
	for _, row := range rows {
		if len(row) == 1 && wording.IsNumber(row[0].Text) && !strings.HasSuffix(row[0].Text, ".") && !strings.HasPrefix(row[0].Text, ".") {
			n++
		}
	}
	return n >= least
}

// cellLines groups pieces by baseline, from the top, and sorts each line from the left.
func cellLines(pieces []model.Word) [][]model.Word {
	sort.SliceStable(pieces, func(i, j int) bool { return pieces[i].Baseline() < pieces[j].Baseline() })
	var out [][]model.Word
	for i := range pieces {
		if n := len(out); n > 0 && pieces[i].Baseline()-out[n-1][0].Baseline() <= 0.4*math.Min(pieces[i].Em(), out[n-1][0].Em()) {
			out[n-1] = append(out[n-1], pieces[i])
			continue
		}
		out = append(out, []model.Word{pieces[i]})
	}
	for _, row := range out {
		sort.SliceStable(row, func(i, j int) bool { return row[i].Box.X0 < row[j].Box.X0 })
	}
	return out
}
