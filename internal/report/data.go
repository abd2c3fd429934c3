package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// point is a figure for a chart; a missing year is null.
type point struct {
	Yuan json.Number `json:"y"`
	Mark string      `json:"m,omitempty"` // bad or open
}

func pointOf(f *Figure) *point {
	if f == nil {
		return nil
	}
	p := &point{Yuan: json.Number(f.Amount.String())}
	switch {
	case f.Doubtful():
		p.Mark = "bad"
	case f.Unproven():
		p.Mark = "open"
	}
	return p
}

// chartSeries is one measure or item over the years, by phase.
type chartSeries struct {
	Key    string                    `json:"key,omitempty"` // of a measure
	Name   string                    `json:"name,omitempty"`
	Points map[schema.Phase][]*point `json:"points"`
}

// departmentData is what the charts of a department's page draw.
type departmentData struct {
	Years    []int32       `json:"years"`
	Measures []chartSeries `json:"measures"`
	Mix      []chartSeries `json:"mix"`
}

func (d *Department) chartData() departmentData {
	years := span(d.Years())
	data := departmentData{Years: years, Measures: []chartSeries{}, Mix: []chartSeries{}}
	measures := append(slices.Clone(MainMeasures), d.threePublicItems()...)
	for _, m := range measures {
		s := chartSeries{Key: string(m), Points: map[schema.Phase][]*point{}}
		for _, phase := range Phases {
			for _, y := range years {
				s.Points[phase] = append(s.Points[phase], pointOf(d.threePublicFigure(y, phase, m)))
			}
		}
		data.Measures = append(data.Measures, s)
	}
	for _, code := range d.functionCodes() {
		s := chartSeries{Name: d.ItemNames[code], Points: map[schema.Phase][]*point{}}
		for _, phase := range Phases {
			for _, y := range years {
				s.Points[phase] = append(s.Points[phase], pointOf(d.Functions[ItemKey{y, phase, code}]))
			}
		}
		data.Mix = append(data.Mix, s)
	}
	return data
}

// threePublicItems are the items that its documents print; Vehicles only where a document does not print its parts.
func (d *Department) threePublicItems() []lineage.Measure {
	items := slices.Clone(ThreePublicItems)
	for _, y := range d.Years() {
		for _, phase := range Phases {
			if d.threePublicFigure(y, phase, lineage.Vehicles) != nil {
				return append(items, lineage.Vehicles)
			}
		}
	}
	return items
}

// threePublicFigure is Figure, but nil for Vehicles beside its parts, which would count twice.
func (d *Department) threePublicFigure(year int32, phase schema.Phase, m lineage.Measure) *Figure {
	if m == lineage.Vehicles && (d.Figure(year, phase, lineage.VehiclePurchase) != nil || d.Figure(year, phase, lineage.VehicleRunning) != nil) {
		return nil
	}
	return d.Figure(year, phase, m)
}

// functionCodes are the functional classes, the largest over all years first.
func (d *Department) functionCodes() []string {
	sums := map[string]decimal.Decimal{}
	for k, f := range d.Functions {
		sums[k.Item] = sums[k.Item].Add(f.Amount)
	}
	codes := make([]string, 0, len(sums))
	for code := range sums {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(-sums[a].Cmp(sums[b]), cmp.Compare(a, b)) })
	return codes
}

// searchEntry is a department or project that the search finds.
type searchEntry struct {
	Name string   `json:"n"`
	In   string   `json:"in,omitempty"` // county, or the department of a project
	Also []string `json:"also,omitempty"`
	Page string   `json:"p"` // without folder and extension
	Kind string   `json:"k,omitempty"`
}

// maxSearchProjects bounds the search data, which every page loads.
const maxSearchProjects = 5000

func (m *Model) searchData() []searchEntry {
	entries := []searchEntry{}
	for _, d := range m.Departments {
		e := searchEntry{Name: d.Name, In: d.County, Page: d.ID}
		for _, n := range d.Names {
			if n.Name != d.Name {
				e.Also = append(e.Also, n.Name)
			}
		}
		entries = append(entries, e)
	}
	left := maxSearchProjects
	for _, d := range m.Departments {
		names := map[string]bool{}
		for k := range d.Projects {
			names[k.Item] = true
		}
		for _, name := range sortedKeys(names) {
			if left--; left < 0 {
				return entries
			}
			entries = append(entries, searchEntry{Name: name, In: d.Name, Page: d.ID, Kind: "project"})
		}
	}
	return entries
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// script is a script file that assigns a value for the pages. encoding/json escapes what could end a script element.
func script(name string, v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("window.site = window.site || {};\nsite." + name + " = ")
	b.Write(data)
	b.WriteString(";\n")
	return b.Bytes(), nil
}
