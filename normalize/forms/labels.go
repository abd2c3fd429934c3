package forms

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/normalize/spelling"
)

// unplaced is the meaning of labels and headers that are understood, but whose values no dataset has a place for: scores,
// what was reached, explanations.
const unplaced = "unplaced"

// Words are the phrases by which forms are read. They are made once, of a lexicon.
type Words struct {
	labels                             map[string][]label // by kind, the longest first
	unplaced, remarks, scores          lexicon.List
	units                              []string // 万元, 元
	unitRemarks                        []string // (万元)
	unitLabels                         []string // how a label ends that gives the unit; # is the unit
	unitPlaces                         lexicon.List
	departmentTotals, departmentTitles lexicon.List
	noUnit, targetWords                lexicon.List
	numberLabels                       lexicon.List // what stands before a row of column numbers
	yuan                               string
}

// label is a phrase, folded, with what it means: its value, or its kind where it has none.
type label struct {
	field, text string
}

// NewWords takes the phrases from a lexicon.
func NewWords(book *lexicon.Book) *Words {
	w := &Words{
		labels: map[string][]label{}, unplaced: book.Of("forms.unplaced"), remarks: book.Of("forms.remark"), scores: book.Of("forms.score"),
		units: book.Of("forms.unit").Texts(), unitRemarks: book.Of("forms.unit_remark").Texts(),
		unitLabels: book.Of("forms.unit_label").Texts(), unitPlaces: book.Of("forms.unit_place"),
		departmentTotals: book.Of("forms.department_total"), departmentTitles: book.Of("forms.department_title"),
		noUnit: book.Of("forms.no_unit"), targetWords: book.Of("forms.target_word"),
		numberLabels: book.Of("columns.number_label"), yuan: book.Word("units.yuan"),
	}
	for _, kind := range []string{
		"title", "column", "part_column", "horizon", "label", "fund", "fund_column", "part", "strong", "level1", "level2", "end", "operator",
		"multiple", "suffix", "date", "misread", "rate",
	} {
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

// longestLabel is how many characters a label has at the most.
const longestLabel = 24

// meaning is what a cell means as a label of a kind, "" when it is none. A recognized text with an error is the one label
// it is nearest to; in digital text one character makes another label: 指标分值 is no 指标值.
func (w *Words) meaning(kind string, c *model.Cell) string {
	text := w.clean(c.Text)
	if f := w.field(kind, text); f != "" || c.Source != model.SourceOCR {
		return f
	}
	return w.nearest(kind, text)
}

// field is what a label means: by itself, as one without a place, or without the year before it and the remark behind it.
func (w *Words) field(kind, text string) string {
	if text == "" || utf8.RuneCountInString(text) > longestLabel {
		return ""
	}
	if f := w.exactly(kind, text); f != "" {
		return f
	}
	if w.unplaced.Any(text) {
		return unplaced
	}
	return w.besides(kind, text)
}

// exactly is the meaning of the label that a text is, "" when it is none.
func (w *Words) exactly(kind, text string) string {
	for _, c := range w.labels[kind] {
		if c.text == text {
			return c.field
		}
	}
	return ""
}

// besides is the meaning of a label that says something beside what it is: the year before it, a remark in brackets
// behind it.
func (w *Words) besides(kind, text string) string {
	rest := []string{text}
	for i := range w.remarks {
		for _, s := range rest {
			if bare := w.remarks[i].Regexp().ReplaceAllString(s, ""); bare != s {
				rest = append(rest, bare)
			}
		}
	}
	for _, s := range rest {
		if f := w.exactly(kind, s); f != "" {
			return f
		}
	}
	return ""
}

// unscored is a name without the score behind it.
func (w *Words) unscored(s string) string {
	for i := range w.scores {
		s = w.scores[i].Regexp().ReplaceAllString(s, "")
	}
	return s
}

// nearest is the meaning of the labels within a distance of one error in four characters; "" when they mean different
// things.
func (w *Words) nearest(kind, text string) string {
	t := []rune(text)
	if len(t) < 4 || len(t) > longestLabel {
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
