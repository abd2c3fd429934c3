// Package dump prints the result of each stage between a PDF and its rows as JSON, so that a contributor can find the first
// stage that is wrong.
//
// Output is one object a line, with a message_type. Fields have the names of the schema's columns where there is one, else
// those of package model in snake_case. Pages, lines and tables are made by the worker that read the document, within a
// limit of size; rows and checks are made of the disclosure, as it would be written.
package dump

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// Stage names what is dumped.
type Stage string

// The stages, in their order.
const (
	Pages  Stage = "pages"  // glyphs, rules, pictures and covers, recognized ones among them, with watermarks marked
	Lines  Stage = "lines"  // lines outside tables
	Tables Stage = "tables" // rebuilt tables with their cells
	Rows   Stage = "rows"   // budget lines, performance projects and indicators
	Checks Stage = "checks" // identities and diagnostics
)

// Stages lists the stages in their order.
func Stages() []Stage { return []Stage{Pages, Lines, Tables, Rows, Checks} }

// Request asks for a stage.
type Request struct {
	Stage    Stage `json:"stage"`
	Page     int   `json:"page,omitempty"` // this page only; 0 is all
	MaxBytes int   `json:"max_bytes"`      // of all messages that a worker makes
}

// wants reports whether something on some pages is asked for.
func (r Request) wants(first, last int) bool { return r.Page == 0 || first <= r.Page && r.Page <= last }

// Dump is the stage of one document, as far as the worker makes it.
type Dump struct {
	Messages []json.RawMessage `json:"messages,omitempty"`
	Left     int               `json:"left,omitempty"` // messages left out at the end

	request Request
	room    int
}

// New begins the dump that a request asks for.
func New(r Request) *Dump { return &Dump{request: r, room: r.MaxBytes} }

// Pages takes the pages before anything is rebuilt from them.
func (d *Dump) Pages(pages []*model.Page) {
	if d.request.Stage != Pages {
		return
	}
	for _, p := range pages {
		if d.request.wants(p.Number, p.Number) {
			d.add(newPage(p))
		}
	}
}

// Document takes the rebuilt document; the disclosure says which statements its tables were classified as.
func (d *Dump) Document(doc *model.Document, rows *schema.Disclosure) {
	switch d.request.Stage {
	case Lines:
		for i := range doc.Lines {
			if l := &doc.Lines[i]; d.request.wants(l.Page, l.Page) {
				d.add(newLine(l))
			}
		}
	case Tables:
		for i := range doc.Tables {
			if t := &doc.Tables[i]; d.request.wants(t.FirstPage, t.LastPage) {
				d.add(tableMessage{"table", NewTable(t, rows)})
			}
		}
	}
}

// add keeps a message while it fits. After the first that does not, all are left out, so that the kept ones have no gaps.
func (d *Dump) add(message any) {
	if d.Left == 0 {
		if text, err := marshal(message); err == nil && len(text) <= d.room {
			d.Messages, d.room = append(d.Messages, text), d.room-len(text)
			return
		}
	}
	d.Left++
}

// Write prints the stage that was asked for: what the worker made, or rows of the disclosure.
func Write(w io.Writer, r Request, made *Dump, rows *schema.Disclosure) error {
	if made != nil {
		for _, m := range made.Messages {
			if err := writeLine(w, m); err != nil {
				return err
			}
		}
	}
	for _, set := range datasets[r.Stage] {
		if err := writeRows(w, r, set, rows); err != nil {
			return err
		}
	}
	return nil
}

// datasets are the datasets whose rows a stage prints.
var datasets = map[Stage][]string{
	Rows:   {schema.DatasetBudgetLines, schema.DatasetPerformanceProjects, schema.DatasetPerformanceIndicators},
	Checks: {schema.DatasetChecks, schema.DatasetDiagnostics},
}

func writeRows(w io.Writer, r Request, set string, rows *schema.Disclosure) error {
	ds, err := schema.DatasetNamed(set)
	if err != nil {
		return err
	}
	columns := ds.Columns
	page := slices.IndexFunc(columns, func(c schema.Column) bool { return c.Name == "page" })
	for values := range rows.Records(set) {
		if r.Page > 0 && page >= 0 && values[page] != int64(r.Page) {
			continue
		}
		if err := writeLine(w, row{strings.TrimSuffix(set, "s"), columns, values}); err != nil {
			return err
		}
	}
	return nil
}

// writeLine writes an object as one line. Invisible characters, and those that act on a terminal, are escaped.
func writeLine(w io.Writer, message any) error {
	text, err := marshal(message)
	if err != nil {
		return err
	}
	var line bytes.Buffer
	for _, r := range string(text) {
		switch {
		case unicode.IsGraphic(r):
			line.WriteRune(r)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&line, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&line, `\u%04x`, r)
		}
	}
	line.WriteByte('\n')
	_, err = w.Write(line.Bytes())
	return err
}

// marshal is json.Marshal without escaping <, > and &.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
