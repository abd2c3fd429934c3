package prose

import (
	"iter"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// dimensions are what words say of an amount; what they do not say is "".
type dimensions struct {
	fund      schema.FundSource
	spending  schema.Spending
	direction string // revenue, expenditure, or both
}

// dimensionsOf reads a folded text.
func (w *Words) dimensionsOf(text []rune) dimensions {
	return dimensions{
		fund:      schema.FundSource(firstOf(w.funds, text)),
		spending:  schema.Spending(firstOf(w.spendings, text)),
		direction: firstOf(w.directions, text),
	}
}

// or fills what is not said from others.
func (d dimensions) or(o dimensions) dimensions {
	if d.fund == "" {
		d.fund = o.fund
	}
	if d.spending == "" {
		d.spending = o.spending
	}
	if d.direction == "" {
		d.direction = o.direction
	}
	return d
}

// ofLine is what a line's dimensions say to its parts.
func ofLine(l *schema.BudgetLine) dimensions {
	d := dimensions{}
	if l.FundSource != schema.AllFunds {
		d.fund = l.FundSource
	}
	if l.Spending != schema.AllSpending {
		d.spending = l.Spending
	}
	return d
}

// around are a section and those that it stands in, from the inside out.
func (r *reader) around(s *model.Section) iter.Seq[*model.Section] {
	const deepest = 8
	return func(yield func(*model.Section) bool) {
		for depth := 0; s != nil && depth < deepest && yield(s); depth++ {
			s = r.byNo[s.ParentNo]
		}
	}
}

// titleDimensions are what the titles of a section and of those around it say, the nearest first.
func (r *reader) titleDimensions(s *model.Section) dimensions {
	d := dimensions{}
	for s := range r.around(s) {
		if s.Level > 1 {
			d = d.or(r.words.dimensionsOf(foldAll(s.Title)))
		}
	}
	return d
}

// titleYear is the year that the titles of a section and of those around it say, the nearest first, else the document's.
func (r *reader) titleYear(s *model.Section) int32 {
	if r.ctx.TitleYear == nil {
		return r.docYear
	}
	for s := range r.around(s) {
		if y := r.ctx.TitleYear(s.Title); y != 0 {
			return y
		}
	}
	return r.docYear
}

// phaseOf is the phase that words name last, besides the names of funds that have 预算 in them; "" when none does.
func (w *Words) phaseOf(text []rune) schema.Phase {
	for i := len(text); i > 0; {
		at, p := findLast(text[:i], w.phases)
		if p == nil {
			return ""
		}
		if !w.masked(text[:i], at, len(p.text)) && !p.excluded(text) {
			return schema.Phase(p.value)
		}
		i = at
	}
	return ""
}

// masked reports whether the phrase at a place is part of a longer name.
func (w *Words) masked(text []rune, at, n int) bool {
	for i := range w.masks {
		m := w.masks[i].text
		for from := max(0, at-len(m)); from <= at; from++ {
			if from+len(m) >= at+n && hasPrefix(text[from:], m) {
				return true
			}
		}
	}
	return false
}

// phaseSaidIn is the phase that a clause says by a word for it, or by the verb at its end (收入完成 x); "" when it says none.
func (w *Words) phaseSaidIn(clause []rune) schema.Phase {
	if phase := w.phaseOf(clause); phase != "" {
		return phase
	}
	for i := range w.phaseVerbs {
		if p := &w.phaseVerbs[i]; hasSuffix(clause, p.text) && !p.excluded(clause) {
			return schema.Phase(p.value)
		}
	}
	return ""
}

// defaultPhase is the phase of an amount whose clause says none: that of the amount it is a part of or a reason for, else
// that of the document's own figures.
func (r *reader) defaultPhase() schema.Phase {
	if (r.parts || r.reason) && r.prev >= 0 {
		return r.out.Lines[r.prev].Phase
	}
	if r.scopePhase != "" {
		return r.scopePhase
	}
	if r.ctx.DocumentType == schema.FinalAccounts || r.titlePhase == schema.Executed {
		return schema.Executed
	}
	return schema.Approved
}

// phaseOfTitles is what the titles of a section and of those around it say, the nearest first.
func (r *reader) phaseOfTitles(s *model.Section) schema.Phase {
	for s := range r.around(s) {
		if phase := r.words.phaseOfTitle(foldAll(s.Title)); phase != "" {
			return phase
		}
	}
	return ""
}

// phaseOfTitle is the phase of the figures below a title that speaks of carrying out a budget, or of a new one; "" for one that
// speaks of both.
func (w *Words) phaseOfTitle(title []rune) schema.Phase {
	phase := schema.Phase("")
	for i := range w.titlePhases {
		p := &w.titlePhases[i]
		if index(title, p.text) < 0 || p.excluded(title) {
			continue
		}
		if said := schema.Phase(p.value); phase == "" {
			phase = said
		} else if phase != said {
			return ""
		}
	}
	return phase
}

// line makes the line of an amount of a subject.
func (r *reader) line(t *token, s subject) schema.BudgetLine {
	own := r.words.dimensionsOf(s.text)
	d := own
	if r.parts && r.head >= 0 {
		head := &r.out.Lines[r.head]
		if d = d.or(ofLine(head)); d.direction == "" && head.Direction == schema.DirectionRevenue {
			d.direction = "revenue" // of revenue the parts are revenue
		}
	}
	d = d.or(r.scope).or(r.titles)
	l := schema.BudgetLine{
		Statement: schema.Narrative, ItemName: s.name, Period: schema.AllPeriods, Meaning: schema.Stated, Verification: schema.Unchecked,
		FundSource: schema.AllFunds, Spending: schema.AllSpending, Direction: schema.DirectionExpenditure,
		EntityName: r.extent.name, FiscalYear: r.ctx.Year, Phase: r.words.phaseSaidIn(s.phaseText), ItemLevel: s.level,
	}
	if r.phaseSaid = l.Phase != ""; !r.phaseSaid {
		l.Phase = r.defaultPhase()
	}
	if r.year != 0 {
		l.FiscalYear = r.year
	}
	if d.fund != "" {
		l.FundSource = d.fund
	}
	if d.spending != "" {
		l.Spending = d.spending
	}
	if d.direction == "revenue" {
		l.Direction = schema.DirectionRevenue
	}
	l.Classification = r.classify(s, &l, own)
	switch l.Classification {
	case schema.ByThreePublic, schema.ByProcurement, schema.ByFunctional, schema.ByEconomicDepartment, schema.ByProject:
		l.Direction = schema.DirectionExpenditure
	}
	r.place(&l, t)
	return l
}

// classify says what the item of a line names.
func (r *reader) classify(s subject, l *schema.BudgetLine, own dimensions) schema.Classification {
	w, name := r.words, foldAll(s.name)
	if len(s.path) > 0 || is(w.function, name) {
		return schema.ByFunctional
	}
	if is(w.economic, name) {
		return schema.ByEconomicDepartment
	}
	if is(w.totals, name) {
		return schema.ByTotal
	}
	if c := firstOf(w.classes, name); c != "" {
		return schema.Classification(c)
	}
	switch {
	case l.Direction == schema.DirectionRevenue:
		return schema.ByRevenueSource
	case own.spending != "" || own.fund != "" || own.direction == "both":
		return schema.ByTotal
	}
	return schema.ByProject
}
