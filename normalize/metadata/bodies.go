package metadata

import (
	"strings"

	"github.com/countybudget/extract/normalize/amount"
)

// Several bodies sometimes publish in one file, one after the other, each with its cover. A line belongs to the body whose
// cover came last. The document is that of the first body, so the lines of the others are never verified: one of the checks
// is that a line's department is the document's.

// laterCover is a cover that is not the document's own.
type laterCover struct {
	page int
	name string // of the department or unit
}

const (
	coverWords = 12 // lines that a cover has at the most
	coverName  = 4  // characters of a department's name at the least
)

// laterCovers finds the pages without tables that have the form of a cover and name another department than the document's.
// A part of the document has its own title page too, but that one names the same department, a part of it, or none.
func (r *reader) laterCovers(own string) []laterCover {
	w, doc := r.w, r.doc
	own = amount.Fold(own)
	if own == "" {
		return nil
	}
	withTable := map[int]bool{}
	last := 0 // page with a table
	for i := range doc.Tables {
		t := &doc.Tables[i]
		for p := t.FirstPage; p <= t.LastPage; p++ {
			withTable[p] = true
		}
		last = max(last, t.LastPage)
	}
	lines := map[int][]string{}
	for i := range doc.Lines {
		if l := &doc.Lines[i]; l.Page > 1 && !withTable[l.Page] && len(lines[l.Page]) <= coverWords {
			lines[l.Page] = append(lines[l.Page], w.digitYear(amount.Fold(l.Text)))
		}
	}
	var covers []laterCover
	for _, p := range doc.Pages {
		cover := lines[p.Number]
		text := strings.Join(cover, "")
		if len(cover) == 0 || len(cover) > coverWords || p.Number >= last || strings.ContainsAny(text, "。；") || !w.bodyTitle.MatchString(text) {
			continue
		}
		name := r.bodyOnCover(cover)
		folded := amount.Fold(name)
		if len([]rune(folded)) < coverName || strings.Contains(folded, own) || strings.Contains(own, folded) || w.noName.Any(folded) {
			continue
		}
		covers = append(covers, laterCover{p.Number, name})
	}
	return covers
}

// bodyOnCover is the body that the lines of a cover name, labelled, in the title or in a line of its own.
func (r *reader) bodyOnCover(cover []string) string {
	on := *r
	on.front = front{lines: cover, title: strings.Join(cover, "")}
	var found evidence
	return on.coverBodies(&found)
}

// DepartmentOn is the department of what stands on a page.
func (d *Document) DepartmentOn(page int) string {
	name := d.Department
	for _, c := range d.covers {
		if c.page <= page {
			name = c.name
		}
	}
	return name
}
