// Package normalize turns a document's tables and prose into rows of the canonical schema.
//
// Geometry has already decided where the cells of a table are; here words decide what they mean. A title names the
// statement, a column's headers its dimensions, a row's name and code its item. The phrases are data, of package lexicon.
package normalize

import (
	"fmt"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/solve"
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
	Words           *Words // nil: those of the embedded lexicon
}

// Normalize gives every row of a document, by four stages, each of which makes a value of the one before: rows of tables and
// prose; the recognized amounts that sums prove; what the identities say of each line; and which numbers no row carries.
// (Recognized names are corrected before, by package spelling.) It fails only if the embedded phrases are broken.
func Normalize(doc *model.Document, in Input) *schema.Disclosure {
	words := in.Words
	if words == nil {
		var err error
		if words, err = embedded(); err != nil {
			return Failed(in, fmt.Errorf("embedded wording: %w", err))
		}
	}
	books, err := codebook.Load()
	if err != nil {
		return Failed(in, fmt.Errorf("embedded codebooks: %w", err))
	}
	b := newBuilder(words, books, doc, in)
	rows := b.rows()
	schema.Conform(rows) // before the identities: a line that cannot be written is no evidence
	solved, _ := solve.Solve(rows, doc, words.verify)
	verified := words.verify.Verify(solved)
	schema.Conform(verified)
	b.claimNumbers(verified)
	return verified
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
