package metadata

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
)

// The year is that of the cover, else that of most titles of tables and parts, else that in the file's name, else the first on
// the first page, else the one that notes below tables name (我单位无2017年政府性基金支出安排). A report on the execution of one
// year's budget with the draft of the next is of the next year.

// YearOf is the year of the figures under a title whose headers name none: the document's, but in a document on two years
// that which the title names.
func (w *Words) YearOf(d *Document, title string) int32 {
	if y := w.YearNamed(d, title); y != 0 {
		return y
	}
	return d.Year
}

// YearNamed is which of the years of a document on two a title names; 0 for one that names neither, and in other documents.
func (w *Words) YearNamed(d *Document, title string) int32 {
	if d.executed == 0 {
		return 0
	}
	if y, _ := w.titleYear(amount.Fold(title)); y == d.executed || y == d.Year {
		return y
	}
	return 0
}

// digitYear writes a year in Chinese numerals (二〇二四年度部门决算) in digits. One with a month behind it is the day of printing.
func (w *Words) digitYear(s string) string {
	return w.writtenYear.ReplaceAllStringFunc(s, w.numerals.Replace)
}

// titleYear is the year of a title, and the year before it whose execution it reports, if it does; 0 where it has none.
func (w *Words) titleYear(title string) (year, executed int32) {
	if m := w.twoYears.FindStringSubmatch(title); m != nil {
		if a, b := atoi(m[1]), atoi(m[2]); b == a+1 {
			return b, a
		}
	}
	if loc := w.firstYear(title); loc != nil {
		return atoi(w.year.FindStringSubmatch(title[loc[0]:loc[1]])[1]), 0
	}
	return 0, 0
}

// fiscalYear sets the document's year.
func (w *Words) fiscalYear(title string, doc *model.Document, file string, d *Document) {
	fromCover, executed := w.titleYear(title)
	votes := map[int32]int{}
	vote := func(title string) {
		y, before := w.titleYear(amount.Fold(title))
		if y != 0 {
			votes[y]++
		}
		if before != 0 {
			executed = before
		}
	}
	for i := range doc.Tables {
		vote(doc.Tables[i].Title)
	}
	for i := range doc.Sections {
		if s := &doc.Sections[i]; s.Level <= 1 {
			vote(s.Title)
		}
	}
	fromTitles := MostVoted(votes)
	switch {
	case fromCover != 0:
		if fromTitles != 0 && fromTitles != fromCover && fromTitles != executed {
			d.Conflicts = append(d.Conflicts, "the cover and the titles name different years")
		}
		d.Year = fromCover
	case fromTitles != 0:
		d.Year = fromTitles
	default:
		if d.Year = w.yearOfFile(amount.Fold(file)); d.Year == 0 {
			if d.Year = w.yearOfText(doc); d.Year == 0 {
				d.Year = w.yearOfNotes(doc)
			}
		}
	}
	if executed == d.Year-1 {
		d.executed = executed
	}
}

func (w *Words) yearOfFile(file string) int32 {
	if y, _ := w.titleYear(file); y != 0 {
		return y
	}
	if y := yearInName.FindStringSubmatch(file); y != nil {
		return atoi(y[1])
	}
	return 0
}

// yearOfText is the first year on the first page.
func (w *Words) yearOfText(doc *model.Document) int32 {
	for i := range doc.Lines {
		if doc.Lines[i].Page > 1 {
			break
		}
		if y, _ := w.titleYear(amount.Fold(doc.Lines[i].Text)); y != 0 {
			return y
		}
	}
	return 0
}

// yearOfNotes is the year in the notes below tables, 0 where they name none, or several.
func (w *Words) yearOfNotes(doc *model.Document) (year int32) {
	for i := range doc.Tables {
		for _, note := range doc.Tables[i].Notes {
			y, _ := w.titleYear(amount.Fold(note.Text))
			if y != 0 && year != 0 && y != year {
				return 0
			}
			year = cmp.Or(y, year)
		}
	}
	return year
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

// atoi is the number that a text says which a pattern, or the lexicon, has found to be one.
func atoi(s string) int32 {
	n, _ := strconv.Atoi(s)
	return int32(n)
}
