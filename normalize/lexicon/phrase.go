package lexicon

import (
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Match says how a text is compared with a phrase.
type Match string

// The matches.
const (
	Equals   Match = "equals"
	Prefix   Match = "prefix"
	Suffix   Match = "suffix"
	Contains Match = "contains"
	All      Match = "all"     // contains all words of the phrase, which | parts
	Pattern  Match = "pattern" // a regular expression finds something
)

// Phrase is one line of the lexicon.
type Phrase struct {
	Class   string
	Text    string
	Value   string
	Number  decimal.Decimal // the value, in classes of numbers
	Match   Match
	Without []string // a text that contains one of these does not match
	Scope   []string // the readers that know the phrase; none: all
	File    string
	Line    int
	Own     bool // of a user's file, not of the program

	how     how
	words   []string       // of All
	pattern *regexp.Regexp // of Pattern
}

// Matches reports whether a text is, or has, the phrase.
func (p *Phrase) Matches(s string) bool {
	hit := false
	switch p.how {
	case equals:
		hit = s == p.Text
	case prefix:
		hit = strings.HasPrefix(s, p.Text)
	case suffix:
		hit = strings.HasSuffix(s, p.Text)
	case contains:
		hit = strings.Contains(s, p.Text)
	case all:
		hit = !slices.ContainsFunc(p.words, func(w string) bool { return !strings.Contains(s, w) })
	case pattern:
		hit = p.pattern.MatchString(s)
	}
	return hit && (len(p.Without) == 0 || !slices.ContainsFunc(p.Without, func(w string) bool { return strings.Contains(s, w) }))
}

// how is a Match as a number: every cell and every line is compared with many phrases.
type how uint8

const (
	equals how = iota
	prefix
	suffix
	contains
	all
	pattern
)

var hows = map[Match]how{Equals: equals, Prefix: prefix, Suffix: suffix, Contains: contains, All: all, Pattern: pattern}

// Regexp is the regular expression of a phrase that is a pattern, nil for any other.
func (p *Phrase) Regexp() *regexp.Regexp { return p.pattern }

// replaces reports whether a user's phrase takes the place of an equal one: every reader that knows q must know p. A reader that
// knows both takes p, which comes first.
func (p *Phrase) replaces(q *Phrase) bool {
	if p.Text != q.Text || len(p.Scope) > 0 && len(q.Scope) == 0 {
		return false
	}
	return len(p.Scope) == 0 || !slices.ContainsFunc(q.Scope, func(reader string) bool { return !slices.Contains(p.Scope, reader) })
}

// Numbers gives the numbers of the phrases by their texts; of equal texts the first counts.
func (l List) Numbers() map[string]decimal.Decimal {
	numbers := map[string]decimal.Decimal{}
	for i := range l {
		if _, known := numbers[l[i].Text]; !known {
			numbers[l[i].Text] = l[i].Number
		}
	}
	return numbers
}

// List is the phrases of a class, in the order of the file.
type List []Phrase

// First is the first phrase that a text matches, nil when it matches none.
func (l List) First(s string) *Phrase {
	for i := range l {
		if l[i].Matches(s) {
			return &l[i]
		}
	}
	return nil
}

// Any reports whether a text matches a phrase.
func (l List) Any(s string) bool { return l.First(s) != nil }

// Value is the value of the first phrase that a text matches, "" when it matches none.
func (l List) Value(s string) string {
	if p := l.First(s); p != nil {
		return p.Value
	}
	return ""
}

// In is the phrases that one reader knows.
func (l List) In(scope string) List {
	var out List
	for i := range l {
		if len(l[i].Scope) == 0 || slices.Contains(l[i].Scope, scope) {
			out = append(out, l[i])
		}
	}
	return out
}

// Of is the phrases with a value.
func (l List) Of(value string) List {
	var out List
	for i := range l {
		if l[i].Value == value {
			out = append(out, l[i])
		}
	}
	return out
}

// Longest is the list with the longest phrases first; equally long ones keep their order.
func (l List) Longest() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b Phrase) int { return len(b.Text) - len(a.Text) })
	return out
}

// Texts is the phrases alone.
func (l List) Texts() []string {
	out := make([]string, len(l))
	for i := range l {
		out[i] = l[i].Text
	}
	return out
}
