package metadata

import (
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/schema"
)

// documentType tells final accounts from a budget: by the cover, else by the titles of the tables, the file's name, the
// headings, and last by the headers of the tables.
func (w *Words) documentType(title string, doc *model.Document, file string) schema.DocumentType {
	if w.noType.Any(title) {
		return ""
	}
	if t := w.typeOf(title); t != "" {
		return t
	}
	accounts, budgets := 0, 0
	for i := range doc.Tables {
		switch w.typeOf(amount.Fold(doc.Tables[i].Title)) {
		case schema.FinalAccounts:
			accounts++
		case schema.Budget:
			budgets++
		}
	}
	if accounts+budgets > 0 {
		return typeFrom(accounts >= budgets)
	}
	if t := w.typeOf(amount.Fold(file)); t != "" {
		return t
	}
	for i := range doc.Sections {
		if t := w.typeOf(amount.Fold(doc.Sections[i].Title)); t != "" {
			return t
		}
	}
	if t := schema.DocumentType(w.weakTypes.Value(title)); t != "" {
		return t
	}
	return w.typeOfHeaders(doc)
}

// typeOf is the type that a title says: the first of its words for one, apart from the names of funds; these count where there
// is no other.
func (w *Words) typeOf(title string) schema.DocumentType {
	bare := title
	for i := range w.funds {
		bare = strings.ReplaceAll(bare, w.funds[i].Text, "")
	}
	for _, text := range []string{bare, title} {
		var found schema.DocumentType
		first := len(text)
		for i := range w.types {
			if at := strings.Index(text, w.types[i].Text); at >= 0 && at < first {
				first, found = at, schema.DocumentType(w.types[i].Value)
			}
		}
		if found != "" {
			return found
		}
	}
	return ""
}

func typeFrom(accounts bool) schema.DocumentType {
	if accounts {
		return schema.FinalAccounts
	}
	return schema.Budget
}

// typeOfHeaders is the type that most headers with a word for one say, else most names of rows and notes.
func (w *Words) typeOfHeaders(doc *model.Document) schema.DocumentType {
	headers, rest := map[schema.DocumentType]int{}, map[schema.DocumentType]int{}
	vote := func(votes map[schema.DocumentType]int, text string) {
		if v := w.weakTypes.Value(amount.Fold(text)); v != "" {
			votes[schema.DocumentType(v)]++
		}
	}
	for i := range doc.Tables {
		t := &doc.Tables[i]
		for k := range t.Cells {
			switch c := &t.Cells[k]; {
			case c.IsHeader:
				vote(headers, c.Text)
			case c.Col == 0:
				vote(rest, c.Text)
			}
		}
		for _, n := range t.NoteTexts() {
			vote(rest, n)
		}
	}
	if t := MostVoted(headers); t != "" {
		return t
	}
	return MostVoted(rest)
}
