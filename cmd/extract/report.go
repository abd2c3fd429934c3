package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/countybudget/extract/cmd/extract/internal/render"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/schema"
)

// totals are what a run adds up to; they are the summary message of --json.
type totals struct {
	MessageType  string  `json:"message_type"`
	Output       string  `json:"output"`
	Documents    int     `json:"documents"`
	OK           int     `json:"ok"`
	Partial      int     `json:"partial"`
	Failed       int     `json:"failed"`
	NotRead      int     `json:"not_read"`   // left out by an interrupt
	Kept         int     `json:"kept"`       // of Documents: converted by an earlier run
	Removed      int     `json:"removed"`    // documents of earlier runs that are not among the inputs
	Duplicates   int     `json:"duplicates"` // files with the content of another
	Pages        int     `json:"pages"`
	OCRPages     int     `json:"ocr_pages"`
	Tables       int     `json:"tables"`
	Lines        int     `json:"lines"`
	ChecksPassed int     `json:"checks_passed"`
	ChecksFailed int     `json:"checks_failed"`
	Seconds      float64 `json:"seconds"`

	// Found is every file that was found: Documents, Duplicates, OtherShards and NotConverted.
	Found        int           `json:"found"`
	OtherShards  int           `json:"other_shards"`  // files that --shard leaves to other machines
	NotConverted int           `json:"not_converted"` // files of folders and archives that are no PDF files
	Kinds        []skippedKind `json:"not_converted_kinds"`
}

// documentMessage is one document's line of --json.
type documentMessage struct {
	MessageType  string                `json:"message_type"`
	SourceURI    string                `json:"source_uri"`
	AlsoAs       []string              `json:"also_as,omitempty"`
	DocumentID   string                `json:"document_id"`
	Status       schema.DocumentStatus `json:"status"`
	Error        string                `json:"error,omitempty"`
	Pages        int32                 `json:"pages"`
	Tables       int32                 `json:"tables"`
	Lines        int32                 `json:"lines"`
	ChecksPassed int32                 `json:"checks_passed"`
	ChecksFailed int32                 `json:"checks_failed"`
	Seconds      float64               `json:"seconds"`
}

// report tells the user what became of each document and of all.
type report struct {
	o        convertOptions
	stdout   io.Writer
	display  *display
	began    time.Time
	total    totals
	preview  []previewLines
	groups   map[groupKey]*group
	problems []string // one line for each document that is not ok
	skipped  []skippedFiles
}

// previewLines are the first lines of one document.
type previewLines struct {
	source string
	lines  []schema.BudgetLine
}

func newReport(o convertOptions, stdout io.Writer, d *display) *report {
	return &report{o: o, stdout: stdout, display: d, began: time.Now(), groups: map[groupKey]*group{}, total: totals{MessageType: "summary", Output: o.out}}
}

func (r *report) document(o batch.Outcome) error {
	d := &o.Disclosure.Document
	r.count(d)
	r.keepPreview(o.Disclosure)
	if d.Status != schema.StatusOK {
		r.display.message(problem(d))
		r.problems = append(r.problems, problem(d))
	}
	if !r.o.json {
		return nil
	}
	return r.message(documentMessage{
		"document", d.SourceURI, d.AlsoAs, d.DocumentID, d.Status, d.Error, d.PageCount, d.TableCount, d.LineCount,
		d.ChecksPassed, d.ChecksFailed, o.Elapsed.Seconds(),
	})
}

func (r *report) count(d *schema.DocumentRow) {
	r.total.count(d)
	r.countGroup(d)
}

func (r *report) message(v any) error { return json.NewEncoder(r.stdout).Encode(v) }

// problem is the one line that a document which is not ok has on standard error.
func problem(d *schema.DocumentRow) string {
	reason := d.Error
	if reason == "" {
		reason = "something on a page could not be read; see the dataset diagnostics"
	}
	return printable(fmt.Sprintf("%s: %s: %s", d.Status, d.SourceURI, reason))
}

func (t *totals) count(d *schema.DocumentRow) {
	switch d.Status {
	case schema.StatusOK:
		t.OK++
	case schema.StatusPartial:
		t.Partial++
	default:
		t.Failed++
	}
	t.Pages += int(d.PageCount)
	t.OCRPages += int(d.OCRPages)
	t.Tables += int(d.TableCount)
	t.Lines += int(d.LineCount)
	t.ChecksPassed += int(d.ChecksPassed)
	t.ChecksFailed += int(d.ChecksFailed)
}

// finish prints the summary; its error sets the exit code.
func (r *report) finish() error {
	t := &r.total
	t.Seconds = time.Since(r.began).Seconds()
	if t.NotRead > 0 {
		r.display.message(fmt.Sprintf("extract: interrupted: %d of %s not read", t.NotRead, were(t.Documents, "document")))
	}
	var err error
	switch {
	case r.o.json:
		err = r.message(t)
	case !r.o.quiet:
		_, err = io.WriteString(r.stdout, r.previewTable()+r.groupText()+t.text(r.skippedText()))
	}
	if err != nil {
		return err
	}
	if t.Failed+t.Partial+t.NotRead > 0 {
		return errSomeFailed
	}
	return nil
}

func (t *totals) text(skipped string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "found      %s: %s", plural(t.Found, "file"), plural(t.Documents, "document"))
	if t.Duplicates > 0 {
		fmt.Fprintf(&b, ", %s", plural(t.Duplicates, "duplicate"))
	}
	if t.OtherShards > 0 {
		fmt.Fprintf(&b, ", %d in other shards", t.OtherShards)
	}
	fmt.Fprintf(&b, ", %d not converted\n%s", t.NotConverted, skipped)
	fmt.Fprintf(&b, "documents  %d: %d ok, %d partial, %d failed", t.Documents, t.OK, t.Partial, t.Failed)
	if t.NotRead > 0 {
		fmt.Fprintf(&b, ", %d not read", t.NotRead)
	}
	if t.Kept > 0 {
		fmt.Fprintf(&b, "; %d kept from earlier runs", t.Kept)
	}
	fmt.Fprintf(&b, "\npages      %d, %d of them by text recognition\n", t.Pages, t.OCRPages)
	fmt.Fprintf(&b, "tables     %d\nlines      %d\n", t.Tables, t.Lines)
	fmt.Fprintf(&b, "checks     %d passed, %d failed\n", t.ChecksPassed, t.ChecksFailed)
	fmt.Fprintf(&b, "written    %s in %.1f s\n", printable(t.Output), t.Seconds)
	return b.String()
}

// plural is a number of things: 1 file, 2 files.
func plural(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// were is a number of things of which something is said: 1 document was, 2 documents were.
func were(n int, thing string) string {
	if n == 1 {
		return plural(n, thing) + " was"
	}
	return plural(n, thing) + " were"
}

// keepPreview keeps the rows that the preview may need, whatever the order in which documents are done.
func (r *report) keepPreview(d *schema.Disclosure) {
	n := min(r.o.preview, len(d.BudgetLines))
	if n == 0 {
		return
	}
	r.preview = append(r.preview, previewLines{d.Document.SourceURI, slices.Clone(d.BudgetLines[:n])})
	slices.SortFunc(r.preview, func(a, b previewLines) int { return cmp.Compare(a.source, b.source) })
	r.preview = r.preview[:min(r.o.preview, len(r.preview))]
}

// previewRows shares the rows of the preview out among the documents, in their order.
func (r *report) previewRows() []schema.BudgetLine {
	take := make([]int, len(r.preview))
	for left, before := r.o.preview, -1; left > 0 && left != before; {
		before = left
		for i, p := range r.preview {
			if left > 0 && take[i] < len(p.lines) {
				take[i]++
				left--
			}
		}
	}
	var rows []schema.BudgetLine
	for i, p := range r.preview {
		rows = append(rows, p.lines[:take[i]]...)
	}
	return rows
}

func (r *report) previewTable() string {
	lines := r.previewRows()
	if len(lines) == 0 {
		return ""
	}
	rows := [][]string{{"department_name", "fiscal_year", "statement", "item_code", "item_name", "spending", "amount", "page", "verification"}}
	for _, l := range lines {
		rows = append(rows, []string{
			l.DepartmentName, fmt.Sprint(l.FiscalYear), string(l.Statement), l.ItemCode, l.ItemName, string(l.Spending),
			l.Amount.StringFixed(2), fmt.Sprint(l.Page), string(l.Verification),
		})
	}
	return render.Table(gridOf(rows), terminalWidth(r.stdout)) + "\n"
}

// gridOf makes a table of plain rows, the first of them the header.
func gridOf(rows [][]string) *model.Table {
	t := &model.Table{Rows: len(rows), Cols: len(rows[0]), HeaderRows: 1}
	for r, row := range rows {
		for c, text := range row {
			t.Cells = append(t.Cells, model.Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: text, IsHeader: r == 0})
		}
	}
	return t
}
