// Package prose reads the amounts that a disclosure states in sentences.
//
// Method. A section's lines become one stream of characters without white space, each with its place on the page, folded
// for comparison beside the printed form. Numbers with a unit of money, and percentages, are found in the stream; the text
// before a number says what it is an amount of: the last clause without who, when and verb is the
// subject, and a clause without a subject has that of the clause before. What a sentence enumerates after 其中 are parts of
// the amount before it; a change (比上年增加) is a line of its own, with the sign that its word gives.
//
// All phrases are in the lexicon.
package prose

import (
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// Context is what is known of the document that the sections are of.
type Context struct {
	Year         int32 // the document's fiscal year; 0 when unknown
	DocumentType schema.DocumentType
	Government   bool                  // a government discloses: its sentences say whose money they speak of
	Names        []string              // the department and its units as published: they are no part of a subject
	PageLabel    func(page int) string // the number printed on a page; may be nil
	// Passages are read after the sections; their lines have no section.
	Passages []Passage
	// TitleYear is the year of the figures below a title, where it is not the document's for all; 0 where it names none. It may be nil.
	TitleYear func(title string) int32
}

// Passage is a text outside the sections: notes below a table, a cell that holds sentences. Its title says what those of sections
// say, but it is no subject.
type Passage struct {
	model.Section
	Subject string // what a clause without a subject is about; may be empty
}

// Narrative is what the prose of a document states.
type Narrative struct {
	Lines []schema.BudgetLine // statement narrative; the columns that are the same for a whole document are left empty
	Paths [][]string          // by line: the names of 类, 款 and 项 where the sentence gives them, else nil
	Facts []Fact              // what the sentences say of these amounts, to be tested
	// Passages are the passages of the lines by their index, -1 for lines of sections.
	Passages []int
	Boxes    [][]PageBox // by line: where all of the amount stands, one box for each line of text
}

// PageBox is a box on a page.
type PageBox struct {
	Page int
	Box  model.Rect
}

// Read returns the amounts stated in the sections, in reading order, and what is said of them.
func (w *Words) Read(sections []model.Section, ctx Context) Narrative {
	r := &reader{words: w.with(ctx.Names), ctx: ctx, docYear: ctx.Year, byNo: make(map[int]*model.Section, len(sections))}
	for i := range sections {
		r.byNo[sections[i].No] = &sections[i]
	}
	if ctx.Government {
		r.extents = w.extentsOf(sections)
	}
	for i := range sections {
		r.section(&sections[i], r.titleSubject(&sections[i]))
	}
	r.out.Passages = slices.Repeat([]int{-1}, len(r.out.Lines))
	for i := range ctx.Passages {
		p := &ctx.Passages[i]
		r.topic = p.Subject
		r.section(&p.Section, subject{name: p.Subject, text: foldAll(p.Subject)})
		for len(r.out.Passages) < len(r.out.Lines) {
			r.out.Passages = append(r.out.Passages, i)
		}
	}
	return r.out
}
