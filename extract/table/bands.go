package table

import (
	"cmp"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Many tables have a rule under the header and none between the rows. The band between two rules then holds several rows,
// which text tells apart. Method: in each column of the band, lines that belong together make a block: a text that filled its
// column to the border goes on in the line below, a number broken at the border too. Blocks of different columns that
// stand beside each other are one row; two blocks of one column never are. A band is split if figures stand over each other
// in some column and at least two rows have texts in more than one column, so that the lines of one cell stay together.

// block is a text of one column of a band.
type block struct {
	col    int
	box    model.Rect
	lines  int
	figure bool
}

// bandRow is a row that text makes within a band.
type bandRow struct {
	y0, y1 float64
	blocks []block
}

// splitBands adds the borders between rows that stand between two rules of a grid.
func splitBands(g grid, words []model.Word, s Settings) grid {
	inner, _ := within(g.box(), words)
	if len(inner) < 4 {
		return g
	}
	inner = cutAtBorders(inner, g.xs)
	bands := make([][]model.Word, g.rows())
	for i := range inner {
		r := at(g.ys, inner[i].Box.Center().Y)
		bands[r] = append(bands[r], inner[i])
	}
	out := grid{xs: g.xs, kind: g.kind}
	for r := range bands {
		out.ys = append(out.ys, g.ys[r])
		out.hor = append(out.hor, g.hor[r])
		out.ver = append(out.ver, g.ver[r])
		rows := bandRows(bands[r], g.ys[r+1]-g.ys[r], g.xs)
		if !manyRows(rows) {
			continue
		}
		closed := g.closedIn(r, rows)
		for i := 1; i < len(rows); i++ {
			y := (rows[i-1].y1 + rows[i].y0) / 2
			if y <= out.ys[len(out.ys)-1]+1 || y >= g.ys[r+1]-1 {
				continue
			}
			out.ys = append(out.ys, y)
			out.hor = append(out.hor, closed)
			out.ver = append(out.ver, g.ver[r])
		}
	}
	out.ys = append(out.ys, g.ys[g.rows()])
	out.hor = append(out.hor, g.hor[g.rows()])
	if len(out.ys)-1 == g.rows() || out.rows()*out.cols() > s.MaxBoxes {
		return g
	}
	return out
}

// closedIn tells for each column whether the rows of band r part it: not where a cell goes on from the band above or into
// the one below and has one text at the most here.
func (g *grid) closedIn(r int, rows []bandRow) []bool {
	count := make([]int, g.cols())
	for i := range rows {
		for _, b := range rows[i].blocks {
			count[b.col]++
		}
	}
	closed := make([]bool, g.cols())
	for c := range closed {
		above := r > 0 && !g.hor[r][c]
		below := r+1 < g.rows() && !g.hor[r+1][c]
		closed[c] = !above && !below || count[c] > 1
	}
	return closed
}

// bandRows groups the texts of a band into rows, from the top.
func bandRows(words []model.Word, height float64, xs []float64) []bandRow {
	const lowest = 1.9 // ems: a lower band holds one line
	if len(words) < 4 || height < lowest*em(&words[0]) {
		return nil
	}
	blocks := columnBlocks(words, xs)
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
	return pairUp(rows)
}

// pairUp joins figures with the name that stands a little higher or lower than they do: nearer than half the distance from row
// to row, and nearer than the next ones.
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

// completes reports whether one of two rows has figures alone and the other names alone, in different columns.
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

// takes reports whether a block stands beside those of a row.
func (r *bandRow) takes(b *block) bool {
	const beside = 0.4 // of the lower one's height
	for i := range r.blocks {
		if r.blocks[i].col == b.col {
			return false
		}
	}
	common := math.Min(r.y1, b.box.Y1) - math.Max(r.y0, b.box.Y0)
	return common >= beside*math.Min(r.y1-r.y0, b.box.Height())
}

// columnBlocks makes blocks of the lines of each column.
func columnBlocks(words []model.Word, xs []float64) []block {
	columns := make([][]model.Word, len(xs)-1)
	for i := range words {
		c := at(xs, words[i].Box.Center().X)
		columns[c] = append(columns[c], words[i])
	}
	lines := make([][][]model.Word, len(columns))
	for c, in := range columns {
		lines[c] = rowsOfWords(in)
	}
	var out []block
	for c := range columns {
		width := xs[c+1] - xs[c]
		var last []model.Word
		for _, line := range lines[c] {
			box := union(line)
			if len(last) > 0 && goesOnBelow(last, line, width) && !(ownFigure(lines, c, last) && ownFigure(lines, c, line)) {
				b := &out[len(out)-1]
				b.box, b.lines = b.box.Union(box), b.lines+1
			} else {
				out = append(out, block{col: c, box: box, lines: 1, figure: hasFigures(line)})
			}
			last = line
		}
	}
	return out
}

// ownFigure reports whether a figure of another column stands right beside a line of column c.
func ownFigure(lines [][][]model.Word, c int, line []model.Word) bool {
	middle, reach := union(line).Center().Y, 0.35*em(&line[0])
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
			if hasFigures(l) {
				return true
			}
		}
	}
	return false
}

// goesOnBelow reports whether a line of a column goes on in the line below: it filled the column, and the lines are as close as
// those of one text.
func goesOnBelow(up, low []model.Word, width float64) bool {
	size := em(&low[0])
	a, b := union(up), union(low)
	free := width - a.Width()
	if b.Y0-a.Y1 > 0.9*size {
		return false
	}
	upper, lower := lineText(up), lineText(low)
	if isFigure(upper) || isFigure(lower) {
		return free < 1.5*size && wording.BrokenNumber(upper, lower) && !wording.TwoNumbers(upper, lower)
	}
	return free < 2.2*size
}

func lineText(row []model.Word) string {
	text := ""
	for i := range row {
		text += row[i].Text
	}
	return text
}

// manyRows reports whether rows are rows of a table, not the lines of its cells.
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
