// Package normalize turns a document's tables and prose into rows of the canonical schema.
package normalize

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// Input is what is known of a file besides its content.
type Input struct {
	DocumentID      string // lowercase hex SHA-256
	FileName        string // base name
	SourceURI       string // as given
	Bytes           int64
	PipelineVersion string
}

// Normalize gives every row of a document.
func Normalize(doc *model.Document, in Input) *schema.Disclosure {
	return &schema.Disclosure{Document: Failed(in, nil).Document}
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
