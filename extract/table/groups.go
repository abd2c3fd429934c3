package table

import (
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
)

// A header of two levels may have no rule between them: the name of a group is centred over the names of its columns. A border
// is added between them, over the columns of the group only.

// groupBorders adds borders between the names of groups and those of their columns in the header, which ends at border data.
// It returns the index of the border at which the header then ends.
func groupBorders(g *lattice.Grid, data int, words []model.Word) int {
	for r := 0; r < data; r++ {
		y, closed := groupName(g, r, words)
		if closed == nil {
			continue
		}
		g.Ys = slices.Insert(g.Ys, r+1, y)
		g.Hor = slices.Insert(g.Hor, r+1, closed)
		data++
		r++ // a header of three levels has a rule somewhere
	}
	return data
}

// groupName looks in a band of the header for texts that stand over the texts of several columns. It returns the height of the
// border between them and which columns have it, nil for none.
func groupName(g *lattice.Grid, r int, words []model.Word) (y float64, closed []bool) {
	in, _ := within(model.Rect{X0: g.Xs[0], Y0: g.Ys[r], X1: g.Xs[g.Cols()], Y1: g.Ys[r+1]}, words)
	lines := rowsOfWords(in)
	if len(lines) < 2 || len(lines) > 6 || len(in) > 200 {
		return 0, nil
	}
	for i := 0; i+1 < len(lines); i++ {
		for _, p := range phrases(lines[i]) {
			a, b, found := groupBelow(g, lines, i, p)
			if !found {
				continue
			}
			if closed == nil {
				y, closed = (p.Y1+lowerTop(g, lines[i+1:], a, b))/2, make([]bool, g.Cols())
			}
			for c := a; c <= b; c++ {
				closed[c] = true
			}
		}
		if closed != nil {
			break
		}
	}
	return y, closed
}

// groupBelow finds the largest range of columns that a text is centred over: at least two, each with a text of its own below,
// and none with another text beside it.
func groupBelow(g *lattice.Grid, lines [][]model.Word, i int, p model.Rect) (from, to int, ok bool) {
	const off = 0.6 // ems from the middle
	size := em(&lines[i][0])
	own, last := at(g.Xs, p.X0), at(g.Xs, p.X1)
	beside := make([]bool, g.Cols())
	note := func(q model.Rect) {
		for c := at(g.Xs, q.X0); c <= at(g.Xs, q.X1); c++ {
			beside[c] = true
		}
	}
	for _, q := range phrases(lines[i]) {
		if q != p {
			note(q)
		}
	}
	below := make([]bool, g.Cols())
	middle := make([]float64, g.Cols()) // of a column's own text
	for _, line := range lines[i+1:] {
		for _, q := range phrases(line) {
			if q.Y0 < p.Y1-0.3*size { // the name of a column alone, set in the middle of the header
				note(q)
			} else if at(g.Xs, q.X0+0.2*size) == at(g.Xs, q.X1-0.2*size) {
				c := at(g.Xs, q.Center().X)
				if !below[c] {
					middle[c] = q.Center().X
				}
				below[c] = true
			}
		}
	}
	widest, best := 1, math.Inf(1)
	for a := own; a >= 0 && below[a] && !beside[a]; a-- {
		for b := a; b < g.Cols() && below[b] && !beside[b]; b++ {
			if b < last || b == a {
				continue
			}
			d := math.Min(math.Abs((g.Xs[a]+g.Xs[b+1])/2-p.Center().X), math.Abs((middle[a]+middle[b])/2-p.Center().X))
			if d < off*size && (b-a+1 > widest || b-a+1 == widest && d < best) {
				widest, best, from, to, ok = b-a+1, d, a, b, true
			}
		}
	}
	return from, to, ok
}

// lowerTop is the upper edge of the first texts below a group's name.
func lowerTop(g *lattice.Grid, lines [][]model.Word, from, to int) float64 {
	for _, line := range lines {
		for i := range line {
			if c := at(g.Xs, line[i].Box.Center().X); c >= from && c <= to {
				return line[i].Box.Y0
			}
		}
	}
	return g.Ys[len(g.Ys)-1]
}
