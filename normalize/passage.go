package normalize

import (
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/claims"
	"github.com/countybudget/extract/normalize/prose"
)

// Amounts are stated in sentences outside the sections too: in notes below tables, and in cells that hold sentences (a column of
// remarks, a frame around a text).

// passage is such a text, and the cell that holds it; nil for notes.
type passage struct {
	prose.Passage
	cell *model.Cell
}

// passages lists the notes of all tables and the cells with sentences of those that are not in skip. Cells that lines are made of
// are none.
func (b *builder) passages(skip map[int]bool) []passage {
	carried := b.claims.CellsOfLines()
	var out []passage
	for i := range b.doc.Tables {
		t := &b.doc.Tables[i]
		if p, ok := notesOf(t); ok {
			out = append(out, p)
		}
		for k := range t.Cells {
			if c := &t.Cells[k]; !skip[t.No] && !c.IsHeader && !carried[c] && isSentence(c.Text) {
				out = append(out, cellPassage(t, c))
			}
		}
	}
	return out
}

// notesOf are the notes of a table as one text.
func notesOf(t *model.Table) (passage, bool) {
	p := passage{Passage: prose.Passage{Section: model.Section{
		Level: 2, Title: t.Title, Text: strings.Join(t.NoteTexts(), "\n"), FirstPage: t.FirstPage, LastPage: t.LastPage, Source: t.Source,
	}}}
	for i := range t.Notes {
		p.Lines = append(p.Lines, t.Notes[i].Lines...)
	}
	return p, len(p.Lines) > 0
}

// isSentence reports whether a text has clauses: an amount with its unit alone is a value.
func isSentence(text string) bool {
	before := ' '
	for _, c := range text {
		if strings.ContainsRune("，。；：;:", c) || before == ',' && !unicode.IsDigit(c) {
			return true
		}
		before = c
	}
	return false
}

// cellPassage is the text of a cell. What its row is about is the subject of clauses that name none.
func cellPassage(t *model.Table, c *model.Cell) passage {
	word := model.Word{Text: c.Text, Box: c.TextBox, Source: c.Source, Confidence: c.Confidence}
	return passage{cell: c, Passage: prose.Passage{
		Subject: rowSubject(t, c),
		Section: model.Section{
			Level: 2, Title: t.Title, Text: c.Text, FirstPage: c.Page, LastPage: c.Page, Source: c.Source,
			Lines: []model.Line{{Page: c.Page, Box: c.TextBox, Text: c.Text, Words: []model.Word{word}}},
		},
	}}
}

// rowSubject is the name that stands to the left of a cell in its row, the nearest; "" when there is none.
func rowSubject(t *model.Table, c *model.Cell) string {
	for col := c.Col - 1; col >= 0; col-- {
		left := t.At(c.Row, col)
		if left == nil || left.IsHeader || isSentence(left.Text) {
			continue
		}
		if _, name := amount.SplitCode(amount.StripSpace(left.Text)); strings.ContainsFunc(name, isHan) {
			return name
		}
	}
	return ""
}

// placeIn gives an amount in a cell its place: the next number of the cell that is printed like it, from a place in the list of
// the document's numbers on. Where there is none it is the cell's text, and no number is accounted for.
func (b *builder) placeIn(c *model.Cell, raw string, from int) (box model.Rect, numbers []prose.PageBox, next int) {
	raw = strings.TrimLeft(raw, "-△▲")
	for i := from; i < len(b.doc.Numbers); i++ {
		n := &b.doc.Numbers[i]
		if n.Page == c.Page && claims.CellBox(c).Contains(n.Box.Center()) && amount.StripSpace(n.Text) == raw {
			return n.Box, []prose.PageBox{{Page: n.Page, Box: n.Box}}, i + 1
		}
	}
	return c.TextBox, nil, from
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
