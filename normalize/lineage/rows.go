package lineage

import (
	"cmp"
	"slices"

	"github.com/countybudget/extract/schema"
)

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
		if taken[id] { // another department has the name now
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
			all = append(all, namedSpan{schema.DepartmentName{Name: e.name, FirstYear: e.year, LastYear: e.year}, e.nameKey})
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
