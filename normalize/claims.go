package normalize

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/compose"
	"github.com/countybudget/extract/normalize/prose"
	"github.com/countybudget/extract/schema"
)

// Accounting for every number that the pages print.
//
// A number is claimed when a row carries it: a budget line (its amount, or its item and counterpart as printed), a project or
// an indicator, a table (its title). It is claimed as well when its place says that it is a code, a year, a page or column
// number. A row of cells or sections does not claim one: those datasets hold every number, whether it was understood or not.
//
// The others are reported, in one diagnostic for each column and page, because a column of quantities has hundreds of them; the
// count in documents is exact.

// claims collects what carries numbers while the rows are made.
type claims struct {
	lines map[linePlace][]*model.Cell  // the cells of a line's amount, item and counterpart
	prose map[string][]prose.PageBox   // where a line's amount stands in the text, by line_id
	forms map[*model.Cell]int32        // the project that carries a cell
	codes map[*model.Cell]bool         // cells whose whole numbers are codes or row numbers by their column
	marks map[*model.Cell]bool         // column numbers
	about map[columnPlace]*columnClaim // what is known of a table's columns
}

// linePlace is a cell by its place, as budget_lines has it.
type linePlace struct{ table, row, col int32 }

type columnPlace struct{ table, col int }

type columnClaim struct {
	header string
	values bool // an amount column
	money  bool // figures with decimals or thousands separators in it are amounts
}

func newClaims() claims {
	return claims{
		lines: map[linePlace][]*model.Cell{}, prose: map[string][]prose.PageBox{}, forms: map[*model.Cell]int32{},
		codes: map[*model.Cell]bool{}, marks: map[*model.Cell]bool{}, about: map[columnPlace]*columnClaim{},
	}
}

// line notes the cells that a line of a table is made of.
func (c *claims) line(l *schema.BudgetLine, cell *model.Cell, key map[*model.Cell]bool) {
	p := linePlace{l.TableNo, l.Row, l.Col}
	c.lines[p] = append(c.lines[p], cell)
	for k := range key {
		c.lines[p] = append(c.lines[p], k)
	}
}

// table notes the numbers of a table that its columns and its header make codes, row numbers and column numbers.
func (c *claims) table(w *Words, lt *layoutTable) {
	for i := range lt.cols {
		col := &lt.cols[i]
		c.about[columnPlace{lt.No, col.index}] = &columnClaim{
			header: strings.Join(col.path, " / "), values: lt.lines && col.role == compose.RoleValue, money: lt.lines && col.role != compose.RoleIgnore && col.role != compose.RoleIdentifier,
		}
	}
	var coded []int
	for i := range lt.groups {
		b := &lt.groups[i]
		coded = slices.Concat(coded, b.codes, b.unitCodes, b.rowNumbers)
	}
	for i := range lt.identifiers {
		coded = append(coded, lt.identifiers[i].index)
	}
	for r := range lt.grid {
		numbered := lt.isColumnNumberRow(w, r)
		for k, cell := range lt.grid[r] {
			if cell == nil || cell.Row != r || cell.Col != k {
				continue
			}
			switch {
			case numbered || r < lt.firstData && w.columnNumber.MatchString(amount.Fold(cell.Text)):
				c.marks[cell] = true
			case r >= lt.firstData && slices.Contains(coded, k):
				c.codes[cell] = true
			}
		}
	}
}

// pageCells finds the cell at a point of a page.
type pageCells map[pageBand][]placed

// pageBand is a strip of a page.
type pageBand struct{ page, band int }

const (
	bandHeight = 16.0
	lastBand   = 512 // a cell further down a page than any page is long is in the last band
)

type placed struct {
	table *model.Table
	cell  *model.Cell
}

func bandOf(y float64) int { return int(math.Min(math.Max(y/bandHeight, 0), lastBand)) }

func cellsOf(doc *model.Document) pageCells {
	out := pageCells{}
	for i := range doc.Tables {
		t := &doc.Tables[i]
		for k := range t.Cells {
			c := &t.Cells[k]
			box := cellBox(c)
			for b := bandOf(box.Y0); b <= bandOf(box.Y1); b++ {
				at := pageBand{c.Page, b}
				out[at] = append(out[at], placed{t, c})
			}
		}
	}
	return out
}

func cellBox(c *model.Cell) model.Rect {
	if c.Box == (model.Rect{}) {
		return c.TextBox
	}
	return c.Box.Union(c.TextBox)
}

func (p pageCells) at(n *model.Number) (placed, bool) {
	center := n.Box.Center()
	for _, x := range p[pageBand{n.Page, bandOf(center.Y)}] {
		if cellBox(x.cell).Contains(center) {
			return x, true
		}
	}
	return placed{}, false
}

// claimNumbers counts the numbers that a row carries, or that are no figures because of their place, and reports
// the others. It comes last, when all rows of the disclosure are there.
func (b *builder) claimNumbers(d *schema.Disclosure) {
	r := claimReader{builder: b, rows: d, cells: cellsOf(b.doc), carried: map[*model.Cell]bool{}, text: map[pageBand][]model.Rect{}, found: map[gapPlace]*gap{}}
	r.gather()
	claimed := int32(0)
	for i := range b.doc.Numbers {
		if n := &b.doc.Numbers[i]; r.claimed(n) {
			claimed++
		}
	}
	d.Document.NumbersTotal, d.Document.NumbersClaimed = int32(len(b.doc.Numbers)), claimed
	r.tell()
	r.judge()
}

// judge sets the status partial for a document of whose tables a good part gave no rows.
func (r *claimReader) judge() {
	const few, part = 5, 10 // no more than few, or less than one in part, are single figures
	d := &r.rows.Document
	if r.missing < few || r.missing*part < r.amounts {
		return
	}
	why := fmt.Sprintf("%d of %d figures of the tables are in no row: see diagnostics with the code %s", r.missing, r.amounts, schema.DiagUnclaimedNumber)
	if d.Error != "" {
		why = d.Error + "; " + why
	}
	d.Status, d.Error = schema.StatusPartial, why
}

// isAmount reports that a number stands where amounts do.
func (r *claimReader) isAmount(at placed, n *model.Number) bool {
	about := r.claims.about[columnPlace{at.table.No, at.cell.Col}]
	return about != nil && (about.values || about.money && strings.ContainsAny(n.Text, ".,，"))
}

type claimReader struct {
	*builder
	rows    *schema.Disclosure // complete
	cells   pageCells
	carried map[*model.Cell]bool
	text    map[pageBand][]model.Rect // boxes of amounts in prose
	tables  []tableSpan
	found   map[gapPlace]*gap
	order   []*gap

	amounts, missing int // amounts that tables print, and those that no row carries
}

// tableSpan is what is above a table on the pages that it goes over: its title, and the header that is printed again.
type tableSpan struct {
	*model.Table
	top    map[int]float64 // the upper edge of its first cell, by page
	header []headerNumber
}

type headerNumber struct {
	number  *model.Number
	cell    *model.Cell
	claimed bool
}

// gather turns the rows that are kept into cells and boxes.
func (r *claimReader) gather() {
	for i := range r.rows.BudgetLines {
		l := &r.rows.BudgetLines[i]
		if l.TableNo != 0 {
			for _, c := range r.claims.lines[linePlace{l.TableNo, l.Row, l.Col}] {
				r.carried[c] = true
			}
			continue
		}
		for _, p := range r.claims.prose[l.LineID] {
			for band := bandOf(p.Box.Y0); band <= bandOf(p.Box.Y1); band++ {
				at := pageBand{p.Page, band}
				r.text[at] = append(r.text[at], p.Box)
			}
		}
	}
	kept := map[int32]bool{}
	for i := range r.rows.Projects {
		kept[r.rows.Projects[i].ProjectNo] = true
	}
	for c, project := range r.claims.forms {
		if kept[project] {
			r.carried[c] = true
		}
	}
	for i := range r.doc.Tables {
		t := &r.doc.Tables[i]
		top := map[int]float64{}
		for k := range t.Cells {
			c := &t.Cells[k]
			if y, ok := top[c.Page]; !ok || cellBox(c).Y0 < y {
				top[c.Page] = cellBox(c).Y0
			}
		}
		r.tables = append(r.tables, tableSpan{t, top, nil})
	}
}

func (r *claimReader) claimed(n *model.Number) bool {
	at, inCell := r.cells.at(n)
	ok := n.Year || inCell && r.cellClaims(at.cell, n)
	if inCell && !at.cell.IsHeader && !n.Year && r.isAmount(at, n) || !n.Held {
		if r.amounts++; !ok {
			r.missing++
		}
	}
	if inCell && at.cell.IsHeader {
		for i := range r.tables {
			if t := &r.tables[i]; t.Table == at.table && t.FirstPage < t.LastPage {
				t.header = append(t.header, headerNumber{n, at.cell, ok})
			}
		}
	}
	switch {
	case ok, inCell && r.inAmount(n):
		return true
	case inCell:
		r.miss(gapPlace{table: at.table.No, col: at.cell.Col}, n)
		return false
	case r.inAmount(n):
		return true
	}
	for i := range r.tables {
		if ok, known := r.tables[i].above(n, r.meta.DepartmentCode); known {
			if !ok {
				r.miss(gapPlace{table: r.tables[i].No, col: -1}, n)
			}
			return ok
		}
	}
	r.miss(gapPlace{page: n.Page, lost: !n.Held}, n)
	return false
}

// inAmount reports that a number is, or is part of, an amount of the text that gave a line.
func (r *claimReader) inAmount(n *model.Number) bool {
	center := n.Box.Center()
	for _, box := range r.text[pageBand{n.Page, bandOf(center.Y)}] {
		if box.Contains(center) {
			return true
		}
	}
	return false
}

// cellClaims reports that a number of a cell is carried by the cell's row, or is a code, a year or a column number.
func (r *claimReader) cellClaims(c *model.Cell, n *model.Number) bool {
	switch {
	case r.carried[c], r.claims.marks[c]:
		return true
	case r.claims.codes[c]:
		return amount.IsDigits(n.Text)
	case c.IsHeader && len(n.Text) == 4 && (strings.HasPrefix(n.Text, "19") || strings.HasPrefix(n.Text, "20")):
		return amount.IsDigits(n.Text)
	}
	code, _ := amount.SplitCode(amount.StripSpace(c.Text))
	return code != "" && code == n.Text
}

// above reports whether a number above a table is claimed: in its title, which tables carries, in the number of the form, in
// the department's code, or in the header, where it is printed again on the next page. known is false for any other number.
func (t *tableSpan) above(n *model.Number, departmentCode string) (claimed, known bool) {
	center := n.Box.Center()
	if n.Page == t.FirstPage && t.TitleBox.Contains(center) {
		return true, true
	}
	top, ok := t.top[n.Page]
	if !ok || center.Y >= top {
		return false, false
	}
	if amount.IsDigits(n.Text) && (strings.Contains(t.FormNo, n.Text) || n.Text == departmentCode) {
		return true, true
	}
	if n.Page == t.FirstPage {
		return false, false
	}
	for _, h := range t.header {
		if h.number.Text == n.Text && h.number.Box.X0 < n.Box.X1 && n.Box.X0 < h.number.Box.X1 {
			return h.claimed, true
		}
	}
	return false, false
}

// gapPlace is where numbers are that nothing claims: in a table's column, in the text of a page, or outside both.
type gapPlace struct {
	table, col, page int
	lost             bool
}

// gap is the numbers of one such place.
type gap struct {
	gapPlace
	numbers []*model.Number
}

func (r *claimReader) miss(at gapPlace, n *model.Number) {
	g := r.found[at]
	if g == nil {
		g = &gap{gapPlace: at}
		r.found[at] = g
		r.order = append(r.order, g)
	}
	g.numbers = append(g.numbers, n)
}

// tell adds the diagnostics: one for each number that stands in no table and no sentence, and one for each column and for the
// text of each page.
func (r *claimReader) tell() {
	const each = 20 // of one page are reported one by one
	for _, g := range r.order {
		if !g.lost {
			r.diagnoseIn(r.rows, r.summary(g))
			continue
		}
		for i, n := range g.numbers {
			if i == each {
				rest := *g
				rest.numbers = g.numbers[each:]
				r.diagnoseIn(r.rows, r.summary(&rest))
				break
			}
			r.diagnoseIn(r.rows, model.Diagnostic{
				Severity: model.Warning, Code: schema.DiagUnclaimedNumber, Page: n.Page, Box: n.Box, RawText: n.Text,
				Message: "a number that no table and no sentence holds",
			})
		}
	}
}

func (r *claimReader) summary(g *gap) model.Diagnostic {
	first := g.numbers[0]
	d := model.Diagnostic{Severity: model.Info, Code: schema.DiagUnclaimedNumber, Page: first.Page, RawText: examples(g.numbers)}
	amounts := false
	for _, n := range g.numbers {
		if n.Page == first.Page {
			d.Box = d.Box.Union(n.Box)
		}
		amounts = amounts || strings.ContainsAny(n.Text, ".,，")
	}
	where := fmt.Sprintf("the text of page %d", first.Page)
	switch {
	case g.lost:
		d.Severity, where = model.Warning, fmt.Sprintf("page %d outside tables and sentences", first.Page)
	case g.table != 0:
		where = fmt.Sprintf("table %d", g.table)
		if g.col >= 0 {
			where += fmt.Sprintf(", column %d", g.col+1)
		}
		about := r.claims.about[columnPlace{g.table, g.col}]
		if about != nil && about.header != "" {
			where += " (" + about.header + ")"
		}
		if about != nil && about.money && amounts {
			d.Severity = model.Warning
		}
	}
	d.Message = fmt.Sprintf("%s: %d numbers that no row carries", where, len(g.numbers))
	if len(g.numbers) == 1 {
		d.Message = where + ": a number that no row carries"
	}
	return d
}

// examples are the first few different numbers.
func examples(numbers []*model.Number) string {
	const most = 5
	var out []string
	for _, n := range numbers {
		if slices.Contains(out, n.Text) {
			continue
		}
		if len(out) == most {
			return strings.Join(out, " ") + " …"
		}
		out = append(out, n.Text)
	}
	return strings.Join(out, " ")
}
