package rebuild

import (
	"regexp"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
)

var numeric = regexp.MustCompile(`\d[\d,，]*(?:\.\d+)?`)

// numbers lists the numeric tokens of the pages, page by page: those in tables, then those in lines. Page numbers, running
// headers and the table of contents find the way through a document and are not of its content: they are not listed.
func numbers(pages []*model.Page, fragments []table.Fragment, lines []model.Line, roles []layout.Role) []model.Number {
	var out []model.Number
	f, l := 0, 0
	for _, p := range pages {
		for ; f < len(fragments) && fragments[f].Page <= p.Number; f++ {
			for i := range fragments[f].Words {
				out = append(out, tokens(p.Number, &fragments[f].Words[i])...)
			}
		}
		for ; l < len(lines) && lines[l].Page <= p.Number; l++ {
			if roles[l] != layout.Body {
				continue
			}
			for i := range lines[l].Words {
				out = append(out, tokens(p.Number, &lines[l].Words[i])...)
			}
		}
	}
	return out
}

// tokens are the numbers of one word. All words reach a cell, a caption, a note or a section, so all are claimed.
func tokens(page int, w *model.Word) []model.Number {
	var out []model.Number
	for _, m := range numeric.FindAllStringIndex(w.Text, -1) {
		n := model.Number{Page: page, Text: w.Text[m[0]:m[1]], Box: w.Box, Claimed: true}
		pos := 0
		box := model.Rect{}
		for _, g := range w.Glyphs {
			end := pos + len(g.Text)
			if pos < m[1] && end > m[0] {
				box = box.Union(g.Box)
			}
			pos = end
		}
		if box != (model.Rect{}) {
			n.Box = box
		}
		if utf8.ValidString(n.Text) {
			out = append(out, n)
		}
	}
	return out
}
