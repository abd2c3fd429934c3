package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/countybudget/extract/cmd/extract/internal/render"
	"github.com/countybudget/extract/internal/dump"
	"github.com/countybudget/extract/schema"
)

func errNoSuchTable(o showOptions, tables int) error {
	if o.page > 0 {
		return fmt.Errorf("%s: table %d is not on page %d", o.file, o.table, o.page)
	}
	return fmt.Errorf("%s: there is no table %d; the document has %d", o.file, o.table, tables)
}

func pages(first, last int) string {
	if first == last {
		return fmt.Sprintf("page %d", first)
	}
	return fmt.Sprintf("pages %d–%d", first, last)
}

func (s *showing) writeText(w io.Writer) error {
	var parts []string
	if s.options.table == 0 {
		parts = append(parts, s.headline())
	}
	for _, t := range s.tables {
		text := render.Paragraph(t.caption(" · "), s.width) + "\n" + render.Table(t.Table, s.width)
		for _, note := range t.Notes {
			text += render.Paragraph(note.Text, s.width) + "\n"
		}
		parts = append(parts, text)
	}
	for _, sec := range s.sections {
		parts = append(parts, fmt.Sprintf("%s (%s)\n%s\n", render.Clean(sec.Title), pages(sec.FirstPage, sec.LastPage), render.Paragraph(sec.Text, s.width)))
	}
	if len(s.tables)+len(s.sections) == 0 {
		parts = append(parts, "nothing to show\n")
	}
	_, err := io.WriteString(w, strings.Join(parts, "\n"))
	return err
}

// headline says in one line what the document is.
func (s *showing) headline() string {
	d := s.document
	parts := []string{d.FileName, fmt.Sprintf("%d pages", d.PageCount), fmt.Sprintf("%d tables", d.TableCount), fmt.Sprintf("%d lines", d.LineCount)}
	if d.FiscalYear > 0 {
		parts = append(parts, strconv.Itoa(int(d.FiscalYear)))
	}
	for _, text := range []string{d.DepartmentName, string(d.DocumentType)} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return render.Clean(strings.Join(parts, " · ")) + "\n"
}

// caption is the line above a table: where it is, what it says of itself, and what it was taken for.
func (t shownTable) caption(separator string) string {
	parts := []string{"Table " + strconv.Itoa(t.No)}
	add := func(text string) {
		if text = strings.TrimSpace(render.Clean(text)); text != "" {
			parts = append(parts, text)
		}
	}
	add(t.FormNo)
	add(t.Title)
	add(pages(t.FirstPage, t.LastPage))
	if t.Unit != "" {
		add(unitLabel + t.Unit)
	}
	if t.Owner != "" {
		label := t.OwnerLabel
		if label == "" {
			label = ownerLabel
		}
		add(label + labelEnd + t.Owner)
	}
	if t.statement != "" {
		add(fmt.Sprintf("%s, %d lines", t.statement, t.lines))
	}
	return strings.Join(parts, separator)
}

func (s *showing) writeMarkdown(w io.Writer) error {
	var b strings.Builder
	for _, t := range s.tables {
		fmt.Fprintf(&b, "## %s\n\n%s\n", t.caption(" · "), render.Markdown(t.Table))
		for _, note := range t.Notes {
			fmt.Fprintf(&b, "%s\n\n", render.Clean(note.Text))
		}
	}
	for _, sec := range s.sections {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", render.Clean(sec.Title), strings.ReplaceAll(render.Paragraph(sec.Text, 0), "\n", "\n\n"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *showing) writeCSV(w io.Writer) error {
	for _, t := range s.tables {
		var lead []string
		if s.options.table == 0 {
			lead = []string{strconv.Itoa(t.No)}
		}
		if err := render.CSV(w, t.Table, lead...); err != nil {
			return err
		}
	}
	return nil
}

// documentJSON is the JSON form of a document; its names are those of the datasets where there is one.
type documentJSON struct {
	FileName   string                `json:"file_name"`
	DocumentID string                `json:"document_id"`
	Status     schema.DocumentStatus `json:"status"`
	PageCount  int32                 `json:"page_count"`
	Tables     []dump.Table          `json:"tables"`
	Sections   []sectionJSON         `json:"sections,omitempty"`
}

type sectionJSON struct {
	SectionNo int    `json:"section_no"`
	ParentNo  int    `json:"parent_no,omitempty"`
	Level     int    `json:"level"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	FirstPage int    `json:"first_page"`
	LastPage  int    `json:"last_page"`
}

func (s *showing) writeJSON(w io.Writer) error {
	d := s.document
	out := documentJSON{d.FileName, d.DocumentID, d.Status, d.PageCount, []dump.Table{}, nil}
	for _, t := range s.tables {
		out.Tables = append(out.Tables, dump.NewTable(t.Table, s.disclosure))
	}
	for _, sec := range s.sections {
		out.Sections = append(out.Sections, sectionJSON{sec.No, sec.ParentNo, sec.Level, sec.Title, sec.Text, sec.FirstPage, sec.LastPage})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}
