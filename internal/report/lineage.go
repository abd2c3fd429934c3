package report

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/countybudget/extract/schema"
)

// A department is followed through its names in three steps: the alias file is taken at its word; a name that ends is
// joined with one that begins the year after when the new one's documents print the old one's figures, or its code;
// mergers keep both departments and link them.

type merger struct {
	from       *Department
	into       string
	year       int32
	county     string
	regionCode string
}

// placeDocuments finds the department of each document, and which document counts where a department and its unit share a
// name.
func (b *builder) placeDocuments(context.Context) error {
	slices.SortFunc(b.model.Documents, func(x, y *Document) int { return cmp.Compare(x.DocumentID, y.DocumentID) })
	for _, d := range b.model.Documents {
		if d.DepartmentName == "" {
			continue
		}
		place, name, origin := county(d), d.DepartmentName, ""
		for i := range b.aliases {
			a := &b.aliases[i]
			if !a.applies(place, d.RegionCode, name, d.FiscalYear) {
				continue
			}
			if a.MergedInto != "" {
				b.mergers = append(b.mergers, merger{b.department(place, d.RegionCode, a.Current), a.MergedInto, a.To + 1, place, d.RegionCode})
			}
			name, origin = a.Current, schema.OriginCurated
			break
		}
		dep := b.department(place, d.RegionCode, name)
		d.Department = dep
		dep.Documents = append(dep.Documents, d)
		if origin != "" && d.DepartmentName != dep.Name {
			dep.Origin = origin
		}
		dep.use(d.DepartmentName, d.FiscalYear)
	}
	for _, dep := range b.model.Departments {
		dep.chooseCurrent()
	}
	return nil
}

func (b *builder) department(county, regionCode, name string) *Department {
	place := county
	if regionCode != "" {
		place = regionCode
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{"department", place, name}, "\x1f")))
	id := hex.EncodeToString(sum[:8])
	if d := b.byKey[id]; d != nil {
		return d
	}
	d := &Department{
		ID: id, Name: name, County: county, RegionCode: regionCode, Figures: map[Key]*Figure{}, Functions: map[ItemKey]*Figure{},
		Projects: map[ItemKey]*Figure{}, ItemNames: map[string]string{}, elsewhere: map[Key]*Figure{},
	}
	b.byKey[id] = d
	b.model.Departments = append(b.model.Departments, d)
	return d
}

// use notes that a document of a year bears a name.
func (d *Department) use(name string, year int32) {
	i := slices.IndexFunc(d.Names, func(n NameSpan) bool { return n.Name == name })
	if i < 0 {
		d.Names = append(d.Names, NameSpan{name, year, year})
		i = len(d.Names) - 1
	}
	n := &d.Names[i]
	if year > 0 {
		if n.First == 0 || year < n.First {
			n.First = year
		}
		n.Last = max(n.Last, year)
	}
	slices.SortFunc(d.Names, func(a, b NameSpan) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Name, b.Name))
	})
}

// chooseCurrent leaves one current document for each year and type: of several the department's own before a unit's, the
// one under the current name, the one that was read.
func (d *Department) chooseCurrent() {
	type slot struct {
		year  int32
		phase schema.Phase
	}
	best := map[slot]*Document{}
	for _, doc := range d.Documents {
		if !doc.Current || doc.FiscalYear == 0 || doc.DocumentType == "" {
			doc.Current = false
			continue
		}
		s := slot{doc.FiscalYear, doc.Phase()}
		old := best[s]
		if old == nil {
			best[s] = doc
			continue
		}
		better := cmp.Or(
			compareBool(doc.Status == schema.StatusFailed, old.Status == schema.StatusFailed),
			cmp.Compare(levelRank(doc.EntityLevel), levelRank(old.EntityLevel)),
			-compareBool(doc.DepartmentName == d.Name, old.DepartmentName == d.Name),
			cmp.Compare(doc.DocumentID, old.DocumentID),
		) < 0
		if better {
			best[s], doc = doc, old
		}
		doc.Current = false
	}
}

// linkRenamed joins a department whose documents end with one whose documents begin the year after, where exactly one
// fits and its first documents bear it out. Names that an alias speaks of are left to it.
func (b *builder) linkRenamed() {
	type pair struct{ old, new *Department }
	type place struct {
		county string
		year   int32
	}
	known := map[string]bool{}
	for _, a := range b.aliases {
		known[a.Name], known[a.Current], known[a.MergedInto] = true, true, true
	}
	beginning := map[place][]*Department{}
	for _, d := range b.model.Departments {
		if years := d.Years(); len(years) > 0 && !known[d.Name] {
			p := place{d.County, years[0]}
			beginning[p] = append(beginning[p], d)
		}
	}
	var pairs []pair
	olds, news := map[*Department]int{}, map[*Department]int{}
	for _, old := range b.model.Departments {
		years := old.Years()
		if len(years) == 0 || known[old.Name] {
			continue
		}
		for _, new := range beginning[place{old.County, years[len(years)-1] + 1}] {
			if continues(old, new) {
				pairs = append(pairs, pair{old, new})
				olds[old]++
				news[new]++
			}
		}
	}
	for _, p := range pairs {
		if olds[p.old] == 1 && news[p.new] == 1 && olds[p.new] == 0 {
			p.new.absorb(p.old)
		}
	}
}

const figuresThatProve = 2 // different amounts, none of them 0

// continues says whether the first documents of one department print what the last of another said: at least two different
// amounts and no other one, or one amount and the department's code.
func continues(old, new *Department) bool {
	agree := map[string]bool{}
	for k, f := range new.elsewhere {
		had := old.Figures[k]
		if had == nil || f.Amount.IsZero() && had.Amount.IsZero() {
			continue
		}
		if !had.Amount.Equal(f.Amount) {
			return false
		}
		agree[f.Amount.String()] = true
	}
	return len(agree) >= figuresThatProve || len(agree) > 0 && sharedCode(old, new)
}

func sharedCode(a, b *Department) bool {
	for _, x := range a.Documents {
		for _, y := range b.Documents {
			if x.DepartmentCode != "" && x.DepartmentCode == y.DepartmentCode {
				return true
			}
		}
	}
	return false
}

// absorb takes over the documents and figures of the same department under its former name.
func (d *Department) absorb(old *Department) {
	for _, doc := range old.Documents {
		doc.Department = d
		d.Documents = append(d.Documents, doc)
		d.use(doc.DepartmentName, doc.FiscalYear)
	}
	takeOver(d.Figures, old.Figures)
	takeOver(d.Functions, old.Functions)
	takeOver(d.Projects, old.Projects)
	takeOver(d.elsewhere, old.elsewhere)
	for code, name := range old.ItemNames {
		if d.ItemNames[code] == "" {
			d.ItemNames[code] = name
		}
	}
	d.Origin = schema.OriginDerived
	old.Documents = nil
}

func takeOver[K comparable](to, from map[K]*Figure) {
	for k, f := range from {
		if to[k] == nil {
			to[k] = f
		}
	}
}

// linkMergers links a department with the one it went into.
func (b *builder) linkMergers() {
	for _, m := range b.mergers {
		into := b.department(m.county, m.regionCode, m.into)
		year := m.year
		if year <= 1 { // the alias file does not say: after its last document
			if years := m.from.Years(); len(years) > 0 {
				year = years[len(years)-1] + 1
			}
		}
		if slices.ContainsFunc(m.from.Into, func(l Link) bool { return l.Department == into }) {
			continue
		}
		m.from.Into = append(m.from.Into, Link{into, year})
		into.From = append(into.From, Link{m.from, year})
	}
	for _, d := range b.model.Departments {
		slices.SortFunc(d.From, func(x, y Link) int {
			return cmp.Or(cmp.Compare(x.Year, y.Year), cmp.Compare(x.Department.ID, y.Department.ID))
		})
	}
}

// dropEmpty leaves out departments that no document is of, with the links to them.
func (b *builder) dropEmpty() {
	empty := func(d *Department) bool { return len(d.Documents) == 0 }
	b.model.Departments = slices.DeleteFunc(b.model.Departments, empty)
	for _, d := range b.model.Departments {
		gone := func(l Link) bool { return empty(l.Department) }
		d.Into, d.From = slices.DeleteFunc(d.Into, gone), slices.DeleteFunc(d.From, gone)
	}
}
