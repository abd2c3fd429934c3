package table

import (
	"math"
	"sort"

	"github.com/countybudget/extract/extract/model"
)

// grid is a lattice of boxes between positions; an edge tells whether a line closes that side of a box.
type grid struct {
	xs, ys []float64 // positions of the columns' and rows' borders, ascending
	hor    [][]bool  // hor[i][c]: the line ys[i] runs along column c
	ver    [][]bool  // ver[r][j]: the line xs[j] runs along row r
	kind   model.TableKind
}

func (g *grid) rows() int { return len(g.ys) - 1 }
func (g *grid) cols() int { return len(g.xs) - 1 }

func (g *grid) box() model.Rect {
	return model.Rect{X0: g.xs[0], Y0: g.ys[0], X1: g.xs[len(g.xs)-1], Y1: g.ys[len(g.ys)-1]}
}

// component is a set of lines that hang together by crossings.
type component struct{ hor, ver []span }

// components groups lines that touch or cross within tol. hor is sorted by position, then start; lines on one position
// do not overlap, so each vertical line meets at most one line of each position within reach (two at a joint).
func components(hor, ver []span, tol float64) []component {
	set := newSets(len(hor) + len(ver))
	rows := positions(hor)
	for k, v := range ver {
		i := sort.Search(len(rows), func(i int) bool { return rows[i].at >= v.lo-tol })
		for ; i < len(rows) && rows[i].at <= v.hi+tol; i++ {
			row := hor[rows[i].from:rows[i].to]
			j := sort.Search(len(row), func(j int) bool { return row[j].hi >= v.at-tol })
			for ; j < len(row) && row[j].lo <= v.at+tol; j++ {
				set.join(len(hor)+k, rows[i].from+j)
			}
		}
	}
	index := map[int]int{}
	var out []component
	at := func(i int) *component {
		root := set.find(i)
		k, ok := index[root]
		if !ok {
			k = len(out)
			index[root] = k
			out = append(out, component{})
		}
		return &out[k]
	}
	for i, h := range hor {
		c := at(i)
		c.hor = append(c.hor, h)
	}
	for i, v := range ver {
		c := at(len(hor) + i)
		c.ver = append(c.ver, v)
	}
	return out
}

// position is a run of spans with the same fixed coordinate in a sorted list.
type position struct {
	at       float64
	from, to int
}

func positions(spans []span) []position {
	var out []position
	for i := range spans {
		if n := len(out); n > 0 && out[n-1].at == spans[i].at {
			out[n-1].to = i + 1
			continue
		}
		out = append(out, position{spans[i].at, i, i + 1})
	}
	return out
}

// lattice makes the grid of a component with lines in both directions, or reports that there is none. Sides beyond the
// outermost lines are open: rules that reach over them add a border there.
func lattice(c component, s Settings) (grid, bool) {
	xs, ys := distinct(c.ver, s), distinct(c.hor, s)
	if len(xs) == 0 || len(ys) == 0 {
		return grid{}, false
	}
	xs = openSides(xs, c.hor, s.OpenSide)
	ys = openSides(ys, c.ver, s.OpenSide)
	if len(xs) < 2 || len(ys) < 2 || (len(xs)-1)*(len(ys)-1) > s.MaxBoxes {
		return grid{}, false
	}
	g := grid{xs: xs, ys: ys, kind: model.TableRuled}
	g.hor = edges(ys, xs, c.hor, s)
	down := edges(xs, ys, c.ver, s)
	g.ver = make([][]bool, g.rows())
	for r := range g.ver {
		g.ver[r] = make([]bool, len(xs))
		for j := range xs {
			g.ver[r][j] = down[j][r]
		}
	}
	return g, true
}

// distinct returns the positions of lines, those nearer to each other than a double line's distance as one.
func distinct(spans []span, s Settings) []float64 {
	var out []float64
	for _, sp := range spans {
		if n := len(out); n > 0 && sp.at-out[n-1] < 1.6*s.Snap {
			continue
		}
		out = append(out, sp.at)
	}
	return out
}

// openSides adds a border where at least half of the crossing lines reach further than the outermost position.
func openSides(at []float64, across []span, reach float64) []float64 {
	var lows, highs []float64
	for _, a := range across {
		if a.lo < at[0]-reach {
			lows = append(lows, a.lo)
		}
		if a.hi > at[len(at)-1]+reach {
			highs = append(highs, a.hi)
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

// edges tells for each position of at and each interval of along whether the spans close it. A position takes the spans
// that lie on it or within a double line's distance.
func edges(at, along []float64, spans []span, s Settings) [][]bool {
	out := make([][]bool, len(at))
	n := len(along) - 1
	covered := make([]float64, n)
	k := 0
	for i, a := range at {
		out[i] = make([]bool, n)
		clear(covered)
		for k < len(spans) && spans[k].at < a-1.6*s.Snap {
			k++
		}
		for m := k; m < len(spans) && spans[m].at <= a+1.6*s.Snap; m++ {
			if nearest(at, spans[m].at) != i {
				continue
			}
			c := sort.SearchFloat64s(along, spans[m].lo) - 1
			for c = max(c, 0); c < n && along[c] < spans[m].hi; c++ {
				covered[c] += math.Max(0, math.Min(along[c+1], spans[m].hi)-math.Max(along[c], spans[m].lo))
			}
		}
		for c := range covered {
			out[i][c] = covered[c] >= s.EdgeCover*(along[c+1]-along[c])
		}
	}
	return out
}

func nearest(at []float64, v float64) int {
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
