package prose

import (
	"github.com/countybudget/extract/schema"
	"github.com/shopspring/decimal"
)

// changeClause is a clause that states a change: 公用经费比上年减少 …, 减少公用经费 ….
type changeClause struct {
	sign    int
	subject span // what changes; empty when the clause does not say
	object  bool // the subject follows the word
	text    span // the whole clause
}

// changeIn reads a clause as one that states a change.
func (r *reader) changeIn(clause span) (changeClause, bool) {
	w := r.words
	if containsAny(clause.text(), w.notChanges) {
		return changeClause{}, false
	}
	c := changeClause{text: clause}
	at, p := findLast(clause.text(), w.changes)
	if p == nil {
		x := clause.trimEnd(w.changeFillers)
		end, q := w.ending(x, w.changeEnds)
		if q == nil {
			return c, false
		}
		if _, cmp := w.comparison(x); cmp == nil {
			return c, false
		}
		at, p = end-clause.a, q
	}
	c.sign = 1
	if p.value == "-1" {
		c.sign = -1
	}
	before := span{r.st, clause.a, clause.a + at}
	after := span{r.st, clause.a + at + len(p.text), clause.b}
	rest := after.trimStart(w.changeFillers)
	if rest.empty() {
		c.subject = w.cutComparison(before)
		switch {
		case r.reason && c.subject.empty():
			c.subject, c.object = after.trimEnd(w.verbs), after.len() > 1
		case r.reason:
			c.subject, c.object = r.inReason(c.subject), true
		}
		return c, true
	}
	// 增加到, 增加至 and 调整后预算为 state a level, not a change.
	if endsWithAny(clause.text(), w.changeLevels) {
		return c, false
	}
	if x := after.trimEnd(w.verbs); x.len() < 2 || endsWithAny(after.text(), w.changeVerbs) {
		return c, false
	}
	c.subject, c.object = after, true
	return c, true
}

// inReason is the last subject of a change that a reason names: 增加了“甲”、“乙”两个项目共 is 两个项目.
func (r *reader) inReason(x span) span {
	if at, p := findLast(x.text(), r.words.reasons); p != nil {
		x.a += at + len(p.text)
		x = x.trimPunctuation().trimStart(r.words.verbs)
	}
	if at, p := findLast(x.text(), r.words.changes); p != nil {
		x.a += at + len(p.text)
		x = x.trimStart(r.words.changeFillers)
	}
	if at := lastIndex(x.text(), []rune{'"'}); at >= 0 && x.a+at+1 < x.b {
		x.a += at + 1
	}
	return x
}

// ending is the phrase that a span ends with and where it begins.
func (w *Words) ending(x span, list []phrase) (int, *phrase) {
	for i := range list {
		if hasSuffix(x.text(), list[i].text) {
			return x.b - len(list[i].text), &list[i]
		}
	}
	return x.b, nil
}

// changeEnding is the sign of the change word that a span ends with.
func (w *Words) changeEnding(x span) (sign int, ok bool) {
	_, p := w.ending(x, w.changes)
	if p == nil {
		_, p = w.ending(x, w.changeEnds)
	}
	switch {
	case p == nil:
		return 0, false
	case p.value == "-1":
		return -1, true
	}
	return 1, true
}

// addChange makes a line of a change and relates it to the amount that has changed.
func (r *reader) addChange(t *token, c changeClause) {
	ref := r.reference(t, c)
	s := subject{}
	if !c.subject.empty() {
		s = r.subject(c.subject, span{r.st, c.subject.a, c.subject.a})
	}
	var l schema.BudgetLine
	switch {
	case s.name == "" && ref >= 0:
		l = r.out.Lines[ref]
		r.place(&l, t)
		s.path = r.out.Paths[ref]
	default:
		if s.name == "" {
			s = r.changedSubject(c, s)
		}
		l = r.line(t, s)
		if ref >= 0 && r.out.Lines[ref].ItemName == s.name {
			keepDimensions(&l, &r.out.Lines[ref])
		}
	}
	l.ItemName += r.words.change
	l.IsAggregate = false
	l.FiscalYear = r.ctx.Year
	if ref >= 0 {
		l.FiscalYear = r.out.Lines[ref].FiscalYear
	}
	if l.Amount = l.Amount.Abs(); c.sign < 0 {
		l.Amount = l.Amount.Neg()
	}
	n := r.add(l, s)
	if s.name != "" && !c.object && !r.reason {
		r.carried = s
	}
	r.change, r.changeEnd = -1, t.end
	if ref < 0 || c.object || r.reason && s.name != "" {
		return
	}
	f := r.newFact(Change, span{r.st, t.a, t.end})
	f.Line, f.Change = ref, n
	f.BaseYear, f.BasePhase = r.base(span{r.st, r.sentence.a, t.a})
	r.change = len(r.out.Facts)
	r.out.Facts = append(r.out.Facts, f)
}

// changedSubject is the subject of a change that names none and follows no amount. Where it compares with nothing it is no change of
// what the title names: 节约资金 x.
func (r *reader) changedSubject(c changeClause, s subject) subject {
	if _, p := r.words.comparison(c.text); p == nil && r.amounts == 0 && !r.reason {
		if x := r.opening(c.text); !x.empty() {
			return subject{name: x.String(), text: x.text(), phaseText: x.text()}
		}
	}
	return r.carriedSubject(s)
}

func keepDimensions(l, from *schema.BudgetLine) {
	l.Phase, l.Direction, l.Classification = from.Phase, from.Direction, from.Classification
	l.FundSource, l.Spending, l.ItemLevel = from.FundSource, from.Spending, from.ItemLevel
}

// reference is the amount that has changed: the one named, else the one before; where a change follows an enumeration and is too
// large for the part before it, the whole; -1 when there is none.
func (r *reader) reference(t *token, c changeClause) int {
	if r.prev < 0 {
		return -1
	}
	if !c.subject.empty() {
		if c.object {
			return -1
		}
		s := r.subject(c.subject, span{r.st, c.subject.a, c.subject.a})
		if s.name != "" {
			for i := len(r.out.Lines) - 1; i >= r.first; i-- {
				if r.out.Lines[i].ItemName == s.name {
					return i
				}
			}
			if r.words.dimensionsOf(s.text).direction == "both" {
				return r.prev // 收、支总计各增加
			}
			return -1
		}
	}
	whole := r.head
	if opening := r.opensSentence(); opening && r.lastHead >= 0 {
		whole = r.lastHead
		if r.head < 0 {
			return whole
		}
	}
	if whole >= 0 && r.enumerated {
		return whole // 其中：甲 x、乙 y，比上年增加 z
	}
	if whole >= 0 && whole != r.prev && !r.possible(r.prev, t, c.sign) && r.possible(whole, t, c.sign) {
		return whole
	}
	return r.prev
}

// opensSentence reports whether no amount stands before in the sentence.
func (r *reader) opensSentence() bool {
	return r.prev < 0 || r.amounts == 0
}

// possible reports whether an amount can have changed by t: what it was before is not negative.
func (r *reader) possible(line int, t *token, sign int) bool {
	change := t.value.Mul(t.yuan).Abs()
	if sign < 0 {
		return true
	}
	return r.out.Lines[line].Amount.Cmp(change) >= 0
}

// settleChange makes a change one of the whole, not of the part, where its percentage holds for the whole alone.
func (r *reader) settleChange(f *Fact) {
	whole := r.head
	if whole < 0 || whole == f.Line || r.out.Lines[f.Change].ItemName != r.out.Lines[f.Line].ItemName+r.words.change {
		return
	}
	if r.agrees(f.Line, f) || !r.agrees(whole, f) {
		return
	}
	l, from := &r.out.Lines[f.Change], r.out.Lines[whole]
	l.ItemName = from.ItemName + r.words.change
	keepDimensions(l, &from)
	r.out.Paths[f.Change] = r.out.Paths[whole]
	f.Line = whole
}

// agrees reports whether a change and its percentage fit an amount to the places printed.
func (r *reader) agrees(line int, f *Fact) bool {
	change := r.out.Lines[f.Change].Amount
	before := r.out.Lines[line].Amount.Sub(change)
	if before.Sign() <= 0 {
		return false
	}
	exact := change.Shift(2).DivRound(before, f.Places+4)
	return exact.Sub(f.Percent.Decimal).Abs().Cmp(decimal.New(1, -f.Places)) <= 0
}

// comparison is where a span compares with another year (比上年, 与2023年度), and the phrase for the year it names, which is
// nil where it does not compare. A year in digits has a phrase without text.
func (w *Words) comparison(x span) (int, *phrase) {
	text := x.text()
	for i := len(text) - 1; i >= 0; i-- {
		if !is(w.compares, text[i:i+1]) {
			continue
		}
		rest := text[i+1:]
		for k := range w.bases {
			if hasPrefix(rest, w.bases[k].text) {
				return x.a + i, &w.bases[k]
			}
		}
		if len(rest) > 4 && isDigit(rest[0]) && isDigit(rest[3]) && rest[4] == w.yearMark {
			return x.a + i, &phrase{value: "digits"}
		}
	}
	return x.b, nil
}

// cutComparison leaves out what a span says after 比上年.
func (w *Words) cutComparison(x span) span {
	at, p := w.comparison(x)
	if p != nil {
		x.b = at
	}
	return x.trimPunctuation()
}

// base is the year, and its phase where said, that the last comparison in a span names.
func (r *reader) base(x span) (int32, schema.Phase) {
	at, p := r.words.comparison(x)
	if p == nil {
		return 0, ""
	}
	tail := r.st.folded[at:x.b]
	for i, c := range tail {
		if c == ',' || c == ';' || c == '。' {
			tail = tail[:i]
			break
		}
	}
	phase := r.words.phaseOf(tail)
	switch p.value {
	case "digits":
		y, _ := r.st.yearBefore(at + 5)
		return y, phase
	case "-1":
		if r.ctx.Year == 0 {
			return 0, phase
		}
		return r.ctx.Year - 1, phase
	}
	return 0, phase
}
