package normalize

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/prose"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// narrativeLines adds the amounts that the prose states, under the codes that its 类, 款 and 项 have. Cells of the tables in skip are
// not read.
func (b *builder) narrativeLines(skip map[int]bool) {
	found := b.passages(skip)
	texts := make([]prose.Passage, len(found))
	for i := range found {
		texts[i] = found[i].Passage
	}
	n := b.words.prose.Read(b.doc.Sections, prose.Context{
		Year: b.meta.Year, DocumentType: b.meta.Type, Names: b.ownNames(), PageLabel: b.pageLabel, Passages: texts,
		Government: b.meta.Level == schema.Government,
		TitleYear:  func(title string) int32 { return b.words.metadata.YearNamed(&b.meta, title) },
	})
	next := map[*model.Cell]int{}
	for i := range n.Lines {
		l := n.Lines[i]
		if k := n.Passages[i]; k >= 0 && found[k].cell != nil {
			cell := found[k].cell
			var box model.Rect
			box, n.Boxes[i], next[cell] = b.placeIn(cell, l.RawText, next[cell])
			l.X0, l.Y0, l.X1, l.Y1 = float32(box.X0), float32(box.Y0), float32(box.X1), float32(box.Y1)
		}
		if printed, ok := amount.Parse(l.RawText); ok && !printed.Mul(b.words.units[l.RawUnit]).Round(2).Equal(printed.Mul(b.words.units[l.RawUnit])) {
			b.rounded(0, int(l.Page), model.Rect{X0: float64(l.X0), Y0: float64(l.Y0), X1: float64(l.X1), Y1: float64(l.Y1)}, l.RawText)
		}
		b.narrativeCode(&l, n.Paths[i])
		id := b.add(l)
		for _, at := range n.Boxes[i] {
			b.claims.Sentence(id, at.Page, at.Box)
		}
	}
}

// narrativeCode finds the code of a functional item, step by step down the path that the sentence gives.
func (b *builder) narrativeCode(l *schema.BudgetLine, path []string) {
	if l.Classification != schema.ByFunctional {
		b.codeOf(l, itemKey{})
		return
	}
	parent := ""
	for level, name := range path {
		row, ok := b.books.FunctionalByName(name, level+1, parent, int(l.FiscalYear))
		if !ok {
			return
		}
		parent = row.Code
	}
	l.ItemCode = parent
	if parent != "" {
		l.ItemCodeOrigin, l.ItemLevel, l.ParentCode = schema.CodeDerived, codebook.CodeLevel(parent), codebook.ParentCode(parent)
	}
}

// ownNames are the names of the department and its units, which are no part of what a sentence speaks of.
func (b *builder) ownNames() []string {
	seen := map[string]bool{"": true}
	var names []string
	add := func(name string) {
		if name = amount.StripSpace(name); !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	add(b.meta.Department)
	for i := range b.doc.Tables {
		add(b.words.metadata.Owner(&b.doc.Tables[i]))
	}
	for i := range b.out.BudgetLines {
		if b.out.BudgetLines[i].Classification == schema.ByEntity {
			add(b.out.BudgetLines[i].ItemName)
		}
	}
	return names
}
