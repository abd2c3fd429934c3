package sentence

import (
	"strconv"
	"strings"

	"github.com/countybudget/extract/normalize/verify/rules"
	"github.com/countybudget/extract/schema"
)

// years tests that the sentences about money name the document's year or the year before: another year is often left over
// from an older text. Sentences may also name the date of a publication or of a count, the law or plan behind a project, and
// the years of a series.
func (w *Words) years(d *schema.Disclosure) []Finding {
	year := int(d.Document.FiscalYear)
	if year == 0 {
		return nil
	}
	var strange []Finding
	seen := 0
	for i := range d.Sections {
		for sentence := range strings.FieldsFuncSeq(d.Sections[i].Text, func(r rune) bool { return r == '。' || r == '；' || r == '\n' }) {
			named, wrong := w.strangeYear(sentence, year)
			if named {
				seen++
			}
			if wrong != "" {
				strange = append(strange, Finding{Rule: rules.Metadata, Status: schema.CheckFail, What: wrong})
			}
		}
	}
	if seen > 0 && len(strange) == 0 {
		return []Finding{{Rule: rules.Metadata, Status: schema.CheckPass, What: "years in the text"}}
	}
	return strange
}

// strangeYear reports whether a sentence about money names years, and gives the first that is neither the document's nor the
// year before, with a few characters around it.
func (w *Words) strangeYear(sentence string, year int) (named bool, wrong string) {
	if !strings.Contains(sentence, w.yearMark) || !w.yearSentences.Any(sentence) {
		return false, ""
	}
	sentence = w.quoted.ReplaceAllString(sentence, "")
	for _, at := range w.year.FindAllStringIndex(sentence, -1) {
		if at[0] > 0 && isDigit(sentence[at[0]-1]) {
			continue
		}
		named = true
		y, _ := strconv.Atoi(sentence[at[0] : at[0]+4])
		after := sentence[at[1]:]
		if y == year || y == year-1 || after != "" && isDigit(after[0]) || w.yearExempt.Any(sentence) {
			continue // a date with its month is no budget year
		}
		return true, excerpt(sentence, at[0], at[1])
	}
	return named, ""
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// excerpt is a place in a sentence with a few characters around it.
func excerpt(s string, from, to int) string {
	const around = 12 // characters
	before, after := []rune(s[:from]), []rune(s[to:])
	return string(before[max(0, len(before)-around):]) + s[from:to] + string(after[:min(around, len(after))])
}
