package table

import (
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
)

// A header of two levels names groups of columns above the columns. A short rule under the name of a group tells which columns
// belong to it. Without rules the texts tell: a name that stands in the middle of the header's height is that of a column
// without a group, one that stands lower belongs to a group. The columns between those without a group are divided among the
// names above them, each of which stands over the middle of its columns. The widths of the columns are not known exactly, so
// neither is that middle.

// group is a cell of the header over columns from to to, which ends at the grid's border bottom.
type group struct{ bottom, from, to int }

// ruledGroups finds the groups that short rules show in the header, which ends at border data: a rule along some columns with
// one text above it, in its middle.
func ruledGroups(g *lattice.Grid, rules []lattice.Span, data int, words []model.Word) []group {
	var out []group
	for _, h := range rules {
		bottom := lattice.Nearest(g.Ys, h.At)
		if bottom == 0 || bottom >= data || h.Length() > 0.85*g.Box().Width() {
			continue
		}
		from, to := g.Cols(), -1
		for c := range g.Cols() {
			if math.Min(h.Hi, g.Xs[c+1])-math.Max(h.Lo, g.Xs[c]) > 0.5*(g.Xs[c+1]-g.Xs[c]) {
				from, to = min(from, c), max(to, c)
			}
		}
		if to <= from {
			continue
		}
		in, _ := within(model.Rect{X0: h.Lo, Y0: g.Ys[bottom-1], X1: h.Hi, Y1: g.Ys[bottom]}, words)
		if len(in) == 0 {
			continue
		}
		if b := union(in); math.Abs(b.Center().X-(h.Lo+h.Hi)/2) < in[0].Em() && oneText(in) {
			out = append(out, group{bottom, from, to})
		}
	}
	return out
}

// oneText reports whether words are one text, of one line or more.
func oneText(words []model.Word) bool {
	for _, line := range rowsOfWords(words) {
		if len(phrases(line)) > 1 && !slices.ContainsFunc(line, func(w model.Word) bool { return len(w.Glyphs) == 1 }) {
			return false
		}
	}
	return true
}

// groupBorders adds borders between the names of groups and those of their columns in the header, which ends at border data.
// It returns the index of the border at which the header then ends, and the groups.
func groupBorders(g *lattice.Grid, data int, words []model.Word) (int, []group) {
	var out []group
	for r := 0; r < data; r++ {
		y, found := groupNames(g, r, words)
		if len(found) == 0 {
			continue
		}
		closed := make([]bool, g.Cols())
		for _, f := range found {
			for c := f.from; c <= f.to; c++ {
				closed[c] = true
			}
			out = append(out, group{r + 1, f.from, f.to})
		}
		g.Ys = slices.Insert(g.Ys, r+1, y)
		g.Hor = slices.Insert(g.Hor, r+1, closed)
		data++
		r++ // a header of three levels has a rule somewhere
	}
	return data, out
}

// groupNames looks in a band of the header for texts that stand over the texts of several columns. It returns the height of the
// border between them, and the groups.
func groupNames(g *lattice.Grid, r int, words []model.Word) (y float64, found []group) {
	in, _ := within(model.Rect{X0: g.Xs[0], Y0: g.Ys[r], X1: g.Xs[g.Cols()], Y1: g.Ys[r+1]}, words)
	lines := rowsOfWords(in)
	if len(lines) < 2 || len(lines) > 6 || len(in) > 200 {
		return 0, nil
	}
	widths := extents(g, words)
	for i := 0; i+1 < len(lines); i++ {
		h := columnNames(g, lines, i, widths)
		found := h.groups()
		if len(found) == 0 {
			continue
		}
		first := found[0]
		return (union(lines[i]).Y1 + lowerTop(g, lines[i+1:], first.from, first.to)) / 2, found
	}
	return 0, nil
}

// extents are the places of the texts of each column; those of a column without text are its middle.
func extents(g *lattice.Grid, words []model.Word) []run {
	out := make([]run, g.Cols())
	for c := range out {
		middle := (g.Xs[c] + g.Xs[c+1]) / 2
		out[c] = run{middle, middle}
	}
	for i := range words {
		b := words[i].Box
		if c := lattice.Interval(g.Xs, b.Center().X); b.X0 >= g.Xs[c]-1 && b.X1 <= g.Xs[c+1]+1 {
			out[c] = run{math.Min(out[c].lo, b.X0), math.Max(out[c].hi, b.X1)}
		}
	}
	return out
}

// names is the texts of a header at and below a line that may name groups.
type names struct {
	xs     []float64
	upper  []model.Rect // the texts of the line, from the left
	below  []bool       // columns that have a text of their own below
	middle []float64    // of that text
	widths []run
	size   float64
}

// columnNames gathers the texts of line i and those below it.
func columnNames(g *lattice.Grid, lines [][]model.Word, i int, widths []run) names {
	h := names{g.Xs, phrasesIn(lines[i], g.Xs), make([]bool, g.Cols()), make([]float64, g.Cols()), widths, lines[i][0].Em()}
	const over = 0.6 // ems that a name may reach over a border, which is not exact
	boxes := make([]model.Rect, g.Cols())
	lone := make([]bool, g.Cols()) // columns that a wider text stands over
	top, bottom := union(lines[i]), union(lines[i])
	for _, line := range lines[i+1:] {
		for _, q := range phrasesIn(line, g.Xs) {
			from, to := lattice.Interval(g.Xs, math.Min(q.X0+over*h.size, q.Center().X)), lattice.Interval(g.Xs, math.Max(q.X1-over*h.size, q.Center().X))
			for c := from; c <= to; c++ {
				if from < to {
					lone[c] = true
				}
				if !h.below[c] {
					h.middle[c] = q.Center().X
				}
				h.below[c] = true
				boxes[c] = boxes[c].Union(q)
			}
			bottom = bottom.Union(q)
		}
	}
	alone, inGroup := (top.Y0+bottom.Y1)/2, (top.Y1+bottom.Y1)/2
	for c := range h.below {
		y := boxes[c].Center().Y
		h.below[c] = h.below[c] && !lone[c] && math.Abs(y-inGroup) <= math.Abs(y-alone)
	}
	return h
}

// groups divides each run of columns with texts below among the texts over them, at the least cost: how far each text is from
// the middle of its columns, in sum. A text over one column is the first line of its name.
func (h *names) groups() []group {
	var out []group
	for a := 0; a < len(h.below); a++ {
		if !h.below[a] {
			continue
		}
		b := a
		for b < len(h.below) && h.below[b] {
			b++
		}
		out = append(out, h.divide(a, b)...)
		a = b
	}
	return out
}

// divide divides columns a to b-1 among the texts over them.
func (h *names) divide(a, b int) []group {
	const leftOut = 2 // ems: the cost of a column below no text
	var over []model.Rect
	for _, p := range h.upper {
		if c := lattice.Interval(h.xs, p.Center().X); c >= a && c < b {
			over = append(over, p)
		}
	}
	cols := b - a
	if len(over) == 0 || len(over) >= cols {
		return nil
	}
	best := make([][]float64, len(over)+1) // best[k][n]: of the first n columns with the first k texts
	from := make([][]int, len(over)+1)     // the first column of the last text, -1 for a column left out
	for k := range best {
		best[k], from[k] = make([]float64, cols+1), make([]int, cols+1)
		for n := range best[k] {
			best[k][n] = math.Inf(1)
			if k == 0 && n == 0 {
				best[k][n] = 0
			}
			if n > 0 {
				best[k][n], from[k][n] = best[k][n-1]+leftOut*h.size, -1
			}
			for m := 0; k > 0 && m < n; m++ {
				if c := best[k-1][m] + h.off(over[k-1], a+m, a+n-1); c < best[k][n] {
					best[k][n], from[k][n] = c, m
				}
			}
		}
	}
	if math.IsInf(best[len(over)][cols], 1) {
		return nil
	}
	var out []group
	for k, n := len(over), cols; n > 0; {
		m := from[k][n]
		if m < 0 {
			n--
			continue
		}
		if n-m > 1 {
			out = append([]group{{from: a + m, to: a + n - 1}}, out...)
		}
		k, n = k-1, m
	}
	return out
}

// off is how far a text is from the middle of columns from to to, points; infinite if it cannot be their name.
func (h *names) off(p model.Rect, from, to int) float64 {
	const most = 0.6 // ems from the middle
	x := p.Center().X
	if from == to {
		if lattice.Interval(h.xs, x) != from {
			return math.Inf(1)
		}
		return math.Min(math.Abs(x-h.middle[from]), h.size)
	}
	if lattice.Interval(h.xs, x) < from || lattice.Interval(h.xs, x) > to {
		return math.Inf(1)
	}
	d := math.Min(math.Abs((h.xs[from]+h.xs[to+1])/2-x), math.Abs((h.middle[from]+h.middle[to])/2-x))
	left, right := run{h.xs[from], h.widths[from].lo}, run{h.widths[to].hi, h.xs[to+1]} // where the sides can be
	if from > 0 {
		left.lo = h.widths[from-1].hi
	}
	if to+1 < len(h.widths) {
		right.hi = h.widths[to+1].lo
	}
	d = math.Min(d, math.Max(0, math.Max((left.lo+right.lo)/2-x, x-(left.hi+right.hi)/2))+most*h.size/2)
	if d > most*h.size {
		return math.Inf(1)
	}
	return d
}

// lowerTop is the upper edge of the first texts below a group's name.
func lowerTop(g *lattice.Grid, lines [][]model.Word, from, to int) float64 {
	for _, line := range lines {
		for i := range line {
			if c := lattice.Interval(g.Xs, line[i].Box.Center().X); c >= from && c <= to {
				return line[i].Box.Y0
			}
		}
	}
	return g.Ys[len(g.Ys)-1]
}
