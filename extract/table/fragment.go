package table

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/cell"
	"github.com/countybudget/extract/extract/table/lattice"
	"github.com/countybudget/extract/extract/table/stroke"
	"github.com/countybudget/extract/extract/wording"
)

// Fragment is a table on one page, or the part of a table on that page. Its cells count rows and columns within the fragment.
type Fragment struct {
	Page       int
	Kind       model.TableKind
	Box        model.Rect
	Xs, Ys     []float64 // borders of columns and rows, points
	Cells      []model.Cell
	HeaderRows int
	Words      []model.Word   // the words in its cells
	Turned     []*model.Glyph // the glyphs of its labels that run up or down
	turned     int            // cells with such a label
}

// Rows is the number of grid rows.
func (f *Fragment) Rows() int { return len(f.Ys) - 1 }

// Cols is the number of grid columns.
func (f *Fragment) Cols() int { return len(f.Xs) - 1 }

// TurnedAside reports whether nearly all texts of the fragment run up or down: the table lies on its side.
func (f *Fragment) TurnedAside() bool {
	const least = 4 // cells
	filled := 0
	for i := range f.Cells {
		if f.Cells[i].Text != "" {
			filled++
		}
	}
	return f.turned >= least && f.turned*5 >= filled*4
}

// Find returns the tables on a page, from the top, and the words that are in none of them.
func Find(p *model.Page, words []model.Word, s Settings) ([]Fragment, []model.Word) {
	words = partAmounts(words)
	pieces, upright := lattice.Drawn(p)
	ver := lattice.Lines(upright, s)
	hor, ver := stroke.Rules(lattice.Lines(pieces, s), ver, words, s.Join)
	var grids []lattice.Grid
	var loose []lattice.Span // horizontal rules that cross nothing
	for _, c := range lattice.Components(hor, ver, s.Join) {
		if len(c.Ver) == 0 {
			loose = append(loose, c.Hor...)
			continue
		}
		if g, ok := lattice.Of(c, s); ok && g.Rows()*g.Cols() > 1 {
			grids = append(grids, g)
		}
	}
	grids = outermost(grids)

	var out []Fragment
	rest, shades := words, lattice.Shades(p)
	for i := range grids {
		var f Fragment
		g := splitBands(grids[i], rest, shades, s)
		f, rest = fill(p, &g, rest)
		if isTable(&f) && (len(words) == 0 || !isDrawing(&f)) { // recognition asks for the cells of a page without words
			out = append(out, f)
		} else {
			rest = append(rest[:len(rest):len(rest)], f.Words...)
		}
	}
	rest = joinBroken(rest)
	for _, find := range []func() []lattice.Grid{
		func() []lattice.Grid { return openGrids(p, loose, pieces, rest, s) },
		func() []lattice.Grid { return plainGrids(rest, s) },
	} {
		for _, g := range find() {
			f, left := fill(p, &g, rest)
			if isTable(&f) && !isDrawing(&f) {
				out, rest = append(out, f), left
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i].Box, out[j].Box
		if a.Y1 <= b.Y0+2 || b.Y1 <= a.Y0+2 {
			return a.Y0 < b.Y0
		}
		return a.X0 < b.X0
	})
	return out, rest
}

// outermost drops grids that lie within another one: boxes drawn in a form, frames of pictures.
func outermost(grids []lattice.Grid) []lattice.Grid {
	sort.SliceStable(grids, func(i, j int) bool { return grids[i].Box().Area() > grids[j].Box().Area() })
	var out []lattice.Grid
	const most = 64 // tables of one page
	for i := range grids {
		b := grids[i].Box()
		inner := false
		for k := range out {
			o := out[k].Box()
			if b.X0 > o.X0-1 && b.X1 < o.X1+1 && b.Y0 > o.Y0-1 && b.Y1 < o.Y1+1 {
				inner = true
				break
			}
		}
		if !inner && len(out) < most {
			out = append(out, grids[i])
		}
	}
	return out
}

// isTable reports whether a fragment is large enough for a table: not a frame around text, a box of a letterhead, or the axes
// of a chart.
func isTable(f *Fragment) bool {
	if len(f.Cells) < 2 || f.Box.Width() < 20 || f.Box.Height() < 5 {
		return false
	}
	if f.Cols() == 1 && f.Rows() < 3 {
		return false
	}
	return true
}

// isDrawing reports whether a grid is a drawing. It is if it has no text; if it has figures only, in one column or in less than
// half of its cells (labels of a chart); if it has names only and no row that is at least two thirds filled (boxes and the gaps
// between them), or cells that cover little of it (an organization chart); or if only the last of its rows has text (leaders
// above a line to sign on).
func isDrawing(f *Fragment) bool {
	filled := make([]int, f.Rows())
	boxes := make([]int, f.Rows())
	names, figures, all := 0, 0, 0
	area := 0.0
	for i := range f.Cells {
		c := &f.Cells[i]
		boxes[c.Row]++
		all++
		area += c.Box.Area()
		switch {
		case c.Text == "":
			continue
		case !slices.ContainsFunc(strings.Fields(c.Text), func(t string) bool { return !wording.IsFigure(t) }):
			figures++
		default:
			names++
		}
		filled[c.Row]++
	}
	if names+figures == 0 || names == 0 && (2*figures < all || f.Cols() == 1) {
		return true
	}
	empty, whole := 0, false
	for r := range filled {
		if filled[r] == 0 {
			empty++
		}
		whole = whole || 3*filled[r] >= 2*boxes[r] && boxes[r] > 1
	}
	if figures == 0 && f.Cols() > 2 && (!whole || area < 0.6*f.Box.Area()) {
		return true
	}
	return f.Rows() >= 4 && empty == f.Rows()-1 && filled[f.Rows()-1] > 0
}

// fill makes the fragment of a grid: its cells with the words that stand in them. It returns the words left over.
func fill(p *model.Page, g *lattice.Grid, words []model.Word) (Fragment, []model.Word) {
	f := Fragment{Page: p.Number, Kind: g.Kind, Box: g.Box(), Xs: g.Xs, Ys: g.Ys}
	in, rest := within(f.Box, words)
	f.Words = in
	marked := make([]bool, g.Rows()*g.Cols())
	for i := range in {
		c := in[i].Box.Center()
		marked[lattice.Interval(g.Ys, c.Y)*g.Cols()+lattice.Interval(g.Xs, c.X)] = true
	}
	areas := lattice.Cells(g, func(r, c int) bool { return marked[r*g.Cols()+c] })
	place := make([]int, g.Rows()*g.Cols())
	for i := range place {
		place[i] = -1
	}
	for i, a := range areas {
		for r := a.R0; r < a.R1; r++ {
			for c := a.C0; c < a.C1; c++ {
				place[r*g.Cols()+c] = i
			}
		}
	}
	pieces := cell.Assign(g, areas, place, in)
	f.Cells = make([]model.Cell, 0, len(areas))
	for i, a := range areas {
		f.Cells = append(f.Cells, cell.Make(p.Number, a, g.Rect(a), pieces[i]))
	}
	slices.SortStableFunc(f.Cells, byPlace)
	settleHalves(&f)
	sideLabels(p, &f)
	f.HeaderRows = headerRows(&f)
	return f, rest
}

// byPlace orders cells by row and column.
func byPlace(a, b model.Cell) int {
	return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
}

// within separates the words whose middle lies in the box from the others.
func within(box model.Rect, words []model.Word) (in, out []model.Word) {
	for i := range words {
		if box.Contains(words[i].Box.Center()) {
			in = append(in, words[i])
		} else {
			out = append(out, words[i])
		}
	}
	return in, out
}
