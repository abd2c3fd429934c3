package prose

import (
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// The reports of governments state the same items of the whole territory (全市), of the government's own level (市本级) and of
// others (高新区, 县级). A sentence says it before its subject, or leaves it to the sentence before or to a title. What it says
// is the line's entity_name, as printed.

// extent is a phrase for whose money an amount is, and where it stands in the stream.
type extent struct {
	name string
	a, b int
}

// extents are the phrases that a document of a government uses: those of its own kind of territory, and of others.
type extents struct {
	whole, own []phrase
}

// extentsOf chooses the phrases of the territory that the sections speak of as a whole most often: 全市 makes 市级 the
// government's own level, and 省级 the level of another.
func (w *Words) extentsOf(sections []model.Section) extents {
	counts := map[string]int{}
	best := ""
	for i := range sections {
		for _, text := range [2][]rune{foldAll(sections[i].Title), foldAll(sections[i].Text)} {
			for k := range w.wholes {
				p := &w.wholes[k]
				for rest := text; ; counts[p.value]++ {
					at := index(rest, p.text)
					if at < 0 {
						break
					}
					rest = rest[at+len(p.text):]
				}
				if counts[p.value] > counts[best] {
					best = p.value
				}
			}
		}
	}
	return extents{whole: withValue(w.wholes, best), own: withValue(w.owns, best)}
}

// known reports whether the document speaks of its territory as a whole.
func (e extents) known() bool { return len(e.whole) > 0 }

// withValue are the phrases of a list that have a value.
func withValue(list []phrase, value string) []phrase {
	return slices.DeleteFunc(slices.Clone(list), func(p phrase) bool { return p.value != value })
}

// extentIn is the last phrase in a span that says whose money is meant, at the beginning of a clause or behind a date or a verb
// of those who allot money. Two that are joined (全市及市本级) say neither: the name is empty.
func (r *reader) extentIn(x span) (extent, bool) {
	if !r.extents.known() {
		return extent{}, false
	}
	for b := x.b; b > x.a; b-- {
		p, other := r.extentEnding(span{x.s, x.a, b})
		if p.b == 0 || !r.opensClause(x, p.a) {
			continue
		}
		rest := span{x.s, p.b, x.b}.text()
		if other && len(rest) > 0 && is(r.words.extentJoints, rest[:1]) {
			return extent{a: p.a, b: p.b}, true
		}
		if p.a-1 > x.a && is(r.words.extentJoints, x.s.folded[p.a-1:p.a]) {
			if q, _ := r.extentEnding(span{x.s, x.a, p.a - 1}); q.b > 0 {
				return extent{a: q.a, b: p.b}, true
			}
		}
		return p, true
	}
	return extent{}, false
}

// extentEnding is the phrase that a span ends with; b is 0 when there is none. other says that it names another body.
func (r *reader) extentEnding(x span) (p extent, other bool) {
	for _, list := range [2][]phrase{r.extents.own, r.extents.whole} {
		for i := range list {
			if hasSuffix(x.text(), list[i].text) {
				a := x.b - len(list[i].text)
				return extent{span{x.s, a, x.b}.String(), a, x.b}, false
			}
		}
	}
	next := x.s.folded[x.b:min(x.b+6, len(x.s.folded))]
	for i := range r.words.bodies {
		body := &r.words.bodies[i]
		if !hasSuffix(x.text(), body.text) || body.excluded(next) {
			continue
		}
		a := x.b - len(body.text)
		if body.value == "named" {
			a = x.s.nameStart(x.a, a)
			a = r.opening(span{x.s, a, x.b}).a
		}
		if a < x.b {
			return extent{span{x.s, a, x.b}.String(), a, x.b}, true
		}
	}
	return extent{}, false
}

// nameStart is where the clause begins that a name at b stands in, at most six characters before it.
func (st *stream) nameStart(least, b int) int {
	a := b
	for a > least && b-a < 6 && !isClauseEdge(st.folded[a-1]) {
		a--
	}
	return a
}

// isClauseEdge reports whether a rune parts clauses, or what stands in a list or in brackets.
func isClauseEdge(c rune) bool {
	switch c {
	case ',', ';', ':', '。', '(', ')', '、', '!', '?', '"':
		return true
	}
	return false
}

// opensClause reports whether nothing but who, when and words that lead up to a subject stand before i in its clause.
func (r *reader) opensClause(x span, i int) bool {
	a := i
	for a > x.a && i-a < 40 && !isClauseEdge(x.s.folded[a-1]) {
		a--
	}
	before := span{x.s, a, i}
	return before.empty() || endsWithAny(before.text(), r.words.extentsAfter) || r.opening(before).empty()
}

// titleExtentOf is whose money the titles of a section and of those around it speak of, the nearest first; "" where they say
// nothing, or two things.
func (r *reader) titleExtentOf(s *model.Section) string {
	if !r.extents.known() {
		return ""
	}
	for s := range r.around(s) {
		t := &stream{words: r.words, section: s}
		t.add(s.Title, place{}, false, paragraph)
		x := span{t, 0, len(t.folded)}
		_, whole := find(x.text(), r.extents.whole)
		at, own := findLast(x.text(), r.extents.own)
		switch {
		case whole != nil && own != nil:
			return ""
		case whole != nil:
			return string(whole.text)
		case own != nil:
			return span{t, at, at + len(own.text)}.String()
		}
		if e, ok := r.extentIn(x); ok {
			return e.name
		}
	}
	return ""
}

// noteExtent takes in what the text before an amount says of whose money it is. In brackets (含高新区 x) it holds for that
// amount alone.
func (r *reader) noteExtent(lead span) {
	e, ok := r.extentIn(lead)
	r.extent = extent{name: r.sentenceExtent}
	if !ok {
		return
	}
	r.extent = e
	if inBrackets(lead, e.a) {
		return
	}
	r.sentenceExtent = e.name
	// A section about another body that speaks of the territory has gone on to something else.
	if r.ownExtent(e.name) && !r.ownExtent(r.titleExtent) {
		r.titleExtent = ""
	}
}

// ownExtent reports whether a word is for the government's territory or its own level, not for another body.
func (r *reader) ownExtent(name string) bool {
	text := foldAll(name)
	return is(r.extents.own, text) || is(r.extents.whole, text)
}

// sameMoney reports whether a sentence that does not say whose money it speaks of goes on with that of the one before: where the
// titles name the fund, in a list of parts, and in a paragraph about another body.
func (r *reader) sameMoney(x span) bool {
	return r.titles.fund != "" || r.opensParts(x) ||
		r.st.breaks[x.a] != paragraph && !r.ownExtent(r.sentenceExtent)
}

// inBrackets reports whether a place of a span stands in brackets that the span opens and does not close.
func inBrackets(x span, at int) bool {
	depth := 0
	for i := x.a; i < x.b; i++ {
		switch x.s.folded[i] {
		case '(':
			if i < at {
				depth++
			}
		case ')':
			depth = max(depth-1, 0)
		}
	}
	return depth > 0
}

// afterExtent leaves out what stands before the subject up to the phrase that says whose money it is.
func (r *reader) afterExtent(x span) span {
	if e := r.extent; e.b > 0 && e.a >= x.a && e.b <= x.b && x.s == r.st {
		x.a = e.b
	}
	return x
}
