// Package normalize turns a document's tables and prose into rows of the canonical schema.
//
// Geometry has already decided where the cells of a table are; here words decide what they mean. A title names the
// statement, a column's headers its dimensions, a row's name and code its item. All wording is in data/*.csv.
package normalize

import (
	"fmt"
	"sync"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/proof"
	"github.com/countybudget/extract/normalize/verify"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Input is what is known of a file besides its content.
type Input struct {
	DocumentID      string // lowercase hex SHA-256
	FileName        string // base name
	SourceURI       string // as given
	Bytes           int64
	PipelineVersion string
}

// shared holds the embedded wording, parsed on first use and never changed.
var shared = sync.OnceValues(loadWording)

// Normalize gives every row of a document. It fails only if the embedded wording is broken.
func Normalize(doc *model.Document, in Input) *schema.Disclosure {
	words, err := shared()
	if err != nil {
		return Failed(in, fmt.Errorf("embedded wording: %w", err))
	}
	books, err := codebook.Load()
	if err != nil {
		return Failed(in, fmt.Errorf("embedded codebooks: %w", err))
	}
	b := &builder{words: words, books: books, doc: doc, in: in, seen: map[string]int{}, units: map[int]string{}, claims: newClaims(), unread: map[columnPlace]int{}, fractions: map[int]bool{}, strangeUnits: map[int]bool{},
		commonUnit: words.commonUnit(doc)}
	b.meta = words.readMetadata(doc, in)
	b.covers = laterCovers(doc, b.meta.department)
	if region, ok := books.RegionInText(b.meta.department); ok {
		b.meta.regionCode, b.meta.regionName = region.Code, region.Name
	} else {
		b.meta.regionName = codebook.PublishedRegion(b.meta.department)
	}
	for i := range doc.Diagnostics {
		b.addDiagnostic(doc.Diagnostics[i])
	}
	performance := b.performanceRows()
	statements := make([]schema.Statement, len(doc.Tables))
	for i := range doc.Tables {
		if performance[doc.Tables[i].No] {
			statements[i] = schema.OtherStatement
			continue
		}
		lt := words.understand(&doc.Tables[i], books)
		statements[i] = lt.statement
		b.claims.table(lt)
		if lt.lines {
			b.explainStatement(lt)
			b.explainIdentifiers(lt)
			b.tableLines(lt)
		}
	}
	b.out.Contents = words.listed(doc.Contents)
	b.narrativeLines()
	b.documentRows(statements)
	schema.Conform(&b.out) // before the identities: a line that cannot be written is no evidence
	proof.Choose(&b.out, doc)
	verify.Verify(&b.out)
	proof.Guard(&b.out)
	b.withholdStrangeUnits()
	schema.Conform(&b.out)
	b.claimNumbers()
	return &b.out
}

// Failed is the disclosure of a file that could not be read: its document row and one diagnostic.
func Failed(in Input, err error) *schema.Disclosure {
	d := &schema.Disclosure{Document: schema.DocumentRow{
		DocumentID: in.DocumentID, FileName: in.FileName, SourceURI: in.SourceURI, Bytes: in.Bytes,
		Status: schema.StatusFailed, PipelineVersion: in.PipelineVersion,
	}}
	if err != nil {
		d.Document.Error = err.Error()
		d.Diagnostics = []schema.DiagnosticRow{{
			DocumentID: in.DocumentID, DiagnosticNo: 1, Severity: schema.SeverityError,
			Code: schema.DiagFailed, Message: err.Error(),
		}}
	}
	return d
}
