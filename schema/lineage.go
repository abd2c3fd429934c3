package schema

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Departments are followed through their names in three steps. The alias file is taken at its word. Of the other names, one
// that ends is joined with one that begins where two of three things say so: the figures that the new one's documents
// repeat, the department's code, and the likeness of the names; figures of two measures are enough, and one that differs is
// too many. A department that ends has gone into another where that one's documents repeat the sum of both. Merged
// departments stay two, and are linked.

// office is a department in the making: the documents under one name, or under several that were joined.
type office struct {
	region  string // code, or the name where there is no code
	code    string // of the region
	key     string // the normalized name it is known under
	title   string // that name as the alias file writes it; "" where documents have it
	docs    []*docEntry
	curated bool
	aliased bool                       // the alias file speaks of the name
	into    []*office                  // it was merged into these
	own     map[figureKey]int64        // of its own documents, each for its own year and phase
	other   map[figureKey]statedFigure // what its documents repeat of other years and phases
	weak    map[figureKey]bool         // of own: read from a scan
}

// lineage is what became of the departments.
type lineage struct {
	rows []DepartmentRow
	// offices finds a document's department, by document.
	offices map[string]placedOffice
}

type placedOffice struct {
	id  string
	key string // the name it is known under
}

// followDepartments derives the departments of an output.
func followDepartments(docs []docEntry, aliases []DepartmentAlias) lineage {
	b := &lineageBuilder{byName: map[officeKey]*office{}, aliases: aliases}
	b.place(docs)
	for _, o := range b.all {
		o.collectFigures()
	}
	b.joinRenamed()
	b.linkMerged()
	return b.finish()
}

type officeKey struct{ region, name string }

type merger struct {
	from *office
	into officeKey
}

type lineageBuilder struct {
	aliases []DepartmentAlias
	byName  map[officeKey]*office
	all     []*office // in the order of region and name
	mergers []merger
}

// place puts each document under the name that the alias file gives it, or its own.
func (b *lineageBuilder) place(docs []docEntry) {
	spoken := map[string]bool{}
	for i := range b.aliases {
		a := &b.aliases[i]
		for _, name := range [...]string{a.Name, a.Current, a.MergedInto} {
			spoken[normalizeName(name)] = true
		}
	}
	for i := range docs {
		e := &docs[i]
		if e.department == "" {
			continue
		}
		name, into := "", ""
		for j := range b.aliases {
			if a := &b.aliases[j]; a.appliesTo(e) {
				name, into = a.Current, a.MergedInto
				break
			}
		}
		key := officeKey{e.region(), cmp.Or(normalizeName(name), e.department)}
		o := b.byName[key]
		if o == nil {
			o = &office{region: key.region, code: e.regionCode, key: key.name, aliased: spoken[key.name]}
			b.byName[key] = o
			b.all = append(b.all, o)
		}
		o.docs = append(o.docs, e)
		if key.name != e.department {
			o.curated, o.title = true, name
		}
		if into != "" {
			o.curated = true
			b.mergers = append(b.mergers, merger{o, officeKey{key.region, normalizeName(into)}})
		}
	}
	slices.SortFunc(b.all, func(x, y *office) int { return cmp.Or(cmp.Compare(x.region, y.region), cmp.Compare(x.key, y.key)) })
	for _, o := range b.all {
		slices.SortFunc(o.docs, func(x, y *docEntry) int { return cmp.Compare(x.id, y.id) })
	}
}

// collectFigures takes the figures of its documents, of several publications of one budget from the one in force.
func (o *office) collectFigures() {
	o.own, o.other, o.weak = map[figureKey]int64{}, map[figureKey]statedFigure{}, map[figureKey]bool{}
	ranked := slices.Clone(o.docs)
	slices.SortStableFunc(ranked, comparePublications)
	for _, e := range ranked {
		for _, f := range e.figures {
			if f.Year == e.year && f.Phase == e.documentType.Phase() {
				if _, ok := o.own[f.figureKey]; !ok {
					o.own[f.figureKey], o.weak[f.figureKey] = f.Fen, f.Recognized
				}
			} else if _, ok := o.other[f.figureKey]; !ok {
				o.other[f.figureKey] = f
			}
		}
	}
}

// years are the first and the last of its documents; 0 when none is known.
func (o *office) years() (first, last int32) {
	for _, e := range o.docs {
		if e.year == unknownYear {
			continue
		}
		if first == 0 || e.year < first {
			first = e.year
		}
		last = max(last, e.year)
	}
	return first, last
}

// joinRenamed joins a department whose documents end with one whose documents begin, where each fits no other.
func (b *lineageBuilder) joinRenamed() {
	next, before := map[*office][]*office{}, map[*office][]*office{}
	beginning := b.byFirstYear()
	for _, old := range b.all {
		_, last := old.years()
		if last == 0 || old.aliased {
			continue
		}
		for _, year := range [...]int32{last, last + 1} {
			for _, o := range beginning[beginningAt{old.region, year}] {
				if o != old && !o.aliased && follows(old, o) && renamed(old, o) {
					next[old] = append(next[old], o)
					before[o] = append(before[o], old)
				}
			}
		}
	}
	// The earliest first, so that a department that was renamed twice is handed on.
	slices.SortStableFunc(b.all, func(x, y *office) int {
		_, lastX := x.years()
		_, lastY := y.years()
		return cmp.Compare(lastX, lastY)
	})
	for _, old := range b.all {
		if len(next[old]) != 1 || len(before[next[old][0]]) != 1 {
			continue
		}
		o := next[old][0]
		o.docs = append(o.docs, old.docs...)
		o.collectFigures()
		old.docs = nil
	}
	b.all = slices.DeleteFunc(b.all, func(o *office) bool { return len(o.docs) == 0 })
}

type beginningAt struct {
	region string
	year   int32
}

func (b *lineageBuilder) byFirstYear() map[beginningAt][]*office {
	found := map[beginningAt][]*office{}
	for _, o := range b.all {
		if first, _ := o.years(); first != 0 {
			found[beginningAt{o.region, first}] = append(found[beginningAt{o.region, first}], o)
		}
	}
	return found
}

// follows says whether the documents of o begin where those of old end: the year after, or with the accounts of the last
// year, which are published long after its budget and may bear the new name already.
func follows(old, o *office) bool {
	_, last := old.years()
	first, _ := o.years()
	if first == last+1 {
		return true
	}
	other := func(t DocumentType) func(*docEntry) bool {
		return func(e *docEntry) bool { return e.year == last && e.documentType != t }
	}
	return first == last && !slices.ContainsFunc(old.docs, other(Budget)) && !slices.ContainsFunc(o.docs, other(FinalAccounts))
}

// renamed weighs what says that two departments are one.
func renamed(old, o *office) bool {
	agree, refuted := o.repeats(old.own, old.weak)
	if refuted {
		return false
	}
	proofs := min(agree, 2)
	if sharedCode(old, o) {
		proofs++
	}
	if alike(old.key, o.key) {
		proofs++
	}
	return proofs >= 2
}

// repeats compares what the documents of o say of other years with figures: how many measures agree, none of them 0, with
// different amounts; and whether one differs. What was read from a scan refutes nothing.
func (o *office) repeats(figures map[figureKey]int64, weak map[figureKey]bool) (agree int, refuted bool) {
	amounts := map[int64]bool{}
	for k, f := range o.other {
		had, ok := figures[k]
		switch {
		case !ok || had == 0 && f.Fen == 0:
		case had == f.Fen:
			amounts[had] = true
		case !f.Recognized && !weak[k]:
			refuted = true
		}
	}
	return len(amounts), refuted
}

func sharedCode(a, b *office) bool {
	for _, x := range a.docs {
		for _, y := range b.docs {
			if x.code != "" && x.code == y.code {
				return true
			}
		}
	}
	return false
}

// alike: every character of the shorter name stands in the longer one, in this order (农业局, 农业农村局).
func alike(a, b string) bool {
	if utf8.RuneCountInString(a) > utf8.RuneCountInString(b) {
		a, b = b, a
	}
	for _, r := range a {
		i := strings.IndexRune(b, r)
		if i < 0 {
			return false
		}
		b = b[i+utf8.RuneLen(r):]
	}
	return true
}

// linkMerged links what the alias file says was merged, and departments that end with the one whose documents repeat the sum.
func (b *lineageBuilder) linkMerged() {
	for _, m := range b.mergers {
		if into := b.byName[m.into]; into != nil && len(into.docs) > 0 && into != m.from && !slices.Contains(m.from.into, into) {
			m.from.into = append(m.from.into, into)
		}
	}
	ending := map[beginningAt][]*office{} // by region and the year after
	for _, o := range b.all {
		if _, last := o.years(); last != 0 && !o.aliased {
			ending[beginningAt{o.region, last + 1}] = append(ending[beginningAt{o.region, last + 1}], o)
		}
	}
	found := map[*office][]*office{}
	for _, o := range b.all {
		first, last := o.years()
		if first == 0 || o.aliased {
			continue
		}
		for _, pair := range o.pairs(first-1, ending[beginningAt{o.region, first}]) {
			found[pair[0]], found[pair[1]] = append(found[pair[0]], o), append(found[pair[1]], o)
		}
		for year := first + 1; year <= last; year++ {
			for _, gone := range ending[beginningAt{o.region, year}] {
				if gone != o && o.repeatsSum(year-1, o, gone) {
					found[gone] = append(found[gone], o)
				}
			}
		}
	}
	for _, gone := range b.all {
		if into := found[gone]; len(into) == 1 {
			gone.into = append(gone.into, into[0])
		}
	}
}

// pairs are those of the departments that end whose figures of a year the documents of o repeat as sums.
func (o *office) pairs(year int32, ended []*office) [][2]*office {
	var found [][2]*office
	seen := map[[2]*office]bool{}
	for k, f := range o.other {
		if k.Year != year {
			continue
		}
		byAmount := map[int64][]*office{}
		for _, x := range ended {
			for _, y := range byAmount[f.Fen-x.own[k]] {
				pair := [2]*office{y, x}
				if !seen[pair] && o.repeatsSum(year, y, x) {
					found = append(found, pair)
				}
				seen[pair] = true
			}
			byAmount[x.own[k]] = append(byAmount[x.own[k]], x)
		}
	}
	return found
}

// repeatsSum says whether the documents of o give the figures of a year as the sums of two departments: two measures at
// least, to which both have something to give, and none that differs.
func (o *office) repeatsSum(year int32, a, b *office) bool {
	sums, weak := map[figureKey]int64{}, map[figureKey]bool{}
	for k, x := range a.own {
		if y := b.own[k]; k.Year == year && x != 0 && y != 0 {
			sums[k], weak[k] = x+y, a.weak[k] || b.weak[k]
		}
	}
	agree, refuted := o.repeats(sums, weak)
	return agree >= 2 && !refuted
}

// finish names the departments and gives their rows.
func (b *lineageBuilder) finish() lineage {
	slices.SortFunc(b.all, func(x, y *office) int { return cmp.Or(cmp.Compare(x.region, y.region), cmp.Compare(x.key, y.key)) })
	names := make(map[*office][]namedSpan, len(b.all))
	ids, taken := make(map[*office]string, len(b.all)), map[string]bool{}
	claim := func(o *office, id string) {
		ids[o], taken[id] = id, true
	}
	for _, o := range b.all {
		names[o] = o.names()
		if names[o][0].key == o.key {
			claim(o, stableID("department", o.region, o.key))
		}
	}
	for _, o := range b.all {
		if ids[o] != "" {
			continue
		}
		id := stableID("department", o.region, names[o][0].key)
		if taken[id] { // another department took up the name later
			id = stableID("department", o.region, names[o][0].key, o.key)
		}
		claim(o, id)
	}
	l := lineage{offices: map[string]placedOffice{}}
	for _, o := range b.all {
		l.rows = append(l.rows, o.row(ids, names[o]))
		for _, e := range o.docs {
			l.offices[e.id] = placedOffice{ids[o], o.key}
		}
	}
	for i := range l.rows {
		for _, gone := range b.all {
			for _, into := range gone.into {
				if ids[into] == l.rows[i].DepartmentID {
					l.rows[i].Predecessors = append(l.rows[i].Predecessors, ids[gone])
				}
			}
		}
		slices.Sort(l.rows[i].Predecessors)
	}
	slices.SortFunc(l.rows, func(a, b DepartmentRow) int { return cmp.Compare(a.DepartmentID, b.DepartmentID) })
	return l
}

func (o *office) row(ids map[*office]string, names []namedSpan) DepartmentRow {
	row := DepartmentRow{DepartmentID: ids[o], RegionCode: o.code, CurrentName: o.title, Origin: OriginDerived}
	if o.curated {
		row.Origin = OriginCurated
	}
	for _, n := range names {
		row.Names = append(row.Names, n.DepartmentName)
		if n.key == o.key {
			row.CurrentName = n.Name
		}
	}
	for _, into := range o.into {
		row.Successors = append(row.Successors, ids[into])
	}
	slices.Sort(row.Successors)
	return row
}

type namedSpan struct {
	DepartmentName
	key string
}

// names are the names of its documents with their years, the first first. Spellings that differ only in full-width and
// half-width characters are one name, shown as it was last published.
func (o *office) names() []namedSpan {
	var all []namedSpan
	for _, e := range o.docs {
		i := slices.IndexFunc(all, func(n namedSpan) bool { return n.key == e.department })
		if i < 0 {
			all = append(all, namedSpan{DepartmentName{e.name, e.year, e.year}, e.department})
			continue
		}
		n := &all[i]
		if e.year > n.LastYear || e.year == n.LastYear && e.name < n.Name {
			n.Name, n.LastYear = e.name, e.year
		}
		if e.year != unknownYear && (n.FirstYear == unknownYear || e.year < n.FirstYear) {
			n.FirstYear = e.year
		}
	}
	slices.SortFunc(all, func(a, b namedSpan) int {
		return cmp.Or(cmp.Compare(a.FirstYear, b.FirstYear), cmp.Compare(a.LastYear, b.LastYear), cmp.Compare(a.key, b.key))
	})
	return all
}
