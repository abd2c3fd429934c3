// Package grammar parses what budgets print as titles and headers into the words they are composed of: 2024年一般公共预算基本支出
// 预算数 is a year, a fund, a kind of expenditure and a phase. The words are data (lexicon, grammar.*); what a table or a column
// means follows from them in package normalize.
//
// Every character of a text is part of a word or is reported: nothing is dropped.
package grammar

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/normalize/lexicon"
)

// Who reads a text: a word may be known to some only.
const (
	Title  = "title"
	Header = "header"
)

// Feature is one thing that a word says: fund=government_fund, phase=executed.
type Feature struct{ Name, Value string }

// Word is a part of a text that the lexicon knows.
type Word struct {
	Text     string
	Features []Feature
	Nested   bool // inside brackets: a remark on what stands before them
	Negated  bool // behind 不含, 除, 非

	at int // its place in the text
}

// Text is a parsed title or header.
type Text struct {
	Words   []Word
	Unknown []string // what no word explains, in the order of the text
}

// Grammar parses texts by the words of a lexicon. It never changes.
type Grammar struct {
	words map[rune][]entry // by the first character
	years []yearForm
}

// entry is a word of the lexicon.
type entry struct {
	text     string
	features []Feature
	where    []string // the readers that know the word: title, header; none: all
	class    string
	own      bool // of a user's file
	file     string
	line     int
}

// New reads the words of a lexicon. It refuses a feature that no reader knows, and a word that two classes have.
func New(book *lexicon.Book) (*Grammar, error) {
	g := &Grammar{words: map[rune][]entry{}}
	classes := book.Under("grammar")
	if err := checkOwn(classes); err != nil {
		return nil, err
	}
	for _, own := range []bool{true, false} { // a user's words first
		for _, class := range slices.Sorted(maps.Keys(classes)) {
			list := classes[class]
			for i := range list {
				if list[i].Own != own {
					continue
				}
				if err := g.add(class, &list[i], book); err != nil {
					return nil, err
				}
			}
		}
	}
	g.addOwnUnits(book.Of("units.money").In("table"))
	return g, nil
}

// add adds a word. A word of a user's file takes the place of the embedded ones, whatever their class.
func (g *Grammar) add(class string, p *lexicon.Phrase, book *lexicon.Book) error {
	if class == "year" {
		return g.addYear(p, book)
	}
	said, err := featuresOf(p)
	if err != nil {
		return inWord(p, err)
	}
	e := entry{text: p.Text, features: said, where: p.Scope, class: class, own: p.Own, file: p.File, line: p.Line}
	first, _ := utf8.DecodeRuneInString(e.text)
	for _, other := range g.words[first] {
		switch {
		case other.text != e.text || !meet(other.where, e.where):
		case other.own != e.own && covers(other.where, e.where):
			return nil
		case other.own != e.own: // the user's comes first
		default:
			return fmt.Errorf("%s, line %d: the word %q is also in grammar.%s (%s, line %d); remove one of the lines, or give each its scope", p.File, p.Line, p.Text, other.class, other.file, other.line)
		}
	}
	g.words[first] = append(g.words[first], e)
	return nil
}

// covers reports whether every reader that knows the second of two words knows the first.
func covers(a, b []string) bool {
	return len(a) == 0 || len(b) > 0 && !slices.ContainsFunc(b, func(reader string) bool { return !slices.Contains(a, reader) })
}

// meet reports whether one reader knows both of two words.
func meet(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(reader string) bool { return slices.Contains(b, reader) })
}

// features are what words can say. The values of those that name a column of the schema are the schema's.
var features = map[string]bool{
	"fund": true, "spending": true, "direction": true, "period": true, "phase": true, "year": true, "balance": true,
	"change": true, "rate": true, "quantity": true, "remark": true, "total": true, "among": true,
	"class": true, "key": true, "matter": true, "form": true, "extent": true, "split": true, "item": true,
	"not": true, "end": true, "filler": true, "money": true, "measured": true, "term": true, "sum": true,
}

// featuresOf reads the value of a phrase: name=value, with spaces between several; a name alone has no value.
func featuresOf(p *lexicon.Phrase) ([]Feature, error) {
	var out []Feature
	for _, field := range strings.Fields(p.Value) {
		name, value, _ := strings.Cut(field, "=")
		if !features[name] {
			return nil, fmt.Errorf("it says %q, which nothing reads; known are %s", name, strings.Join(slices.Sorted(maps.Keys(features)), ", "))
		}
		if slices.ContainsFunc(out, func(f Feature) bool { return f.Name == name }) {
			return nil, fmt.Errorf("it says %s twice, and only the first would be read; leave one", name)
		}
		out = append(out, Feature{name, value})
	}
	return out, nil
}

// inWord is a mistake in a word, with its place.
func inWord(p *lexicon.Phrase, err error) error {
	return fmt.Errorf("%s, line %d: the word %q: %w", p.File, p.Line, p.Text, err)
}

// Value is the first value of a feature among the words that are not negated: those outside of brackets first. ok is false
// where no word has the feature.
func (t *Text) Value(name string) (value string, ok bool) {
	for _, nested := range []bool{false, true} {
		for i := range t.Words {
			if w := &t.Words[i]; w.Nested == nested && !w.Negated {
				if v, ok := w.Value(name); ok {
					return v, true
				}
			}
		}
	}
	return "", false
}

// Has reports a feature among the words that are not negated, with the value, or with any where none is given.
func (t *Text) Has(name string, values ...string) bool {
	for i := range t.Words {
		if t.Words[i].Negated {
			continue
		}
		v, ok := t.Words[i].Value(name)
		if !ok {
			continue
		}
		if len(values) == 0 {
			return true
		}
		for _, want := range values {
			if v == want {
				return true
			}
		}
	}
	return false
}

// Value is the value of a feature of one word.
func (w *Word) Value(name string) (string, bool) {
	for i := range w.Features {
		if w.Features[i].Name == name {
			return w.Features[i].Value, true
		}
	}
	return "", false
}
