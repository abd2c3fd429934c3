package report

import (
	"cmp"
	"slices"

	"github.com/countybudget/extract/schema"
)

// Quality says how well the documents of a year and phase were read.
type Quality struct {
	Year                                       int32 // 0: all years
	Phase                                      schema.Phase
	Documents, Pages, Scanned                  int
	Figures, Verified, Contradicted, Unchecked int
	Numbers, Claimed                           int
	FailedChecks                               int
}

func (q *Quality) add(d *Document) {
	q.Documents++
	q.Pages += int(d.PageCount)
	q.Scanned += int(d.OCRPages)
	q.Figures += int(d.LineCount)
	q.Verified += d.Verified
	q.Contradicted += d.Doubted
	q.Unchecked += d.Unproven
	q.Numbers += int(d.NumbersTotal)
	q.Claimed += int(d.NumbersClaimed)
	q.FailedChecks += int(d.ChecksFailed)
}

// Quality gives a row for each year and phase, and the sum of all. Every document counts, also one that was replaced.
func (m *Model) Quality() (rows []Quality, all Quality) {
	type slot struct {
		year  int32
		phase schema.Phase
	}
	bySlot := map[slot]*Quality{}
	for _, d := range m.Documents {
		all.add(d)
		s := slot{d.FiscalYear, ""}
		if d.DocumentType != "" {
			s.phase = d.Phase()
		}
		if bySlot[s] == nil {
			bySlot[s] = &Quality{Year: s.year, Phase: s.phase}
		}
		bySlot[s].add(d)
	}
	for _, q := range bySlot {
		rows = append(rows, *q)
	}
	slices.SortFunc(rows, func(a, b Quality) int { return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Phase, b.Phase)) })
	return rows, all
}

// Problems are the documents that were not read in full, or whose department, year or type is not known.
func (m *Model) Problems() []*Document {
	var bad []*Document
	for _, d := range m.Documents {
		if d.Status != schema.StatusOK || d.Department == nil || d.FiscalYear == 0 || d.DocumentType == "" {
			bad = append(bad, d)
		}
	}
	return bad
}
