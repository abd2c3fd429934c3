package lattice

import "github.com/countybudget/extract/extract/model"

// Area is a rectangle of boxes: rows R0…R1-1, columns C0…C1-1.
type Area struct{ R0, C0, R1, C1 int }

// Cells joins boxes without an edge between them and returns the areas of the cells, row by row. A region that is no
// rectangle, because part of a rule is missing, is split into rectangles, rows first. Boxes that are open to the outside
// through a gap in a drawn side are no cells unless keep (there is text in them) is true.
func Cells(g *Grid, keep func(r, c int) bool) []Area {
	rows, cols := g.Rows(), g.Cols()
	outside := rows * cols
	set := newSets(rows*cols + 1)
	drawn := g.outline()
	for r := 0; r < rows; r++ {
		for c := 0; c < cols; c++ {
			i := r*cols + c
			if c+1 < cols && !g.Ver[r][c+1] {
				set.join(i, i+1)
			}
			if r+1 < rows && !g.Hor[r+1][c] {
				set.join(i, i+cols)
			}
			if drawn.left && c == 0 && !g.Ver[r][0] || drawn.right && c == cols-1 && !g.Ver[r][cols] ||
				drawn.top && r == 0 && !g.Hor[0][c] || drawn.bottom && r == rows-1 && !g.Hor[rows][c] {
				set.join(i, outside)
			}
		}
	}
	out := set.find(outside)
	inside := func(r, c int) bool { return set.find(r*cols+c) != out || keep(r, c) }

	taken := make([]bool, rows*cols)
	var areas []Area
	for r := 0; r < rows; r++ {
		for c := 0; c < cols; c++ {
			if taken[r*cols+c] || !inside(r, c) {
				continue
			}
			root := set.find(r*cols + c)
			same := func(r, c int) bool { return !taken[r*cols+c] && set.find(r*cols+c) == root && inside(r, c) }
			a := Area{r, c, r + 1, c + 1}
			if root == out { // open boxes with text become single cells
				taken[r*cols+c] = true
				areas = append(areas, a)
				continue
			}
			for a.C1 < cols && same(r, a.C1) {
				a.C1++
			}
			for a.R1 < rows && rowSame(a, same) {
				a.R1++
			}
			for i := a.R0; i < a.R1; i++ {
				for j := a.C0; j < a.C1; j++ {
					taken[i*cols+j] = true
				}
			}
			areas = append(areas, a)
		}
	}
	return areas
}

// rowSame reports whether the row below an area is in the same region over the area's whole width.
func rowSame(a Area, same func(r, c int) bool) bool {
	for c := a.C0; c < a.C1; c++ {
		if !same(a.R1, c) {
			return false
		}
	}
	return true
}

// sides are the sides of a grid's outline that are mostly drawn.
type sides struct{ left, right, top, bottom bool }

// outline finds the drawn sides. At a drawn side a box without its border is outside; a side that is completely open is the
// table's style.
func (g *Grid) outline() sides {
	share := func(n int, length func(int) float64, closed func(int) bool) bool {
		drawn, all := 0.0, 0.0
		for i := range n {
			all += length(i)
			if closed(i) {
				drawn += length(i)
			}
		}
		return drawn >= 0.6*all
	}
	width := func(c int) float64 { return g.Xs[c+1] - g.Xs[c] }
	height := func(r int) float64 { return g.Ys[r+1] - g.Ys[r] }
	rows, cols := g.Rows(), g.Cols()
	return sides{
		left:   share(rows, height, func(r int) bool { return g.Ver[r][0] }),
		right:  share(rows, height, func(r int) bool { return g.Ver[r][cols] }),
		top:    share(cols, width, func(c int) bool { return g.Hor[0][c] }),
		bottom: share(cols, width, func(c int) bool { return g.Hor[rows][c] }),
	}
}

// Rect is the box of an area on the page.
func (g *Grid) Rect(a Area) model.Rect {
	return model.Rect{X0: g.Xs[a.C0], Y0: g.Ys[a.R0], X1: g.Xs[a.C1], Y1: g.Ys[a.R1]}
}
