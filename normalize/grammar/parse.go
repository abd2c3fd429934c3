package grammar

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text is parsed by the way through it that leaves the fewest characters unexplained, and of those by the one with the fewest
// words: 项目支出 is a kind of expenditure, not 项目 and 支出. Of two ways that are alike the one with the longer first word counts.

// Costs of a way.
const (
	unknownRune = 1000 // more than any text has words
	aWord       = 10
	aRune       = 300 // a word of one character: it may as well be part of a name
	aMark       = 1   // digits, signs and brackets say nothing by themselves
)

// step is a way to go on from a place; of the best way, with what all of it costs.
type step struct {
	cost     int
	next     int       // the place behind
	features []Feature // of a word
	word     bool
	mark     bool
}

// Parse parses a folded text (amount.Fold). reader is who asks: Title or Header.
func (g *Grammar) Parse(text, reader string) Text {
	var few [64]step
	steps := few[:]
	if len(text) >= len(few) {
		steps = make([]step, len(text)+1)
	}
	for at := len(text); at > 0; {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
		best := step{cost: math.MaxInt}
		g.each(text, at, reader, func(s step) {
			s.cost += steps[s.next].cost
			if s.cost < best.cost || s.cost == best.cost && s.next > best.next {
				best = s
			}
		})
		steps[at] = best
	}
	return follow(text, steps)
}

// each gives the ways to go on from a place of a text, each with its own cost.
func (g *Grammar) each(text string, at int, reader string, take func(step)) {
	r, size := utf8.DecodeRuneInString(text[at:])
	if isMark(r) {
		take(step{cost: aMark, next: at + size, mark: true})
	} else {
		take(step{cost: unknownRune, next: at + size})
	}
	list := g.words[r]
	for i := range list {
		e := &list[i]
		if !strings.HasPrefix(text[at:], e.text) || len(e.where) > 0 && !slices.Contains(e.where, reader) {
			continue
		}
		cost := aWord
		switch {
		case isMark(r) && len(e.text) == size: // %
			cost = 0
		case utf8.RuneCountInString(e.text) == 1:
			cost = aRune
		}
		take(step{cost: cost, next: at + len(e.text), features: e.features, word: true})
	}
	for i := range g.years {
		if n, features := g.years[i].at(text, at); n > 0 {
			take(step{cost: aWord, next: at + n, features: features, word: true})
		}
	}
}

// follow walks the best way.
func follow(text string, steps []step) Text {
	var out Text
	depth, negatedAt := 0, -1 // the bracket depth of the last 不含
	unknown := 0              // where the unexplained run began, +1
	flush := func(end int) {
		if unknown > 0 {
			out.Unknown = append(out.Unknown, text[unknown-1:end])
			unknown = 0
		}
	}
	for at := 0; at < len(text); at = steps[at].next {
		s := steps[at]
		switch {
		case s.word && single(text[at:s.next]) && (unknown > 0 || isUnknown(text, steps, s.next)): // part of a name
			if unknown == 0 {
				unknown = at + 1
			}
		case s.word:
			flush(at)
			w := Word{Text: text[at:s.next], Features: s.features, Nested: depth > 0, at: at}
			_, not := w.Value("not")
			_, end := w.Value("end")
			if end {
				negatedAt = -1
			}
			w.Negated = negatedAt >= 0 && !not
			if not {
				negatedAt = depth
			}
			out.Words = append(out.Words, w)
		case s.mark:
			flush(at)
			switch text[at] {
			case '(', '[':
				depth++
			case ')', ']':
				depth = max(0, depth-1)
				if negatedAt > depth {
					negatedAt = -1
				}
			}
		case unknown == 0:
			unknown = at + 1
		}
	}
	flush(len(text))
	return out
}

// single reports a word of one character that is no sign.
func single(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && !isMark(r)
}

// isUnknown reports a place where no word and no mark begins.
func isUnknown(text string, steps []step, at int) bool {
	return at < len(text) && !steps[at].word && !steps[at].mark
}

// isMark reports characters that order, join or count and say nothing of what is printed: digits, Latin letters of form
// numbers, punctuation.
func isMark(r rune) bool {
	return r < utf8.RuneSelf || !unicode.IsLetter(r)
}
