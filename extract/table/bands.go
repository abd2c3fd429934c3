package table

import (
	"cmp"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/lattice"
	"github.com/countybudget/extract/extract/wording"
)

// Many tables have a rule under the header and none between the rows. The band between two rules then holds several rows,
// which are told apart by their texts. Method: in each column of the band, the lines of one text form a block. A line that
// fills its column continues in the line below, and so does a number broken at the border. Where no rules tell how wide the
// column is, a line is full if it is about as long as the longest; and if the lines are as far apart as rows are, only a line
// that ends where the longest does continues. Blocks of different columns at the
// same height form a row; a row has at most one block of each column. A band is split only if figures stand above each other
// in some column and at least two rows have texts in more than one column. Otherwise its lines are those of single cells.

// block is a text of one column of a band.
type block struct {
	col    int
	box    model.Rect
	figure bool
	label  bool // it begins as the name of a row does: 一、
}

// bandRow is a row of blocks within a band.
type bandRow struct {
	y0, y1 float64
	blocks []block
}

// splitBands adds borders between the rows that stand between two rules of a grid. shades are the upper and lower edges of
// shaded areas, from the top.
func splitBands(g lattice.Grid, words []model.Word, shades []lattice.Span, s Settings) lattice.Grid {
	inner, _ := within(g.Box(), words)
	if len(inner) < 4 {
		return g
	}
	inner = cutAtBorders(inner, g.Xs)
	bands := make([][]model.Word, g.Rows())
	for i := range inner {
		r := lattice.Interval(g.Ys, inner[i].Box.Center().Y)
		bands[r] = append(bands[r], inner[i])
	}
	out := lattice.Grid{Xs: g.Xs, Kind: g.Kind}
	for r := range bands {
		rows := bandRows(bands[r], g.Ys[r+1]-g.Ys[r], widths(g.Xs), g.Xs)
		many := manyRows(rows)
		closed := closedIn(&g, r, rows)
		out.Ys = append(out.Ys, g.Ys[r])
		out.Ver = append(out.Ver, g.Ver[r])
		if r == 0 {
			out.Hor = append(out.Hor, g.Hor[r])
		} else {
			out.Hor = append(out.Hor, undrawn(&g, r, bands[r-1], rows))
		}
		for i := 1; i < len(rows); i++ {
			if !many && !shadedHeader(rows[:i], &rows[i], g.Xs, shades, s) {
				continue
			}
			y := (rows[i-1].y1 + rows[i].y0) / 2
			if y <= out.Ys[len(out.Ys)-1]+1 || y >= g.Ys[r+1]-1 {
				continue
			}
			out.Ys = append(out.Ys, y)
			out.Hor = append(out.Hor, closed)
			out.Ver = append(out.Ver, g.Ver[r])
		}
	}
	out.Ys = append(out.Ys, g.Ys[g.Rows()])
	out.Hor = append(out.Hor, g.Hor[g.Rows()])
	if len(out.Ys)-1 == g.Rows() || out.Rows()*out.Cols() > s.MaxBoxes {
		return g
	}
	return out
}

// closedIn tells for each column whether the borders between the rows of band r apply to it. They do not where a cell extends
// into the band from above or below and has at most one text in the band.
func closedIn(g *lattice.Grid, r int, rows []bandRow) []bool {
	count := make([]int, g.Cols())
	for i := range rows {
		for _, b := range rows[i].blocks {
			count[b.col]++
		}
	}
	closed := make([]bool, g.Cols())
	for c := range closed {
		above := r > 0 && !g.Hor[r][c]
		below := r+1 < g.Rows() && !g.Hor[r+1][c]
		closed[c] = !above && !below || count[c] > 1
	}
	return closed
}

// undrawn is the edges above band r. It closes those where the rule ends short of a column that has texts of several rows below
// it, the first of them beside figures, and a text of its own above it: the name of the column, or that of a row.
func undrawn(g *lattice.Grid, r int, above []model.Word, below []bandRow) []bool {
	edges := g.Hor[r]
	if !manyRows(below) || !below[0].figures() || !slices.Contains(edges, true) {
		return edges
	}
	out := slices.Clone(edges)
	for c := range out {
		if out[c] || !below[0].has(c) || !slices.ContainsFunc(below[1:], func(r bandRow) bool { return r.has(c) }) {
			continue
		}
		out[c] = slices.ContainsFunc(above, func(w model.Word) bool { return lattice.Interval(g.Xs, w.Box.Center().X) == c })
	}
	return out
}

// has reports whether a row has a text in a column.
func (r *bandRow) has(col int) bool {
	return slices.ContainsFunc(r.blocks, func(b block) bool { return b.col == col })
}

// shadedHeader reports whether the rows of a band above a row are a header that its shading parts from the data, in place of a
// rule: they have names only, the row has figures, and between them the shading of every column ends.
func shadedHeader(above []bandRow, row *bandRow, xs []float64, shades []lattice.Span, s Settings) bool {
	const slack = 1 // points that a text's box may reach over the edge of the shading
	if !row.figures() || len(row.blocks) < 2 || slices.ContainsFunc(above, func(r bandRow) bool { return r.figures() }) {
		return false
	}
	from, _ := slices.BinarySearchFunc(shades, above[len(above)-1].y1-slack, func(e lattice.Span, y float64) int { return cmp.Compare(e.At, y) })
	var edges []lattice.Span
	for _, e := range shades[from:] {
		if e.At > row.y0+slack {
			break
		}
		edges = append(edges, lattice.Span{Lo: e.Lo, Hi: e.Hi})
	}
	for _, closed := range lattice.Edges([]float64{0}, xs, lattice.Join(edges, s.Join, s.MinRule), s)[0] {
		if !closed {
			return false
		}
	}
	return true
}

// widths are the widths of ruled columns, points.
func widths(xs []float64) []float64 {
	out := make([]float64, len(xs)-1)
	for c := range out {
		out[c] = xs[c+1] - xs[c]
	}
	return out
}

// widest is the width of the longest line of a column. It stands in for the width of the column where no rules give it.
func widest(lines [][]model.Word) float64 {
	most := 0.0
	for _, line := range lines {
		most = math.Max(most, union(line).Width())
	}
	return most
}

// textRows returns the borders between the rows of a band without rules in either direction, from the top; nil if the band is
// one row.
func textRows(words []model.Word, xs []float64) []float64 {
	if len(words) == 0 {
		return nil
	}
	rows := bandRows(cutAtBorders(words, xs), math.Inf(1), make([]float64, len(xs)-1), xs)
	if !manyRows(rows) {
		return nil
	}
	var out []float64
	for i := 1; i < len(rows); i++ {
		if y := (rows[i-1].y1 + rows[i].y0) / 2; len(out) == 0 || y > out[len(out)-1]+1 {
			out = append(out, y)
		}
	}
	return out
}

// bandRows groups the texts of a band into rows, from the top. A column's width is 0 if it is not known.
func bandRows(words []model.Word, height float64, width, xs []float64) []bandRow {
	const lowest = 1.9 // ems: a lower band holds one line
	if len(words) < 4 || height < lowest*words[0].Em() {
		return nil
	}
	blocks := columnBlocks(words, width, xs)
	slices.SortStableFunc(blocks, func(a, b block) int {
		return cmp.Or(cmp.Compare(a.box.Center().Y, b.box.Center().Y), cmp.Compare(a.col, b.col))
	})
	var rows []bandRow
	for _, b := range blocks {
		if n := len(rows); n > 0 && rows[n-1].takes(&b) {
			row := &rows[n-1]
			row.y0, row.y1 = math.Min(row.y0, b.box.Y0), math.Max(row.y1, b.box.Y1)
			row.blocks = append(row.blocks, b)
			continue
		}
		rows = append(rows, bandRow{b.box.Y0, b.box.Y1, []block{b}})
	}
	return pairUp(between(rows))
}

// between joins the two lines of a name with the figures that stand in the middle of its height, between them: lines set as far
// apart as rows are.
func between(rows []bandRow) []bandRow {
	const even = 0.15 // by how much of the lines' distance the figures may be off their middle
	var out []bandRow
	for i := 0; i < len(rows); i++ {
		if i+2 < len(rows) {
			a, b, c := &rows[i], &rows[i+1], &rows[i+2]
			aside := math.Abs(b.middle()-(a.middle()+c.middle())/2) / (c.middle() - a.middle())
			if b.figures() && a.completes(b) && c.completes(b) && len(a.blocks) == 1 && len(c.blocks) == 1 && a.blocks[0].col == c.blocks[0].col &&
				!c.blocks[0].label && aside < even {
				out = append(out, bandRow{a.y0, c.y1, slices.Concat(a.blocks, b.blocks, c.blocks)})
				i += 2
				continue
			}
		}
		out = append(out, rows[i])
	}
	return out
}

// pairUp joins a row of figures and a row of names that is set a little higher or lower: nearer than half the median distance
// between rows of figures, and nearer than their other neighbours.
func pairUp(rows []bandRow) []bandRow {
	var steps []float64
	last := -1
	for i := range rows {
		if rows[i].figures() {
			if last >= 0 {
				steps = append(steps, rows[i].middle()-rows[last].middle())
			}
			last = i
		}
	}
	if len(steps) == 0 {
		return rows
	}
	slices.Sort(steps)
	near := 0.5 * steps[len(steps)/2]
	gap := func(i int) float64 { // from row i to the one below
		if i < 0 || i+1 >= len(rows) {
			return math.Inf(1)
		}
		return rows[i+1].middle() - rows[i].middle()
	}
	var out []bandRow
	for i := 0; i < len(rows); i++ {
		if gap(i) < near && gap(i) < gap(i-1) && gap(i) < gap(i+1) && rows[i].completes(&rows[i+1]) {
			a, b := &rows[i], &rows[i+1]
			out = append(out, bandRow{math.Min(a.y0, b.y0), math.Max(a.y1, b.y1), slices.Concat(a.blocks, b.blocks)})
			i++
			continue
		}
		out = append(out, rows[i])
	}
	return out
}

func (r *bandRow) middle() float64 { return (r.y0 + r.y1) / 2 }

func (r *bandRow) figures() bool {
	return slices.ContainsFunc(r.blocks, func(b block) bool { return b.figure })
}

// completes reports whether one of two rows has figures and the other has none, in different columns.
func (r *bandRow) completes(o *bandRow) bool {
	if r.figures() == o.figures() {
		return false
	}
	for _, a := range r.blocks {
		for _, b := range o.blocks {
			if a.col == b.col {
				return false
			}
		}
	}
	return true
}

// takes reports whether a block stands at the height of a row that has no block of its column.
func (r *bandRow) takes(b *block) bool {
	const beside = 0.4 // of the lesser height, what must be common
	for i := range r.blocks {
		if r.blocks[i].col == b.col {
			return false
		}
	}
	common := math.Min(r.y1, b.box.Y1) - math.Max(r.y0, b.box.Y0)
	return common >= beside*math.Min(r.y1-r.y0, b.box.Height())
}

// columnBlocks makes blocks of the lines of each column.
func columnBlocks(words []model.Word, widths, xs []float64) []block {
	columns := make([][]model.Word, len(xs)-1)
	for i := range words {
		c := lattice.Interval(xs, words[i].Box.Center().X)
		columns[c] = append(columns[c], words[i])
	}
	lines := make([][][]model.Word, len(columns))
	for c, in := range columns {
		lines[c] = rowsOfWords(in)
	}
	var out []block
	full := slices.Clone(widths)
	for c := range columns {
		if full[c] == 0 {
			full[c] = widest(lines[c])
		}
	}
	halves := lowerHalves(lines, full)
	for c := range columns {
		width := full[c]
		most := 1.15*leading(lines[c], width) + 0.5 // points between the baselines of one text
		rows, right := math.Inf(1), 0.0
		if widths[c] == 0 { // no border tells whether a line is full: lines as far apart as rows are rows
			rows, right = 0.95*pitch(lines, halves, c), rightEnd(lines[c])
		}
		var last []model.Word
		for _, line := range lines[c] {
			box := union(line)
			wrapped := func() bool {
				return leadOf(last, line) <= most && goesOnBelow(last, line, width) && !(ownFigure(lines, halves, c, last) && ownFigure(lines, halves, c, line)) &&
					(leadOf(last, line) < rows || right-union(last).X1 < 0.6*last[0].Em())
			}
			if len(last) > 0 && (slices.Contains(halves, half{c, box.Y1}) || wrapped()) {
				b := &out[len(out)-1]
				b.box = b.box.Union(box)
			} else {
				out = append(out, block{col: c, box: box, figure: hasFigures(line), label: beginsRow(line)})
			}
			last = line
		}
	}
	return out
}

// pitch is the least distance between the baselines of two lines of column c that follow each other and have figures beside
// them; infinite if there are none.
func pitch(lines [][][]model.Word, halves []half, c int) float64 {
	least := math.Inf(1)
	for i := 1; i < len(lines[c]); i++ {
		if ownFigure(lines, halves, c, lines[c][i-1]) && ownFigure(lines, halves, c, lines[c][i]) {
			least = math.Min(least, leadOf(lines[c][i-1], lines[c][i]))
		}
	}
	return least
}

// rightEnd is the right end of the longest line of a column, points.
func rightEnd(lines [][]model.Word) float64 {
	end := 0.0
	for _, line := range lines {
		end = math.Max(end, union(line).X1)
	}
	return end
}

// leading is the least distance between the baselines of two lines of a column of which the lower one continues the upper one;
// infinite if there are none.
func leading(lines [][]model.Word, width float64) float64 {
	least := math.Inf(1)
	for i := 1; i < len(lines); i++ {
		if goesOnBelow(lines[i-1], lines[i], width) {
			least = math.Min(least, leadOf(lines[i-1], lines[i]))
		}
	}
	return least
}

// leadOf is the distance between the baselines of two lines, points.
func leadOf(up, low []model.Word) float64 { return low[0].Baseline() - up[0].Baseline() }

// ownFigure reports whether a figure of another column, or the upper half of one, stands beside a line of column c.
func ownFigure(lines [][][]model.Word, halves []half, c int, line []model.Word) bool {
	middle, reach := union(line).Center().Y, 0.35*line[0].Em()
	for other := range lines {
		if other == c {
			continue
		}
		from, _ := slices.BinarySearchFunc(lines[other], middle-reach, func(l []model.Word, y float64) int {
			return cmp.Compare(l[0].Box.Center().Y, y)
		})
		for _, l := range lines[other][from:] {
			if l[0].Box.Center().Y > middle+reach {
				break
			}
			if hasFigures(l) && !slices.Contains(halves, half{other, union(l).Y1}) {
				return true
			}
		}
	}
	return false
}

// goesOnBelow reports whether a line of a column continues in the line below: it fills the column, the lines are as close as
// those of one text, and the lower one does not begin as a row does.
func goesOnBelow(up, low []model.Word, width float64) bool {
	size := low[0].Em()
	a, b := union(up), union(low)
	free := width - a.Width()
	if b.Y0-a.Y1 > 0.9*size {
		return false
	}
	if wording.IsFigure(lineText(up)) || wording.IsFigure(lineText(low)) {
		return false // broken numbers: lowerHalves
	}
	return free < 2.2*size && !wording.Matches("data_label_pattern", low[0].Text)
}

// half is the lower half of a number that was broken over two lines, identified by its column and its lower edge.
type half struct {
	col    int
	bottom float64
}

// lowerHalves finds the numbers that are broken at the border of a narrow column. Two lines that could be numbers of their own
// are one number only if a number beside them is certainly broken at the same height.
func lowerHalves(lines [][][]model.Word, widths []float64) []half {
	type candidate struct {
		half
		base float64
		sure bool
	}
	var found []candidate
	for c := range lines {
		for i := 1; i < len(lines[c]); i++ {
			up, low := lines[c][i-1], lines[c][i]
			upper, lower := lineText(up), lineText(low)
			size := low[0].Em()
			if leadOf(up, low) > 1.6*size || !digitsOnly(lower) || !wording.BrokenNumber(upper, lower) {
				continue
			}
			sure := !wording.TwoNumbers(upper, lower)
			if !sure && widths[c]-union(up).Width() > 1.5*size {
				continue
			}
			found = append(found, candidate{half{c, union(low).Y1}, low[0].Baseline(), sure})
		}
	}
	var out []half
	for _, f := range found {
		beside := func(o candidate) bool { return o.sure && math.Abs(o.base-f.base) < 2 }
		if f.sure || slices.ContainsFunc(found, beside) {
			out = append(out, f.half)
		}
	}
	return out
}

func lineText(row []model.Word) string {
	text := ""
	for i := range row {
		text += row[i].Text
	}
	return text
}

// manyRows reports whether rows are rows of a table rather than the lines of single cells.
func manyRows(rows []bandRow) bool {
	figures := map[int]int{}
	wide, stacked := 0, false
	for i := range rows {
		if len(rows[i].blocks) > 1 {
			wide++
		}
		for _, b := range rows[i].blocks {
			if b.figure {
				figures[b.col]++
				stacked = stacked || figures[b.col] > 1
			}
		}
	}
	return stacked && wide >= 2
}
