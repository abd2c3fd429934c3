// Package metadata finds what a document says of itself: its department or unit, fiscal year, type, level and region, and
// the other bodies that publish in the same file.
//
// The cover is read first, then headings and table titles, then the lines above the tables, and last the file's name. A name
// that does not look like one of a body, or of a region, is none.
package metadata

import (
	"regexp"
	"strings"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/grammar"
	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Document is a document's own data. What the document does not say is empty.
type Document struct {
	Title          string
	Type           schema.DocumentType
	Level          schema.EntityLevel
	Department     string // as published
	DepartmentCode string
	RegionCode     string
	RegionName     string
	Year           int32    // 0 when no year is named
	Conflicts      []string // what the document says in two ways
	NoName         string   // without a department: the first text that stands in the place of its name and is none

	executed int32 // the year before, where the document reports on its execution too; else 0
	covers   []laterCover
}

// departmentCode finds a code printed before a department's name: 003 县委办, [003]县委办, 003-县委办.
var departmentCode = regexp.MustCompile(`^[\[【(（]?(\d{3,12})[\]】)）]?[-—_]?(\p{Han}.+)$`)

// yearInName finds the year in a file's name.
var yearInName = regexp.MustCompile(`(20\d{2})`)

// reader reads one document.
type reader struct {
	w     *Words
	books *codebook.Books
	doc   *model.Document
	file  string
	front front
	codes map[string]string // printed before the names of departments

	refused string // the first text in the place of a name that is none
}

// Read finds the data of a document with the base name file.
func (w *Words) Read(doc *model.Document, file string, books *codebook.Books) Document {
	r := &reader{w: w, books: books, doc: doc, file: file, front: w.frontOf(doc), codes: map[string]string{}}
	d := Document{Title: r.front.whole}
	d.Type = w.documentType(r.front.title, doc, file)
	w.fiscalYear(r.front.title, doc, file, &d)
	if d.Level = r.entityLevel(); d.Level == schema.Government {
		d.Department = r.governmentName()
	} else {
		r.department(&d)
	}
	if d.Department == "" {
		d.NoName = r.refused
	}
	d.covers = r.laterCovers(d.Department)
	d.place(w, books)
	return d
}

// isHeader reports a text that is the header of a column that names rows.
func (w *Words) isHeader(folded string) bool {
	t := w.grammar.Parse(folded, grammar.Header)
	return len(t.Unknown) == 0 && (t.Has("key") || t.Has("class"))
}

// Owner is the department or unit named above a table, or "". A text without a label may be a column's name that stands
// above the table's first rule, or a code: it names nobody.
func (w *Words) Owner(t *model.Table) string {
	name := strings.Trim(amount.StripSpace(t.Owner), "：:;；_，。")
	name = w.yearBehind.ReplaceAllString(name, "")
	folded := amount.Fold(name)
	if t.OwnerLabel == "" && (w.isHeader(folded) || w.noOwner.Any(folded) || !strings.ContainsFunc(name, isHan)) {
		return ""
	}
	return name
}
