package main

import (
	"encoding/json"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/schema"
)

// console tells the user of convert what becomes of each document and of all: progress and messages on standard error, the
// summary or --json on standard output, and metrics.
type console struct {
	o            *convertOptions
	stdout       io.Writer
	display      *display
	preview      preview
	closeMetrics func()
	unwitnessed  bool // the witness that is the default is not installed, which is still to be told
}

var _ app.Observer = (*console)(nil)

func newConsole(o *convertOptions, stdout, stderr io.Writer) *console {
	_, absent := o.ocr.resolved()
	return &console{o: o, stdout: stdout, display: newDisplay(o, stderr), preview: preview{most: o.preview}, closeMetrics: func() {}, unwitnessed: absent && !o.quiet}
}

func (c *console) close() { c.closeMetrics() }

// message prints an object of --json.
func (c *console) message(v any) error { return json.NewEncoder(c.stdout).Encode(v) }

// Listing shows how many inputs are found.
func (c *console) Listing(files, copied *atomic.Int64) (done func()) {
	c.display.start(func() string {
		return fmt.Sprintf("listing the inputs: %d files, %d objects and archive members read", files.Load(), copied.Load())
	})
	return c.display.end
}

// skippedMessage is the line of --json of a file that is not converted.
type skippedMessage struct {
	MessageType string `json:"message_type"`
	SourceURI   string `json:"source_uri"`
	Kind        string `json:"kind"`
}

// Found lists the files that are not converted for --json.
func (c *console) Found(_ *app.Summary, skipped []input.Skipped) error {
	if !c.o.json {
		return nil
	}
	for _, s := range skipped {
		if err := c.message(skippedMessage{"not_converted", s.SourceURI, s.Kind}); err != nil {
			return err
		}
	}
	return nil
}

// Removed names the first of the documents that are not among the inputs: a run over new files alone has all the others.
func (c *console) Removed(documents []app.Removed, pruned bool) {
	const most = 20
	what := "stays in the output; --prune drops it"
	if pruned {
		what = "dropped from the output"
	}
	for i, d := range documents {
		if i == most {
			c.display.message(fmt.Sprintf("extract: and %d more", len(documents)-most))
			return
		}
		if !c.o.quiet {
			why := "not among the inputs: "
			if d.Unreadable {
				why = "read by an earlier run, but not readable now: "
			}
			c.display.message(app.Printable("extract: " + why + d.SourceURI + ": " + what))
		}
	}
}

// Converting shows how far the run is, and serves metrics if they are asked for.
func (c *console) Converting(counters *batch.Counters, total int) (done func(), err error) {
	if c.closeMetrics, err = serveMetrics(c.o.metrics, counters, total); err != nil {
		c.closeMetrics = func() {}
		return nil, err
	}
	began := time.Now()
	c.display.start(func() string { return progressLine(counters, total, time.Since(began)) })
	return c.display.end, nil
}

// progressLine is how far a run is.
func progressLine(c *batch.Counters, total int, elapsed time.Duration) string {
	done, pages := c.Documents.Load(), c.Pages.Load()
	line := fmt.Sprintf("%d of %d documents, %d failed, %d pages, %.0f pages/s, %d by text recognition",
		done, total, c.Failed.Load(), pages, float64(pages)/elapsed.Seconds(), c.OCRPages.Load())
	if done > 0 && int(done) < total {
		left := elapsed / time.Duration(done) * time.Duration(total-int(done))
		line += fmt.Sprintf(", about %s left", left.Round(time.Second))
	}
	return line
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

// Document prints a line about a document that is not ok, and one about every document for --json.
func (c *console) Document(o *batch.Outcome) error {
	d := &o.Disclosure.Document
	c.preview.keep(o.Disclosure)
	if d.Status != schema.StatusOK {
		c.display.message(app.Problem(d))
	}
	if c.unwitnessed && d.OCRPages > 0 {
		c.unwitnessed = false
		c.Note(`text recognition: PP-OCR is not installed, scans are read without it ("make models"; --ocr-second gosseract says no more)`)
	}
	if !c.o.json {
		return nil
	}
	return c.message(documentMessage{
		"document", d.SourceURI, d.AlsoAs, d.DocumentID, d.Status, d.Error, d.PageCount, d.TableCount, d.LineCount,
		d.ChecksPassed, d.ChecksFailed, o.Elapsed.Seconds(),
	})
}

// Note prints a message.
func (c *console) Note(text string) { c.display.message(app.Printable("extract: " + text)) }

// finish prints the summary.
func (c *console) finish(r *app.Record) error {
	s := &r.Summary
	if s.NotRead > 0 {
		c.display.message(fmt.Sprintf("extract: interrupted: %d of %s not read", s.NotRead, were(s.Documents, "document")))
	}
	switch {
	case c.o.json:
		return c.message(s)
	case c.o.quiet:
		return nil
	}
	_, err := io.WriteString(c.stdout, c.preview.table(terminalWidth(c.stdout))+groupText(r.Groups)+summaryText(s, skippedText(r.NotConverted)))
	return err
}
