// Package metadata finds what a document says of itself: its department or unit, fiscal year, type, level and region, and
// the other bodies that publish in the same file.
//
// The cover is read first, then headings and table titles, then the lines above the tables, and last the file's name.
package metadata

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
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

	covers []laterCover
}

// departmentCode finds a code printed before a department's name: 003 县委办, [003]县委办, 003-县委办.
var departmentCode = regexp.MustCompile(`^[\[【(（]?(\d{3,12})[\]】)）]?[-—_]?(\p{Han}.+)$`)

// yearInName finds the year in a file's name.
var yearInName = regexp.MustCompile(`(20\d{2})`)

// Read finds the data of a document with the base name file.
func (w *Words) Read(doc *model.Document, file string, books *codebook.Books) Document {
	cover := w.coverLines(doc)
	text := strings.Join(cover, "")
	d := Document{Title: text}
	d.Type = w.documentType(text, doc, file)
	d.Year = w.fiscalYear(text, doc, file, &d)
	d.Department, d.DepartmentCode = w.department(cover, doc, file, &d)
	d.Level = w.entityLevel(text, doc)
	d.covers = w.laterCovers(doc, d.Department)
	if region, ok := books.RegionInText(d.Department); ok {
		d.RegionCode, d.RegionName = region.Code, region.Name
	} else {
		d.RegionName = codebook.PublishedRegion(d.Department)
	}
	return d
}

// coverLines are the folded lines of the first page down to where the text starts: a contents list, a first part.
func (w *Words) coverLines(doc *model.Document) []string {
	var out []string
	for i := range doc.Lines {
		l := &doc.Lines[i]
		if l.Page != 1 {
			break
		}
		t := w.digitYear(amount.Fold(l.Text))
		if len(out) == coverWords || w.textBegins.Any(t) {
			break
		}
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

// digitYear writes a year in Chinese numerals (二〇二四年度部门决算) in digits. One with a month behind it is the day of printing.
func (w *Words) digitYear(s string) string {
	return w.writtenYear.ReplaceAllStringFunc(s, w.numerals.Replace)
}

// documentType tells final accounts from a budget: by the cover, else by the titles of the tables, the file's name, the headings.
func (w *Words) documentType(cover string, doc *model.Document, file string) schema.DocumentType {
	if accounts, budget := w.says(schema.FinalAccounts, cover), w.says(schema.Budget, cover); accounts != budget {
		return typeFrom(accounts)
	}
	accounts, budget := 0, 0
	for i := range doc.Tables {
		t := amount.Fold(doc.Tables[i].Title)
		switch {
		case w.says(schema.FinalAccounts, t):
			accounts++
		case w.says(schema.Budget, t):
			budget++
		}
	}
	if accounts+budget > 0 {
		return typeFrom(accounts > 0)
	}
	if f := amount.Fold(file); w.types.Any(f) {
		return typeFrom(w.says(schema.FinalAccounts, f))
	}
	for i := range doc.Sections {
		if t := amount.Fold(doc.Sections[i].Title); w.types.Any(t) {
			return typeFrom(w.says(schema.FinalAccounts, t))
		}
	}
	return ""
}

// says reports whether a text has a word for a type of documents.
func (w *Words) says(t schema.DocumentType, text string) bool {
	for i := range w.types {
		if p := &w.types[i]; p.Value == string(t) && p.Matches(text) {
			return true
		}
	}
	return false
}

func typeFrom(accounts bool) schema.DocumentType {
	if accounts {
		return schema.FinalAccounts
	}
	return schema.Budget
}

func (w *Words) fiscalYear(cover string, doc *model.Document, file string, m *Document) int32 {
	var fromCover int32
	if y := w.year.FindStringSubmatch(cover); y != nil {
		fromCover = atoi(y[1])
	}
	votes := map[int32]int{}
	for i := range doc.Tables {
		if y := w.year.FindStringSubmatch(amount.Fold(doc.Tables[i].Title)); y != nil {
			votes[atoi(y[1])]++
		}
	}
	for i := range doc.Sections {
		s := &doc.Sections[i]
		if s.Level > 1 {
			continue
		}
		if y := w.year.FindStringSubmatch(amount.Fold(s.Title)); y != nil {
			votes[atoi(y[1])]++
		}
	}
	fromTitles := MostVoted(votes)
	if fromCover != 0 {
		if fromTitles != 0 && fromTitles != fromCover {
			m.Conflicts = append(m.Conflicts, "the cover and the titles name different years")
		}
		return fromCover
	}
	if fromTitles != 0 {
		return fromTitles
	}
	if y := w.year.FindStringSubmatch(amount.Fold(file)); y != nil {
		return atoi(y[1])
	}
	if y := yearInName.FindStringSubmatch(amount.Fold(file)); y != nil {
		return atoi(y[1])
	}
	return 0
}

// MostVoted is the key with the most votes, the smallest of equals; the zero value where there are none.
func MostVoted[K cmp.Ordered](votes map[K]int) K {
	var best K
	keys := make([]K, 0, len(votes))
	for k := range votes {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if votes[k] > votes[best] {
			best = k
		}
	}
	return best
}

// department is the name most tables give as their owner, else the cover's.
func (w *Words) department(cover []string, doc *model.Document, file string, m *Document) (name, code string) {
	votes := map[string]int{}
	for i := range doc.Tables {
		if o := w.Owner(&doc.Tables[i]); o != "" {
			votes[o]++
		}
	}
	fromTables := MostVoted(votes)
	fromCover := w.departmentOnCover(cover)
	switch {
	case fromTables != "":
		name = fromTables
		if fromCover != "" && !strings.Contains(amount.Fold(fromCover), amount.Fold(fromTables)) && !strings.Contains(amount.Fold(fromTables), amount.Fold(fromCover)) {
			m.Conflicts = append(m.Conflicts, "the cover names "+fromCover+", the tables name "+fromTables)
		}
	case fromCover != "":
		name = fromCover
	default:
		name = w.departmentInFileName(file)
	}
	if c := departmentCode.FindStringSubmatch(name); c != nil {
		return c[2], c[1]
	}
	return name, ""
}

// departmentInFileName finds a department in names like 2022年云陵县交通运输局部门预算公开.pdf; "" where the name says no more
// than what the file is, or is not Chinese.
func (w *Words) departmentInFileName(file string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(amount.Fold(file), ".pdf"), ".PDF")
	name = w.attachment.ReplaceAllString(name, "")
	name = w.leadingYear.ReplaceAllString(name, "")
	name = w.coverNoise.ReplaceAllString(name, "")
	if !strings.ContainsFunc(name, isHan) {
		return ""
	}
	return name
}

// Owner is the department or unit named above a table, or "". A text without a label may be a column's name that stands
// above the table's first rule, or a code: it names nobody.
func (w *Words) Owner(t *model.Table) string {
	name := strings.Trim(amount.StripSpace(t.Owner), "：:;；_，。")
	name = w.yearBehind.ReplaceAllString(name, "")
	folded := amount.Fold(name)
	if t.OwnerLabel == "" && (w.roles.Any(folded) || w.noOwner.Any(folded) || !strings.ContainsFunc(name, isHan)) {
		return ""
	}
	return name
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func (w *Words) departmentOnCover(cover []string) string {
	for _, l := range cover {
		if m := w.ownerLine.FindStringSubmatch(l); m != nil {
			return m[2]
		}
	}
	text := strings.Join(cover, "")
	if loc := w.year.FindStringIndex(text); loc != nil && loc[0] > 0 {
		return strings.TrimSpace(text[:loc[0]])
	}
	for _, l := range cover {
		if rest := w.coverNoise.ReplaceAllString(l, ""); rest != "" && !w.year.MatchString(rest) {
			return rest
		}
	}
	return ""
}

// entityLevel says whether a unit, a department or a government discloses.
func (w *Words) entityLevel(cover string, doc *model.Document) schema.EntityLevel {
	if level := w.coverLevels.Value(cover); level != "" {
		return schema.EntityLevel(level)
	}
	units, departments := 0, 0
	count := func(t string) {
		switch schema.EntityLevel(w.titleLevels.Value(t)) {
		case schema.Unit:
			units++
		case schema.Department:
			departments++
		}
	}
	for i := range doc.Tables {
		count(amount.Fold(doc.Tables[i].Title))
	}
	for i := range doc.Sections {
		if doc.Sections[i].Level <= 1 {
			count(amount.Fold(doc.Sections[i].Title))
		}
	}
	if units > departments {
		return schema.Unit
	}
	return schema.Department
}

// atoi is the number that a text says which a pattern, or the lexicon, has found to be one.
func atoi(s string) int32 {
	n, _ := strconv.Atoi(s)
	return int32(n)
}
