package verify

import (
	"fmt"

	"github.com/countybudget/extract/schema"
)

// A recognized amount of low confidence is no evidence for another one: two that were misread alike would prove each other.
// It is verified only where an identity holds in which every other amount is sure.

// sure is the confidence from which a recognized amount counts as evidence for another one.
const sure = 0.8

// doubtfulLines are the recognized amounts of low confidence, with whether sure ones prove them.
func (l *checker) doubtfulLines() map[int]bool {
	doubtful := map[int]bool{}
	for i := range l.Lines {
		if line := &l.Lines[i]; line.Source == schema.FromOCR && line.Confidence < sure {
			doubtful[i] = false
		}
	}
	if len(doubtful) == 0 {
		return nil
	}
	for n := range l.ids {
		id := &l.ids[n]
		if id.Soft || !l.holds(id) {
			continue
		}
		only, count := -1, 0
		for _, side := range [2][]int{id.Sum, id.Total} {
			for _, i := range side {
				if _, ok := doubtful[i]; ok {
					only = i
					count++
				}
			}
		}
		if count == 1 {
			doubtful[only] = true
		}
	}
	return doubtful
}

// reportDoubt adds the diagnostic of a recognized amount that stays in doubt.
func (l *checker) reportDoubt(i int) {
	d, line := l.Disclosure, &l.Lines[i]
	d.Diagnostics = append(d.Diagnostics, schema.DiagnosticRow{
		DocumentID: d.Document.DocumentID, FiscalYear: d.Document.FiscalYear, DiagnosticNo: int32(len(d.Diagnostics) + 1),
		Severity: schema.SeverityWarning, Code: schema.DiagOCRDoubt, Message: fmt.Sprintf("recognized without certainty: %s", line.RawText), Page: line.Page,
		X0: line.X0, Y0: line.Y0, X1: line.X1, Y1: line.Y1, RawText: line.RawText,
	})
}
