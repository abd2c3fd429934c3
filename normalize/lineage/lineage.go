package lineage

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Departments are followed through their names in three steps. The alias file is taken at its word. Of the other names, one
// that ends is joined with one that begins where two of three things say so: the figures that the new one's documents
// repeat, the department's code, and the likeness of the names; figures of two measures are enough, and one that differs is
// too many. A department that ends has gone into another where that one's documents repeat the sum of both. Merged
// departments stay two, and are linked.

// department is a department in the making: the documents under one name, or under several that were joined.
type department struct {
	region  string // code, or the name where there is no code
	code    string // of the region
	key     string // the normalized name it is known under
	title   string // that name as the alias file writes it; "" where documents have it
	docs    []*docEntry
	curated bool
	aliased bool                       // the alias file speaks of the name
	into    []*department              // it was merged into these
	own     map[figureKey]int64        // of its own documents, each for its own year and phase
	other   map[figureKey]statedFigure // what its documents repeat of other years and phases
	weak    map[figureKey]bool         // of own: read from a scan
}

// result is what became of the departments.
type result struct {
	rows []schema.DepartmentRow
	// departments finds a document's department, by document.
	departments map[string]placedDepartment
}

type placedDepartment struct {
	id  string
	key string // the name it is known under
}

// followDepartments derives the departments of an output.
func followDepartments(docs []docEntry, aliases []Alias) result {
	b := &follower{byName: map[departmentKey]*department{}, aliases: aliases}
	b.place(docs)
	for _, d := range b.all {
		d.collectFigures()
	}
	b.joinRenamed()
	b.linkMerged()
	return b.finish()
}

type departmentKey struct{ region, name string }

type merger struct {
	from *department
	into departmentKey
}

type follower struct {
	aliases []Alias
	byName  map[departmentKey]*department
	all     []*department // in the order of region and name
	mergers []merger
}

// place puts each document under the name that the alias file gives it, or its own.
func (b *follower) place(docs []docEntry) {
	spoken := map[string]bool{}
	for i := range b.aliases {
		a := &b.aliases[i]
		for _, name := range [...]string{a.Name, a.Current, a.MergedInto} {
			spoken[codebook.NormalizeName(name)] = true
		}
	}
	for i := range docs {
		e := &docs[i]
		if e.nameKey == "" {
			continue
		}
		name, into := "", ""
		for j := range b.aliases {
			if a := &b.aliases[j]; a.appliesTo(e) {
				name, into = a.Current, a.MergedInto
				break
			}
		}
		key := departmentKey{e.region(), cmp.Or(codebook.NormalizeName(name), e.nameKey)}
		d := b.byName[key]
		if d == nil {
			d = &department{region: key.region, code: e.regionCode, key: key.name, aliased: spoken[key.name]}
			b.byName[key] = d
			b.all = append(b.all, d)
		}
		d.docs = append(d.docs, e)
		if key.name != e.nameKey {
			d.curated, d.title = true, name
		}
		if into != "" {
			d.curated = true
			b.mergers = append(b.mergers, merger{d, departmentKey{key.region, codebook.NormalizeName(into)}})
		}
	}
	slices.SortFunc(b.all, func(x, y *department) int { return cmp.Or(cmp.Compare(x.region, y.region), cmp.Compare(x.key, y.key)) })
	for _, d := range b.all {
		slices.SortFunc(d.docs, func(x, y *docEntry) int { return cmp.Compare(x.id, y.id) })
	}
}

// collectFigures takes the figures of its documents, of several publications of one budget from the one in force.
func (d *department) collectFigures() {
	d.own, d.other, d.weak = map[figureKey]int64{}, map[figureKey]statedFigure{}, map[figureKey]bool{}
	ranked := slices.Clone(d.docs)
	slices.SortStableFunc(ranked, comparePublications)
	for _, e := range ranked {
		for _, f := range e.figures {
			if f.Year == e.year && f.Phase == e.documentType.Phase() {
				if _, ok := d.own[f.figureKey]; !ok {
					d.own[f.figureKey], d.weak[f.figureKey] = f.Fen, f.Recognized
				}
			} else if _, ok := d.other[f.figureKey]; !ok {
				d.other[f.figureKey] = f
			}
		}
	}
}

// years are the first and the last of its documents; 0 when none is known.
func (d *department) years() (first, last int32) {
	for _, e := range d.docs {
		if e.year == schema.UnknownYear {
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
func (b *follower) joinRenamed() {
	next, before := map[*department][]*department{}, map[*department][]*department{}
	beginning := b.byFirstYear()
	for _, old := range b.all {
		_, last := old.years()
		if last == 0 || old.aliased {
			continue
		}
		for _, year := range [...]int32{last, last + 1} {
			for _, d := range beginning[beginningAt{old.region, year}] {
				if d != old && !d.aliased && follows(old, d) && renamed(old, d) {
					next[old] = append(next[old], d)
					before[d] = append(before[d], old)
				}
			}
		}
	}
	// The earliest first, so that a department that was renamed twice is handed on.
	slices.SortStableFunc(b.all, func(x, y *department) int {
		_, lastX := x.years()
		_, lastY := y.years()
		return cmp.Compare(lastX, lastY)
	})
	for _, old := range b.all {
		if len(next[old]) != 1 || len(before[next[old][0]]) != 1 {
			continue
		}
		d := next[old][0]
		d.docs = append(d.docs, old.docs...)
		d.collectFigures()
		old.docs = nil
	}
	b.all = slices.DeleteFunc(b.all, func(d *department) bool { return len(d.docs) == 0 })
}

type beginningAt struct {
	region string
	year   int32
}

func (b *follower) byFirstYear() map[beginningAt][]*department {
	found := map[beginningAt][]*department{}
	for _, d := range b.all {
		if first, _ := d.years(); first != 0 {
			found[beginningAt{d.region, first}] = append(found[beginningAt{d.region, first}], d)
		}
	}
	return found
}

// follows says whether the documents of d begin where those of old end: the year after, or with the accounts of the last
// year, which are published long after its budget and may bear the new name already.
func follows(old, d *department) bool {
	_, last := old.years()
	first, _ := d.years()
	if first == last+1 {
		return true
	}
	other := func(t schema.DocumentType) func(*docEntry) bool {
		return func(e *docEntry) bool { return e.year == last && e.documentType != t }
	}
	return first == last && !slices.ContainsFunc(old.docs, other(schema.Budget)) && !slices.ContainsFunc(d.docs, other(schema.FinalAccounts))
}

// renamed weighs what says that two departments are one.
func renamed(old, d *department) bool {
	agree, refuted := d.repeats(old.own, old.weak)
	if refuted {
		return false
	}
	proofs := min(agree, 2)
	if sharedCode(old, d) {
		proofs++
	}
	if alike(old.key, d.key) {
		proofs++
	}
	return proofs >= 2
}

// repeats compares what the documents of d say of other years with figures: how many measures agree, none of them 0, with
// different amounts; and whether one differs. What was read from a scan refutes nothing.
func (d *department) repeats(figures map[figureKey]int64, weak map[figureKey]bool) (agree int, refuted bool) {
	amounts := map[int64]bool{}
	for k, f := range d.other {
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

func sharedCode(a, b *department) bool {
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
func (b *follower) linkMerged() {
	for _, m := range b.mergers {
		if into := b.byName[m.into]; into != nil && len(into.docs) > 0 && into != m.from && !slices.Contains(m.from.into, into) {
			m.from.into = append(m.from.into, into)
		}
	}
	ending := map[beginningAt][]*department{} // by region and the year after
	for _, d := range b.all {
		if _, last := d.years(); last != 0 && !d.aliased {
			ending[beginningAt{d.region, last + 1}] = append(ending[beginningAt{d.region, last + 1}], d)
		}
	}
	found := map[*department][]*department{}
	for _, d := range b.all {
		first, last := d.years()
		if first == 0 || d.aliased {
			continue
		}
		for _, pair := range d.pairs(first-1, ending[beginningAt{d.region, first}]) {
			found[pair[0]], found[pair[1]] = append(found[pair[0]], d), append(found[pair[1]], d)
		}
		for year := first + 1; year <= last; year++ {
			for _, gone := range ending[beginningAt{d.region, year}] {
				if gone != d && d.repeatsSum(year-1, d, gone) {
					found[gone] = append(found[gone], d)
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

// pairs are those of the departments that end whose figures of a year the documents of d repeat as sums.
func (d *department) pairs(year int32, ended []*department) [][2]*department {
	var found [][2]*department
	seen := map[[2]*department]bool{}
	for k, f := range d.other {
		if k.Year != year {
			continue
		}
		byAmount := map[int64][]*department{}
		for _, x := range ended {
			for _, y := range byAmount[f.Fen-x.own[k]] {
				pair := [2]*department{y, x}
				if !seen[pair] && d.repeatsSum(year, y, x) {
					found = append(found, pair)
				}
				seen[pair] = true
			}
			byAmount[x.own[k]] = append(byAmount[x.own[k]], x)
		}
	}
	return found
}

// repeatsSum says whether the documents of d give the figures of a year as the sums of two departments: two measures at
// least, to which both have something to give, and none that differs.
func (d *department) repeatsSum(year int32, a, b *department) bool {
	sums, weak := map[figureKey]int64{}, map[figureKey]bool{}
	for k, x := range a.own {
		if y := b.own[k]; k.Year == year && x != 0 && y != 0 {
			sums[k], weak[k] = x+y, a.weak[k] || b.weak[k]
		}
	}
	agree, refuted := d.repeats(sums, weak)
	return agree >= 2 && !refuted
}

// finish names the departments and gives their rows.
func (b *follower) finish() result {
	slices.SortFunc(b.all, func(x, y *department) int { return cmp.Or(cmp.Compare(x.region, y.region), cmp.Compare(x.key, y.key)) })
	names := make(map[*department][]namedSpan, len(b.all))
	ids, taken := make(map[*department]string, len(b.all)), map[string]bool{}
	claim := func(d *department, id string) {
		ids[d], taken[id] = id, true
	}
	for _, d := range b.all {
		names[d] = d.names()
		if names[d][0].key == d.key {
			claim(d, stableID("department", d.region, d.key))
		}
	}
	for _, d := range b.all {
		if ids[d] != "" {
			continue
		}
		id := stableID("department", d.region, names[d][0].key)
		if taken[id] { // another department took up the name later
			id = stableID("department", d.region, names[d][0].key, d.key)
		}
		claim(d, id)
	}
	l := result{departments: map[string]placedDepartment{}}
	for _, d := range b.all {
		l.rows = append(l.rows, d.row(ids, names[d]))
		for _, e := range d.docs {
			l.departments[e.id] = placedDepartment{ids[d], d.key}
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
	slices.SortFunc(l.rows, func(a, b schema.DepartmentRow) int { return cmp.Compare(a.DepartmentID, b.DepartmentID) })
	return l
}

func (d *department) row(ids map[*department]string, names []namedSpan) schema.DepartmentRow {
	row := schema.DepartmentRow{DepartmentID: ids[d], RegionCode: d.code, CurrentName: d.title, Origin: schema.OriginDerived}
	if d.curated {
		row.Origin = schema.OriginCurated
	}
	for _, n := range names {
		row.Names = append(row.Names, n.DepartmentName)
		if n.key == d.key {
			row.CurrentName = n.Name
		}
	}
	for _, into := range d.into {
		row.Successors = append(row.Successors, ids[into])
	}
	slices.Sort(row.Successors)
	return row
}

type namedSpan struct {
	schema.DepartmentName
	key string
}

// names are the names of its documents with their years, the first first. Spellings that differ only in full-width and
// half-width characters are one name, shown as it was last published.
func (d *department) names() []namedSpan {
	var all []namedSpan
	for _, e := range d.docs {
		i := slices.IndexFunc(all, func(n namedSpan) bool { return n.key == e.nameKey })
		if i < 0 {
			all = append(all, namedSpan{schema.DepartmentName{e.name, e.year, e.year}, e.nameKey})
			continue
		}
		n := &all[i]
		if e.year > n.LastYear || e.year == n.LastYear && e.name < n.Name {
			n.Name, n.LastYear = e.name, e.year
		}
		if e.year != schema.UnknownYear && (n.FirstYear == schema.UnknownYear || e.year < n.FirstYear) {
			n.FirstYear = e.year
		}
	}
	slices.SortFunc(all, func(a, b namedSpan) int {
		return cmp.Or(cmp.Compare(a.FirstYear, b.FirstYear), cmp.Compare(a.LastYear, b.LastYear), cmp.Compare(a.key, b.key))
	})
	return all
}
