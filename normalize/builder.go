package normalize

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/claims"
	"github.com/countybudget/extract/normalize/metadata"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// yuanPer is how many yuan one printed unit is.
type yuanPer = decimal.Decimal

// columnPlace is a column of a table by their numbers.
type columnPlace struct{ table, col int }

// builder makes the rows of one document.
type builder struct {
	words      *Words
	books      *codebook.Books
	doc        *model.Document
	in         Input
	meta       metadata.Document
	commonUnit string         // the unit most tables of the document print
	units      map[int]string // the unit printed with a table in its title or cells, by its number
	out        schema.Disclosure
	seen       map[string]int // how often a line's identity has occurred
	claims     *claims.Claims
	unread     map[columnPlace]int // cells of an amount column that are no amounts
	fractions  map[int]bool        // tables with amounts that were rounded
}

func newBuilder(words *Words, books *codebook.Books, doc *model.Document, in Input) *builder {
	return &builder{
		words: words, books: books, doc: doc, in: in, meta: words.metadata.Read(doc, in.FileName, books),
		commonUnit: words.commonUnit(doc), units: map[int]string{}, seen: map[string]int{},
		claims: claims.New(), unread: map[columnPlace]int{}, fractions: map[int]bool{},
	}
}

// rows makes the rows of the tables and the prose, and those that mirror the document.
func (b *builder) rows() *schema.Disclosure {
	for i := range b.doc.Diagnostics {
		b.addDiagnostic(b.doc.Diagnostics[i])
	}
	performance := b.performanceRows()
	own := b.ownNames()
	statements := make([]schema.Statement, len(b.doc.Tables))
	for i := range b.doc.Tables {
		if performance[b.doc.Tables[i].No] {
			statements[i] = schema.OtherStatement
			continue
		}
		lt := b.words.understand(&b.doc.Tables[i], b.books, own)
		statements[i] = lt.statement
		b.claimTable(lt)
		if lt.lines {
			b.explainStatement(lt)
			b.explainIdentifiers(lt)
			b.explainWords(lt)
			b.tableLines(lt)
		}
	}
	b.out.Contents = b.words.listedTables(b.doc.Contents)
	b.narrativeLines(performance)
	b.documentRows(statements)
	return &b.out
}

// add completes a line with what is common to the document, keeps it and returns its line_id.
func (b *builder) add(l schema.BudgetLine) string {
	l.DocumentID = b.in.DocumentID
	l.DocumentType, l.EntityLevel = b.meta.Type, b.meta.Level
	l.DepartmentName = b.meta.DepartmentOn(int(l.Page))
	if l.DepartmentName == b.meta.Department {
		l.DepartmentCode = b.meta.DepartmentCode
	}
	l.RegionCode, l.RegionName = b.meta.RegionCode, b.meta.RegionName
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
	if b.meta.Type == schema.FinalAccounts {
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

func (b *builder) addDiagnostic(d model.Diagnostic) { b.diagnoseIn(&b.out, d) }

// diagnoseIn adds a diagnostic to a disclosure of the document.
func (b *builder) diagnoseIn(to *schema.Disclosure, d model.Diagnostic) {
	to.Diagnostics = append(to.Diagnostics, schema.DiagnosticRow{
		DocumentID: b.in.DocumentID, FiscalYear: b.meta.Year, DiagnosticNo: int32(len(to.Diagnostics) + 1),
		Severity: schema.Severity(d.Severity), Code: d.Code, Message: d.Message, Page: int32(d.Page),
		X0: float32(d.Box.X0), Y0: float32(d.Box.Y0), X1: float32(d.Box.X1), Y1: float32(d.Box.Y1), RawText: d.RawText,
	})
}

// explainStatement reports a table whose statement its title does not name.
func (b *builder) explainStatement(lt *layoutTable) {
	switch {
	case lt.guessed:
		b.diagnoseTable(schema.SeverityInfo, schema.DiagUnknownTable, lt, "the title names no statement; read as "+string(lt.statement)+" by its headers")
	case lt.statement == schema.OtherStatement:
		b.diagnoseTable(schema.SeverityWarning, schema.DiagUnknownTable, lt, "no statement describes it; its amounts are kept under other")
	}
}
