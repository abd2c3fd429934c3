package forms

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/amount"
)

// labelsCSV is what forms print beside their values: kind, field, phrase, source.
//
//go:embed labels.csv
var labelsCSV string

// label is one line of the wording, folded.
type label struct {
	field, text string
}

// labels is the embedded wording by kind, the longest phrase first.
type labels map[string][]label

var embedded = sync.OnceValue(func() labels {
	l, err := parseLabels(labelsCSV)
	if err != nil {
		panic("forms: labels.csv: " + err.Error()) // embedded, so a test finds it
	}
	return l
})

func parseLabels(text string) (labels, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = 4
	recs, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	l := labels{}
	for i, rec := range recs[1:] {
		if rec[2] == "" {
			return nil, fmt.Errorf("line %d: no phrase", i+2)
		}
		l[rec[0]] = append(l[rec[0]], label{field: rec[1], text: amount.Fold(rec[2])})
	}
	for _, list := range l {
		slices.SortStableFunc(list, func(a, b label) int { return len(b.text) - len(a.text) })
	}
	return l, nil
}

// clean brings a cell's text to the form of a label: folded, without numbering, colon, remark on the unit, and 其中.
func clean(s string) string {
	s = amount.ItemName(amount.Fold(s))
	s = strings.TrimRight(s, ":;。*")
	s = strings.TrimLeft(s, "*")
	for _, unit := range []string{"(元)", "(万元)", "(亿元)", "(千元)"} {
		s = strings.TrimSuffix(s, unit)
	}
	return strings.TrimRight(s, ":")
}

// field is what a label means, "" when the text is none. A text with an error of recognition is the one label it is
// nearest to.
func (l labels) field(kind, text string) string {
	if text == "" || utf8.RuneCountInString(text) > 24 {
		return ""
	}
	for _, c := range l[kind] {
		if c.text == text {
			return c.field
		}
	}
	return l.nearest(kind, text)
}

// nearest is the meaning of the labels within a distance of one error in four characters; "" when they mean different
// things.
func (l labels) nearest(kind, text string) string {
	t := []rune(text)
	if len(t) < 4 {
		return ""
	}
	allowed := len(t) / 4
	best, found := allowed+1, ""
	for _, c := range l[kind] {
		d := distance(t, []rune(c.text), best)
		switch {
		case d < best:
			best, found = d, c.field
		case d == best && d <= allowed && c.field != found:
			found = ""
		}
	}
	return found
}

// distance is the number of characters changed, missing or too many between a and b; most+1 when it is more than most.
func distance(a, b []rune, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		corner := row[0]
		row[0] = i + 1
		for j, rb := range b {
			d := corner
			if ra != rb {
				d = min(corner, row[j], row[j+1]) + 1
			}
			corner, row[j+1] = row[j+1], d
		}
	}
	return row[len(b)]
}

// has reports whether the text is a label of a kind.
func (l labels) has(kind, text string) bool {
	for _, c := range l[kind] {
		if c.text == text {
			return true
		}
	}
	return false
}

// isLabel reports whether a text is any label that stands beside a value.
func (l labels) isLabel(text string) bool {
	return l.has("block", text) || l.field("label", text) != "" || l.field("fund", text) != "" || l.field("column", text) != ""
}
