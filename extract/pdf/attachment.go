package pdf

import (
	"fmt"

	"github.com/countybudget/extract/extract/model"
)

// attachmentDiagnostics says which files are attached and not read. A PDF may hold the very tables.
func (d *Document) attachmentDiagnostics() {
	for _, a := range d.file.EmbeddedFiles() {
		severity := model.Info
		if a.PDF {
			severity = model.Warning
		}
		d.diagnose(severity, codeAttachment, fmt.Sprintf("the attached file %q is not read: save it from a PDF viewer and convert it by itself", a.Name))
	}
}
