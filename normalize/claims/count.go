package claims

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// Count is what became of the numbers of a document.
type Count struct {
	Total   int32 // numbers that the pages print
	Claimed int32 // those that a row carries, or that are no figures because of their place

	Amounts int // amounts that tables print, and numbers that no table and no sentence holds
	Missing int // those of them that no row carries

	Diagnostics []model.Diagnostic // of the numbers that are not claimed
}

// Partial reports whether a good part of the tables' amounts gave no rows.
func (c *Count) Partial() bool {
	const few, part = 5, 10 // less than few, or less than one in part, are single figures
	return c.Missing >= few && c.Missing*part >= c.Amounts
}

// Count looks up every number of a document in its rows, of which all are there; departmentCode is the code of the document's
// department, which may be printed above tables, "" when it is not known.
func (c *Claims) Count(doc *model.Document, rows *schema.Disclosure, departmentCode string) Count {
	r := reader{claims: c, doc: doc, rows: rows, departmentCode: departmentCode, cells: cellsOf(doc), carried: map[*model.Cell]bool{}, text: map[pageBand][]model.Rect{}, found: map[gapPlace]*gap{}}
	r.gather()
	claimed := int32(0)
	for i := range doc.Numbers {
		if n := &doc.Numbers[i]; r.claimed(n) {
			claimed++
		}
	}
	return Count{Total: int32(len(doc.Numbers)), Claimed: claimed, Amounts: r.amounts, Missing: r.missing, Diagnostics: r.tell()}
}

// reader looks up the numbers of one document.
type reader struct {
	claims         *Claims
	doc            *model.Document
	rows           *schema.Disclosure // complete
	departmentCode string

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
	claimed bool
}

// gather turns the rows that are kept into cells and boxes.
func (r *reader) gather() {
	for i := range r.rows.BudgetLines {
		l := &r.rows.BudgetLines[i]
		if l.TableNo != 0 {
			for _, c := range r.claims.lines[linePlace{l.TableNo, l.Row, l.Col}] {
				r.carried[c] = true
			}
			continue
		}
		for _, p := range r.claims.prose[l.LineID] {
			for band := bandOf(p.box.Y0); band <= bandOf(p.box.Y1); band++ {
				at := pageBand{p.page, band}
				r.text[at] = append(r.text[at], p.box)
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
			if y, ok := top[c.Page]; !ok || CellBox(c).Y0 < y {
				top[c.Page] = CellBox(c).Y0
			}
		}
		r.tables = append(r.tables, tableSpan{t, top, nil})
	}
}

// claimed reports whether a number is claimed, and notes it where it is not.
func (r *reader) claimed(n *model.Number) bool {
	at, inCell := r.cells.at(n)
	ok := n.Year || inCell && r.cellClaims(at.cell, n) || r.inAmount(n)
	if inCell && !at.cell.IsHeader && !n.Year && r.isAmount(at, n) || !n.Held {
		if r.amounts++; !ok {
			r.missing++
		}
	}
	if inCell && at.cell.IsHeader {
		for i := range r.tables {
			if t := &r.tables[i]; t.Table == at.table && t.FirstPage < t.LastPage {
				t.header = append(t.header, headerNumber{n, ok})
			}
		}
	}
	switch {
	case ok:
		return true
	case inCell:
		r.miss(gapPlace{table: at.table.No, col: at.cell.Col}, n)
		return false
	}
	for i := range r.tables {
		if ok, known := r.tables[i].above(n, r.departmentCode); known {
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
func (r *reader) inAmount(n *model.Number) bool {
	center := n.Box.Center()
	for _, box := range r.text[pageBand{n.Page, bandOf(center.Y)}] {
		if box.Contains(center) {
			return true
		}
	}
	return false
}

// cellClaims reports that a number of a cell is carried by the cell's row, or is a code, a year or a column number.
func (r *reader) cellClaims(c *model.Cell, n *model.Number) bool {
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

// isAmount reports that a number stands where amounts do.
func (r *reader) isAmount(at placed, n *model.Number) bool {
	about := r.claims.about[columnPlace{at.table.No, at.cell.Col}]
	return about.Values || about.Money && strings.ContainsAny(n.Text, ".,，")
}
