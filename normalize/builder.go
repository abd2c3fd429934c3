package normalize

import (
	"fmt"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
	"github.com/shopspring/decimal"
)

// yuanPer is how many yuan one printed unit is.
type yuanPer = decimal.Decimal

// builder makes the rows of one document.
type builder struct {
	words        *wording
	books        *codebook.Books
	doc          *model.Document
	in           Input
	meta         metadata
	covers       []laterCover
	strangeUnits map[int]bool   // tables whose printed unit is not known: no sum proves what their amounts are
	commonUnit   string         // the unit most tables of the document print
	units        map[int]string // the unit printed with a table in its title or cells, by its number
	out          schema.Disclosure
	seen         map[string]int // how often a line's identity has occurred
	claims       claims
	unread       map[columnPlace]int // cells of an amount column that are no amounts
	fractions    map[int]bool        // tables with amounts that were rounded
}

// add completes a line with what is common to the document, keeps it and returns its line_id.
func (b *builder) add(l schema.BudgetLine) string {
	l.DocumentID = b.in.DocumentID
	l.DocumentType, l.EntityLevel = b.meta.documentType, b.meta.level
	l.DepartmentName = b.departmentOn(int(l.Page))
	if l.DepartmentName == b.meta.department {
		l.DepartmentCode = b.meta.departmentCode
	}
	l.ParentDepartment = b.meta.parent
	l.RegionCode, l.RegionName = b.meta.regionCode, b.meta.regionName
	l.Verification = schema.Unchecked
	base := lineID(&l, 0)
	n := b.seen[base]
	b.seen[base] = n + 1
	l.LineID = base
	if n > 0 {
		l.LineID = lineID(&l, n)
	}
	if n := len(b.out.BudgetLines); n == cap(b.out.BudgetLines) { // rows are large: copied seldom
		b.out.BudgetLines = slices.Grow(b.out.BudgetLines, max(n, 64))
	}
	b.out.BudgetLines = append(b.out.BudgetLines, l)
	return l.LineID
}

// phase is the phase of the document's own figures.
func (b *builder) phase() schema.Phase {
	if b.meta.documentType == schema.FinalAccounts {
		return schema.Executed
	}
	return schema.Approved
}

func (b *builder) pageLabel(page int) string {
	if page >= 1 && page <= len(b.doc.Pages) {
		return b.doc.Pages[page-1].Label
	}
	return ""
}

func (b *builder) diagnose(sev schema.Severity, code string, c *model.Cell, message string) {
	box := c.TextBox
	if box == (model.Rect{}) {
		box = c.Box
	}
	b.addDiagnostic(model.Diagnostic{Severity: model.Severity(sev), Code: code, Message: message, Page: c.Page, Box: box, RawText: c.Text})
}

func (b *builder) diagnoseTable(sev schema.Severity, code string, lt *layoutTable, message string) {
	c := cellOf(lt.Table)
	b.addDiagnostic(model.Diagnostic{
		Severity: model.Severity(sev), Code: code, Message: fmt.Sprintf("table %d (%s): %s", lt.No, lt.Title, message), Page: c.Page, Box: c.Box,
	})
}

func (b *builder) addDiagnostic(d model.Diagnostic) {
	b.out.Diagnostics = append(b.out.Diagnostics, schema.DiagnosticRow{
		DocumentID: b.in.DocumentID, FiscalYear: b.meta.year, DiagnosticNo: int32(len(b.out.Diagnostics) + 1),
		Severity: schema.Severity(d.Severity), Code: d.Code, Message: d.Message, Page: int32(d.Page),
		X0: float32(d.Box.X0), Y0: float32(d.Box.Y0), X1: float32(d.Box.X1), Y1: float32(d.Box.Y1), RawText: d.RawText,
	})
}

// explainStatement tells the reader when a table's meaning is not from its title.
func (b *builder) explainStatement(lt *layoutTable) {
	switch {
	case lt.guessed:
		b.diagnoseTable(schema.SeverityInfo, schema.DiagUnknownTable, lt, "the title names no statement; read as "+string(lt.statement)+" by its headers")
	case lt.statement == schema.OtherStatement:
		b.diagnoseTable(schema.SeverityWarning, schema.DiagUnknownTable, lt, "no statement describes it; its amounts are kept under other")
	}
}
