package prose

import (
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// reader goes through the sections of one document and keeps what later sentences refer to.
type reader struct {
	words *Words
	ctx   Context
	byNo  map[int]*model.Section
	out   Narrative
	boxes []PageBox // of the amount that was placed last

	st         *stream
	titles     dimensions   // what the titles around the section say
	titlePhase schema.Phase // that the titles around the section say
	docYear    int32        // of the document; ctx.Year is the section's
	extents    extents      // how the document says whose money it speaks of
	scope      dimensions   // what the sentence that introduces a list says (主要内容如下：)
	scopePhase schema.Phase // likewise (主要项目完成情况如下：)
	carried    subject      // what a clause without a subject is about

	sentence       span
	titleExtent    string // whose money the titles around the section speak of
	sentenceExtent string // likewise the sentence so far
	extent         extent // of the amount that is read

	topic      string // what the passage is about; "" in sections
	first      int    // the section's first line
	phaseSaid  bool   // the clause of the last amount says its phase
	year       int32  // named in the sentence, 0 when none
	parts      bool   // after 其中: what follows are parts of the head
	enumerated bool   // the last amount is one of several parts that an enumeration comma joins
	reason     bool   // after 主要原因
	head       int    // the line whose parts follow, or the last one that is no part
	lastHead   int    // the head of the sentence before
	prev       int    // the last line that is an amount of its own, no change and no base of comparison
	change     int    // the fact of the last change
	changeEnd  int    // where the text of that change ends
	lists      []int  // the facts that list the parts of the head, by the phase of the parts
	listHead   int    // the amount that numbered paragraphs are parts of
	fresh      bool   // no amount yet in the paragraph
	amounts    int    // in the sentence so far
	open       bool   // the sentence before ended with a colon, a comma or a semicolon
}

// section reads one section, whose clauses are about a subject until they name one. Of the section before, only the scope of a list above is kept.
func (r *reader) section(s *model.Section, about subject) {
	r.st = newStream(r.words, s)
	tokens := r.words.tokens(r.st)
	if len(tokens) == 0 {
		return
	}
	r.titles, r.ctx.Year = r.titleDimensions(s), r.titleYear(s)
	r.titlePhase, r.titleExtent = r.phaseOfTitles(s), r.titleExtentOf(s)
	r.sentenceExtent, r.extent = r.titleExtent, extent{}
	r.scope, r.scopePhase, r.carried = dimensions{}, "", about
	r.first = len(r.out.Lines)
	r.head, r.lastHead, r.prev, r.change, r.changeEnd, r.listHead = -1, -1, -1, -1, -1, -1
	r.lists, r.open = nil, false
	for start := 0; start < len(r.st.folded); {
		end := r.st.sentenceEnd(start)
		n := 0
		for n < len(tokens) && tokens[n].a < end {
			n++
		}
		r.read(span{r.st, start, end}, tokens[:n])
		tokens = tokens[n:]
		start = end
	}
}

// sentenceEnd is where the sentence that begins at i ends: after its full stop, or where a paragraph ends.
func (st *stream) sentenceEnd(i int) int {
	for i++; i < len(st.folded); i++ {
		if st.breaks[i] == paragraph {
			return i
		}
		switch st.folded[i-1] {
		case '。', '!', '?':
			return i
		}
	}
	return i
}

// read reads one sentence with its numbers.
func (r *reader) read(x span, tokens []token) {
	r.begin(x)
	pos := x.a
	for i := range tokens {
		t := &tokens[i]
		lead := span{r.st, pos, t.a}
		r.between(lead)
		if t.percent {
			r.percent(t, lead)
		} else {
			r.money(t, lead)
		}
		pos = t.end
	}
	tail := span{r.st, pos, x.b}
	r.between(tail)
	r.finish(tail)
}

// begin opens a sentence. One that goes on with 其中, or after a colon, enumerates parts of what was before.
func (r *reader) begin(x span) {
	r.sentence, r.amounts = x, 0
	if r.st.breaks[x.a] == paragraph {
		r.fresh = true
		if r.words.numbering(r.st.printed[x.a:x.b]) == 0 {
			r.listHead = -1
		}
	}
	if r.open {
		return
	}
	r.year, r.reason = 0, false
	if !r.sameMoney(x) {
		r.sentenceExtent = r.titleExtent
	}
	if r.opensParts(x) {
		if r.lastHead >= 0 {
			r.head = r.lastHead
		}
		r.parts = true
		r.endList()
		if r.prev >= 0 && r.out.Lines[r.prev].FiscalYear != r.ctx.Year {
			r.year = r.out.Lines[r.prev].FiscalYear
		}
		return
	}
	r.parts, r.lastHead, r.head = false, r.head, -1
	r.endList()
}

// opensParts reports whether a sentence begins with 其中, perhaps behind the mark of a list: it goes on with parts.
func (r *reader) opensParts(x span) bool {
	at, p := find(x.text()[:min(4, x.len())], r.words.parts)
	return p != nil && at <= 2
}

// endList begins a new list of parts, but within numbered paragraphs that are all parts of one amount.
func (r *reader) endList() {
	if r.listHead < 0 {
		r.lists = nil
	}
}

// finish closes a sentence.
func (r *reader) finish(tail span) {
	x := r.sentence
	if r.head >= 0 {
		r.lastHead = r.head
	}
	if r.open = false; x.empty() {
		return
	}
	switch r.st.folded[x.b-1] {
	case ':', ',', ';', '、':
		r.open = true
	}
	numbered := r.words.numbering(r.st.printed[x.a:x.b]) > 0
	if !numbered && r.st.breaks[x.a] == paragraph {
		r.scope, r.scopePhase = dimensions{}, ""
	}
	if r.open && r.st.folded[x.b-1] == ':' {
		if r.head < 0 {
			clause := tail.trimPunctuation().lastClause().text()
			r.scope, r.scopePhase = r.words.dimensionsOf(clause), r.words.phaseOfTitle(clause)
		} else if numberedNext := x.b < len(r.st.folded) && r.words.numbering(r.st.printed[x.b:]) > 0; numberedNext {
			// The list that follows has its own heads; it stays about the same money.
			r.scope, r.listHead = ofLine(&r.out.Lines[r.head]), r.head
			r.lists, r.open = nil, false
		}
	}
}

// between reads the text between two amounts: it may say something of both.
func (r *reader) between(x span) {
	if x.empty() {
		return
	}
	text := x.text()
	for i, c := range text {
		if c == ';' {
			r.year, r.reason = 0, false
			if at, _ := find(text[i:], r.words.parts); at > 0 {
				r.parts = false // the parts that follow are of something without an amount
			}
			if !r.parts {
				r.head = -1
				r.endList()
			}
		}
		if c == r.words.yearMark {
			r.noteYear(x.a + i)
		}
	}
	if at, p := findLast(text, r.words.parts); p != nil && !(r.reason && at == 0) && r.prev >= 0 && r.head >= 0 {
		if !r.parts || index(text, r.words.parts[0].text) >= 0 {
			r.parts = true
		}
	}
	if containsAny(text, r.words.reasons) {
		r.reason = true
	}
	if s, ok := r.lastPath(x); ok {
		r.carried = s
	}
	r.flat(x)
}

// money makes a line of an amount.
func (r *reader) money(t *token, lead span) {
	clause := lead.lastClause()
	r.noteExtent(lead)
	if c, ok := r.changeIn(clause); ok {
		r.addChange(t, c)
		return
	}
	if year, phase := r.base(clause); year != 0 && r.words.cutComparison(clause).empty() && r.prev >= 0 {
		r.addBase(t, year, phase)
		return
	}
	s := r.subject(clause, lead)
	adjusted := r.adjusts(clause, s)
	if s.name == "" || adjusted {
		s = r.carriedSubject(s)
	}
	s = r.otherSide(s)
	l := r.line(t, s)
	if adjusted {
		l.Phase = schema.Adjusted
	}
	n := r.add(l, s)
	switch {
	case r.parts && !r.words.isSum(s.name):
		r.part(r.head, n)
	case r.head < 0 || r.words.isSum(s.name):
		if r.listHead >= 0 && (r.fresh || s.name == r.carried.name) {
			r.part(r.listHead, n)
		}
		r.endList()
		r.head, r.parts = n, false
	}
	r.enumerated = r.parts && !lead.empty() && lead.text()[0] == r.words.enumeration
	r.prev, r.carried, r.fresh = n, s, false
	r.amounts++
}

// adjusts reports whether a clause says to what the amount before is adjusted (经批准调整为 x), and names no other.
func (r *reader) adjusts(clause span, s subject) bool {
	if r.amounts == 0 || !endsWithAny(clause.text(), r.words.adjusts) {
		return false
	}
	own := r.words.dimensionsOf(s.text)
	return own == dimensions{} && r.words.phaseOf(s.text) == "" && len(s.path) == 0 && firstOf(r.words.classes, s.text) == ""
}

// addBase keeps an amount that another is compared with: 比2023年预算86.30万元增加 ….
func (r *reader) addBase(t *token, year int32, phase schema.Phase) {
	l := r.out.Lines[r.prev]
	r.place(&l, t)
	l.FiscalYear, l.IsAggregate = year, false
	if phase != "" {
		l.Phase = phase
	}
	r.add(l, subject{path: r.out.Paths[r.prev]})
}

func (r *reader) add(l schema.BudgetLine, s subject) int {
	r.out.Lines, r.out.Boxes = append(r.out.Lines, l), append(r.out.Boxes, r.boxes)
	r.out.Paths = append(r.out.Paths, s.path)
	return len(r.out.Lines) - 1
}

// place fills the amount and where it stands.
func (r *reader) place(l *schema.BudgetLine, t *token) {
	l.Amount = t.value.Mul(t.yuan).Round(2)
	l.RawText, l.RawUnit = span{r.st, t.a, t.b}.String(), t.unit
	r.boxes = r.st.boxesOf(t.a, t.b)
	page, box := r.st.boxOf(t.a, t.b)
	l.Page = page
	l.X0, l.Y0, l.X1, l.Y1 = float32(box.X0), float32(box.Y0), float32(box.X1), float32(box.Y1)
	l.PageLabel = ""
	if r.ctx.PageLabel != nil {
		l.PageLabel = r.ctx.PageLabel(int(page))
	}
	l.Row, l.Col, l.SectionNo = -1, -1, int32(r.st.section.No)
	l.Source, l.Confidence = r.st.origin(t.a, t.b)
}

// noteYear takes in the year whose 年 stands at i, unless it is a date, part of a range or of a name, or what the amount
// is compared with.
func (r *reader) noteYear(i int) {
	y, a := r.st.yearBefore(i)
	if y == 0 || a > 0 && is(r.words.compares, r.st.folded[a-1:a]) || r.st.quoted(a) {
		return
	}
	after := r.st.folded[i+1 : min(i+3, len(r.st.folded))]
	if is(r.words.carryovers, after) {
		return // 2023年结转 is money of this year
	}
	r.year = y
}

// yearBefore is the year whose 年 stands at i and where its digits begin; 0 for a date and a range of years.
func (st *stream) yearBefore(i int) (year int32, at int) {
	a := i - 4
	if a < 0 || a > 0 && (isDigit(st.folded[a-1]) || st.folded[a-1] == '-' || st.folded[a-1] == st.words.yearRange) {
		return 0, a
	}
	if i+1 < len(st.folded) && isDigit(st.folded[i+1]) {
		return 0, a
	}
	for _, d := range st.folded[a:i] {
		if !isDigit(d) {
			return 0, a
		}
		year = year*10 + (d - '0')
	}
	if year < 1990 || year > 2099 {
		return 0, a
	}
	return year, a
}

// quoted reports whether i stands inside quotes or 《》 of its paragraph's last 60 runes.
func (st *stream) quoted(i int) bool {
	quotes, titles := 0, 0
	for k := i - 1; k >= 0 && k > i-60 && st.breaks[k+1] != paragraph && st.folded[k] != '。'; k-- {
		switch st.folded[k] {
		case '"':
			quotes++
		case '《':
			titles++
		case '》':
			titles--
		}
	}
	return quotes%2 == 1 || titles > 0
}
