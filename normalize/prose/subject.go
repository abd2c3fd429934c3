package prose

import (
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// subject is what an amount is of.
type subject struct {
	name      string
	path      []string // 类, 款, 项 by name, as far as given
	level     int32    // of the last of the path
	text      []rune   // what is read for dimensions, folded
	phaseText []rune   // what is read for the phase, folded
}

// subject finds in a clause what the amount after it is an amount of. lead is the text from the amount before to the end of the
// clause: it completes a clause that names its subject weakly (涉及资金).
func (r *reader) subject(clause, lead span) subject {
	s := subject{text: clause.text(), phaseText: clause.text()}
	x := clause.trimPunctuation()
	if p, ok := r.path(x); ok {
		p.phaseText = s.phaseText
		return p
	}
	x = r.opening(r.afterExtent(x))
	s.text = x.text()
	x = r.closing(x, x.trimEnd(r.words.verbs).b < x.b)
	x = r.innermost(x)
	if n, ok := r.words.nameIn(x); ok {
		s.name = n.String()
		return s
	}
	if is(r.words.weak, x.text()) {
		s.name, s.text = r.completed(x, clause, lead)
		if r.topic != "" && s.name == x.String() {
			s.name = r.topic // 共安排资金 x, in the row of a project
		}
		return s
	}
	s.name = unquoted(x).String()
	return s
}

// opening removes from the beginning of a clause who acts and when, and the words that lead up to a subject.
func (r *reader) opening(x span) span {
	w := r.words
	for {
		a := x.a
		x = x.trimPunctuation()
		if n := w.numbering(x.s.printed[x.a:x.b]); n > 0 && n < x.len() {
			x.a += n
		}
		if at := w.yearEnd(x); at > 0 {
			x.a = at
		}
		x = x.trimStart(w.owners)
		if at, p := find(x.text(), w.starts); p != nil && at > 0 && endsWithAny(x.text()[:at], w.institutions) {
			x.a += at
		}
		x = x.trimStart(w.leads)
		if x.a == a {
			return x
		}
	}
}

// yearEnd is where the last year in a span ends that stands at its beginning or after a department's name, 0 when there is
// none.
func (w *Words) yearEnd(x span) int {
	st, end := x.s, 0
	for i := x.a; i < x.b; i++ {
		if st.folded[i] != w.yearMark {
			continue
		}
		y, a := st.yearBefore(i)
		if y == 0 || a < x.a || st.quoted(a) || a > x.a && a != end && !endsWithAny(st.folded[x.a:a], w.institutions) {
			continue
		}
		switch end = i + 1; {
		case end == x.b:
		case st.folded[end] == w.yearSuffix:
			end++
		case startsWithAny(st.folded[end:], w.yearPoints):
			end-- // 2024年初预算 is 年初预算
		}
	}
	return end
}

func startsWithAny(text []rune, list []phrase) bool {
	for i := range list {
		if hasPrefix(text, list[i].text) {
			return true
		}
	}
	return false
}

func endsWithAny(text []rune, list []phrase) bool {
	for i := range list {
		if hasSuffix(text, list[i].text) {
			return true
		}
	}
	return false
}

// closing removes from the end of a clause its verb and the words for the phase, which may be the whole clause. states says
// whether the clause has a verb.
func (r *reader) closing(x span, states bool) span {
	w := r.words
	before := -1
	for before != x.b {
		before = x.b
		x = x.trimEnd(w.verbs).trimPunctuation()
		x = remark(x)
		for i := range w.sumWords {
			if rest := x; hasSuffix(x.text(), w.sumWords[i].text) {
				if rest.b -= len(w.sumWords[i].text); !endsWithAny(rest.text(), w.sumKeeps) {
					x = rest
				}
			}
		}
		if rest, ok := r.phaseTail(x, states); ok {
			x = rest
		}
	}
	return x
}

// remark takes off an explanation in brackets: （以合同签订为准）.
func remark(x span) span {
	if x.empty() || x.s.folded[x.b-1] != ')' {
		return x
	}
	for i := x.b - 1; i >= x.a; i-- {
		if x.s.folded[i] == '(' {
			if x.b-i > 5 && i > x.a {
				x.b = i
			}
			return x
		}
	}
	return x
}

// phaseTail removes 年初预算, 支出决算 … from the end where a subject is left without it, or where the clause has no other words
// and continues the subject before: …, 支出决算为 ….
func (r *reader) phaseTail(x span, states bool) (span, bool) {
	w := r.words
	goesOn := x.a == x.s.clauseStart(x.a) && (len(r.carried.path) > 0 || r.amounts > 0)
	for i := range w.phaseTails {
		p := &w.phaseTails[i]
		if !hasSuffix(x.text(), p.text) {
			continue
		}
		rest := x
		rest.b -= len(p.text)
		switch {
		case p.value == "named" && endsWithAny(rest.text(), w.named):
			return rest, true
		case p.value == "strong" && (rest.empty() || rest.len() > 2):
			return rest, true
		case rest.empty() && is(w.bare, p.text) && w.dimensionsOf(r.carried.text).direction == "revenue":
			return x, false // behind revenue, 支出 is a subject of its own
		case rest.empty() && len(p.text) == 2:
			return rest, r.carried.name != ""
		case rest.empty():
			return rest, goesOn && states // 2024年支出预算, and 支出预算 without a verb, are subjects themselves
		}
	}
	return x, false
}

// clauseStart is where the clause around i begins; no clause that is read has more than 200 characters.
func (st *stream) clauseStart(i int) int {
	for least := i - 200; i > max(least, 0) && st.breaks[i] != paragraph; {
		switch st.folded[i-1] {
		case ',', ';', ':', '。':
			return i
		}
		i--
	}
	return i
}

// innermost leaves out what comes before the last verb inside a clause: 安排基本支出 is 基本支出, 省财政厅核定我市债务限额 is 债务限额.
func (r *reader) innermost(x span) span {
	w := r.words
	at, p := findLast(x.text(), w.inner)
	if p == nil || at == 0 || x.len()-at-len(p.text) < 2 || p.excluded(x.text()) {
		return x
	}
	inner := r.opening(span{x.s, x.a + at + len(p.text), x.b})
	if is(w.bare, inner.text()) {
		return x // 城乡社区安排的支出 is no expenditure of everything
	}
	return inner
}

// nameIn is the name of fixed wording that a clause has, the last of several.
func (w *Words) nameIn(x span) (span, bool) {
	at, p := findLast(x.text(), w.names)
	if p == nil {
		return x, false
	}
	return span{x.s, x.a + at, x.a + at + len(p.text)}, true
}

// unquoted takes off quotes that enclose the whole.
func unquoted(x span) span {
	if t := x.text(); len(t) > 2 && t[0] == '"' && t[len(t)-1] == '"' && !slices.Contains(t[1:len(t)-1], '"') {
		x.a++
		x.b--
	}
	return x
}

// completed joins a weak subject with the clauses before it: 实行绩效目标管理的项目 + 涉及资金.
func (r *reader) completed(x, clause, lead span) (string, []rune) {
	name, text := x.String(), slices.Clone(x.text())
	rest := lead
	for rest.b = clause.a; rest.b > rest.a; {
		rest = rest.trimPunctuationEnd()
		c := rest.lastClause()
		rest.b = max(rest.a, c.a-1)
		part := r.opening(c.trimPunctuation())
		part = part.trimCount(r.words.counts).trimEnd(r.words.verbs)
		part = part.between(r.words.withinBegin, r.words.withinEnd)
		if part.empty() {
			continue
		}
		name = part.String() + name
		text = append(slices.Clone(part.text()), text...)
		if !(endsWithAny(c.s.folded[:c.b], r.words.attribute) && len(text) < 60) {
			break
		}
	}
	return name, text
}

func (x span) trimPunctuationEnd() span {
	for !x.empty() && isJoint(x.s.folded[x.b-1]) {
		x.b--
	}
	return x
}

// trimCount takes off how many there are: 项目11个.
func (x span) trimCount(measures []phrase) span {
	for i := range measures {
		m := measures[i].text
		if !hasSuffix(x.text(), m) || x.len() <= len(m) || !isDigit(x.s.folded[x.b-len(m)-1]) {
			continue
		}
		x.b -= len(m)
		for !x.empty() && isDigit(x.s.folded[x.b-1]) {
			x.b--
		}
		return x
	}
	return x
}

// between takes off a first and a last word that belong together: 在…中.
func (x span) between(f, l []rune) span {
	if hasPrefix(x.text(), f) {
		x.a += len(f)
	}
	if hasSuffix(x.text(), l) {
		x.b -= len(l)
	}
	return x
}

// carriedSubject is the subject of a clause that names none: what was said before, else the section's title.
func (r *reader) carriedSubject(s subject) subject {
	c := r.carried
	c.phaseText = s.phaseText
	if c.name == "" {
		c.name = r.words.amount
	}
	return c
}

// otherSide names an expenditure that the sentence calls nothing else, behind the revenue that it is the other side of: 养老保险基金收入
// x，支出 y.
func (r *reader) otherSide(s subject) subject {
	head := r.head
	if head < 0 {
		head = r.lastHead
	}
	said := foldAll(s.name)
	if head < 0 || !is(r.words.bare, said) || firstOf(r.words.bare, said) != "expenditure" || r.out.Lines[head].EntityName != r.extent.name {
		return s
	}
	name := []rune(r.out.Lines[head].ItemName)
	for i := range r.words.bare {
		p := &r.words.bare[i]
		if p.value == "revenue" && len(name) > len(p.text) && hasSuffix(name, p.text) && !p.excluded(name) {
			s.name = string(name[:len(name)-len(p.text)]) + s.name
			s.text = foldAll(s.name)
		}
	}
	return s
}

// titleSubject is what a section is about by its title.
func (r *reader) titleSubject(s *model.Section) subject {
	t := &stream{words: r.words, section: s}
	t.add(s.Title, place{}, false, paragraph)
	x := span{t, 0, len(t.folded)}
	if p, ok := r.path(x); ok {
		return p
	}
	x = r.opening(x.trimPunctuation()).lastClause()
	x = x.trimEnd(r.words.titleEnds)
	return subject{name: x.String(), text: x.text()}
}

// isSum reports whether a name is a total of its own, which ends an enumeration of parts.
func (w *Words) isSum(name string) bool {
	return endsWithAny(foldAll(name), w.grandSums)
}
