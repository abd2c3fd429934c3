package prose

import "slices"

// span is a stretch of a stream.
type span struct {
	s    *stream
	a, b int
}

func (x span) text() []rune   { return x.s.folded[x.a:x.b] }
func (x span) empty() bool    { return x.a >= x.b }
func (x span) len() int       { return x.b - x.a }
func (x span) String() string { return string(x.s.printed[x.a:x.b]) }

func hasPrefix(text, p []rune) bool { return len(text) >= len(p) && slices.Equal(text[:len(p)], p) }
func hasSuffix(text, p []rune) bool {
	return len(text) >= len(p) && slices.Equal(text[len(text)-len(p):], p)
}

// index is the first place of p in text, -1 when it has none.
func index(text, p []rune) int {
	if len(p) == 0 {
		return -1
	}
	for i := 0; i+len(p) <= len(text); i++ {
		if text[i] == p[0] && slices.Equal(text[i:i+len(p)], p) {
			return i
		}
	}
	return -1
}

// lastIndex is the last place of p in text, -1 when it has none.
func lastIndex(text, p []rune) int {
	for i := len(text) - len(p); i >= 0 && len(p) > 0; i-- {
		if text[i] == p[0] && slices.Equal(text[i:i+len(p)], p) {
			return i
		}
	}
	return -1
}

// find is the first place of any of the phrases, the longest at one place first; nil when there is none.
func find(text []rune, list []phrase) (int, *phrase) {
	best, which := -1, (*phrase)(nil)
	for i := range list {
		at := index(text, list[i].text)
		if at >= 0 && (best < 0 || at < best) {
			best, which = at, &list[i]
		}
	}
	return best, which
}

// findLast is the last place of any of the phrases; of two that end alike the longer.
func findLast(text []rune, list []phrase) (int, *phrase) {
	best, which := -1, (*phrase)(nil)
	for i := range list {
		p := &list[i]
		at := lastIndex(text, p.text)
		if at < 0 {
			continue
		}
		end := at + len(p.text)
		if which == nil || end > best+len(which.text) || end == best+len(which.text) && at < best {
			best, which = at, p
		}
	}
	return best, which
}

func containsAny(text []rune, list []phrase) bool {
	for i := range list {
		if index(text, list[i].text) >= 0 && !list[i].excluded(text) {
			return true
		}
	}
	return false
}

// trimStart takes phrases off the beginning, again and again.
func (x span) trimStart(list []phrase) span {
	for again := true; again; {
		again = false
		for i := range list {
			if p := list[i].text; hasPrefix(x.text(), p) && !list[i].excluded(x.text()) {
				x.a += len(p)
				again = true
				break
			}
		}
	}
	return x
}

// trimEnd takes phrases off the end, again and again.
func (x span) trimEnd(list []phrase) span {
	for again := true; again; {
		again = false
		for i := range list {
			if p := list[i].text; hasSuffix(x.text(), p) && !list[i].excluded(x.text()) {
				x.b -= len(p)
				again = true
				break
			}
		}
	}
	return x
}

// trimPunctuation removes the punctuation between clauses at both ends.
func (x span) trimPunctuation() span {
	for !x.empty() && (isJoint(x.s.folded[x.a]) || x.s.folded[x.a] == ')') {
		x.a++
	}
	for !x.empty() && isJoint(x.s.folded[x.b-1]) {
		x.b--
	}
	return x
}

func isJoint(r rune) bool {
	switch r {
	case ',', '、', ':', ';', '。', '.', '·', '…', '*', '?', '!':
		return true
	}
	return false
}

// lastClause is the part of the span after its last comma, colon or semicolon that stands in no brackets or quotes.
func (x span) lastClause() span {
	depth := 0
	for i := x.b - 1; i >= x.a; i-- {
		switch x.s.folded[i] {
		case ')', '》':
			depth++
		case '(', '《':
			if depth == 0 {
				return span{x.s, i + 1, x.b}
			}
			depth--
		case ',', ':', ';', '。', '!', '?':
			if depth == 0 {
				return span{x.s, i + 1, x.b}
			}
		}
	}
	return x
}
