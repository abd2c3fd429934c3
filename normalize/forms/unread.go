package forms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
)

// tellUnread tells of what stands in a label's place in a row outside the indicators, and is none that is known: a short
// text with another beside it. Below a row of heads, such as those of the tasks of a department, texts are no labels.
func (r *reader) tellUnread(row int) {
	var cells []*model.Cell
	for _, c := range r.begins(row) {
		if c.Row == row && text(c) != "" {
			cells = append(cells, c)
		}
	}
	if len(cells) == 0 {
		return
	}
	if r.isLabel(cells[0]) {
		r.heads = len(cells) > 1 && r.isLabel(cells[len(cells)-1]) && r.isLabel(cells[len(cells)-2])
	}
	if r.heads {
		return
	}
	for i := 0; i+1 < len(cells); i++ {
		switch next := cells[i+1]; {
		case r.isLabel(cells[i]) || r.words.departmentTotals.Any(r.words.clean(cells[i].Text)):
			if !r.isLabel(next) {
				i++ // its value
			}
		case couldBeLabel(text(cells[i])) && cells[i].Col+cells[i].ColSpan == next.Col && !r.isLabel(next):
			r.told = append(r.told, cells[i])
			i++
		}
	}
}

// couldBeLabel reports a short text without digits or marks of a sentence.
func couldBeLabel(s string) bool {
	const longest = 12
	return utf8.RuneCountInString(s) <= longest && strings.ContainsFunc(s, unicode.IsLetter) &&
		!strings.ContainsFunc(strings.TrimRight(s, ":："), func(c rune) bool {
			return unicode.IsDigit(c) || unicode.IsPunct(c) && !strings.ContainsRune("()（）、/*", c)
		})
}
