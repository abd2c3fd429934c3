package table

import (
	"math"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// A number too wide for its column is broken over two lines. In a ruled cell nothing else stands beside its halves. Without
// rules the lower half looks like a figure of another row. It is joined to the upper half if its line holds nothing but lower
// halves, each close below its upper half, and at least one of them is certain: the two halves cannot be two numbers.
//
// If both halves could be numbers, there are two readings: one amount, or two above each other. The decimals of the other
// amounts decide. If they do not, the cell is marked (model.Cell.UpperHalf), and no amount is made of it.

// joinBroken joins the numbers that are broken over two lines of words outside ruled tables.
func joinBroken(words []model.Word) []model.Word {
	if !anyHalf(words) {
		return words
	}
	rows := rowsOfWords(words)
	joined := false
	for i := 1; i < len(rows); i++ {
		tails := tailsOf(rows, i)
		if tails == nil {
			continue
		}
		var left []model.Word
		for k := range rows[i] {
			up, ok := tails[k]
			if !ok {
				left = append(left, rows[i][k])
				continue
			}
			u := &rows[up.row][up.col]
			*u = joinWords(u, &rows[i][k])
			joined = true
		}
		rows[i] = left
	}
	if !joined {
		return words
	}
	out := make([]model.Word, 0, len(words))
	for _, row := range rows {
		out = append(out, row...)
	}
	return out
}

// anyHalf reports whether a word begins or ends with a point or a comma, or whether there are a single digit and a number with
// one decimal. Outside ruled tables few pages have these, so most need no search for broken numbers.
func anyHalf(words []model.Word) bool {
	digit, decimal := false, false
	for i := range words {
		t := words[i].Text
		n := len(t)
		switch {
		case n == 0 || t[n-1] > '9' || t[n-1] < ',':
			continue
		case t[0] == '.' || t[0] == ',' || n > 3 && (t[n-1] == '.' || t[n-1] == ','):
			return true
		case n == 1:
			digit = true
		case t[n-2] == '.':
			decimal = true
		}
	}
	return digit && decimal
}

// spot is the place of a word: its row, and its index there.
type spot struct{ row, col int }

// tailsOf finds the upper halves of the numbers of row i, by word. It returns nil unless all numbers of the row are lower
// halves, at least one is certain, and the other words continue texts above.
func tailsOf(rows [][]model.Word, i int) map[int]spot {
	out := map[int]spot{}
	sure := false
	for k := range rows[i] {
		low := &rows[i][k]
		if !digitsOnly(low.Text) {
			if !goesOn(rows, i, low) {
				return nil
			}
			continue
		}
		at, certain := upperHalf(rows, i, low)
		if at.row < 0 {
			return nil
		}
		out[k] = at
		sure = sure || certain
	}
	if !sure {
		return tailsBeside(rows, i, out)
	}
	return out
}

// tailsBeside keeps uncertain halves if each is the last decimal of its number: 451200.0 over 0, since money has two decimals.
func tailsBeside(rows [][]model.Word, i int, tails map[int]spot) map[int]spot {
	if len(tails) == 0 {
		return nil
	}
	for k, at := range tails {
		_, decimals, _ := strings.Cut(rows[at.row][at.col].Text, ".")
		if len(decimals) != 1 || len(rows[i][k].Text) != 1 {
			return nil
		}
	}
	return tails
}

func digitsOnly(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' }) < 0
}

// upperHalf finds the number right above a word that continues it; the row of the place is -1 if there is none. certain tells
// that the halves cannot be two numbers.
func upperHalf(rows [][]model.Word, i int, low *model.Word) (at spot, certain bool) {
	for r := i - 1; r >= 0 && r >= i-3; r-- {
		for c := range rows[r] {
			up := &rows[r][c]
			if low.Box.X0 >= up.Box.X1 || up.Box.X0 >= low.Box.X1 {
				continue
			}
			if !below(up, low) || !wording.BrokenNumber(up.Text, low.Text) || !wording.IsDigitLike(rune(up.Text[0])) {
				return spot{-1, -1}, false
			}
			return spot{r, c}, !wording.TwoNumbers(up.Text, low.Text)
		}
	}
	return spot{-1, -1}, false
}

// below reports whether a word stands in the line below another one of the same cell: close, and aligned with it.
func below(up, low *model.Word) bool {
	size := low.Em()
	aligned := math.Abs(up.Box.X1-low.Box.X1) < size || math.Abs(up.Box.X0-low.Box.X0) < size ||
		math.Abs(up.Box.Center().X-low.Box.Center().X) < size
	lead := low.Baseline() - up.Baseline()
	return aligned && lead > 0.7*size && lead < 1.6*size && math.Abs(up.Em()-size) < 0.1*size
}

// goesOn reports whether a text is the second line of a text above it.
func goesOn(rows [][]model.Word, i int, low *model.Word) bool {
	for r := i - 1; r >= 0 && r >= i-3; r-- {
		for c := range rows[r] {
			up := &rows[r][c]
			if low.Box.X0 < up.Box.X1 && up.Box.X0 < low.Box.X1 {
				return !wording.IsNumber(up.Text) && below(up, low)
			}
		}
	}
	return false
}

// joinWords makes one word of the upper and the lower half of a number.
func joinWords(up, low *model.Word) model.Word {
	return model.Word{
		Text: up.Text + low.Text, Box: up.Box.Union(low.Box), Source: up.Source, Confidence: min(up.Confidence, low.Confidence),
		Glyphs: append(append(make([]*model.Glyph, 0, len(up.Glyphs)+len(low.Glyphs)), up.Glyphs...), low.Glyphs...),
	}
}

// settleHalves decides whether a number that may be two is one, by the decimals of the other amounts: it is one if they all
// have as many as the whole number, and its upper half has another number of them.
func settleHalves(f *Fragment) {
	var style map[int]bool
	for i := range f.Cells {
		c := &f.Cells[i]
		if c.UpperHalf == "" {
			continue
		}
		if style == nil {
			style = decimalsOf(f)
		}
		if d := decimals(c.Text); len(style) == 1 && style[d] && d > 0 && decimals(c.UpperHalf) != d {
			c.UpperHalf = ""
		}
	}
}

// decimalsOf lists the numbers of decimals that the amounts of a fragment have. Whole numbers are left out, since they may be
// codes.
func decimalsOf(f *Fragment) map[int]bool {
	out := map[int]bool{}
	for i := range f.Cells {
		if c := &f.Cells[i]; c.UpperHalf == "" && wording.IsNumber(c.Text) && strings.Contains(c.Text, ".") {
			out[decimals(c.Text)] = true
		}
	}
	return out
}

func decimals(s string) int {
	_, d, _ := strings.Cut(wording.Squeeze(s), ".")
	return len(d)
}
