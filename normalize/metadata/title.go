package metadata

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
)

// frontPages is how many pages a document's title may stand on: a cover, a table of contents, the report's first page.
const (
	frontPages   = 3
	longestTitle = 160 // characters of a title page that is not the first
)

// front is what a title page says.
type front struct {
	whole string   // all its lines joined, as they are printed
	lines []string // folded, without page numbers, units, form numbers and papers of meetings
	title string   // these joined
}

// frontOf is the title page of a document: its first page, or one of the next where the first has no title.
func (w *Words) frontOf(doc *model.Document) front {
	first := w.frontOn(doc, 1)
	if w.titled(first.title) {
		return first
	}
	for page := 2; page <= frontPages; page++ {
		f := w.frontOn(doc, page)
		if utf8.RuneCountInString(f.title) <= longestTitle && w.titled(f.title) && w.year.MatchString(f.title) {
			first.lines, first.title = append(first.lines, f.lines...), first.title+f.title
			return first
		}
	}
	return first
}

// titled reports that a text says what the document is.
func (w *Words) titled(text string) bool {
	return w.noun.MatchString(text) || w.governments.title.Any(text) || w.noType.Any(text)
}

// frontOn reads the lines of a page down to where the text begins: a contents list, a first part, a sentence.
func (w *Words) frontOn(doc *model.Document, page int) front {
	var f front
	var all []string
	for i := range doc.Lines {
		l := &doc.Lines[i]
		if l.Page < page {
			continue
		}
		if l.Page > page {
			break
		}
		t := w.digitYear(amount.Fold(l.Text))
		if len(all) == coverWords || w.textBegins.Any(t) {
			break
		}
		if t == "" {
			continue
		}
		all = append(all, t)
		if l.Role != model.LinePageLabel && l.Role != model.LineRunning && !w.lineNoise.Any(t) {
			f.lines = append(f.lines, t)
		}
	}
	f.whole = strings.Join(all, "")
	f.lines = w.withoutMeetings(f.lines)
	f.title = strings.Join(f.lines, "")
	return f
}

// withoutMeetings drops the lines of papers of meetings, each of up to three lines: 甲市十届人大 / 四次会议文件(16).
func (w *Words) withoutMeetings(lines []string) []string {
	const most = 3
	var out []string
	for i := 0; i < len(lines); i++ {
		dropped := 0
		for n := 1; n <= min(most, len(lines)-i) && dropped == 0; n++ {
			text := strings.Join(lines[i:i+n], "")
			if loc := w.governments.meeting.FindStringIndex(text); loc != nil && loc[0] == 0 {
				dropped = n
				if rest := text[loc[1]:]; rest != "" {
					out = append(out, rest)
				}
			}
		}
		if dropped > 0 {
			i += dropped - 1
			continue
		}
		out = append(out, lines[i])
	}
	return out
}

// subject is what a title is of: a government by its region, or another body. Either is "" where the title does not say it.
func (r *reader) subject(title string) (government, body string) {
	before, after := title, ""
	if loc := r.w.firstYear(title); loc != nil {
		before, after = title[:loc[0]], r.w.leadingYear.ReplaceAllString(title[loc[0]:], "")
	} else if loc := r.w.noun.FindStringIndex(title); loc != nil {
		before = title[:loc[0]]
	}
	if government = r.government(before); government != "" {
		return government, ""
	}
	if body = r.body(before, apart); body != "" {
		return "", body
	}
	after = r.w.trimName(after)
	if loc := r.w.noun.FindStringIndex(after); loc != nil {
		if body = r.body(after[:loc[0]], apart); body != "" {
			return "", body
		}
	}
	government, _ = r.region(after)
	return government, ""
}

// firstYear is the place of the first year in a text that is no part of a date, nor the last of several (2025-2027年); nil where
// there is none.
func (w *Words) firstYear(text string) []int {
	dates := w.date.FindAllStringIndex(text, -1)
	for _, y := range w.year.FindAllStringIndex(text, -1) {
		dated := slices.ContainsFunc(dates, func(d []int) bool { return d[0] == y[0] })
		if !dated && !w.several.MatchString(text[:y[0]]) {
			return y
		}
	}
	return nil
}
