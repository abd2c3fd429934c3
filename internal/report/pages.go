package report

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"html/template"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

// page is what every template is given.
type page struct {
	Model   *Model
	Title   string
	Here    string
	Root    string // from the page to the site's folder
	Scripts []string
}

// cell is a figure with the way to its place; the figure is nil when there is none.
type cell struct {
	Figure *Figure
	Link   template.URL
}

type indexPage struct {
	page
	Counties []countyRows
	Quality  []Quality
	All      Quality
	Problems []*Document
}

type countyRows struct {
	Name string
	Rows []coverageRow
}

type coverageRow struct {
	Department *Department
	Former     []string
	Cells      [][]slot
	Latest     *Figure
	LatestYear int32
	Percent    decimal.NullDecimal
	Spark      template.HTML
}

type slot struct {
	Phase    schema.Phase
	Document *Document
}

func (s *site) index() indexPage {
	m := s.model
	p := indexPage{page: s.page("index", "", words["site"][0]), Problems: m.Problems()}
	p.Quality, p.All = m.Quality()
	for _, d := range m.Departments {
		if len(p.Counties) == 0 || p.Counties[len(p.Counties)-1].Name != d.County {
			p.Counties = append(p.Counties, countyRows{Name: d.County})
		}
		c := &p.Counties[len(p.Counties)-1]
		c.Rows = append(c.Rows, m.coverage(d))
	}
	return p
}

func (m *Model) coverage(d *Department) coverageRow {
	r := coverageRow{Department: d, Spark: sparkline(d, m.Years, schema.Approved)}
	for _, n := range d.Names {
		if n.Name != d.Name {
			r.Former = append(r.Former, short(&Department{Name: n.Name, County: d.County}))
		}
	}
	for _, y := range m.Years {
		var slots []slot
		for _, phase := range Phases {
			slots = append(slots, slot{phase, d.Document(y, phase)})
		}
		r.Cells = append(r.Cells, slots)
		if f := d.Figure(y, schema.Approved, lineage.TotalExpenditure); f != nil {
			r.Latest, r.LatestYear = f, y
		}
	}
	if c, ok := change(d, r.LatestYear, schema.Approved, lineage.TotalExpenditure); ok {
		r.Percent = c.Percent
	}
	return r
}

// short is a department's name without the county that stands above it.
func short(d *Department) string {
	if rest := strings.TrimPrefix(d.Name, d.County); rest != "" {
		return rest
	}
	return d.Name
}

type departmentPage struct {
	page
	Department   *Department
	Former       []NameSpan
	Missing      []int32
	Facts        []fact
	Years        []int32
	Items        string
	Rows         []figureRow
	ProjectYears []int32
	Projects     []figureRow
	Documents    []documentRow
}

type fact struct {
	Year    int32
	Phase   schema.Phase
	Measure lineage.Measure
	Figure  *Figure
	Percent decimal.NullDecimal
}

type figureRow struct {
	Key   string // of a text
	Name  string // or the name itself
	Item  bool   // part of the row above
	First bool   // of a group
	Phase schema.Phase
	Cells []cell
}

type documentRow struct {
	Document *Document
	Link     template.URL
}

func (s *site) department(d *Department) departmentPage {
	p := departmentPage{page: s.page("department", "../", d.Name), Department: d, Years: span(d.Years())}
	p.Scripts = []string{"data/" + d.ID + ".js", "assets/echarts.min.js"}
	for _, n := range d.Names {
		if n.Name != d.Name {
			p.Former = append(p.Former, n)
		}
	}
	have := d.Years()
	for _, y := range p.Years {
		if !slices.Contains(have, y) {
			p.Missing = append(p.Missing, y)
		}
	}
	p.Facts = d.facts()
	items := d.threePublicItems()
	names := make([]string, len(items))
	for i, m := range items {
		names[i] = string(m)
	}
	p.Items = strings.Join(names, " ")
	p.Rows = s.figureRows(d, p.Years, items)
	p.ProjectYears, p.Projects = s.projectRows(d)
	for _, doc := range d.Documents {
		p.Documents = append(p.Documents, documentRow{doc, s.link(p.Root, doc, 0, "")})
	}
	return p
}

// facts are the latest total and “三公” of each phase.
func (d *Department) facts() []fact {
	var facts []fact
	years := d.Years()
	for _, phase := range Phases {
		for _, m := range []lineage.Measure{lineage.TotalExpenditure, lineage.ThreePublicTotal} {
			for _, y := range slices.Backward(years) {
				f := d.Figure(y, phase, m)
				if f == nil {
					continue
				}
				c, _ := change(d, y, phase, m)
				facts = append(facts, fact{y, phase, m, f, c.Percent})
				break
			}
		}
	}
	return facts
}

func (s *site) figureRows(d *Department, years []int32, items []lineage.Measure) []figureRow {
	var rows []figureRow
	add := func(m lineage.Measure, item bool) {
		for i, phase := range Phases {
			row := figureRow{Key: string(m), Item: item, First: i == 0, Phase: phase}
			for _, y := range years {
				row.Cells = append(row.Cells, s.cell("../", d.threePublicFigure(y, phase, m)))
			}
			rows = append(rows, row)
		}
	}
	for _, m := range MainMeasures {
		add(m, m == lineage.BasicExpenditure || m == lineage.ProjectSpending)
		if m == lineage.ThreePublicTotal {
			for _, item := range items {
				add(item, true)
			}
		}
	}
	for _, code := range d.functionCodes() {
		for i, phase := range Phases {
			row := figureRow{Name: code + " " + d.ItemNames[code], First: i == 0, Phase: phase}
			for _, y := range years {
				row.Cells = append(row.Cells, s.cell("../", d.Functions[ItemKey{y, phase, code}]))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// projectRows are the projects by year, those of the latest year first.
func (s *site) projectRows(d *Department) ([]int32, []figureRow) {
	type project struct {
		name  string
		phase schema.Phase
	}
	var years []int32
	found := map[project]bool{}
	for k := range d.Projects {
		found[project{k.Item, k.Phase}] = true
		years = append(years, k.Year)
	}
	years = span(years)
	projects := make([]project, 0, len(found))
	for p := range found {
		projects = append(projects, p)
	}
	slices.SortFunc(projects, func(a, b project) int {
		for _, y := range slices.Backward(years) {
			x, z := d.Projects[ItemKey{y, a.phase, a.name}], d.Projects[ItemKey{y, b.phase, b.name}]
			switch {
			case x == nil && z == nil:
				continue
			case x == nil:
				return 1
			case z == nil:
				return -1
			}
			return cmp.Or(-x.Amount.Cmp(z.Amount), cmp.Compare(a.name, b.name), cmp.Compare(a.phase, b.phase))
		}
		return 0
	})
	rows := make([]figureRow, 0, len(projects))
	for _, p := range projects {
		row := figureRow{Name: p.name, Phase: p.phase}
		for _, y := range years {
			row.Cells = append(row.Cells, s.cell("../", d.Projects[ItemKey{y, p.phase, p.name}]))
		}
		rows = append(rows, row)
	}
	return years, rows
}

// maxChanges bounds the page of changes.
const maxChanges = 1000

type changesPage struct {
	page
	Measures []lineage.Measure
	Phases   []schema.Phase
	Changes  []changeRow
}

type changeRow struct {
	Change        *Change
	Before, After cell
}

func (s *site) changes() changesPage {
	p := changesPage{page: s.page("changes", "", words["changes"][0]), Measures: MainMeasures, Phases: Phases}
	p.Scripts = []string{"assets/echarts.min.js"}
	for i := range s.model.Changes[:min(len(s.model.Changes), maxChanges)] {
		c := &s.model.Changes[i]
		p.Changes = append(p.Changes, changeRow{c, s.cell("", c.Before), s.cell("", c.After)})
	}
	return p
}

type checksPage struct {
	page
	Groups []findingGroup
}

type findingGroup struct {
	Document *Document
	Findings []findingRow
}

type findingRow struct {
	Finding *Finding
	Places  []linePlace
	More    int
}

type linePlace struct {
	Line FindingLine
	Link template.URL
}

func (s *site) checks() checksPage {
	p := checksPage{page: s.page("checks", "", words["checks"][0])}
	for i := range s.model.Findings {
		f := &s.model.Findings[i]
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Document != f.Document {
			p.Groups = append(p.Groups, findingGroup{Document: f.Document})
		}
		g := &p.Groups[len(p.Groups)-1]
		row := findingRow{Finding: f, More: len(f.LineIDs) - len(f.Lines)}
		for _, l := range f.Lines {
			row.Places = append(row.Places, linePlace{l, s.link("", f.Document, l.Page, l.LineID)})
		}
		g.Findings = append(g.Findings, row)
	}
	return p
}

func (s *site) page(here, root, title string) page {
	return page{Model: s.model, Title: title, Here: here, Root: root}
}

func (s *site) cell(root string, f *Figure) cell {
	if f == nil {
		return cell{}
	}
	return cell{f, s.link(root, f.Document, f.Page, f.LineID)}
}

// baseName is the last part of a path written on any system.
func baseName(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }
