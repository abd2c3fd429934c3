package normalize

import (
	"fmt"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// documentRows fills the datasets that mirror the document: documents, tables, cells, sections.
func (b *builder) documentRows(statements []schema.Statement) {
	b.tableRows(statements)
	b.sectionRows()
	b.metadataDiagnostics()
	b.out.Document = schema.DocumentRow{
		DocumentID: b.in.DocumentID, FileName: b.in.FileName, SourceURI: b.in.SourceURI, Bytes: b.in.Bytes,
		PageCount: int32(max(b.doc.PageCount, len(b.doc.Pages))), Producer: b.doc.Producer, Title: or(b.meta.Title, b.doc.DocTitle),
		DocumentType: b.meta.Type, EntityLevel: b.meta.Level,
		DepartmentName: b.meta.Department, DepartmentCode: b.meta.DepartmentCode,
		RegionCode: b.meta.RegionCode, RegionName: b.meta.RegionName, FiscalYear: b.meta.Year,
		OCREngine: b.doc.OCREngine, Watermarks: watermarkTexts(b.doc), TableCount: int32(len(b.doc.Tables)), LineCount: int32(len(b.out.BudgetLines)),
		Status: schema.StatusOK, PipelineVersion: b.in.PipelineVersion,
	}
	b.pageCounts()
}

func watermarkTexts(doc *model.Document) []string {
	var out []string
	for _, w := range doc.Watermarks {
		out = append(out, w.Text)
	}
	return out
}

// pageCounts counts pages by how they were read and sets the status.
func (b *builder) pageCounts() {
	d := &b.out.Document
	var why []string
	for i := range b.doc.Pages {
		p := &b.doc.Pages[i]
		switch {
		case p.Err != nil:
			d.FailedPages++
			why = append(why, fmt.Sprintf("page %d: %v", p.Number, p.Err))
		case p.NeedsOCR:
			d.FailedPages++
		case p.Source == model.SourceOCR:
			d.OCRPages++
		default:
			d.TextPages++
		}
		if p.Reader == model.ReaderPDFium {
			d.PDFiumPages++
		}
	}
	if n := countNeedsOCR(b.doc); n > 0 {
		why = append(why, fmt.Sprintf("%d of %d pages are pictures or text of unknown characters: needs OCR", n, len(b.doc.Pages)))
	}
	if read := len(b.doc.Pages); read < b.doc.PageCount {
		why = append(why, fmt.Sprintf("only %d of %d pages were read", read, b.doc.PageCount))
	}
	for i := range b.doc.Diagnostics {
		if x := &b.doc.Diagnostics[i]; x.Severity != model.Info && slices.Contains(lossy, x.Code) {
			why = append(why, x.Message)
		}
	}
	if len(why) > 0 {
		d.Status, d.Error = schema.StatusPartial, strings.Join(firstOf(why, 3), "; ")
	}
}

// lossy are the codes of diagnostics of the file as a whole that say that something may be missing.
var lossy = []string{
	schema.DiagTruncated, schema.DiagPageTreeLoop, schema.DiagPageTree, schema.DiagDamagedFile, schema.DiagAttachment,
	schema.DiagStreamTooLarge, schema.DiagNestingTooDeep, schema.DiagXFAForm,
}

func countNeedsOCR(doc *model.Document) int {
	n := 0
	for i := range doc.Pages {
		if doc.Pages[i].NeedsOCR && doc.Pages[i].Err == nil {
			n++
		}
	}
	return n
}

func firstOf(s []string, n int) []string {
	if len(s) > n {
		return append(s[:n:n], fmt.Sprintf("and %d more", len(s)-n))
	}
	return s
}

func (b *builder) tableRows(statements []schema.Statement) {
	n := 0
	for i := range b.doc.Tables {
		n += len(b.doc.Tables[i].Cells)
	}
	b.out.Cells = slices.Grow(b.out.Cells, n)
	for i := range b.doc.Tables {
		t := &b.doc.Tables[i]
		b.out.Tables = append(b.out.Tables, schema.TableRow{
			DocumentID: b.in.DocumentID, FiscalYear: b.meta.Year, TableNo: int32(t.No), Title: t.Title, Statement: statements[i],
			Unit: or(t.Unit, b.units[t.No]), FirstPage: int32(t.FirstPage), LastPage: int32(t.LastPage), Rows: int32(t.Rows), Columns: int32(t.Cols),
			HeaderRows: int32(t.HeaderRows), Source: source(t.Source), Confidence: t.Confidence,
		})
		for k := range t.Cells {
			c := &t.Cells[k]
			b.out.Cells = append(b.out.Cells, schema.CellRow{
				DocumentID: b.in.DocumentID, FiscalYear: b.meta.Year, TableNo: int32(t.No), Row: int32(c.Row), Col: int32(c.Col),
				RowSpan: int32(c.RowSpan), ColSpan: int32(c.ColSpan), Text: c.Printed(), IsHeader: c.IsHeader, Page: int32(c.Page),
				X0: float32(c.Box.X0), Y0: float32(c.Box.Y0), X1: float32(c.Box.X1), Y1: float32(c.Box.Y1),
				Source: source(c.Source), Confidence: c.Confidence,
			})
		}
	}
}

func source(s model.Source) schema.Source {
	if s == model.SourceOCR {
		return schema.FromOCR
	}
	return schema.FromText
}

func (b *builder) sectionRows() {
	for i := range b.doc.Sections {
		s := &b.doc.Sections[i]
		b.out.Sections = append(b.out.Sections, schema.SectionRow{
			DocumentID: b.in.DocumentID, FiscalYear: b.meta.Year, SectionNo: int32(s.No), ParentNo: int32(s.ParentNo), Level: int32(s.Level),
			Title: s.Title, Text: s.Text, FirstPage: int32(s.FirstPage), LastPage: int32(s.LastPage), Source: source(s.Source),
		})
	}
}

func (b *builder) metadataDiagnostics() {
	for _, c := range b.meta.Conflicts {
		b.addDiagnostic(model.Diagnostic{Severity: model.Warning, Code: schema.DiagMetadataConflict, Message: c})
	}
	if b.meta.Department == "" {
		message := "no department or government is named on the cover, in a title or above a table"
		if b.meta.NoName != "" {
			message += "; what stands in the place of a name does not look like one"
		}
		b.addDiagnostic(model.Diagnostic{Severity: model.Warning, Code: schema.DiagMetadataMissing, Message: message, RawText: b.meta.NoName})
	}
	if b.meta.Year == 0 {
		b.addDiagnostic(model.Diagnostic{Severity: model.Warning, Code: schema.DiagMetadataMissing, Message: "no fiscal year is named on the cover, in a title or in the file's name"})
	}
	for _, w := range b.doc.Watermarks {
		d := model.Diagnostic{
			Severity: model.Info, Code: schema.DiagWatermarkRemoved, RawText: w.Text,
			Message: fmt.Sprintf("the watermark %s was kept out of the text of %d pages", w.Text, w.Pages),
		}
		if n := len(w.Figures); n > 0 {
			d.Severity, d.Page, d.Box = model.Warning, w.Figures[0].Page, w.Figures[0].Box
			d.Message += fmt.Sprintf(", and %d figures with it, such as %s: look at them, and convert with --keep-watermarks if they are content", n, w.Figures[0].Text)
		}
		b.addDiagnostic(d)
	}
}
