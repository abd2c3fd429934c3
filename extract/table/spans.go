package table

import (
	"math"
	"slices"
	"sort"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/cell"
	"github.com/countybudget/extract/extract/table/lattice"
	"github.com/countybudget/extract/extract/wording"
)

// Without vertical rules, a merged cell shows only by where its text stands: in the middle of its columns. A header row is
// divided into cells so that its texts are nearest to the middles of their cells, in sum. Below the header a cell spans
// columns only if its text extends over their border, or if it is a row's first text and stands in the middle of the row's
// first columns: 合计 over codes and names.

// verticals sets the vertical edges of an open grid. Rows above data are the header, groups are cells of it that are known.
func verticals(g *lattice.Grid, data int, groups []group, words []model.Word) [][]bool {
	ver := make([][]bool, g.Rows())
	for r := range ver {
		ver[r] = make([]bool, len(g.Xs))
		for j := range ver[r] {
			ver[r][j] = true
		}
	}
	for r := 0; r < data; r++ {
		for c := 0; c < g.Cols(); {
			if r > 0 && !g.Hor[r][c] { // goes on from the row above
				c++
				continue
			}
			end := drawnBelow(g, r, c)
			e := c + 1
			for e < g.Cols() && (r == 0 || g.Hor[r][e]) && drawnBelow(g, r, e) == end {
				e++
			}
			if known := slices.IndexFunc(groups, func(k group) bool { return k.bottom == end && k.from >= c && k.from < e }); known >= 0 {
				k := groups[known]
				if k.from > c {
					e = k.from
				} else {
					e = min(e, k.to+1)
					clearBorders(ver[r:end], c+1, e)
					c = e
					continue
				}
			}
			for _, j := range parting(g, r, end, c, e, words) {
				clearBorders(ver[r:end], j, j+1)
			}
			c = e
		}
	}
	for i := range words {
		w := &words[i]
		r := lattice.Interval(g.Ys, w.Box.Center().Y)
		if r < data {
			continue
		}
		for j := lattice.Interval(g.Xs, w.Box.X0) + 1; j < g.Cols() && g.Xs[j] < w.Box.X1; j++ {
			if over := 0.6 * w.Em(); w.Box.X0 < g.Xs[j]-over && w.Box.X1 > g.Xs[j]+over {
				ver[r][j] = false
			}
		}
	}
	for _, row := range rowsOfWords(words) {
		if r := lattice.Interval(g.Ys, row[0].Box.Center().Y); r >= data && g.Ys[r+1]-g.Ys[r] < 3*row[0].Em() {
			for j := range centred(g, row) {
				ver[r][j+1] = false
			}
		}
	}
	return ver
}

// clearBorders opens the borders from to to-1 of some rows.
func clearBorders(ver [][]bool, from, to int) {
	for r := range ver {
		for j := from; j < to; j++ {
			ver[r][j] = false
		}
	}
}

// centred is how many borders the cell of a row's first text spans because the text is centred over the first columns; 0 for a
// text centred in its own column.
func centred(g *lattice.Grid, row []model.Word) int {
	first := phrases(row)[0]
	own := lattice.Interval(g.Xs, first.Center().X)
	unit := row[0].Em()
	off := math.Abs(first.Center().X - (g.Xs[own]+g.Xs[own+1])/2)
	if wording.IsNumber(row[0].Text) || first.X0-g.Xs[own] < unit && own > 0 {
		return 0
	}
	free := g.Cols()
	for i := range row {
		if row[i].Box.X0 >= first.X1 {
			free = lattice.Interval(g.Xs, row[i].Box.X0)
			break
		}
	}
	for last := max(1, own); last < free; last++ {
		if aside := math.Abs(first.Center().X - (g.Xs[0]+g.Xs[last+1])/2); aside < 0.5*unit && aside+unit < off {
			return last
		}
	}
	return 0
}

// cutAtBorders cuts words where a column's border passes through a gap wider than the word's other gaps: the texts of two
// narrow columns that nearly touch.
func cutAtBorders(words []model.Word, xs []float64) []model.Word {
	var out []model.Word
	for i := range words {
		w := words[i]
		gl := w.Glyphs
		if len(gl) < 2 || lattice.Interval(xs, w.Box.X0) == lattice.Interval(xs, w.Box.X1) {
			out = append(out, w)
			continue
		}
		gaps := make([]float64, 0, len(gl)-1)
		for k := 1; k < len(gl); k++ {
			gaps = append(gaps, gl[k].Box.X0-gl[k-1].Box.X1)
		}
		sorted := append([]float64(nil), gaps...)
		sort.Float64s(sorted)
		least := math.Max(0.1*w.Em(), sorted[len(sorted)/2]+0.08*w.Em())
		start := 0
		for k := 1; k < len(gl); k++ {
			a, b := gl[k-1].Box.Center().X, gl[k].Box.Center().X
			if gaps[k-1] > least && lattice.Interval(xs, a) != lattice.Interval(xs, b) {
				out = append(out, cell.Piece(w, gl[start:k]))
				start = k
			}
		}
		out = append(out, cell.Piece(w, gl[start:]))
	}
	return out
}

// drawnBelow is the row at which the cell that begins at (r, c) ends: the first below it with a border above.
func drawnBelow(g *lattice.Grid, r, c int) int {
	r++
	for r < g.Rows() && !g.Hor[r][c] {
		r++
	}
	return r
}

// parting returns the borders between columns from and to that fall inside a cell, for the header cells of rows r to end. It
// finds the cheapest division of the columns into cells by dynamic programming.
func parting(g *lattice.Grid, r, end, from, to int, words []model.Word) []int {
	if to-from < 2 {
		return nil
	}
	area := model.Rect{X0: g.Xs[from], Y0: g.Ys[r], X1: g.Xs[to], Y1: g.Ys[end]}
	texts := blocks(area, words, g.Xs)
	if len(texts) == 0 {
		return nil
	}
	// best[k][n]: the least cost of dividing the first n columns into cells with the first k texts.
	cols := to - from
	inf := math.Inf(1)
	best := make([][]float64, len(texts)+1)
	prev := make([][]int, len(texts)+1) // where the last cell begins
	used := make([][]bool, len(texts)+1)
	for k := range best {
		best[k], prev[k], used[k] = make([]float64, cols+1), make([]int, cols+1), make([]bool, cols+1)
		for n := range best[k] {
			best[k][n] = inf
		}
	}
	best[0][0] = 0
	const blank = 6 // the cost of a column without a text, in points off the middle
	for k := 0; k <= len(texts); k++ {
		for n := 1; n <= cols; n++ {
			if c := best[k][n-1] + blank; c < best[k][n] {
				best[k][n], prev[k][n], used[k][n] = c, n-1, false
			}
			for m := max(0, n-40); k > 0 && m < n; m++ {
				lo, hi := g.Xs[from+m], g.Xs[from+n]
				t := texts[k-1]
				if t.Center().X < lo || t.Center().X > hi {
					continue
				}
				spill := math.Max(0, lo-t.X0) + math.Max(0, t.X1-hi)
				if c := best[k-1][m] + math.Abs(t.Center().X-(lo+hi)/2) + 2*spill; c < best[k][n] {
					best[k][n], prev[k][n], used[k][n] = c, m, true
				}
			}
		}
	}
	if math.IsInf(best[len(texts)][cols], 1) {
		return nil
	}
	var out []int
	for k, n := len(texts), cols; n > 0; {
		m := prev[k][n]
		for j := m + 1; j < n; j++ {
			out = append(out, from+j)
		}
		if used[k][n] {
			k--
		}
		n = m
	}
	return out
}

// phrasesIn are the phrases of a row of words in columns. A border in a gap separates two of them, but not the letters of a
// spaced word.
func phrasesIn(row []model.Word, xs []float64) []model.Rect {
	var out []model.Rect
	start := 0
	for i := 1; i <= len(row); i++ {
		if i < len(row) && (lattice.Interval(xs, row[i-1].Box.X1) == lattice.Interval(xs, row[i].Box.X0) ||
			utf8.RuneCountInString(row[i-1].Text) == 1 && utf8.RuneCountInString(row[i].Text) == 1) {
			continue
		}
		out = append(out, phrases(row[start:i])...)
		start = i
	}
	return out
}

// blocks are the boxes of the texts within an area, from the left; the lines of a text share a box.
func blocks(area model.Rect, words []model.Word, xs []float64) []model.Rect {
	in, _ := within(area, words)
	var out []model.Rect
	for _, row := range rowsOfWords(in) {
		for _, b := range phrasesIn(row, xs) {
			merged := false
			for i := range out {
				if b.X0 < out[i].X1 && out[i].X0 < b.X1 {
					out[i] = out[i].Union(b)
					merged = true
					break
				}
			}
			if !merged && len(out) < 200 {
				out = append(out, b)
			}
		}
	}
	for i := 1; i < len(out); i++ { // few: an insertion sort
		for k := i; k > 0 && out[k].X0 < out[k-1].X0; k-- {
			out[k], out[k-1] = out[k-1], out[k]
		}
	}
	return out
}
