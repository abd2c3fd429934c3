package table

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table/caption"
	"github.com/countybudget/extract/extract/table/lattice"
	"github.com/countybudget/extract/extract/wording"
)

// Tables without any rule are lines whose figures stand under each other. A run of such lines is a table if the figures of
// most of its lines end, or begin, at one place. Lines of column names right above it are its header, and a line of one text
// between two of its lines is a row. A list with page numbers is no table.

// plainGrids finds the grids of tables without rules.
func plainGrids(words []model.Word, s Settings) []lattice.Grid {
	var out []lattice.Grid
	for _, strip := range strips(words) {
		out = append(out, plainIn(rowsOfWords(strip), s)...)
	}
	return out
}

// plainIn finds the grids among lines, from the top.
func plainIn(lines [][]model.Word, s Settings) []lattice.Grid {
	var out []lattice.Grid
	for i := 0; i < len(lines); {
		if !tabular(lines[i]) {
			i++
			continue
		}
		j, figures := i+1, 1
		last := i
		for j < len(lines) && near(lines[j-1], lines[j]) && j-last <= 3 {
			if tabular(lines[j]) {
				figures++
				last = j
			} else if !partOfTable(lines[j], lines[last]) {
				break
			}
			j++
		}
		run := lines[i : last+1]
		if figures >= 3 && aligned(run) && !pageList(run) {
			data := firstNames(lines, i)
			first := header(lines, data)
			if g, ok := plainGrid(lines[first:last+1], data-first, s); ok {
				out = append(out, g)
			}
		}
		i = last + 1
	}
	return out
}

// tabular reports whether a line has figures beside other texts that stand apart.
func tabular(row []model.Word) bool {
	parts, figures := 0, 0
	for _, t := range texts(row) {
		parts++
		if wording.IsFigure(t) && !isYear(t) {
			figures++
		}
	}
	return parts >= 2 && figures >= 1
}

// texts are the texts of a line that stand apart.
func texts(row []model.Word) []string {
	var out []string
	for i := range row {
		if n := len(out); n > 0 && row[i].Box.X0-row[i-1].Box.X1 < 0.8*row[i].Em() {
			out[n-1] += row[i].Text
			continue
		}
		out = append(out, row[i].Text)
	}
	return out
}

func near(up, low []model.Word) bool {
	return union(low).Y0-union(up).Y1 < 2.5*low[0].Em()
}

// partOfTable reports whether a line without figures can be a row: one short text at the left, no sentence.
func partOfTable(row, above []model.Word) bool {
	b, a := union(row), union(above)
	return len(phrases(row)) == 1 && b.X0 < a.X0+0.3*a.Width() && b.Width() < 0.6*a.Width() && !caption.IsNote(row[0].Text)
}

// aligned reports whether some column of figures ends, or begins, at one place in most lines.
func aligned(run [][]model.Word) bool {
	count := map[int]int{}
	lines := 0
	for _, row := range run {
		seen := map[int]bool{}
		if tabular(row) {
			lines++
		}
		for i := range row {
			if !wording.IsFigure(row[i].Text) {
				continue
			}
			for _, k := range []int{int(math.Round(row[i].Box.X1 / 4)), -1 - int(math.Round(row[i].Box.X0/4))} {
				for d := -1; d <= 1; d++ {
					if !seen[k+d] {
						seen[k+d] = true
						count[k+d]++
					}
				}
			}
		}
	}
	for _, n := range count {
		if n*3 >= lines*2 {
			return true
		}
	}
	return false
}

// pageList reports whether the only figures are whole numbers at the ends of the lines that never decrease: a table of
// contents.
func pageList(run [][]model.Word) bool {
	before, seen := 0, false
	for _, row := range run {
		for i := range row {
			if !wording.IsNumber(row[i].Text) {
				continue
			}
			seen = true
			n := 0
			for _, r := range row[i].Text {
				if r < '0' || r > '9' {
					return false
				}
				n = min(n*10+int(r-'0'), 1<<20)
			}
			if i != len(row)-1 || n < before || n > 999 {
				return false
			}
			before = n
		}
	}
	return seen
}

// firstNames is the index of the first line of names without figures between the header and line i.
func firstNames(lines [][]model.Word, i int) int {
	k := i
	for n := 0; n < 3 && k > 0 && near(lines[k-1], lines[k]) && partOfTable(lines[k-1], lines[i]) && !captions(lines[k-1]) && !endsName(lines, k-1); n++ {
		k--
	}
	if k > 0 && k < i && header(lines, k) < k {
		return k
	}
	return i
}

// endsName reports whether a line is the last of a wrapped name of a column: it is half a row below the line above.
func endsName(lines [][]model.Word, i int) bool {
	middle := func(i int) float64 { return union(lines[i]).Center().Y }
	return i > 0 && halfBelow(lines[i-1], lines[i]) && middle(i)-middle(i-1) < 0.75*(middle(i+1)-middle(i))
}

// header is the index of the first line of column names above line i.
func header(lines [][]model.Word, i int) int {
	for n := 0; n < 3 && i > 0 && near(lines[i-1], lines[i]); n++ {
		first := besideEach(lines, i-1)
		names := 0
		for _, up := range lines[first:i] {
			if hasFigures(up) && !countsColumns(up) || captions(up) {
				return i
			}
			names += len(phrases(up))
		}
		if names < 2 && !namesGroup(lines[first], lines[i]) {
			break
		}
		i = first
	}
	return i
}

// besideEach is the first of the lines that form one row of column names with line i: the lines of a wrapped name, or of two
// levels of names, with a name in the middle between them. They are close, and not above each other. The line of owner and
// unit is none of them.
func besideEach(lines [][]model.Word, i int) int {
	const most = 6 // lines
	first := i
	for first > 0 && i-first < most && halfBelow(lines[first-1], lines[first]) && !captions(lines[first-1]) {
		first--
	}
	return first
}

// halfBelow reports whether a line stands about half a row lower than another, and below none of its words.
func halfBelow(up, low []model.Word) bool {
	const half, most = 1.6, 200 // ems: half of the distance between the rows of a wide-set table; words
	a, b := up[0].Em(), low[0].Em()
	if union(low).Center().Y-union(up).Center().Y > half*b || math.Abs(a-b) > 0.1*b || len(up) > most || len(low) > most {
		return false
	}
	for i := range up {
		for k := range low {
			if up[i].Box.X0 < low[k].Box.X1 && low[k].Box.X0 < up[i].Box.X1 {
				return false
			}
		}
	}
	return true
}

// namesGroup reports whether a line of one text is the name of a group of columns: it stands close above several names of the
// same size, centred over some of them, and not over the first.
func namesGroup(up, low []model.Word) bool {
	names := phrases(low)
	b := union(up)
	if len(names) < 3 || math.Abs(up[0].Em()-low[0].Em()) > 0.1*low[0].Em() || b.X0 < names[0].X1 || union(low).Y0-b.Y1 > low[0].Em() {
		return false
	}
	for i := 1; i < len(names); i++ {
		for k := i + 1; k < len(names); k++ {
			if math.Abs((names[i].Center().X+names[k].Center().X)/2-b.Center().X) < 0.6*low[0].Em() {
				return true
			}
		}
	}
	return false
}

func captions(row []model.Word) bool {
	for _, t := range texts(row) {
		if caption.IsLabel(t) {
			return true
		}
	}
	return false
}

// insideRow reports whether a height is between lines of the header that form one row of names.
func insideRow(header [][]model.Word, y float64) bool {
	for i := range header {
		if first := besideEach(header, i); first < i && y > union(header[first]).Y0 && y < union(header[i]).Y1 {
			return true
		}
	}
	return false
}

// plainGrid makes the grid of lines whose first head lines are column names.
func plainGrid(lines [][]model.Word, head int, s Settings) (lattice.Grid, bool) {
	box := model.Rect{}
	var all []model.Word
	for _, row := range lines {
		box = box.Union(union(row))
		all = append(all, row...)
	}
	ys := []float64{box.Y0 - 1}
	for _, y := range splitBand(lines) {
		if head == 0 || !insideRow(lines[:head], y) {
			ys = append(ys, y)
		}
	}
	ys = append(ys, box.Y1+1)
	if len(ys) < 3 {
		return lattice.Grid{}, false
	}
	data := 0
	if head > 0 {
		data = min(lattice.Interval(ys, union(lines[head]).Center().Y), len(ys)-2)
	}
	xs := gapColumns(box.X0-1, box.X1+1, ys[data], lines)
	if len(xs) < 3 || (len(xs)-1)*(len(ys)-1) > s.MaxBoxes {
		return lattice.Grid{}, false
	}
	drawn := make([]bool, len(ys))
	drawn[0], drawn[data], drawn[len(ys)-1] = true, true, true
	ys, _ = rowsBelow(ys, drawn, data, all, xs)
	g := lattice.Grid{Xs: xs, Ys: ys, Kind: model.TableBorderless}
	g.Hor = make([][]bool, len(ys))
	for i := range g.Hor {
		g.Hor[i] = make([]bool, g.Cols())
		for c := range g.Hor[i] {
			g.Hor[i][c] = true
		}
	}
	cut := cutAtBorders(all, g.Xs)
	data, groups := groupBorders(&g, data, cut)
	g.Ver = verticals(&g, data, groups, cut)
	spanCodes(&g, data, cut)
	return g, true
}

// spanCodes lets a text among the names span the columns of codes at its left, if they are empty in its row and the text does
// not begin where names do: 合计 in the middle of codes and names. The borders of a grid without rules are not exact enough
// to tell such a text by its middle.
func spanCodes(g *lattice.Grid, data int, words []model.Word) {
	const names, codes = 4, 3                // texts of a column that show where names begin, and that it is one of codes
	cells := make([][]*model.Word, g.Rows()) // the first word of each cell
	starts := make([][]float64, g.Cols())
	numbers := make([]int, g.Cols())
	for r := range cells {
		cells[r] = make([]*model.Word, g.Cols())
	}
	for _, row := range rowsOfWords(words) {
		for i := range row {
			r, c := lattice.Interval(g.Ys, row[i].Box.Center().Y), lattice.Interval(g.Xs, row[i].Box.X0)
			if r < data || cells[r][c] != nil {
				continue
			}
			cells[r][c] = &row[i]
			starts[c] = append(starts[c], row[i].Box.X0)
			if wording.IsInteger(row[i].Text) {
				numbers[c]++
			}
		}
	}
	for r := data; r < g.Rows(); r++ {
		for c := 1; c < g.Cols(); c++ {
			if w := cells[r][c]; w == nil || wording.IsNumber(w.Text) || len(starts[c]) < names || beginsLikeOthers(w, starts[c]) {
				continue
			}
			for k := c - 1; k >= 0 && cells[r][k] == nil && len(starts[k]) >= codes && numbers[k] == len(starts[k]); k-- {
				g.Ver[r][k+1] = false
			}
		}
	}
}

// beginsLikeOthers reports whether a text begins where another one of its column does, or as far to the right as a name of a
// lower level can.
func beginsLikeOthers(w *model.Word, starts []float64) bool {
	same, first := 0, math.Inf(1)
	for _, x := range starts {
		first = math.Min(first, x)
		if math.Abs(x-w.Box.X0) < 0.3*w.Em() {
			same++
		}
	}
	return same > 1 || w.Box.X0-first < w.Em()
}
