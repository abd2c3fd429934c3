package prose

import (
	"github.com/countybudget/extract/schema"
	"github.com/shopspring/decimal"
)

// FactKind is what a sentence says of its amounts.
type FactKind string

// The kinds of fact.
const (
	Share      FactKind = "share"      // Line is Percent of Of (占 x %)
	Change     FactKind = "change"     // Line is Change more than in BaseYear, which is Percent of the amount then (增长 x %)
	Completion FactKind = "completion" // Line is Percent of the budget Of (完成预算的 x %)
	Flat       FactKind = "flat"       // Line is what it was in BaseYear (持平)
	Parts      FactKind = "parts"      // Parts are listed as parts of Line (其中); they need not be all of it
)

// Fact is a relation that the prose states between amounts. Lines are given by their index in Narrative.Lines, -1 where the
// sentence does not state the amount.
type Fact struct {
	Kind     FactKind
	Line     int
	Of       int    // of a share and a completion
	OfName   string // what a share is of, where the sentence says so: 本年支出合计
	Change   int    // the line of the change, signed
	Parts    []int
	Percent  decimal.NullDecimal // as printed, negative for 下降; a change without one has none
	Places   int32               // decimals that Percent is printed with: the tolerance is half a unit of the last
	BaseYear int32               // 0 when the sentence names none
	// BasePhase is what of BaseYear it is compared with (比2023年预算数, 比上年决算数); "" when the sentence does not say.
	BasePhase schema.Phase
	SectionNo int32
	Page      int32
	RawText   string // the percentage or the word as printed
}

// newFact is a fact of the current section without amounts.
func (r *reader) newFact(k FactKind, at span) Fact {
	f := Fact{Kind: k, Line: -1, Of: -1, Change: -1, SectionNo: int32(r.st.section.No), RawText: at.String()}
	f.Page, _ = r.st.boxOf(at.a, at.b)
	return f
}

// percent makes a fact of a percentage.
func (r *reader) percent(t *token, lead span) {
	clause := lead.lastClause()
	at := span{r.st, t.a, t.end}
	switch {
	case r.share(t, clause, at):
	case r.growth(t, clause, at):
	case containsAny(clause.text(), r.words.completes):
		r.completion(t, clause, at)
	}
}

func (r *reader) share(t *token, clause, at span) bool {
	i, p := findLast(clause.text(), r.words.shares)
	if p == nil || r.prev < 0 {
		return false
	}
	f := r.newFact(Share, at)
	f.Line, f.Percent, f.Places = r.prev, decimal.NewNullDecimal(t.value), t.places
	of := span{r.st, clause.a + i + len(p.text), t.a}.trimStart(r.words.owners).trimEnd(r.words.percentFillers).trimStart(r.words.percentFillers)
	if !of.empty() {
		f.OfName = of.String()
		if f.Of = r.named(f.OfName, r.prev); f.Of < 0 {
			f.Of = r.named(r.subject(of, span{r.st, of.a, of.a}).name, r.prev)
		}
	} else if r.parts {
		f.Of = r.head
	}
	r.out.Facts = append(r.out.Facts, f)
	return true
}

func (r *reader) growth(t *token, clause, at span) bool {
	x := clause.trimEnd(r.words.changeFillers)
	sign, ok := r.words.changeEnding(x)
	if !ok {
		return false
	}
	v := t.value.Abs()
	if sign < 0 {
		v = v.Neg()
	}
	// The change in money has been stated just before: 增加 x 万元，增长 y %.
	if r.changeEnd == clause.a-1 {
		if r.change < 0 {
			return true
		}
		f := &r.out.Facts[r.change]
		f.Percent, f.Places, f.RawText = decimal.NewNullDecimal(v), t.places, at.String()
		r.settleChange(f)
		return true
	}
	if r.prev < 0 {
		return true
	}
	f := r.newFact(Change, at)
	f.Line, f.Percent, f.Places = r.prev, decimal.NewNullDecimal(v), t.places
	f.BaseYear, f.BasePhase = r.base(span{r.st, r.sentence.a, t.a})
	r.out.Facts = append(r.out.Facts, f)
	return true
}

// completion relates an executed amount to the budget that the sentence has stated for the same subject.
func (r *reader) completion(t *token, clause, at span) {
	if r.prev < 0 {
		return
	}
	f := r.newFact(Completion, at)
	f.Line, f.Percent, f.Places = r.prev, decimal.NewNullDecimal(t.value), t.places
	want := r.words.phaseOf(clause.text())
	name := r.out.Lines[r.prev].ItemName
	for i := r.prev - 1; i >= max(r.prev-3, 0); i-- {
		l := &r.out.Lines[i]
		if l.ItemName == name && l.Phase != schema.Executed && (want == "" || l.Phase == want) {
			f.Of = i
			break
		}
	}
	r.out.Facts = append(r.out.Facts, f)
	// What is so much of a budget is what was carried out of it.
	if !r.phaseSaid {
		r.out.Lines[r.prev].Phase = schema.Executed
	}
}

// flat notes that an amount has not changed. x is the text between two amounts.
func (r *reader) flat(x span) {
	at, p := find(x.text(), r.words.flats)
	if p == nil {
		return
	}
	clause := span{r.st, x.a, x.a + at}.lastClause()
	year, phase := r.base(clause)
	if year == 0 {
		return
	}
	line := r.prev
	if before := r.words.cutComparison(clause); !before.empty() {
		if s := r.subject(before, span{r.st, before.a, before.a}); s.name != "" {
			line = r.named(s.name, r.prev+1)
		}
	}
	if line < 0 {
		return
	}
	f := r.newFact(Flat, span{r.st, x.a + at, x.a + at + len(p.text)})
	f.Line, f.BaseYear, f.BasePhase = line, year, phase
	r.out.Facts = append(r.out.Facts, f)
}

// named is the last line before one that has a name, -1 when there is none.
func (r *reader) named(name string, before int) int {
	for i := min(before, len(r.out.Lines)) - 1; i >= 0; i-- {
		if r.out.Lines[i].ItemName == name {
			return i
		}
	}
	return -1
}

// part lists a line among the parts of a head, or of the amount beside the head that has the line's phase: parts of 年初预算
// and of 支出决算 stand in turn.
func (r *reader) part(head, line int) {
	if head < 0 {
		return
	}
	l, name := &r.out.Lines[line], r.out.Lines[head].ItemName
	for i := head; i < min(head+3, line); i++ {
		whole := &r.out.Lines[i]
		if whole.ItemName != name || whole.Phase != l.Phase || whole.FiscalYear != l.FiscalYear {
			continue
		}
		for _, k := range r.lists {
			if f := &r.out.Facts[k]; f.Line == i {
				f.Parts = append(f.Parts, line)
				return
			}
		}
		f := r.newFact(Parts, span{r.st, r.sentence.a, r.sentence.a})
		f.Line, f.Parts = i, []int{line}
		whole.IsAggregate = true
		r.lists = append(r.lists, len(r.out.Facts))
		r.out.Facts = append(r.out.Facts, f)
		return
	}
}
