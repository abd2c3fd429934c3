package table

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"sync"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/caption"
	"github.com/countybudget/extract/extract/table/lattice"
	"github.com/countybudget/extract/extract/wording"
)

// Tables ruled in one direction only. Horizontal rules above each other with the same extent form a stack; a caption between
// two of them separates two tables. Where a rule was drawn for each cell, the ends of the pieces are the columns' borders;
// otherwise the white space that runs down between the texts is. Between two rules there is one row, unless figures stand
// above each other there: then each line with figures begins a row (a three-line table). Merged cells: spans.go.

// stack is the rules of one open table, from the top.
type stack struct {
	rules  []lattice.Span
	lo, hi float64
}

// openGrids makes grids of the horizontal rules that cross no vertical one. pieces are the rules as they were drawn.
func openGrids(p *model.Page, loose, pieces []lattice.Span, words []model.Word, s Settings) []lattice.Grid {
	var out []lattice.Grid
	for _, st := range stacks(loose, words) {
		g, ok := st.grid(p, pieces, words, s)
		if !ok {
			continue
		}
		if end := lowerEnd(&g, words); end > 0 { // the table goes on to the end of the page, without a rule there
			st.rules = append(st.rules, lattice.Span{At: end, Lo: st.lo, Hi: st.hi})
			if whole, ok := st.grid(p, pieces, words, s); ok {
				g = whole
			}
		}
		out = append(out, g)
	}
	return out
}

// lowerEnd looks for rows of a table below its last rule: lines close to each other, with figures in columns of figures and no
// text across a border. It returns where they end, 0 if there are none.
func lowerEnd(g *lattice.Grid, words []model.Word) float64 {
	box := g.Box()
	in, _ := within(box, words)
	figures := make([]int, g.Cols())
	for i := range in {
		if wording.IsFigure(in[i].Text) {
			figures[lattice.Interval(g.Xs, in[i].Box.Center().X)]++
		}
	}
	below, _ := within(model.Rect{X0: box.X0 - 6, Y0: box.Y1, X1: box.X1 + 6, Y1: box.Y1 + 2000}, words)
	end, last := 0.0, box.Y1
	for _, line := range rowsOfWords(below) {
		b := union(line)
		if b.Y0-last > 2.5*line[0].Em() || captions(line) || caption.IsNote(line[0].Text) || b.X0 < box.X0-1 || b.X1 > box.X1+1 {
			break
		}
		met, stray := 0, false
		for i := range line {
			w := &line[i]
			c := lattice.Interval(g.Xs, w.Box.Center().X)
			across := w.Box.X0 < g.Xs[c]-1 && c > 0 || w.Box.X1 > g.Xs[c+1]+1 && c+1 < g.Cols()
			switch {
			case across:
				stray = true
			case wording.IsFigure(w.Text) && figures[c] > 0:
				met++
			}
		}
		if stray {
			break
		}
		wrapped := end > 0 && b.Y0-last < 0.6*line[0].Em() // the second line of a name
		last = b.Y1
		if met >= 2 || met == 1 && tabular(line) || wrapped {
			end = b.Y1 + 1
		}
	}
	return end
}

// stacks groups rules from the top. A rule that extends beyond the sides of a stack begins another one.
func stacks(loose []lattice.Span, words []model.Word) []stack {
	slices.SortStableFunc(loose, func(a, b lattice.Span) int { return cmp.Compare(a.At, b.At) })
	captions := sync.OnceValue(func() []float64 { return captionHeights(words) }) // few pages have such rules
	var open, done []stack
	for _, r := range loose {
		if r.Length() < 12 {
			continue
		}
		placed := false
		for i := range open {
			st := &open[i]
			if r.Lo > st.hi || r.Hi < st.lo {
				continue
			}
			last := st.rules[len(st.rules)-1].At
			inside := r.Lo > st.lo-6 && r.Hi < st.hi+6
			if inside && !anyBetween(captions(), last, r.At) {
				st.rules = append(st.rules, r)
				placed = true
			} else {
				done = append(done, *st)
				open = append(open[:i:i], open[i+1:]...)
			}
			break
		}
		if !placed && len(open) < 16 {
			open = append(open, stack{rules: []lattice.Span{r}, lo: r.Lo, hi: r.Hi})
		}
	}
	done = append(done, open...)
	var out []stack
	for _, st := range done {
		full := map[float64]bool{}
		for _, r := range st.rules {
			if r.Length() > 0.85*(st.hi-st.lo) {
				full[r.At] = true
			}
		}
		if len(full) >= 2 && st.hi-st.lo > 100 {
			st.dropStrokes()
			out = append(out, st)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].rules[0].At < out[j].rules[0].At })
	return out
}

// dropStrokes drops the rules below the last long one of a stack that are too short for the end of a table: strokes of a seal
// or a signature.
func (st *stack) dropStrokes() {
	const short = 0.1 // of the stack's width: a column may be as narrow, but not all of the last row
	n := len(st.rules)
	for n > 0 && st.rules[n-1].Length() < short*(st.hi-st.lo) {
		n--
	}
	if n > 0 && st.rules[n-1].Length() > 0.85*(st.hi-st.lo) {
		st.rules = st.rules[:n]
	}
}

// captionHeights are the heights at which captions stand, ascending: unit, owner, form number, notes, names of tables.
func captionHeights(words []model.Word) []float64 {
	var out []float64
	for _, row := range rowsOfWords(words) {
		text := ""
		for i := range row {
			if caption.IsLabel(row[i].Text) {
				text = ""
				out = append(out, row[0].Box.Center().Y)
				break
			}
			text = wording.JoinWords(text, row[i].Text, true)
		}
		if text != "" && (caption.IsNote(text) || caption.IsTableName(wording.Squeeze(text)) && !wording.Matches("data_label_pattern", text)) {
			out = append(out, row[0].Box.Center().Y)
		}
	}
	sort.Float64s(out)
	return out
}

func anyBetween(at []float64, lo, hi float64) bool {
	i := sort.SearchFloat64s(at, lo)
	return i < len(at) && at[i] < hi
}

// rowsOfWords groups words into rows, from the top; each row from the left. Texts of one row may be set a little higher or
// lower, in another font or size, but not above each other.
func rowsOfWords(words []model.Word) [][]model.Word {
	ws := append([]model.Word(nil), words...)
	slices.SortStableFunc(ws, func(a, b model.Word) int { return cmp.Compare(a.Box.Center().Y, b.Box.Center().Y) })
	var out [][]model.Word
	for i := range ws {
		if n := len(out); n > 0 && besides(out[n-1], &ws[i]) {
			out[n-1] = append(out[n-1], ws[i])
			continue
		}
		out = append(out, []model.Word{ws[i]})
	}
	for _, row := range out {
		slices.SortStableFunc(row, func(a, b model.Word) int { return cmp.Compare(a.Box.X0, b.Box.X0) })
	}
	return out
}

// besides reports whether a word stands in a row of words: at nearly the same height, and above or below none of them.
func besides(row []model.Word, w *model.Word) bool {
	first := &row[0]
	off := w.Box.Center().Y - first.Box.Center().Y
	if off > 0.55*math.Min(first.Em(), w.Em()) {
		return false
	}
	if off <= 0.2*w.Em() || len(row) > 200 {
		return true
	}
	for i := range row {
		if w.Box.X0 < row[i].Box.X1-1 && row[i].Box.X0 < w.Box.X1-1 {
			return false
		}
	}
	return true
}

// grid makes the stack's grid. It returns false if what stands between the rules is no table.
func (st *stack) grid(p *model.Page, pieces []lattice.Span, words []model.Word, s Settings) (lattice.Grid, bool) {
	ys := lattice.Distinct(st.rules, s)
	box := model.Rect{X0: st.lo, Y0: ys[0], X1: st.hi, Y1: ys[len(ys)-1]}
	inner, _ := within(box, words)
	if len(inner) == 0 || len(ys) < 2 {
		return lattice.Grid{}, false
	}
	lines := rowsOfWords(inner)
	ys, drawn := rowBorders(ys, lines)
	data := firstData(ys, lines)
	xs := endColumns(st, pieces, s)
	if len(xs) < 3 {
		xs = gapColumns(st.lo, st.hi, ys[data], lines)
	}
	if len(xs) < 3 || len(xs) > 200 || len(ys) < 3 || (len(xs)-1)*(len(ys)-1) > s.MaxBoxes {
		return lattice.Grid{}, false
	}
	ys, drawn = rowsBelow(ys, drawn, data, inner, xs)
	g := lattice.Grid{Xs: xs, Ys: ys, Kind: model.TableHorizontal}
	loose := s
	loose.EdgeCover = 0.5 // a rule below a group's header may be shorter than its columns
	rules := lattice.Join(slices.Clone(st.rules), s.Join, s.MinRule)
	g.Hor = lattice.Edges(ys, xs, rules, loose)
	for i := range ys {
		if !drawn[i] || i == 0 || i == len(ys)-1 || i >= data {
			for c := range g.Hor[i] {
				g.Hor[i][c] = true
			}
		}
	}
	cut := cutAtBorders(inner, g.Xs)
	data, groups := groupBorders(&g, data, cut)
	groups = append(groups, ruledGroups(&g, rules, data, cut)...)
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(a.from, b.from) })
	g.Ver = verticals(&g, data, groups, cut)
	return g, true
}

// rowBorders adds borders between the rows that stand between two rules. drawn tells which borders are rules.
func rowBorders(rules []float64, lines [][]model.Word) (ys []float64, drawn []bool) {
	k := 0
	for i, y := range rules {
		ys, drawn = append(ys, y), append(drawn, true)
		if i+1 == len(rules) {
			break
		}
		var band [][]model.Word
		for ; k < len(lines) && lines[k][0].Box.Center().Y < rules[i+1]; k++ {
			if lines[k][0].Box.Center().Y >= y {
				band = append(band, lines[k])
			}
		}
		for _, b := range splitBand(band) {
			ys, drawn = append(ys, b), append(drawn, false)
		}
	}
	return ys, drawn
}

// rowsBelow finds the borders between the rows below the header again, now that the columns are known.
func rowsBelow(ys []float64, drawn []bool, data int, words []model.Word, xs []float64) ([]float64, []bool) {
	outYs, outDrawn := slices.Clone(ys[:data+1]), slices.Clone(drawn[:data+1])
	for i := data; i+1 < len(ys); {
		end := i + 1 // the next rule
		for end+1 < len(ys) && !drawn[end] {
			end++
		}
		band, _ := within(model.Rect{X0: xs[0], Y0: ys[i], X1: xs[len(xs)-1], Y1: ys[end]}, words)
		borders := textRows(band, xs)
		if borders == nil {
			borders = ys[i+1 : end]
		}
		for _, y := range borders {
			if y > outYs[len(outYs)-1]+1 && y < ys[end]-1 {
				outYs, outDrawn = append(outYs, y), append(outDrawn, false)
			}
		}
		outYs, outDrawn = append(outYs, ys[end]), append(outDrawn, drawn[end])
		i = end
	}
	return outYs, outDrawn
}

// splitBand returns the borders between the rows of one band: none, unless figures stand above each other in it. A line
// without figures that continues a text of the line above or below is in the row of that line; a label that begins a row
// always begins one.
func splitBand(band [][]model.Word) []float64 {
	if !stacked(band) {
		return nil
	}
	var out []float64
	bottom := func(r []model.Word) float64 { return union(r).Y1 }
	for i := 1; i < len(band); i++ {
		up, low := band[i-1], band[i]
		if overlap(up, low) {
			continue
		}
		if i+1 < len(band) && overlap(low, band[i+1]) {
			out = append(out, (bottom(up)+union(low).Y0)/2)
			continue
		}
		if !hasFigures(low) && !beginsRow(low) && i+1 < len(band) || !hasFigures(up) && i == 1 && !beginsRow(up) && !beginsRow(low) {
			if !hasFigures(low) && continues(up, low) || !hasFigures(up) && continues(low, up) {
				continue
			}
		}
		out = append(out, (bottom(up)+union(low).Y0)/2)
	}
	return out
}

// overlap reports whether two lines, one of them with figures, stand partly beside each other: a wrapped name beside the
// figures of its row.
func overlap(up, low []model.Word) bool {
	return hasFigures(up) != hasFigures(low) && union(up).Y1-union(low).Y0 > 0.15*low[0].Em()
}

// continues reports whether every word of b stands right below a text of a that is no figure: the second line of wrapped
// names.
func continues(a, b []model.Word) bool {
	if len(a) > 200 || len(b) > 200 {
		return false
	}
	for i := range b {
		met := false
		for k := range a {
			if b[i].Box.X0 < a[k].Box.X1+2 && a[k].Box.X0 < b[i].Box.X1+2 && !wording.IsFigure(a[k].Text) {
				met = true
				break
			}
		}
		if !met {
			return false
		}
	}
	return union(b).Y0-union(a).Y1 < 0.6*b[0].Em()
}

func beginsRow(row []model.Word) bool {
	return wording.Matches("data_label_pattern", row[0].Text) || wording.IsInteger(row[0].Text)
}

// stacked reports whether a figure stands below another one, or a label that begins a row below another such label.
func stacked(band [][]model.Word) bool {
	const most = 64 // a row has no more columns
	var figures, labels []model.Rect
	below := func(b model.Rect, seen []model.Rect) bool {
		for _, o := range seen {
			if b.X0 < o.X1 && o.X0 < b.X1 && b.Y0 > o.Y1-2 {
				return true
			}
		}
		return false
	}
	for _, row := range band {
		for i := range row {
			b := row[i].Box
			switch {
			case wording.IsFigure(row[i].Text):
				if below(b, figures) {
					return true
				}
				if len(figures) < most {
					figures = append(figures, b)
				}
			case wording.Matches("data_label_pattern", row[i].Text):
				if below(b, labels) {
					return true
				}
				if len(labels) < most {
					labels = append(labels, b)
				}
			}
		}
	}
	return false
}

func hasFigures(row []model.Word) bool {
	for i := range row {
		if wording.IsFigure(row[i].Text) && !isYear(row[i].Text) {
			return true
		}
	}
	return false
}

func union(row []model.Word) model.Rect {
	b := row[0].Box
	for i := range row {
		b = b.Union(row[i].Box)
	}
	return b
}

// firstData is the index of the border above the first row with figures other than column numbers; of an empty table, the
// border below its first row.
func firstData(ys []float64, lines [][]model.Word) int {
	for _, row := range lines {
		if hasFigures(row) && !countsColumns(row) {
			return min(lattice.Interval(ys, union(row).Center().Y), len(ys)-2)
		}
	}
	return min(1, len(ys)-2)
}

// countsColumns reports whether a line numbers the columns.
func countsColumns(row []model.Word) bool {
	texts := make([]string, len(row))
	for i := range row {
		texts[i] = row[i].Text
	}
	return wording.IsColumnNumbers(texts)
}
