package prose

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"
)

// wordingCSV is all wording: kind, value, phrase, without (the phrase does not count in a text that has this), source.
//
//go:embed wording.csv
var wordingCSV string

// phrase is one line of the wording, folded.
type phrase struct {
	text    []rune
	value   string
	without []rune
}

func (p *phrase) excluded(text []rune) bool {
	return len(p.without) > 0 && index(text, p.without) >= 0
}

// wording is the embedded wording by kind. Kinds that are searched for the first match keep the file's order; all others
// have the longest phrase first.
type wording struct {
	kinds map[string][]phrase

	units, scales, notMoney, thresholds, prices      []phrase
	changes, changeEnds, changeFillers, notChanges   []phrase
	compares, bases, flats, parts, reasons           []phrase
	shares, completes, percentFillers                []phrase
	owners, leads, verbs, sumWords, sumKeeps, inner  []phrase
	weak, counts, phaseTails, named, masks, phases   []phrase
	carryovers, economic                             []phrase
	funds, spendings, directions, classes, totals    []phrase
	names, starts, institutions, titleEnds, function []phrase
}

// ordered are the kinds in which an earlier line goes before a later one.
var ordered = []string{"fund_source", "spending", "direction", "class"}

var embedded = sync.OnceValue(func() *wording {
	w, err := parseWording(wordingCSV)
	if err != nil {
		panic("prose: wording.csv: " + err.Error()) // embedded, so a test finds it
	}
	return w
})

func parseWording(text string) (*wording, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = 5
	recs, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	w := &wording{kinds: map[string][]phrase{}}
	for i, rec := range recs[1:] {
		if rec[2] == "" {
			return nil, fmt.Errorf("line %d: no phrase", i+2)
		}
		w.kinds[rec[0]] = append(w.kinds[rec[0]], phrase{text: foldAll(rec[2]), value: rec[1], without: foldAll(rec[3])})
	}
	for kind, list := range w.kinds {
		if !slices.Contains(ordered, kind) {
			longestFirst(list)
		}
	}
	return w, w.assign()
}

func longestFirst(list []phrase) {
	slices.SortStableFunc(list, func(a, b phrase) int { return len(b.text) - len(a.text) })
}

// assign gives every kind its field; a kind without one, or a field without lines, is a mistake in the file.
func (w *wording) assign() error {
	fields := map[string]*[]phrase{
		"unit": &w.units, "scale": &w.scales, "not_money": &w.notMoney, "threshold": &w.thresholds, "price": &w.prices,
		"change": &w.changes, "change_end": &w.changeEnds, "change_filler": &w.changeFillers, "not_change": &w.notChanges,
		"compare": &w.compares, "base": &w.bases, "flat": &w.flats, "parts": &w.parts, "reason": &w.reasons,
		"share": &w.shares, "complete": &w.completes, "percent_filler": &w.percentFillers,
		"owner": &w.owners, "lead": &w.leads, "verb": &w.verbs, "sum_word": &w.sumWords, "sum_keep": &w.sumKeeps,
		"inner_verb": &w.inner, "weak": &w.weak, "count": &w.counts, "phase_tail": &w.phaseTails, "named": &w.named,
		"mask": &w.masks, "phase": &w.phases, "fund_source": &w.funds, "spending": &w.spendings,
		"direction": &w.directions, "class": &w.classes, "total": &w.totals, "name": &w.names, "start": &w.starts,
		"carryover": &w.carryovers, "economic": &w.economic, "institution": &w.institutions, "title_end": &w.titleEnds, "functional": &w.function,
	}
	for kind := range w.kinds {
		if fields[kind] == nil {
			return fmt.Errorf("unknown kind %q", kind)
		}
	}
	for kind, f := range fields {
		if *f = w.kinds[kind]; len(*f) == 0 {
			return fmt.Errorf("no phrase of kind %q", kind)
		}
	}
	for _, u := range append(slices.Clone(w.units), w.scales...) {
		if _, err := decimal.NewFromString(u.value); err != nil {
			return fmt.Errorf("unit %s: %w", string(u.text), err)
		}
	}
	return nil
}

// wordsOf adds the document's own names to the embedded wording.
func wordsOf(ctx Context) *wording {
	if len(ctx.Names) == 0 {
		return embedded()
	}
	w := *embedded()
	w.owners = slices.Clone(w.owners)
	for _, n := range ctx.Names {
		if f := foldAll(strings.Join(strings.Fields(n), "")); len(f) > 1 {
			w.owners = append(w.owners, phrase{text: f})
		}
	}
	longestFirst(w.owners)
	return &w
}

// firstOf is the value of the first phrase of an ordered kind that the text has, "" when it has none.
func firstOf(list []phrase, text []rune) string {
	for i := range list {
		if index(text, list[i].text) >= 0 && !list[i].excluded(text) {
			return list[i].value
		}
	}
	return ""
}

// is reports whether the text is one of the phrases.
func is(list []phrase, text []rune) bool {
	for i := range list {
		if slices.Equal(list[i].text, text) {
			return true
		}
	}
	return false
}
