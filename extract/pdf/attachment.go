package pdf

import (
	"fmt"

	"github.com/countybudget/extract/extract/model"
)

// attachmentDiagnostics reports the embedded files, which are not read. An embedded PDF may hold the tables.
func (d *Document) attachmentDiagnostics() {
	for _, a := range d.file.EmbeddedFiles() {
		severity := model.Info
		if a.PDF {
			severity = model.Warning
		}
		d.diagnose(severity, codeAttachment, fmt.Sprintf("the attached file %q is not read: save it from a PDF viewer and convert it by itself", a.Name))
	}
}
