package schema

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// The writer refuses a document if one row violates the schema. Conform runs before it and removes as little as possible:
//
//   - a value of a nullable column becomes null;
//   - a row is dropped for a value without which it means nothing (its amount, a required enum, its key);
//   - what refers to a dropped row goes with it (indicators, cells) or loses the reference (lines, checks, sections).
//
// Each change is in diagnostics, with the value as it was. After Conform the writer has nothing left to refuse.

// maxSame bounds the diagnostics about one column: the rest of a thousand broken rows is one more diagnostic with their number.
const maxSame = 20

// Conform makes the rows of a document valid and reports whether anything had to change. It does not check the document's
// own document_id.
func Conform(d *Disclosure) bool {
	c := &conformer{d: d, said: map[string]int{}}
	c.document()
	lines := conform(c, DatasetBudgetLines, &d.BudgetLines)
	projects := conform(c, DatasetPerformanceProjects, &d.Projects)
	conform(c, DatasetPerformanceIndicators, &d.Indicators)
	sections := conform(c, DatasetSections, &d.Sections)
	tables := conform(c, DatasetTables, &d.Tables)
	cells := conform(c, DatasetCells, &d.Cells)
	conform(c, DatasetChecks, &d.Checks)
	if projects > 0 {
		c.dropOrphanIndicators()
	}
	if tables > 0 {
		cells += c.dropOrphanCells()
	}
	if tables+cells > 0 {
		c.unplaceLines()
	}
	if sections > 0 {
		c.detachSections()
	}
	if lines > 0 {
		c.unlinkChecks()
	}
	if c.changed {
		c.count()
	}
	c.diagnostics()
	return c.changed
}

type conformer struct {
	d       *Disclosure
	changed bool
	said    map[string]int // diagnostics by dataset and column
	notes   []DiagnosticRow
}

// document blanks what the document's own row may not say.
func (c *conformer) document() {
	row := &c.d.Document
	if !ValidYear(row.FiscalYear) {
		c.note(DatasetDocuments, DiagnosticRow{RawText: fmt.Sprint(row.FiscalYear)}, "fiscal_year",
			fmt.Sprintf("is not between %d and %d; the document has no year", firstYear, lastYear))
		row.FiscalYear = UnknownYear
	}
	ds, _ := DatasetNamed(DatasetDocuments)
	rows := []DocumentRow{*row}
	set := NewRowSet(ds, rows)
	for _, f := range set.faults(0) {
		field := set.Row(0).Field(f.leaf.Column.Index)
		c.note(DatasetDocuments, DiagnosticRow{RawText: f.value}, f.leaf.Column.Name, f.reason+"; it is left out")
		field.SetZero()
		if f.leaf.Column.Name == "status" {
			field.SetString(string(StatusPartial))
		}
	}
	*row = rows[0]
}

// conform mends the rows of one dataset and returns how many it dropped.
func conform[T any](c *conformer, dataset string, rows *[]T) int {
	ds, _ := DatasetNamed(dataset)
	set := NewRowSet(ds, *rows)
	drop := map[int]bool{}
	for i := range set.Len() {
		if set.mend(c, i) {
			drop[i] = true
		}
	}
	for _, i := range set.repeated(drop) {
		c.note(dataset, set.about(i), ds.keys[len(ds.keys)-1].Name, "the key "+set.Key(i)+" is another row's; the row is dropped")
		drop[i] = true
	}
	return deleteRows(rows, drop)
}

func deleteRows[T any](rows *[]T, drop map[int]bool) int {
	if len(drop) == 0 {
		return 0
	}
	kept := make([]T, 0, len(*rows)-len(drop))
	for i := range *rows {
		if !drop[i] {
			kept = append(kept, (*rows)[i])
		}
	}
	*rows = kept
	return len(drop)
}

// fault is a value that violates the schema.
type fault struct {
	leaf   *Leaf
	value  string
	reason string
}

// mend blanks the faulty values of a row and reports whether the row has to go.
func (s RowSet) mend(c *conformer, i int) (drop bool) {
	if got := s.v.Index(i).Field(s.ds.keys[0].Index).String(); got != c.d.Document.DocumentID {
		c.note(s.ds.Name, s.about(i), documentIDColumn, "is of another document; the row is dropped")
		return true
	}
	if s.ds.OwnYear {
		if year := int32(s.v.Index(i).Field(s.ds.partition.Index).Int()); !ValidYear(year) {
			c.note(s.ds.Name, s.about(i), s.ds.partition.Name, fmt.Sprintf("%d is not between %d and %d; the row is dropped", year, firstYear, lastYear))
			return true
		}
	}
	for _, f := range s.faults(i) {
		about := s.about(i)
		if about.RawText == "" {
			about.RawText = f.value
		}
		col := f.leaf.Column
		field := s.v.Index(i).Field(col.Index)
		switch {
		case f.leaf.List && f.leaf.Value != col, col.List, col.Nullable:
			c.note(s.ds.Name, about, col.Name, f.reason+"; it is left out")
			field.SetZero()
			if s.ds.Name == DatasetChecks && col.Type == TypeDecimal {
				s.v.Index(i).FieldByName("Status").SetString(string(CheckSkipped))
			}
		case col.Type == TypeFloat32:
			c.note(s.ds.Name, about, col.Name, f.reason+"; it is 0")
			field.SetFloat(0)
		default:
			c.note(s.ds.Name, about, col.Name, f.reason+"; the row is dropped")
			return true
		}
	}
	return false
}

// faults are the values of a row that the writer would refuse, or could not write as they are.
func (s RowSet) faults(i int) []fault {
	var out []fault
	row := s.v.Index(i)
	for k := range s.ds.leaves {
		l := &s.ds.leaves[k]
		field := row.Field(l.Column.Index)
		if !l.List {
			if value, reason := l.Value.fault(field); reason != "" {
				out = append(out, fault{l, value, reason})
			}
			continue
		}
		for n := range field.Len() {
			element := field.Index(n)
			if l.Value != l.Column {
				element = element.Field(l.Value.Index)
			}
			if value, reason := l.Value.fault(element); reason != "" {
				out = append(out, fault{l, value, reason})
				break
			}
		}
	}
	return out
}

// fault says what is wrong with a value; reason is "" when nothing is.
func (c *Column) fault(v reflect.Value) (value, reason string) {
	switch c.Type {
	case TypeString:
		s := v.String()
		if err := c.CheckValue(s); err != nil && (s != "" || !c.Nullable) {
			return shorten(strings.ToValidUTF8(s, string(utf8.RuneError))), err.Error()
		}
	case TypeFloat32:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Sprint(f), "is not a number"
		}
	case TypeDecimal:
		d, ok := v.Addr().Interface().(*decimal.NullDecimal)
		switch {
		case !ok:
			return c.decimalFault(*v.Addr().Interface().(*decimal.Decimal))
		case d.Valid:
			return c.decimalFault(d.Decimal)
		}
	}
	return "", ""
}

func (c *Column) decimalFault(d decimal.Decimal) (value, reason string) {
	if _, err := c.Unscaled(d); err != nil {
		if e := d.Exponent(); e <= maxExponent && e >= -maxExponent {
			value = shorten(d.String())
		}
		return value, err.Error()
	}
	return "", ""
}

// repeated are the rows with the key of an earlier one, those in drop aside.
func (s RowSet) repeated(drop map[int]bool) []int {
	var order []int
	for i := range s.Len() {
		if !drop[i] {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, s.compare)
	var out []int
	for i := 1; i < len(order); i++ {
		if s.compare(order[i-1], order[i]) == 0 {
			out = append(out, order[i])
			order[i] = order[i-1]
		}
	}
	slices.Sort(out)
	return out
}

// about is a diagnostic with a row's page, box and printed text, as far as it has them.
func (s RowSet) about(i int) DiagnosticRow {
	var out DiagnosticRow
	row := s.v.Index(i)
	for k := range s.ds.Columns {
		field := row.Field(s.ds.Columns[k].Index)
		switch s.ds.Columns[k].Name {
		case "page", "first_page":
			out.Page = int32(field.Int())
		case "x0":
			out.X0 = finite(field)
		case "y0":
			out.Y0 = finite(field)
		case "x1":
			out.X1 = finite(field)
		case "y1":
			out.Y1 = finite(field)
		case "raw_text", "raw_value":
			out.RawText = field.String()
		}
	}
	return out
}

func finite(v reflect.Value) float32 {
	if f := v.Float(); !math.IsNaN(f) && !math.IsInf(f, 0) {
		return float32(f)
	}
	return 0
}

// note keeps a diagnostic about a value.
func (c *conformer) note(dataset string, about DiagnosticRow, column, what string) {
	c.changed = true
	key := dataset + "." + column
	if c.said[key]++; c.said[key] > maxSame {
		return
	}
	about.Severity, about.Code = SeverityWarning, DiagContract
	if dataset == DatasetBudgetLines && column == "amount" {
		about.Code = DiagAmountRange
	}
	about.Message = key + ": " + what
	c.notes = append(c.notes, about)
}

// dropOrphanIndicators drops the indicators of dropped projects.
func (c *conformer) dropOrphanIndicators() {
	known := map[int32]bool{}
	for i := range c.d.Projects {
		known[c.d.Projects[i].ProjectNo] = true
	}
	drop := map[int]bool{}
	for i := range c.d.Indicators {
		if r := &c.d.Indicators[i]; !known[r.ProjectNo] {
			drop[i] = true
			c.note(DatasetPerformanceIndicators, DiagnosticRow{Page: r.Page, RawText: r.RawValue}, "project_no", "its project was dropped; so is the row")
		}
	}
	deleteRows(&c.d.Indicators, drop)
}

// dropOrphanCells drops the cells of dropped tables.
func (c *conformer) dropOrphanCells() int {
	known := c.tables()
	drop := map[int]bool{}
	for i := range c.d.Cells {
		if r := &c.d.Cells[i]; !known[r.TableNo] {
			drop[i] = true
			c.note(DatasetCells, DiagnosticRow{Page: r.Page, X0: r.X0, Y0: r.Y0, X1: r.X1, Y1: r.Y1, RawText: r.Text}, "table_no", "its table was dropped; so is the row")
		}
	}
	return deleteRows(&c.d.Cells, drop)
}

func (c *conformer) tables() map[int32]bool {
	known := map[int32]bool{}
	for i := range c.d.Tables {
		known[c.d.Tables[i].TableNo] = true
	}
	return known
}

// unplaceLines takes from the lines the cells and tables that are gone. Their page and box stay.
func (c *conformer) unplaceLines() {
	type place struct{ table, row, col int32 }
	tables, cells := c.tables(), map[place]bool{}
	for i := range c.d.Cells {
		r := &c.d.Cells[i]
		cells[place{r.TableNo, r.Row, r.Col}] = true
	}
	for i := range c.d.BudgetLines {
		l := &c.d.BudgetLines[i]
		if l.TableNo == 0 || cells[place{l.TableNo, l.Row, l.Col}] {
			continue
		}
		if l.Row, l.Col = -1, -1; !tables[l.TableNo] {
			l.TableNo = 0
		}
	}
}

// detachSections takes from lines and sections the sections that are gone.
func (c *conformer) detachSections() {
	known := map[int32]bool{}
	for i := range c.d.Sections {
		known[c.d.Sections[i].SectionNo] = true
	}
	for i := range c.d.Sections {
		if s := &c.d.Sections[i]; !known[s.ParentNo] {
			s.ParentNo = 0
		}
	}
	for i := range c.d.BudgetLines {
		if l := &c.d.BudgetLines[i]; !known[l.SectionNo] {
			l.SectionNo = 0
		}
	}
}

// unlinkChecks takes dropped lines out of the checks. A check without one of its lines proves nothing any more.
func (c *conformer) unlinkChecks() {
	known := map[string]bool{}
	for i := range c.d.BudgetLines {
		known[c.d.BudgetLines[i].LineID] = true
	}
	for i := range c.d.Checks {
		r := &c.d.Checks[i]
		kept := make([]string, 0, len(r.LineIDs))
		for _, id := range r.LineIDs {
			if known[id] {
				kept = append(kept, id)
			}
		}
		if len(kept) < len(r.LineIDs) {
			r.LineIDs, r.Status = kept, CheckSkipped
			c.note(DatasetChecks, DiagnosticRow{}, "line_ids", fmt.Sprintf("check %d used a line that was dropped; it is skipped", r.CheckNo))
		}
	}
}

// count brings the figures of the document's row up to date.
func (c *conformer) count() {
	row := &c.d.Document
	row.LineCount, row.TableCount = int32(len(c.d.BudgetLines)), int32(len(c.d.Tables))
	row.ChecksPassed, row.ChecksFailed = 0, 0
	for i := range c.d.Checks {
		switch c.d.Checks[i].Status {
		case CheckPass:
			row.ChecksPassed++
		case CheckFail:
			row.ChecksFailed++
		}
	}
}

// diagnostics mends the diagnostics themselves, of which none is dropped, and adds those of this run.
func (c *conformer) diagnostics() {
	d := c.d
	ds, _ := DatasetNamed(DatasetDiagnostics)
	set := NewRowSet(ds, d.Diagnostics)
	for i := range d.Diagnostics {
		r := &d.Diagnostics[i]
		for _, f := range set.faults(i) {
			c.changed = true
			switch f.leaf.Column.Name {
			case "code":
				r.Message, r.Code = f.value+": "+r.Message, DiagContract
			case "severity":
				r.Severity = SeverityWarning
			default:
				set.Row(i).Field(f.leaf.Column.Index).SetZero()
			}
		}
		c.changed = c.changed || r.DocumentID != d.Document.DocumentID || r.DiagnosticNo != int32(i+1)
	}
	c.sumUp()
	d.Diagnostics = append(d.Diagnostics, c.notes...)
	for i := range d.Diagnostics {
		r := &d.Diagnostics[i]
		r.DocumentID, r.FiscalYear, r.DiagnosticNo = d.Document.DocumentID, d.Document.FiscalYear, int32(i+1)
	}
}

// sumUp adds one diagnostic for each column with more faults than are told one by one.
func (c *conformer) sumUp() {
	var keys []string
	for key, n := range c.said {
		if n > maxSame {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		c.notes = append(c.notes, DiagnosticRow{Severity: SeverityWarning, Code: DiagContract,
			Message: fmt.Sprintf("%s: %d more values break the contract in the same column", key, c.said[key]-maxSame)})
	}
}
