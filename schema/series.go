package schema

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// docEntry is what the datasets made from all documents need of one.
type docEntry struct {
	id           string
	fileName     string
	name         string // of the department, as published, without white space
	department   string // the name normalized
	region       string
	year         int32
	documentType DocumentType
	level        EntityLevel
	correction   bool
	failed       bool
}

func newDocEntry(d *DocumentRow) docEntry {
	return docEntry{
		id:           strings.Clone(d.DocumentID),
		fileName:     strings.Clone(d.FileName),
		name:         strings.Join(strings.Fields(d.DepartmentName), ""),
		department:   normalizeName(d.DepartmentName),
		region:       strings.Clone(d.RegionCode),
		year:         d.FiscalYear,
		documentType: d.DocumentType,
		level:        d.EntityLevel,
		correction:   saysCorrection(d.FileName) || saysCorrection(d.Title),
		failed:       d.Status == StatusFailed,
	}
}

// saysCorrection finds the words by which a publication says that it replaces another.
func saysCorrection(name string) bool {
	for _, word := range [...]string{"更正", "修订", "补充公开", "重新公开"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// stableID is a short hash of some texts, the same in every run.
func stableID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return hex.EncodeToString(sum[:8])
}

func departmentID(e *docEntry) string {
	if e.department == "" {
		return ""
	}
	return stableID("department", e.region, e.department)
}

// seriesID is the same for the publications of one budget. What is not known cannot be the same: a document without
// department, year or type is a series of its own.
func seriesID(e *docEntry) string {
	if e.department == "" || e.year == unknownYear || e.documentType == "" {
		return stableID("series", e.id)
	}
	return stableID("series", e.region, e.department, strconv.Itoa(int(e.year)), string(e.documentType), string(e.level))
}

// seriesOf ranks the publications of each series. A correction comes before what it corrects, a document that was read
// before one that was not; of equals the one whose name sorts last, for nothing else in the files tells a later
// publication. The reason is why the current one is current.
func seriesOf(docs []docEntry) []SeriesRow {
	series := make(map[string][]*docEntry, len(docs))
	for i := range docs {
		id := seriesID(&docs[i])
		series[id] = append(series[id], &docs[i])
	}
	rows := make([]SeriesRow, 0, len(docs))
	for id, members := range series {
		slices.SortFunc(members, func(a, b *docEntry) int {
			return cmp.Or(
				compareBool(a.failed, b.failed),
				-compareBool(a.correction, b.correction),
				-cmp.Compare(a.fileName, b.fileName),
				cmp.Compare(a.id, b.id),
			)
		})
		reason := ReasonLater
		switch {
		case len(members) == 1:
			reason = ReasonOnly
		case members[0].correction:
			reason = ReasonCorrection
		}
		for i, e := range members {
			rows = append(rows, SeriesRow{
				DocumentID: e.id, FiscalYear: e.year, SeriesID: id, DepartmentID: departmentID(e),
				Rank: int32(i + 1), IsCurrent: i == 0, Reason: reason,
			})
		}
	}
	slices.SortFunc(rows, func(a, b SeriesRow) int { return cmp.Compare(a.DocumentID, b.DocumentID) })
	return rows
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// departmentsOf gives one row for each name of a region, with the years it was used in. Spellings that differ only in
// full-width and half-width characters are one name, shown as it was last published.
func departmentsOf(docs []docEntry) []DepartmentRow {
	byID := map[string]*DepartmentRow{}
	for i := range docs {
		e := &docs[i]
		id := departmentID(e)
		if id == "" {
			continue
		}
		row, ok := byID[id]
		if !ok {
			row = &DepartmentRow{
				DepartmentID: id, RegionCode: e.region, Origin: OriginDerived,
				Names: []DepartmentName{{Name: e.name, FirstYear: e.year, LastYear: e.year}},
			}
			byID[id] = row
		}
		n := &row.Names[0]
		if e.year > n.LastYear || e.year == n.LastYear && e.name < n.Name {
			n.Name, n.LastYear = e.name, e.year
		}
		if e.year != unknownYear && (n.FirstYear == unknownYear || e.year < n.FirstYear) {
			n.FirstYear = e.year
		}
	}
	rows := make([]DepartmentRow, 0, len(byID))
	for _, row := range byID {
		row.CurrentName = row.Names[0].Name
		rows = append(rows, *row)
	}
	slices.SortFunc(rows, func(a, b DepartmentRow) int { return cmp.Compare(a.DepartmentID, b.DepartmentID) })
	return rows
}
