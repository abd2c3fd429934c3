// Package rebuild runs the pure stages over the pages of one document and puts their results together.
//
// Method. Watermarks have been marked before. The glyphs of each page become words; tables take theirs, and the others
// become lines. Over all pages, lines are divided into furniture (page numbers, running headers, table of contents),
// captions of tables, and text, which becomes sections. Last, for every number on the pages the cell or section that holds
// it is found.
package rebuild

import (
	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/table/join"
)

// Settings are the settings of the stages.
type Settings struct {
	Layout layout.Settings
	Table  table.Settings
	Join   join.Settings
}

// Defaults returns the settings that published disclosures need.
func Defaults() Settings {
	return Settings{Layout: layout.Defaults(), Table: table.Defaults(), Join: join.Defaults()}
}

// Validate reports the first invalid setting.
func (s Settings) Validate() error {
	if err := s.Layout.Validate(); err != nil {
		return err
	}
	if err := s.Table.Validate(); err != nil {
		return err
	}
	return s.Join.Validate()
}

// Document rebuilds lines, sections and tables from pages whose watermarks are marked.
func Document(pages []*model.Page, s Settings) *model.Document {
	d := &model.Document{}
	main := view{turns: turned{}, tables: true, main: true}
	for _, file := range pages {
		p := file
		if q := quarterOf(file); q != 0 {
			p = turnedUp(file, q)
			main.turns[p.Number] = turn{q, file.Width, file.Height}
		}
		main.pages = append(main.pages, p)
	}
	main.build(s)
	others, unread := otherViews(pages, &main)
	for i := range others {
		others[i].build(s)
	}
	main.addTo(d, s)
	for i := range others {
		others[i].addTo(d, s)
	}
	for _, p := range pages {
		d.Pages = append(d.Pages, pageInfo(p, main.labels[p.Number]))
	}
	d.Numbers = append(d.Numbers, unread...)
	if len(others) > 0 || len(unread) > 0 {
		order(d)
	}
	d.Diagnostics = append(d.Diagnostics, doubts(pages, d.Pages)...)
	d.Diagnostics = append(d.Diagnostics, hidden(main.pages, main.turns, s.Layout)...)
	return d
}
