package visible

import (
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// index finds the covers around a place: the page is divided into squares, each with the covers that touch it.
type index struct {
	covers  []model.Cover
	squares [][]int32 // of each square, in drawing order; nil when there are few covers
	nx, ny  int
	steps   int
}

const (
	square      = 36.0 // points
	mostSquares = 64   // in each direction
	fewCovers   = 12   // up to so many covers an index does not pay
)

func newIndex(p *model.Page, covers []model.Cover) index {
	x := index{covers: covers}
	if len(covers) <= fewCovers {
		return x
	}
	x.nx, x.ny = squares(p.Width), squares(p.Height)
	x.squares = make([][]int32, x.nx*x.ny)
	for i := range covers {
		x0, x1, y0, y1 := x.span(covers[i].Box)
		for y := y0; y <= y1; y++ {
			for k := x0; k <= x1; k++ {
				x.squares[y*x.nx+k] = append(x.squares[y*x.nx+k], int32(i))
				x.steps++
			}
		}
		if x.steps > mostSteps {
			break
		}
	}
	return x
}

func squares(length float64) int {
	return int(math.Max(1, math.Min(mostSquares, math.Ceil(length/square))))
}

// span are the squares that a box touches. Boxes outside the page belong to the squares at its edge.
func (x *index) span(b model.Rect) (x0, x1, y0, y1 int) {
	in := func(v float64, n int) int {
		if !(v > 0) {
			return 0
		}
		return int(math.Min(float64(n-1), v/square))
	}
	return in(b.X0, x.nx), in(b.X1, x.nx), in(b.Y0, x.ny), in(b.Y1, x.ny)
}

// around appends the covers that touch a box, in drawing order.
func (x *index) around(b model.Rect, list []*model.Cover) []*model.Cover {
	if x.squares == nil {
		for i := range x.covers {
			list = x.touching(i, b, list)
		}
		return list
	}
	x0, x1, y0, y1 := x.span(b)
	for y := y0; y <= y1; y++ {
		for k := x0; k <= x1; k++ {
			for _, i := range x.squares[y*x.nx+k] {
				list = x.touching(int(i), b, list)
			}
		}
	}
	if x0 != x1 || y0 != y1 {
		slices.SortFunc(list, func(a, b *model.Cover) int { return a.Order - b.Order })
		list = slices.Compact(list)
	}
	return list
}

func (x *index) touching(i int, b model.Rect, list []*model.Cover) []*model.Cover {
	x.steps++
	if c := &x.covers[i].Box; c.X0 < b.X1 && c.X1 > b.X0 && c.Y0 < b.Y1 && c.Y1 > b.Y0 {
		return append(list, &x.covers[i])
	}
	return list
}
