// Package wording recognizes the furniture of a disclosure – unit lines, owner lines, notes, form numbers, column numbers –
// by its words, and has the questions about characters that all geometric stages ask.
//
// The words are data: the classes furniture.* of package lexicon. A kind here is a class without that prefix; kinds that end in
// _pattern are regular expressions. Words only confirm: no stage draws a cell because of one.
package wording

import (
	"regexp"
	"strings"
	"sync"

	"github.com/countybudget/extract/normalize/lexicon"
)

// book is the phrases of each kind.
type book struct {
	phrases  map[string][]string // the longest first
	patterns map[string][]*regexp.Regexp
}

// words reads the lexicon on first use: not every process reads documents.
var words = sync.OnceValue(func() book {
	b := book{map[string][]string{}, map[string][]*regexp.Regexp{}}
	for kind, list := range lexicon.Embedded().Under("furniture") {
		if list[0].Regexp() == nil {
			b.phrases[kind] = list.Longest().Texts()
			continue
		}
		for i := range list {
			b.patterns[kind] = append(b.patterns[kind], list[i].Regexp())
		}
	}
	return b
})

// of returns the data of a kind. A kind that the lexicon does not have is a bug.
func of[T any](kinds map[string][]T, kind string) []T {
	list, ok := kinds[kind]
	if !ok {
		panic("wording: the lexicon has no furniture." + kind)
	}
	return list
}

// Pattern returns the regular expression of a kind that has one, for callers that need its groups or places.
func Pattern(kind string) *regexp.Regexp { return of(words().patterns, kind)[0] }

// EndsWith reports whether s ends with one of the phrases of a kind.
func EndsWith(kind, s string) bool {
	for _, p := range of(words().phrases, kind) {
		if strings.HasSuffix(s, p) {
			return true
		}
	}
	return false
}

// BeginsWith reports whether s begins with one of the phrases of a kind.
func BeginsWith(kind, s string) bool {
	for _, p := range of(words().phrases, kind) {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// Word returns the phrase of a kind that has one.
func Word(kind string) string { return of(words().phrases, kind)[0] }

// Is reports whether s, without white space, is one of the phrases of a kind.
func Is(kind, s string) bool {
	s = Squeeze(s)
	for _, p := range of(words().phrases, kind) {
		if s == p {
			return true
		}
	}
	return false
}

// Contains reports whether one of the phrases of a kind occurs in s.
func Contains(kind, s string) bool {
	for _, p := range of(words().phrases, kind) {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// NamesWatermark reports whether a name that a file gives a layer or marked content says that it holds a watermark.
func NamesWatermark(name string) bool { return Contains("layer_watermark", strings.ToLower(name)) }

// Matches reports whether s, without white space, matches one of the patterns of a kind.
func Matches(kind, s string) bool { return Match(kind, s) != "" }

// Match returns what the first matching pattern of a kind matches in s without white space, or "".
func Match(kind, s string) string {
	s = Squeeze(s)
	for _, p := range of(words().patterns, kind) {
		if m := p.FindString(s); m != "" {
			return m
		}
	}
	return ""
}

const anyColon = "：:﹕∶"

var colons = strings.Split(anyColon, "")

// Labelled splits `label：value` where label is a phrase of the kind.
func Labelled(kind, s string) (label, value string, ok bool) {
	s = Squeeze(s)
	for _, p := range of(words().phrases, kind) {
		rest, found := strings.CutPrefix(s, p)
		if !found {
			continue
		}
		for _, colon := range colons {
			if v, yes := strings.CutPrefix(rest, colon); yes {
				return p, v, true
			}
		}
	}
	return "", "", false
}

// LabelledAfter splits `text label：value` where label is a phrase of the kind and text is not empty.
func LabelledAfter(kind, s string) (text, value string, ok bool) {
	s = Squeeze(s)
	if !strings.ContainsAny(s, anyColon) {
		return "", "", false
	}
	for _, p := range of(words().phrases, kind) {
		for _, colon := range colons {
			if i := strings.LastIndex(s, p+colon); i > 0 {
				return s[:i], s[i+len(p)+len(colon):], true
			}
		}
	}
	return "", "", false
}

// MendLabel corrects the colon of a label where recognition read another mark, or the colon twice.
func MendLabel(s string) string {
	for _, kind := range []string{"unit", "owner", "note"} {
		for _, p := range of(words().phrases, kind) {
			rest, found := strings.CutPrefix(s, p)
			if !found {
				continue
			}
			if value := strings.TrimLeft(rest, misreadColons); value != rest && value != "" {
				return p + "：" + value
			}
		}
	}
	return s
}

// misreadColons are the marks that recognition takes a colon for, and the colon itself.
const misreadColons = "：:﹕∶，,；;。.､、·'|!"
