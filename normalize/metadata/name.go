package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text names a body when it ends as the names of bodies do and holds nothing that these never hold: a unit of money, a page
// number, a year, a word of a title or of a sentence. How much the end must say depends on where the text stands.

// trust says where a text stands, and so what its end must be.
type trust int

const (
	labelled trust = iota // behind 部门： or in a file's name: any end of a body
	apart                 // a line or a part of a title: an end that is a word for a body, or a region before it
)

// Characters of a body's name.
const (
	shortestName = 2
	longestName  = 40
)

// body is the name of a body that a folded text gives, without what stands around it; "" where it gives none.
func (r *reader) body(text string, t trust) string {
	name := r.w.trimName(text)
	n := utf8.RuneCountInString(name)
	if n < shortestName || n > longestName || !strings.ContainsFunc(name, isHan) {
		return ""
	}
	b := &r.w.bodies
	bare := b.bracket.ReplaceAllString(name, "")
	if b.none.Any(bare) || strings.Count(bare, "(") != strings.Count(bare, ")") || !b.end.Any(bare) {
		return ""
	}
	region, rest := r.region(bare)
	switch {
	case region != "" && rest == "":
		return ""
	case t == labelled, region != "", b.start.Any(bare), b.strong.Any(bare) && !slices.Contains(b.ends, bare):
		return name
	}
	return ""
}

// trimName drops what stands before and behind a name in a title.
func (w *Words) trimName(text string) string {
	for {
		short := w.bodies.before.ReplaceAllString(unbracketed(text), "")
		short = w.yearBehind.ReplaceAllString(short, "")
		short = strings.TrimSpace(w.bodies.behind.ReplaceAllString(short, ""))
		if short == text {
			return text
		}
		text = short
	}
}

// unbracketed is a text without the brackets around all of it.
func unbracketed(text string) string {
	if rest, ok := strings.CutPrefix(text, "("); ok && strings.Count(text, "(") == 1 {
		if inner, ok := strings.CutSuffix(rest, ")"); ok {
			return inner
		}
	}
	return text
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
