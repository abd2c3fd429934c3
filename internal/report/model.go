package report

import (
	"cmp"
	"slices"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// Model is everything that the site shows.
type Model struct {
	Departments []*Department // by county, then name
	Documents   []*Document   // every one, by department, year and type
	Years       []int32       // from the first to the last, without gaps
	Findings    []Finding
	Omitted     int // findings left out of Findings
	Changes     []Change
	Version     string // of the program that wrote the output
}

// Document is one file of the output.
type Document struct {
	schema.DocumentRow
	Department *Department // nil when it is not known
	Current    bool
	Verified   int // lines
	Doubted    int
	Unproven   int
}

// Phase is the phase of the document's own figures.
func (d *Document) Phase() schema.Phase {
	if d.DocumentType == schema.FinalAccounts {
		return schema.Executed
	}
	return schema.Approved
}

// Department is one department over the years, under all its names.
type Department struct {
	ID        string
	Name      string // the current one
	County    string
	Names     []NameSpan // in the order of the years
	Documents []*Document
	Into      []Link // merged into these
	From      []Link // these were merged into it
	Origin    string // how the names were joined: "", schema.OriginDerived or schema.OriginCurated

	Figures   map[Key]*Figure
	Functions map[ItemKey]*Figure
	Projects  map[ItemKey]*Figure
	ItemNames map[string]string // of functional classes, by code
	elsewhere map[Key]*Figure   // figures that its documents print for another year or phase than their own
}

// NameSpan is a name with the years it was used in.
type NameSpan struct {
	Name        string
	First, Last int32
}

// Link is a merger: the year is the first one after it.
type Link struct {
	Department *Department
	Year       int32
}

// Key is a measure of a year and phase.
type Key struct {
	Year    int32
	Phase   schema.Phase
	Measure lineage.Measure
}

// ItemKey is an item, a functional class or a project, of a year and phase.
type ItemKey struct {
	Year  int32
	Phase schema.Phase
	Item  string
}

// Phases are the phases that the site shows, in its order.
var Phases = []schema.Phase{schema.Approved, schema.Executed}

// Figure is the figure of a measure, nil when no document prints it.
func (d *Department) Figure(year int32, phase schema.Phase, m lineage.Measure) *Figure {
	return d.Figures[Key{year, phase, m}]
}

// Document is the publication that counts for a year and phase, or nil.
func (d *Department) Document(year int32, phase schema.Phase) *Document {
	for _, doc := range d.Documents {
		if doc.Current && doc.FiscalYear == year && doc.Phase() == phase {
			return doc
		}
	}
	return nil
}

// Years are the years with a current document, in order.
func (d *Department) Years() []int32 {
	var years []int32
	for _, doc := range d.Documents {
		if doc.Current && doc.FiscalYear > 0 && !slices.Contains(years, doc.FiscalYear) {
			years = append(years, doc.FiscalYear)
		}
	}
	slices.Sort(years)
	return years
}

// span lists the years from the first to the last.
func span(years []int32) []int32 {
	if len(years) == 0 {
		return nil
	}
	var all []int32
	for y := slices.Min(years); y <= slices.Max(years); y++ {
		all = append(all, y)
	}
	return all
}

// sortModel sorts everything, so that nothing depends on the order of reading.
func (m *Model) sort() {
	byPlace := func(a, b *Department) int {
		return cmp.Or(cmp.Compare(a.County, b.County), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	}
	byYear := func(a, b *Document) int {
		return cmp.Or(cmp.Compare(a.FiscalYear, b.FiscalYear), cmp.Compare(a.DocumentType, b.DocumentType),
			cmp.Compare(levelRank(a.EntityLevel), levelRank(b.EntityLevel)), -compareBool(a.Current, b.Current),
			cmp.Compare(a.FileName, b.FileName), cmp.Compare(a.DocumentID, b.DocumentID))
	}
	slices.SortFunc(m.Departments, byPlace)
	for _, d := range m.Departments {
		slices.SortFunc(d.Documents, byYear)
	}
	slices.SortFunc(m.Documents, func(a, b *Document) int {
		switch {
		case a.Department == b.Department:
			return byYear(a, b)
		case a.Department == nil:
			return 1
		case b.Department == nil:
			return -1
		}
		return byPlace(a.Department, b.Department)
	})
	var years []int32
	for _, d := range m.Documents {
		if d.FiscalYear > 0 {
			years = append(years, d.FiscalYear)
		}
	}
	m.Years = span(years)
}

// levelRank sorts a department's own documents before those of its units.
func levelRank(l schema.EntityLevel) int {
	switch l {
	case schema.Department, schema.Government:
		return 0
	case "":
		return 1
	}
	return 2
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
