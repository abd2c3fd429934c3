// Package corrections replaces amounts that the program misread by what a person read on the page.
//
// A correction names a line by its document and line_id and says what the program had read, so that it is not applied to
// something else after the program or the document has changed. The line keeps its raw_text, its amount becomes the one
// that the person read, in the unit of the line, its confidence 1; then every identity of the document is tested anew. Each
// correction, applied or not, is a diagnostic of its document.
package corrections

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/verify"
	"github.com/countybudget/extract/schema"
)

// Correction is one line of a corrections file.
type Correction struct {
	DocumentID, LineID string
	Old, New           string // as printed, in the line's unit
	Note               string
}

// Columns are those of a corrections file. Page and box are for the people who read it.
var Columns = []string{"document_id", "line_id", "page", "x0", "y0", "x1", "y1", "old", "new", "note"}

// Read reads a corrections file: CSV with a heading; document_id, line_id, old and new are needed. A note that begins
// with an apostrophe loses it: spreadsheets need it before what looks like a formula.
func Read(r io.Reader) ([]Correction, error) {
	records := csv.NewReader(r)
	heading, err := records.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty; its first line must name the columns")
	}
	if err != nil {
		return nil, err
	}
	places := map[string]int{}
	for i, name := range heading {
		places[strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))] = i
	}
	for _, needed := range []string{"document_id", "line_id", "old", "new"} {
		if _, ok := places[needed]; !ok {
			return nil, fmt.Errorf("there is no column %s", needed)
		}
	}
	var all []Correction
	for {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		field := func(name string) string {
			if i, ok := places[name]; ok {
				return strings.TrimPrefix(strings.TrimSpace(record[i]), "'")
			}
			return ""
		}
		c := Correction{DocumentID: field("document_id"), LineID: field("line_id"), Old: field("old"), New: field("new"), Note: field("note")}
		line, _ := records.FieldPos(0)
		switch _, isAmount := amount.Parse(c.New); {
		case c.DocumentID == "" || c.LineID == "":
			return nil, fmt.Errorf("line %d names no figure", line)
		case !isAmount:
			return nil, fmt.Errorf("line %d: %q is not an amount", line, c.New)
		case slices.ContainsFunc(all, func(o Correction) bool { return o.DocumentID == c.DocumentID && o.LineID == c.LineID }):
			return nil, fmt.Errorf("line %d corrects a figure that an earlier line corrects", line)
		}
		all = append(all, c)
	}
}

// Words are the phrases by which corrections are applied, and corrected documents tested again.
type Words struct {
	verify *verify.Words
	units  map[string]decimal.Decimal // yuan by unit
}

// NewWords makes the words of a lexicon.
func NewWords(book *lexicon.Book) (*Words, error) {
	v, err := verify.NewWords(book)
	return &Words{v, book.Of("units.money").In("correction").Numbers()}, err
}

// Apply applies those corrections that are for the document, tests it again, and returns how many fitted.
func (w *Words) Apply(d *schema.Disclosure, all []Correction) int {
	applied, mine := 0, false
	lines := map[string]*schema.BudgetLine{}
	for i := range d.BudgetLines {
		lines[d.BudgetLines[i].LineID] = &d.BudgetLines[i]
	}
	for i := range all {
		c := &all[i]
		if c.DocumentID != d.Document.DocumentID {
			continue
		}
		if !mine {
			mine = true
			forgetVerdicts(d)
		}
		line := lines[c.LineID]
		yuan, err := w.amount(c, line)
		if err != nil {
			diagnose(d, line, schema.SeverityWarning, c, "not applied: "+err.Error())
			continue
		}
		line.Amount, line.Confidence = yuan, 1
		applied++
		diagnose(d, line, schema.SeverityInfo, c, fmt.Sprintf("corrected by hand from %s to %s %s", c.Old, c.New, line.RawUnit))
	}
	if mine {
		*d = *w.verify.Verify(d)
		number(d)
	}
	return applied
}

// amount is what the correction makes of the line, in yuan.
func (w *Words) amount(c *Correction, line *schema.BudgetLine) (decimal.Decimal, error) {
	if line == nil {
		return decimal.Decimal{}, fmt.Errorf("the document has no line %s", c.LineID)
	}
	if line.RawText != c.Old {
		return decimal.Decimal{}, fmt.Errorf("the line reads %s, not %s", line.RawText, c.Old)
	}
	printed, ok := amount.Parse(c.New)
	if !ok {
		return decimal.Decimal{}, fmt.Errorf("%q is not an amount", c.New)
	}
	factor, ok := w.yuanPer(line)
	if !ok {
		return decimal.Decimal{}, fmt.Errorf("the unit %q is not known", line.RawUnit)
	}
	return printed.Mul(factor).Round(2), nil
}

// yuanPer is how many yuan the line's unit is; of a unit not listed, what the line itself says.
func (w *Words) yuanPer(line *schema.BudgetLine) (decimal.Decimal, bool) {
	if yuan, known := w.units[line.RawUnit]; known {
		return yuan, true
	}
	printed, ok := amount.Parse(line.RawText)
	if !ok || printed.IsZero() {
		return decimal.Decimal{}, false
	}
	return line.Amount.Div(printed), true
}

// forgetVerdicts takes back what the identities said of the document.
func forgetVerdicts(d *schema.Disclosure) {
	d.Checks = nil
	d.Document.ChecksPassed, d.Document.ChecksFailed = 0, 0
	for i := range d.BudgetLines {
		d.BudgetLines[i].IsAggregate, d.BudgetLines[i].Verification = false, schema.Unchecked
	}
	d.Diagnostics = slices.DeleteFunc(d.Diagnostics, func(x schema.DiagnosticRow) bool { return x.Code == schema.DiagCheckFailed })
}

func diagnose(d *schema.Disclosure, line *schema.BudgetLine, severity schema.Severity, c *Correction, message string) {
	if c.Note != "" {
		message += " (" + c.Note + ")"
	}
	row := schema.DiagnosticRow{
		DocumentID: d.Document.DocumentID, FiscalYear: d.Document.FiscalYear, Severity: severity, Code: schema.DiagCorrected,
		Message: message, RawText: c.Old,
	}
	if line != nil {
		row.Page, row.X0, row.Y0, row.X1, row.Y1 = line.Page, line.X0, line.Y0, line.X1, line.Y1
		if severity == schema.SeverityInfo {
			d.Diagnostics = slices.DeleteFunc(d.Diagnostics, func(x schema.DiagnosticRow) bool {
				return x.Code == schema.DiagOCRDoubt && x.Page == row.Page && x.X0 == row.X0 && x.Y0 == row.Y0
			})
		}
	}
	d.Diagnostics = append(d.Diagnostics, row)
}

// number takes out what the second round reported again, and numbers the diagnostics anew.
func number(d *schema.Disclosure) {
	type saying struct {
		code, message, raw string
		page               int32
		x, y               float32
	}
	seen := map[saying]bool{}
	d.Diagnostics = slices.DeleteFunc(d.Diagnostics, func(x schema.DiagnosticRow) bool {
		s := saying{x.Code, x.Message, x.RawText, x.Page, x.X0, x.Y0}
		again := x.Code == schema.DiagOCRDoubt && seen[s]
		seen[s] = true
		return again
	})
	for i := range d.Diagnostics {
		d.Diagnostics[i].DiagnosticNo = int32(i + 1)
	}
}
