package lineage

import (
	"cmp"
	"slices"

	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// Departments are followed through their names in three steps:
//
//  1. The alias file overrides whatever would be inferred (place).
//  2. Renamed: if one name disappears and another appears the next year, they count as one department when two of these
//     agree: figures of the year before that the new name's documents repeat, the department's code, the likeness of the
//     names. Figures of two measures are enough; a figure that differs rules it out (renamed.go).
//  3. Merged: a department that disappears went into another if that one's documents repeat the sum of both. The two stay two
//     departments, and are linked (merged.go).

// department is a department in the making: the documents under one name, or under several that were joined.
type department struct {
	region  string // code, or the name where there is no code
	code    string // of the region
	key     string // the normalized name it is known under
	title   string // that name as the alias file writes it; "" where documents have it
	docs    []*docEntry
	curated bool
	aliased bool                       // the alias file names it
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
