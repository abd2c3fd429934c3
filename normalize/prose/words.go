package prose

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/shopspring/decimal"
)

// phrase is a phrase of the lexicon, folded.
type phrase struct {
	text    []rune
	value   string
	number  decimal.Decimal // the value, in classes of numbers
	without [][]rune        // the phrase does not count in a text that has one of these
}

func (p *phrase) excluded(text []rune) bool {
	return slices.ContainsFunc(p.without, func(w []rune) bool { return index(text, w) >= 0 })
}

// Words are the phrases by which sentences are read, by class. They are made once, of a lexicon. Classes that are searched for
// the first match keep the file's order; all others have the longest phrase first.
type Words struct {
	units, scales, notMoney, thresholds, prices      []phrase
	changes, changeEnds, changeFillers, notChanges   []phrase
	compares, bases, flats, parts, reasons           []phrase
	shares, completes, percentFillers                []phrase
	owners, leads, verbs, sumWords, sumKeeps, inner  []phrase
	weak, counts, phaseTails, named, masks, phases   []phrase
	carryovers, economic                             []phrase
	funds, spendings, directions, classes, totals    []phrase
	names, starts, institutions, titleEnds, function []phrase
	wholes, owns, bodies, extentsAfter, extentJoints []phrase
	titlePhases, phaseVerbs, bare, adjusts           []phrase

	levels         map[rune]int32 // marks of the levels of the functional classification: 类, 款, 项
	yearMark       rune           // 年
	yearSuffix     rune           // 度
	enumeration    rune           // 、
	yearRange      rune           // 至, between two years
	yuan           rune           // 元
	yearPoints     []phrase       // 初, 末, 底 behind a year
	changeLevels   []phrase
	changeVerbs    []phrase
	classEnd       string // 支出
	numberingStart string // the characters with which a numbering begins
	withinBegin    []rune // 在 … 中
	withinEnd      []rune
	attribute      []phrase // 的
	grandSums      []phrase
	amount, change string // names that the program gives
}

// ordered are the classes in which an earlier line goes before a later one.
var ordered = []string{"fund_source", "spending", "direction", "classification"}

// NewWords takes the phrases from a lexicon.
func NewWords(book *lexicon.Book) *Words {
	w := &Words{
		levels: map[rune]int32{}, yearMark: sign(book, "years.mark"), yearSuffix: sign(book, "years.suffix"),
		yearRange: sign(book, "years.range"), yuan: sign(book, "units.yuan"), enumeration: sign(book, "prose.enumeration"), yearPoints: phrases(book.Of("years.point")),
		changeLevels: phrases(book.Of("prose.change_level")), changeVerbs: phrases(book.Of("prose.change_verb")),
		classEnd: book.Word("prose.class_end"), numberingStart: book.Word("prose.numbering_start"),
		withinBegin: foldAll(book.Word("prose.within_begin")), withinEnd: foldAll(book.Word("prose.within_end")),
		attribute: phrases(book.Of("prose.attribute")), grandSums: phrases(book.Of("prose.grand_sum")),
		amount: book.Word("names.amount"), change: book.Word("names.change"),
	}
	for class, field := range w.fields() {
		*field = phrases(book.Of("prose." + class))
		if !slices.Contains(ordered, class) {
			longestFirst(*field)
		}
	}
	w.units = phrases(book.Of("units.money").In("sentence"))
	longestFirst(w.units)
	for _, p := range book.Of("prose.level_mark") {
		mark, _ := utf8.DecodeRuneInString(p.Text)
		w.levels[mark] = int32(p.Number.IntPart())
	}
	return w
}

// sign is the one character of a class.
func sign(book *lexicon.Book, class string) rune {
	r, _ := utf8.DecodeRuneInString(book.Word(class))
	return r
}

func phrases(list lexicon.List) []phrase {
	out := make([]phrase, len(list))
	for i := range list {
		out[i] = phrase{text: foldAll(list[i].Text), value: list[i].Value, number: list[i].Number}
		for _, w := range list[i].Without {
			out[i].without = append(out[i].without, foldAll(w))
		}
	}
	return out
}

// fields are the classes of prose.tsv that are kept as they are.
func (w *Words) fields() map[string]*[]phrase {
	return map[string]*[]phrase{
		"scale": &w.scales, "not_money": &w.notMoney, "threshold": &w.thresholds, "price": &w.prices,
		"change": &w.changes, "change_end": &w.changeEnds, "change_filler": &w.changeFillers, "not_change": &w.notChanges,
		"compare": &w.compares, "base": &w.bases, "flat": &w.flats, "parts": &w.parts, "reason": &w.reasons,
		"share": &w.shares, "complete": &w.completes, "percent_filler": &w.percentFillers,
		"owner": &w.owners, "lead": &w.leads, "verb": &w.verbs, "sum_word": &w.sumWords, "sum_keep": &w.sumKeeps,
		"inner_verb": &w.inner, "weak": &w.weak, "count": &w.counts, "phase_tail": &w.phaseTails, "named": &w.named,
		"mask": &w.masks, "phase": &w.phases, "fund_source": &w.funds, "spending": &w.spendings,
		"direction": &w.directions, "classification": &w.classes, "total": &w.totals, "name": &w.names, "start": &w.starts,
		"carryover": &w.carryovers, "economic": &w.economic, "institution": &w.institutions, "whole": &w.wholes, "own": &w.owns,
		"body": &w.bodies, "extent_after": &w.extentsAfter, "extent_joint": &w.extentJoints, "title_phase": &w.titlePhases, "phase_verb": &w.phaseVerbs, "bare": &w.bare, "adjust": &w.adjusts, "title_end": &w.titleEnds, "functional": &w.function,
	}
}

func longestFirst(list []phrase) {
	slices.SortStableFunc(list, func(a, b phrase) int { return len(b.text) - len(a.text) })
}

// with adds the names of a document's department and units to the words.
func (w *Words) with(names []string) *Words {
	if len(names) == 0 {
		return w
	}
	own := *w
	own.owners = slices.Clone(w.owners)
	for _, n := range names {
		if f := foldAll(strings.Join(strings.Fields(n), "")); len(f) > 1 {
			own.owners = append(own.owners, phrase{text: f})
		}
	}
	longestFirst(own.owners)
	return &own
}

// firstOf is the value of the first phrase of an ordered class that the text has, "" when it has none.
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
