package lineage

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/countybudget/extract/schema"
	"github.com/countybudget/extract/schema/codebook"
)

// docEntry is what the datasets made from all documents need of one.
type docEntry struct {
	id           string
	fileName     string
	name         string // of the department, as published, without white space
	nameKey      string // the name normalized
	regionCode   string
	regionName   string
	code         string // of the department
	year         int32
	documentType schema.DocumentType
	level        schema.EntityLevel
	correction   bool
	failed       bool
	figures      []statedFigure
}

func newDocEntry(d *schema.DocumentRow, figures []statedFigure) docEntry {
	return docEntry{
		id:           strings.Clone(d.DocumentID),
		fileName:     strings.Clone(d.FileName),
		name:         strings.Join(strings.Fields(d.DepartmentName), ""),
		nameKey:      codebook.NormalizeName(d.DepartmentName),
		regionCode:   strings.Clone(d.RegionCode),
		regionName:   strings.Clone(d.RegionName),
		code:         strings.Clone(d.DepartmentCode),
		year:         d.FiscalYear,
		documentType: d.DocumentType,
		level:        d.EntityLevel,
		correction:   saysCorrection(d.FileName) || saysCorrection(d.Title),
		failed:       d.Status == schema.StatusFailed,
		figures:      figures,
	}
}

// region tells departments of one name apart.
func (e *docEntry) region() string { return cmp.Or(e.regionCode, e.regionName) }

// saysCorrection finds the words by which a publication says that it replaces another.
func saysCorrection(name string) bool { return words().corrections.Any(name) }

// stableID is a short hash of some texts, the same in every run.
func stableID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return hex.EncodeToString(sum[:8])
}

// seriesID is the same for the publications of one budget, also under a new name of the department. What is not known cannot
// be the same: a document without department, year or type is a series of its own.
func seriesID(e *docEntry, department string) string {
	if department == "" || e.year == schema.UnknownYear || e.documentType == "" {
		return stableID("series", e.id)
	}
	return stableID("series", department, strconv.Itoa(int(e.year)), string(e.documentType), string(e.level))
}

// comparePublications orders the publications of one budget. A correction comes before what it corrects, a document that was
// read before one that was not; of equals the one whose name sorts last, for nothing else in the files tells a later
// publication.
func comparePublications(a, b *docEntry) int {
	return cmp.Or(
		compareBool(a.failed, b.failed),
		-compareBool(a.correction, b.correction),
		-cmp.Compare(a.fileName, b.fileName),
		cmp.Compare(a.id, b.id),
	)
}

// seriesOf ranks the publications of each series; one under a former name comes after one under the present. The reason is
// why the current one is current.
func seriesOf(docs []docEntry, l result) []schema.SeriesRow {
	series := make(map[string][]*docEntry, len(docs))
	for i := range docs {
		id := seriesID(&docs[i], l.departments[docs[i].id].id)
		series[id] = append(series[id], &docs[i])
	}
	former := func(e *docEntry) bool { return e.nameKey != l.departments[e.id].key }
	rows := make([]schema.SeriesRow, 0, len(docs))
	for id, members := range series {
		slices.SortFunc(members, func(a, b *docEntry) int {
			return cmp.Or(compareBool(a.failed, b.failed), compareBool(former(a), former(b)), comparePublications(a, b))
		})
		reason := schema.ReasonLater
		switch {
		case len(members) == 1:
			reason = schema.ReasonOnly
		case members[0].correction:
			reason = schema.ReasonCorrection
		}
		for i, e := range members {
			rows = append(rows, schema.SeriesRow{
				DocumentID: e.id, FiscalYear: e.year, SeriesID: id, DepartmentID: l.departments[e.id].id,
				Rank: int32(i + 1), IsCurrent: i == 0, Reason: reason,
			})
		}
	}
	slices.SortFunc(rows, func(a, b schema.SeriesRow) int { return cmp.Compare(a.DocumentID, b.DocumentID) })
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
