package forms

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/spelling"
)

// Words are the phrases by which forms are read. They are made once, of a lexicon.
type Words struct {
	labels                             map[string][]label // by kind, the longest first
	units                              []string           // 万元, 元
	unitRemarks                        []string           // (万元)
	unitLabels                         []string           // how a label ends that gives the unit; # is the unit
	unitPlaces                         lexicon.List
	departmentTotals, departmentTitles lexicon.List
	noUnit, targetWords                lexicon.List
	yuan                               string
}

// label is a phrase, folded, with what it means: its value, or its kind where it has none.
type label struct {
	field, text string
}

// NewWords takes the phrases from a lexicon.
func NewWords(book *lexicon.Book) *Words {
	w := &Words{
		labels: map[string][]label{}, units: book.Of("forms.unit").Texts(), unitRemarks: book.Of("forms.unit_remark").Texts(),
		unitLabels: book.Of("forms.unit_label").Texts(), unitPlaces: book.Of("forms.unit_place"),
		departmentTotals: book.Of("forms.department_total"), departmentTitles: book.Of("forms.department_title"),
		noUnit: book.Of("forms.no_unit"), targetWords: book.Of("forms.target_word"), yuan: book.Word("units.yuan"),
	}
	for _, kind := range []string{"title", "column", "horizon", "label", "fund", "part", "strong", "end", "operator", "suffix", "date", "misread", "rate"} {
		for _, p := range book.Of("forms." + kind) {
			field := p.Value
			if field == "" {
				field = kind
			}
			w.labels[kind] = append(w.labels[kind], label{field, amount.Fold(p.Text)})
		}
	}
	for _, list := range w.labels {
		slices.SortStableFunc(list, func(a, b label) int { return len(b.text) - len(a.text) })
	}
	return w
}

// clean brings a cell's text to the form of a label: folded, without numbering, colon, remark on the unit, and 其中.
func (w *Words) clean(s string) string {
	s = amount.ItemName(amount.Fold(s))
	s = strings.TrimRight(s, ":;。*")
	s = strings.TrimLeft(s, "*")
	for _, unit := range w.unitRemarks {
		s = strings.TrimSuffix(s, unit)
	}
	return strings.TrimRight(s, ":")
}

// field is what a label means, "" when the text is none. A text with an error of recognition is the one label it is
// nearest to.
func (w *Words) field(kind, text string) string {
	if text == "" || utf8.RuneCountInString(text) > 24 {
		return ""
	}
	for _, c := range w.labels[kind] {
		if c.text == text {
			return c.field
		}
	}
	return w.nearest(kind, text)
}

// nearest is the meaning of the labels within a distance of one error in four characters; "" when they mean different
// things.
func (w *Words) nearest(kind, text string) string {
	t := []rune(text)
	if len(t) < 4 {
		return ""
	}
	allowed := len(t) / 4
	best, found := allowed+1, ""
	for _, c := range w.labels[kind] {
		d := spelling.Distance(t, []rune(c.text), best)
		switch {
		case d < best:
			best, found = d, c.field
		case d == best && d <= allowed && c.field != found:
			found = ""
		}
	}
	return found
}

// has reports whether the text is a label of a kind.
func (w *Words) has(kind, text string) bool {
	for _, c := range w.labels[kind] {
		if c.text == text {
			return true
		}
	}
	return false
}

// isLabel reports whether a text is any label that stands beside a value.
func (w *Words) isLabel(text string) bool {
	return w.has("part", text) || w.field("label", text) != "" || w.field("fund", text) != "" || w.field("column", text) != ""
}
