package join

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/table/lattice"
	"github.com/countybudget/extract/extract/wording"
)

// A table continues at the top of the next page if only furniture stands between, its columns stand where they stood, and no
// title begins another table. Then a repeated header is dropped, and a row that was split by the page's edge is put together.

// Join makes the tables of a document of the fragments of all pages, in reading order. It changes the fragments. lines are the
// lines outside tables, page by page and without furniture; the second result tells which of them belong to a table.
func Join(fragments []table.Fragment, lines []model.Line, s Settings) ([]model.Table, []bool) {
	taken := make([]bool, len(lines))
	var parts []part
	for i := 0; i < len(fragments); {
		j := i
		for j < len(fragments) && fragments[j].Page == fragments[i].Page {
			j++
		}
		parts = append(parts, around(fragments[i:j], lines, taken, s)...)
		i = j
	}
	var tables []model.Table
	for i := 0; i < len(parts); {
		if p := &parts[i]; p.first && p.caption.Title == "" && p.atTop(nil) {
			p.borrow(parts[:i], lines, taken, s)
		}
		b := begin(&parts[i])
		j := i + 1
		for j < len(parts) {
			if j == i+1 && rightHalf(&parts[i], &parts[j]) {
				b.addRight(&parts[j])
			} else if b.goesOn(&parts[j-1], &parts[j], s) {
				b.add(&parts[j], s)
			} else {
				break
			}
			j++
		}
		tables = append(tables, b.finish(len(tables)+1, s))
		i = j
	}
	return tables, taken
}

// builder puts the parts of one logical table together.
type builder struct {
	t    model.Table
	xs   []float64
	rows [][]model.Cell // in logical rows, columns of xs
	top  *part
}

func begin(p *part) *builder {
	b := &builder{top: p, xs: append([]float64(nil), p.f.Xs...)}
	b.t = model.Table{
		Kind: p.f.Kind, Title: p.caption.Title, TitleBox: p.caption.TitleBox, Unit: p.caption.Unit,
		Owner: p.caption.Owner, OwnerLabel: p.caption.OwnerLabel, FormNo: p.caption.FormNo,
		FirstPage: p.f.Page, LastPage: p.f.Page, HeaderRows: p.f.HeaderRows,
		Source: model.SourceText, Confidence: 1,
	}
	b.rows = rowsOf(p.f)
	b.t.Notes = append(b.t.Notes, p.notes...)
	return b
}

func rowsOf(f *table.Fragment) [][]model.Cell {
	rows := make([][]model.Cell, f.Rows())
	count := make([]int, len(rows))
	for i := range f.Cells {
		count[f.Cells[i].Row]++
	}
	for r, n := range count {
		if n > 0 {
			rows[r] = make([]model.Cell, 0, n)
		}
	}
	for i := range f.Cells {
		c := &f.Cells[i]
		rows[c.Row] = append(rows[c.Row], *c)
	}
	return rows
}

// goesOn decides whether next continues the table whose last part is prev, and gives next the table's columns.
func (b *builder) goesOn(prev, next *part, s Settings) bool {
	if next.f.Page != prev.f.Page+1 || !prev.lastOn || !next.first || !prev.last || !next.atTop(prev.heads) || len(prev.notes) > 0 {
		return false
	}
	next.f.Xs = scaled(b.xs, askew(b.xs, next.f.Xs, s.ColumnSlip), s.ColumnSlip)
	if b.widen(next.f, s) {
		next.header = next.f.HeaderRows
	} else if b.sameKinds(next.f) || b.sameNames(next) {
		next.f.Xs = b.xs
	} else if b.holds(next.f, s.ColumnSlip) {
		next.f.Xs = b.xs
	} else if !sameColumns(b.xs, next.f.Xs, s.ColumnSlip) && !b.alike(next.f) {
		return false
	}
	title := next.caption.Title
	if slices.Contains(prev.heads, title) {
		title = "" // a running head
	}
	if title != "" && !next.caption.Continued && title != b.t.Title || b.anew(next.f) {
		return false
	}
	same := max(next.header, repeated(b.rows[:b.t.HeaderRows], rowsOf(next.f)))
	if title != "" && !next.caption.Continued {
		return same > 0 // the same title again: only with the same header is it the same table
	}
	if next.f.HeaderRows == 0 || same > 0 {
		return true
	}
	return !fullHeader(next.f)
}

// anew reports whether a fragment begins with the table's first rows of data, figures included: it repeats the table and does
// not continue it.
func (b *builder) anew(f *table.Fragment) bool {
	rows := rowsOf(f)
	mine, theirs := b.rows[b.t.HeaderRows:], rows[max(f.HeaderRows, repeated(b.rows[:b.t.HeaderRows], rows)):]
	if len(mine) == 0 || len(theirs) == 0 || !figured(mine[0]) || !sameTexts(mine[0], theirs[0]) {
		return false
	}
	return len(mine) == 1 || len(theirs) == 1 || sameTexts(mine[1], theirs[1])
}

func figured(row []model.Cell) bool {
	for i := range row {
		if row[i].Col > 0 && wording.IsNumber(row[i].Text) {
			return true
		}
	}
	return false
}

// alike reports whether a fragment without vertical rules has the columns of the table so far: as many, each mostly where it
// was. Their borders were guessed on each page from its texts.
func (b *builder) alike(f *table.Fragment) bool {
	if b.t.Kind == model.TableRuled || f.Kind == model.TableRuled || len(b.xs) != len(f.Xs) {
		return false
	}
	for i := 1; i < len(b.xs); i++ {
		lo, hi := math.Max(b.xs[i-1], f.Xs[i-1]), math.Min(b.xs[i], f.Xs[i])
		if hi-lo < 0.6*math.Max(b.xs[i]-b.xs[i-1], f.Xs[i]-f.Xs[i-1]) {
			return false
		}
	}
	return true
}

// holds reports whether the texts of a fragment stand in the columns of the table so far, which are ruled. The fragment has as
// many columns, but their borders were guessed: its page has no rules between its rows, and perhaps none around them.
func (b *builder) holds(f *table.Fragment, slip float64) bool {
	if b.t.Kind != model.TableRuled || f.Kind == model.TableRuled || f.HeaderRows > 0 || len(b.xs) != len(f.Xs) {
		return false
	}
	for i := range f.Cells {
		c := &f.Cells[i]
		if c.Text != "" && (c.TextBox.X0 < b.xs[c.Col]-slip || c.TextBox.X1 > b.xs[c.Col+c.ColSpan]+slip) {
			return false
		}
	}
	return true
}

// fullHeader reports whether the rows taken for a fragment's header name every column. If not, they are a row of names.
func fullHeader(f *table.Fragment) bool {
	for _, c := range f.Cells {
		if c.Row < f.HeaderRows && c.Text == "" {
			return false
		}
	}
	return true
}

// askew corrects the borders of a continuing part for a sheet that lay a little further left or right on the scanner: a table
// of the same width that is displaced as a whole.
func askew(xs, next []float64, slip float64) []float64 {
	const most = 15 // points
	left, right := xs[0]-next[0], xs[len(xs)-1]-next[len(next)-1]
	if math.Abs(left) <= slip/2 || math.Abs(left) > most || math.Abs(left-right) > slip/2 {
		return next
	}
	moved := make([]float64, len(next))
	for i := range next {
		moved[i] = next[i] + left
	}
	return moved
}

// sameColumns reports whether the borders of one fragment are among those of the other, and both have the same outermost
// borders.
func sameColumns(a, b []float64, slip float64) bool {
	if math.Abs(a[0]-b[0]) > 1.5*slip || math.Abs(a[len(a)-1]-b[len(b)-1]) > 1.5*slip {
		return false
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	for _, v := range b[1 : len(b)-1] {
		if math.Abs(a[lattice.Nearest(a, v)]-v) > slip {
			return false
		}
	}
	return true
}

// repeated counts the first rows that repeat the header's rows.
func repeated(header, rows [][]model.Cell) int {
	n := 0
	for n < len(header) && n < len(rows) && (sameTexts(header[n], rows[n]) || misread(header[n], rows[n])) {
		n++
	}
	if n < len(header) && n > 0 && n < len(rows) { // the column numbers need not be repeated
		texts := make([]string, len(header[n]))
		for i := range header[n] {
			texts[i] = header[n][i].Text
		}
		if !wording.IsColumnNumbers(texts) && !figured(rows[n]) { // some repeat the first row of two, with the figures right below
			return 0
		}
	}
	return n
}

// misread reports whether two rows of recognized names are the same but for a few characters, as one header is on two pages.
func misread(a, b []model.Cell) bool {
	const share = 4 // one character of so many may be another one
	recognized := func(cells []model.Cell) bool {
		return slices.ContainsFunc(cells, func(c model.Cell) bool { return c.Source == model.SourceOCR })
	}
	x, y := texts(a), texts(b)
	if !recognized(a) || !recognized(b) || len(x) != len(y) {
		return false
	}
	wrong, all := 0, 0
	for i := range x {
		s, t := []rune(x[i]), []rune(y[i])
		if len(s) != len(t) || wording.IsNumber(x[i]) || wording.IsNumber(y[i]) {
			return false
		}
		for k := range s {
			if s[k] != t[k] {
				wrong++
			}
		}
		all += len(s)
	}
	return all > 0 && share*wrong <= all
}

// texts are the texts of a row.
func texts(cells []model.Cell) (out []string) {
	for i := range cells {
		if t := wording.Squeeze(cells[i].Text); t != "" {
			out = append(out, t)
		}
	}
	return out
}

func sameTexts(a, b []model.Cell) bool {
	x, y := texts(a), texts(b)
	if len(x) != len(y) || len(x) == 0 {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}

// add appends a continuing part.
func (b *builder) add(p *part, s Settings) {
	rows := rowsOf(p.f)
	rows = rows[max(p.header, repeated(b.rows[:b.t.HeaderRows], rows)):]
	union := b.xs // columns found from white space stand a little elsewhere on each page
	if !b.alike(p.f) {
		union = merge(b.xs, p.f.Xs, s.ColumnSlip)
	}
	remap(b.rows, b.xs, union)
	remap(rows, p.f.Xs, union)
	b.xs = union
	if len(rows) > 0 && len(b.rows) > b.t.HeaderRows && splitRow(b.rows[len(b.rows)-1], rows[0]) {
		b.mend(rows[0])
		rows = rows[1:]
	}
	b.rows = append(b.rows, rows...)
	b.t.LastPage = p.f.Page
	b.t.Notes = append(b.t.Notes, p.notes...)
	if b.t.Unit == "" {
		b.t.Unit = p.caption.Unit
	}
}

// merge unites two ascending lists of borders; borders within slip of each other are one.
func merge(a, b []float64, slip float64) []float64 {
	out := append([]float64(nil), a...)
	for i, v := range b {
		if i > 0 && i < len(b)-1 && math.Abs(a[lattice.Nearest(a, v)]-v) > slip {
			out = append(out, v)
		}
	}
	sort.Float64s(out)
	return out
}

// remap moves cells from one list of borders to another that has them all and more.
func remap(rows [][]model.Cell, from, to []float64) {
	if len(from) == len(to) {
		return
	}
	pos := make([]int, len(from))
	for i, v := range from {
		pos[i] = lattice.Nearest(to, v)
	}
	pos[0], pos[len(pos)-1] = 0, len(to)-1
	for _, row := range rows {
		for i := range row {
			c := &row[i]
			end := pos[c.Col+c.ColSpan]
			c.Col = pos[c.Col]
			c.ColSpan = max(1, end-c.Col)
		}
	}
}

// splitRow reports whether a page's first row is the lower part of the row above: it holds only the rest of texts, each
// below a text that fills its cell.
func splitRow(upper, lower []model.Cell) bool {
	over := map[int]*model.Cell{}
	for i := range upper {
		over[upper[i].Col] = &upper[i]
	}
	texts := 0
	for i := range lower {
		c := &lower[i]
		if c.RowSpan != 1 {
			return false
		}
		if c.Text == "" {
			continue
		}
		u := over[c.Col]
		if u == nil || u.ColSpan != c.ColSpan || u.Text == "" || wording.IsNumber(c.Text) || wording.Matches("data_label_pattern", c.Text) {
			return false
		}
		slack := u.Box.Width() - u.TextBox.Width()
		if slack > 0.25*u.Box.Width()+4 && slack > 16 {
			return false
		}
		texts++
	}
	return texts > 0 && texts < len(lower)
}

// mend appends a split row's lower texts to the row above.
func (b *builder) mend(lower []model.Cell) {
	upper := b.rows[len(b.rows)-1]
	for i := range lower {
		for k := range upper {
			if lower[i].Text != "" && upper[k].Col == lower[i].Col {
				if upper[k].Marked != "" || lower[i].Marked != "" {
					upper[k].Marked = wording.JoinLines(upper[k].Printed(), lower[i].Printed(), true)
				}
				upper[k].Text = wording.JoinLines(upper[k].Text, lower[i].Text, true)
				upper[k].Confidence = min(upper[k].Confidence, lower[i].Confidence)
			}
		}
	}
}

// trust is the confidence in a grid of each kind; the least confidence of its texts is multiplied by it.
var trust = map[model.TableKind]float32{model.TableRuled: 1, model.TableHorizontal: 0.95, model.TableBorderless: 0.8}

// finish numbers rows and cells and returns the table.
func (b *builder) finish(no int, s Settings) model.Table {
	t := b.t
	t.No, t.Rows, t.Cols = no, len(b.rows), len(b.xs)-1
	n := 0
	for _, row := range b.rows {
		n += len(row)
	}
	t.Cells = make([]model.Cell, 0, n)
	for r, row := range b.rows {
		slices.SortStableFunc(row, func(a, b model.Cell) int { return cmp.Compare(a.Col, b.Col) })
		for _, c := range row {
			c.Row = r
			c.RowSpan = max(1, min(c.RowSpan, t.Rows-r))
			c.IsHeader = r < t.HeaderRows
			t.Cells = append(t.Cells, c)
			if c.Source == model.SourceOCR {
				t.Source = model.SourceOCR
			}
			t.Confidence = min(t.Confidence, c.Confidence)
		}
	}
	t.Confidence *= trust[t.Kind]
	indent(&t, s)
	return t
}
