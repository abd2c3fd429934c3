package table

import "github.com/countybudget/extract/extract/model"

// area is a rectangle of boxes: rows r0…r1-1, columns c0…c1-1.
type area struct{ r0, c0, r1, c1 int }

// cellsOf joins the boxes that no edge separates and returns the areas of the cells, row by row. A region that is not a
// rectangle – a stub of a rule missing somewhere – is cut into rectangles, rows first. Boxes that lie open to the outside
// through a gap in a drawn side are no cells unless keep says so (there is text in them).
func cellsOf(g *grid, keep func(r, c int) bool) []area {
	rows, cols := g.rows(), g.cols()
	outside := rows * cols
	set := newSets(rows*cols + 1)
	drawn := g.outline()
	for r := 0; r < rows; r++ {
		for c := 0; c < cols; c++ {
			i := r*cols + c
			if c+1 < cols && !g.ver[r][c+1] {
				set.join(i, i+1)
			}
			if r+1 < rows && !g.hor[r+1][c] {
				set.join(i, i+cols)
			}
			if drawn.left && c == 0 && !g.ver[r][0] || drawn.right && c == cols-1 && !g.ver[r][cols] ||
				drawn.top && r == 0 && !g.hor[0][c] || drawn.bottom && r == rows-1 && !g.hor[rows][c] {
				set.join(i, outside)
			}
		}
	}
	out := set.find(outside)
	inside := func(r, c int) bool { return set.find(r*cols+c) != out || keep(r, c) }

	taken := make([]bool, rows*cols)
	var areas []area
	for r := 0; r < rows; r++ {
		for c := 0; c < cols; c++ {
			if taken[r*cols+c] || !inside(r, c) {
				continue
			}
			root := set.find(r*cols + c)
			same := func(r, c int) bool { return !taken[r*cols+c] && set.find(r*cols+c) == root && inside(r, c) }
			a := area{r, c, r + 1, c + 1}
			if root == out { // loose boxes with text stay single
				taken[r*cols+c] = true
				areas = append(areas, a)
				continue
			}
			for a.c1 < cols && same(r, a.c1) {
				a.c1++
			}
			for a.r1 < rows && rowSame(a, same) {
				a.r1++
			}
			for i := a.r0; i < a.r1; i++ {
				for j := a.c0; j < a.c1; j++ {
					taken[i*cols+j] = true
				}
			}
			areas = append(areas, a)
		}
	}
	return areas
}

// rowSame reports whether the row below an area belongs to the same region over the area's whole width.
func rowSame(a area, same func(r, c int) bool) bool {
	for c := a.c0; c < a.c1; c++ {
		if !same(a.r1, c) {
			return false
		}
	}
	return true
}

// sides tells which sides of a grid's outline are drawn for the most part.
type sides struct{ left, right, top, bottom bool }

// outline finds the drawn sides. Where a side is drawn, a box without its border there lies outside; where the whole side
// is open, that is the table's style.
func (g *grid) outline() sides {
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
	width := func(c int) float64 { return g.xs[c+1] - g.xs[c] }
	height := func(r int) float64 { return g.ys[r+1] - g.ys[r] }
	rows, cols := g.rows(), g.cols()
	return sides{
		left:   share(rows, height, func(r int) bool { return g.ver[r][0] }),
		right:  share(rows, height, func(r int) bool { return g.ver[r][cols] }),
		top:    share(cols, width, func(c int) bool { return g.hor[0][c] }),
		bottom: share(cols, width, func(c int) bool { return g.hor[rows][c] }),
	}
}

// rect is the area's box on the page.
func (g *grid) rect(a area) model.Rect {
	return model.Rect{X0: g.xs[a.c0], Y0: g.ys[a.r0], X1: g.xs[a.c1], Y1: g.ys[a.r1]}
}
