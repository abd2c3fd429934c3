// Package wording holds the words by which a disclosure's furniture is known – unit lines, owner lines, notes, form
// numbers, column numbers – and the few questions about characters that every stage of the geometry asks.
//
// The words are data (phrases.tsv: kind, phrase, source), one line each; a county that writes otherwise is a line there.
// Kinds ending in _re hold regular expressions. Words only confirm: no stage draws a cell because of one.
package wording

import (
	_ "embed"
	"encoding/csv"
	"regexp"
	"sort"
	"strings"
	"sync"
)

//go:embed phrases.tsv
var phrasesTSV string

// book is phrases.tsv, by kind.
type book struct {
	phrases  map[string][]string // the longest first
	patterns map[string][]*regexp.Regexp
}

// words reads the book when it is first asked for: not every process reads documents.
var words = sync.OnceValue(func() book {
	b := book{map[string][]string{}, map[string][]*regexp.Regexp{}}
	r := csv.NewReader(strings.NewReader(phrasesTSV))
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		panic("wording: phrases.tsv: " + err.Error()) // embedded, so a test finds it
	}
	for _, row := range rows[1:] {
		kind, phrase := row[0], row[1]
		if strings.HasSuffix(kind, "_re") {
			b.patterns[kind] = append(b.patterns[kind], regexp.MustCompile(phrase))
			continue
		}
		b.phrases[kind] = append(b.phrases[kind], phrase)
	}
	for _, p := range b.phrases {
		sort.SliceStable(p, func(i, j int) bool { return len(p[i]) > len(p[j]) })
	}
	return b
})

// Is reports whether s, without white space, is one of the phrases of a kind.
func Is(kind, s string) bool {
	s = Squeeze(s)
	for _, p := range words().phrases[kind] {
		if s == p {
			return true
		}
	}
	return false
}

// Contains reports whether one of the phrases of a kind occurs in s.
func Contains(kind, s string) bool {
	for _, p := range words().phrases[kind] {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// Matches reports whether s, without white space, matches one of the patterns of a kind.
func Matches(kind, s string) bool { return Match(kind, s) != "" }

// Match returns what the first matching pattern of a kind matches in s without white space, or "".
func Match(kind, s string) string {
	s = Squeeze(s)
	for _, p := range words().patterns[kind] {
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
	for _, p := range words().phrases[kind] {
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
	for _, p := range words().phrases[kind] {
		for _, colon := range colons {
			if i := strings.LastIndex(s, p+colon); i > 0 {
				return s[:i], s[i+len(p)+len(colon):], true
			}
		}
	}
	return "", "", false
}

// MendLabel gives a label its colon back where recognition read another mark, or the colon twice.
func MendLabel(s string) string {
	for _, kind := range []string{"unit", "owner", "note"} {
		for _, p := range words().phrases[kind] {
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
