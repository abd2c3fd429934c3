package lattice

import (
	"math"
	"sort"

	"github.com/countybudget/extract/extract/model"
)

// Grid is rows and columns of boxes between positions. An edge of a box is closed if a rule covers it.
type Grid struct {
	Xs, Ys []float64 // positions of the columns' and rows' borders, ascending
	Hor    [][]bool  // Hor[i][c]: the edge at Ys[i] is closed in column c
	Ver    [][]bool  // Ver[r][j]: the edge at Xs[j] is closed in row r
	Kind   model.TableKind
}

// Rows is the number of rows of boxes.
func (g *Grid) Rows() int { return len(g.Ys) - 1 }

// Cols is the number of columns of boxes.
func (g *Grid) Cols() int { return len(g.Xs) - 1 }

// Box is the box of the whole grid on the page.
func (g *Grid) Box() model.Rect {
	return model.Rect{X0: g.Xs[0], Y0: g.Ys[0], X1: g.Xs[len(g.Xs)-1], Y1: g.Ys[len(g.Ys)-1]}
}

// Component is a set of spans that are connected by crossings.
type Component struct{ Hor, Ver []Span }

// Components groups spans that touch or cross within tol. hor is sorted by position, then start, and spans at one position
// do not overlap, so each vertical span meets at most one span of each position within tol (two at a joint).
func Components(hor, ver []Span, tol float64) []Component {
	set := newSets(len(hor) + len(ver))
	rows := positions(hor)
	for k, v := range ver {
		i := sort.Search(len(rows), func(i int) bool { return rows[i].at >= v.Lo-tol })
		for ; i < len(rows) && rows[i].at <= v.Hi+tol; i++ {
			row := hor[rows[i].from:rows[i].to]
			j := sort.Search(len(row), func(j int) bool { return row[j].Hi >= v.At-tol })
			for ; j < len(row) && row[j].Lo <= v.At+tol; j++ {
				set.join(len(hor)+k, rows[i].from+j)
			}
		}
	}
	index := map[int]int{}
	var out []Component
	at := func(i int) *Component {
		root := set.find(i)
		k, ok := index[root]
		if !ok {
			k = len(out)
			index[root] = k
			out = append(out, Component{})
		}
		return &out[k]
	}
	for i, h := range hor {
		c := at(i)
		c.Hor = append(c.Hor, h)
	}
	for i, v := range ver {
		c := at(len(hor) + i)
		c.Ver = append(c.Ver, v)
	}
	return out
}

// position is a run of spans with the same fixed coordinate in a sorted list.
type position struct {
	at       float64
	from, to int
}

func positions(spans []Span) []position {
	var out []position
	for i := range spans {
		if n := len(out); n > 0 && out[n-1].at == spans[i].At {
			out[n-1].to = i + 1
			continue
		}
		out = append(out, position{spans[i].At, i, i + 1})
	}
	return out
}

// Of makes the grid of a component with spans in both directions; ok is false without one. If spans extend beyond the
// outermost ones across them, the side is open and gets a border at their ends.
func Of(c Component, s Settings) (Grid, bool) {
	xs, ys := Distinct(c.Ver, s), Distinct(c.Hor, s)
	if len(xs) == 0 || len(ys) == 0 {
		return Grid{}, false
	}
	xs = openSides(xs, c.Hor, s.OpenSide)
	ys = openSides(ys, c.Ver, s.OpenSide)
	if len(xs) < 2 || len(ys) < 2 || (len(xs)-1)*(len(ys)-1) > s.MaxBoxes {
		return Grid{}, false
	}
	g := Grid{Xs: xs, Ys: ys, Kind: model.TableRuled}
	g.Hor = Edges(ys, xs, c.Hor, s)
	down := Edges(xs, ys, c.Ver, s)
	g.Ver = make([][]bool, g.Rows())
	for r := range g.Ver {
		g.Ver[r] = make([]bool, len(xs))
		for j := range xs {
			g.Ver[r][j] = down[j][r]
		}
	}
	return g, true
}

// Distinct returns the positions of spans, with double lines as one.
func Distinct(spans []Span, s Settings) []float64 {
	var out []float64
	for _, sp := range spans {
		if n := len(out); n > 0 && sp.At-out[n-1] < 1.6*s.Snap {
			continue
		}
		out = append(out, sp.At)
	}
	return out
}

// openSides adds a border if at least half of the crossing lines extend beyond the outermost position.
func openSides(at []float64, across []Span, reach float64) []float64 {
	var lows, highs []float64
	for _, a := range across {
		if a.Lo < at[0]-reach {
			lows = append(lows, a.Lo)
		}
		if a.Hi > at[len(at)-1]+reach {
			highs = append(highs, a.Hi)
		}
	}
	if len(lows)*2 >= len(across) && len(lows) > 0 {
		sort.Float64s(lows)
		at = append([]float64{lows[len(lows)/2]}, at...)
	}
	if len(highs)*2 >= len(across) && len(highs) > 0 {
		sort.Float64s(highs)
		at = append(at, highs[len(highs)/2])
	}
	return at
}

// Edges reports for each position of at and each interval of along whether spans close it: those at the position or within
// the distance of a double line.
func Edges(at, along []float64, spans []Span, s Settings) [][]bool {
	out := make([][]bool, len(at))
	n := len(along) - 1
	covered := make([]float64, n)
	k := 0
	for i, a := range at {
		out[i] = make([]bool, n)
		clear(covered)
		for k < len(spans) && spans[k].At < a-1.6*s.Snap {
			k++
		}
		for m := k; m < len(spans) && spans[m].At <= a+1.6*s.Snap; m++ {
			if Nearest(at, spans[m].At) != i {
				continue
			}
			c := sort.SearchFloat64s(along, spans[m].Lo) - 1
			for c = max(c, 0); c < n && along[c] < spans[m].Hi; c++ {
				covered[c] += math.Max(0, math.Min(along[c+1], spans[m].Hi)-math.Max(along[c], spans[m].Lo))
			}
		}
		for c := range covered {
			out[i][c] = covered[c] >= s.EdgeCover*(along[c+1]-along[c])
		}
	}
	return out
}

// Nearest is the index of the position nearest to v; at is ascending and not empty.
func Nearest(at []float64, v float64) int {
	i := sort.SearchFloat64s(at, v)
	if i == len(at) || i > 0 && v-at[i-1] < at[i]-v {
		return i - 1
	}
	return i
}

// sets is a union-find over small integers.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) find(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

func (s sets) join(i, j int) {
	a, b := s.find(i), s.find(j)
	if a < b {
		a, b = b, a
	}
	s[a] = b
}

// Interval is the index of the interval between ascending borders that holds v. What lies outside belongs to the first or the
// last one.
func Interval(borders []float64, v float64) int {
	i := sort.SearchFloat64s(borders, v) - 1
	return max(0, min(i, len(borders)-2))
}
