// Package rebuild runs the pure stages over the pages of one document and puts their results together.
//
// Method. Watermarks have been marked before. Each page gives words; tables take theirs; what is left are lines. Over all
// pages lines are sorted into furniture (page numbers, running headers, table of contents), captions of tables, and text,
// which becomes sections. Last, every number on the pages is looked up: which cell or section holds it.
package rebuild

import (
	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/wording"
)

// Settings are those of the stages.
type Settings struct {
	Layout layout.Settings
	Table  table.Settings
}

// Defaults returns the settings that published disclosures need.
func Defaults() Settings {
	return Settings{Layout: layout.Defaults(), Table: table.Defaults()}
}

// Validate reports the first setting that makes no sense.
func (s Settings) Validate() error {
	if err := s.Layout.Validate(); err != nil {
		return err
	}
	return s.Table.Validate()
}

// Document rebuilds lines, sections and tables from pages whose watermarks are marked.
func Document(pages []*model.Page, s Settings) *model.Document {
	d := &model.Document{}
	var fragments []table.Fragment
	var lines []model.Line
	heights := map[int]float64{}
	turns := turned{}
	var upright []*model.Page
	for _, file := range pages {
		p := file
		if q := quarterOf(file); q != 0 {
			p = turnedUp(file, q)
			turns[p.Number] = turn{q, file.Width, file.Height}
		}
		upright = append(upright, p)
		heights[p.Number] = p.Height
		words := layout.Words(p, s.Layout)
		found, rest := table.Find(p, words, s.Table)
		fragments = append(fragments, found...)
		lines = append(lines, layout.Lines(p.Number, rest, s.Layout)...)
	}
	roles, labels := layout.Roles(lines, heights, s.Layout)

	var body []model.Line
	for i := range lines {
		switch roles[i] {
		case layout.Body:
			body = append(body, lines[i])
		case layout.Contents:
			if e := layout.Entry(wording.Squeeze(lines[i].Text)); e != "" {
				d.Contents = append(d.Contents, e)
			}
		}
	}
	tables, captions := table.Join(fragments, body, s.Table)
	var prose []model.Line
	for i := range body {
		if !captions[i] {
			prose = append(prose, body[i])
		}
	}
	d.Lines = lines
	d.Tables = tables
	d.Sections = layout.Sections(prose, s.Layout)
	for _, p := range pages {
		d.Pages = append(d.Pages, pageInfo(p, labels[p.Number]))
	}
	d.Numbers = numbers(upright, fragments, lines, roles)
	turns.document(d)
	d.Diagnostics = append(d.Diagnostics, doubts(pages, d.Pages)...)
	d.Diagnostics = append(d.Diagnostics, hidden(upright, turns, s.Layout)...)
	return d
}
