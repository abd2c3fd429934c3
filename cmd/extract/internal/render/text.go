package render

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Width is the number of terminal columns that a string takes: Chinese characters take two, combining marks none.
// Characters of ambiguous width are taken for one, as terminals draw them unless told otherwise.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Clean makes text harmless for a terminal: white space becomes a space, and what moves the cursor, changes colours or
// turns the direction of writing is left out.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsGraphic(r):
			return r
		}
		return -1
	}, s)
}

// wrap breaks text into lines of at most the given width: anywhere beside a Chinese character, else at a space where there
// is one.
func wrap(s string, limit int) []string {
	var lines []string
	for Width(s) > limit {
		cut := breakAt(s, limit)
		lines = append(lines, strings.TrimRight(s[:cut], " "))
		s = strings.TrimLeft(s[cut:], " ")
	}
	if s != "" || len(lines) == 0 {
		lines = append(lines, s)
	}
	return lines
}

// breakAt is the byte offset of the best break in a text wider than limit; at least one character stays before it.
func breakAt(s string, limit int) int {
	used, good := 0, 0
	var before rune
	for i, r := range s {
		if i > 0 && (before == ' ' || r == ' ' || runeWidth(before) == 2 || runeWidth(r) == 2) {
			good = i
		}
		if used+runeWidth(r) > limit && i > 0 {
			if good > 0 {
				return good
			}
			return i
		}
		used += runeWidth(r)
		before = r
	}
	return len(s)
}

// Paragraph writes running text wrapped to the width; 0 is no limit.
func Paragraph(s string, limit int) string {
	var out []string
	for _, p := range strings.Split(s, "\n") {
		p = Clean(p)
		if limit > 0 {
			out = append(out, wrap(p, limit)...)
		} else {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}
