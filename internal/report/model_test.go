package report

import (
	"strings"
	"testing"

	"github.com/countybudget/extract/normalize/lineage"
	"github.com/countybudget/extract/schema"
)

const (
	oldName = "清江县农业局"
	newName = "清江县农业农村局"
	roads   = "清江县公路管理局"
)

func twoNames(prior ...string) []publication {
	return []publication{
		{name: oldName, year: 2021, kind: schema.Budget, total: "100000.00", three: "5000.00"},
		{name: newName, year: 2022, kind: schema.Budget, total: "120000.00", three: "4000.00", prior: prior},
	}
}

func TestRenamedByFigures(t *testing.T) {
	for name, c := range map[string]struct {
		prior  []string
		joined bool
	}{
		"the same figures":   {[]string{"5000.00", "1200.00"}, true},
		"one figure differs": {[]string{"5000.00", "1300.00"}, false},
		"no figures":         {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			m := build(t, nil, twoNames(c.prior...)...)
			if joined := len(m.Departments) == 1; joined != c.joined {
				t.Fatalf("joined: %v, want %v", joined, c.joined)
			}
			if d := m.named(t, newName); c.joined && (d.Origin != schema.OriginDerived || d.Figure(2021, schema.Approved, lineage.TotalExpenditure) == nil) {
				t.Errorf("%+v", d)
			}
		})
	}
}

func TestAliases(t *testing.T) {
	aliases, err := lineage.ReadAliases(strings.NewReader("name,current_name,region,from_year,to_year,kind\n" +
		oldName + "," + newName + ",清江县,,2021,renamed\n" + roads + "," + newName + ",,,2021,merged\n"))
	if err != nil {
		t.Fatal(err)
	}
	m := build(t, aliases, append(twoNames(), publication{name: roads, year: 2021, kind: schema.Budget, total: "7.00"})...)
	d, gone := m.named(t, newName), m.named(t, roads)
	switch {
	case len(m.Departments) != 2 || len(d.Documents) != 2 || d.Origin != schema.OriginCurated:
		t.Errorf("%d departments, %d documents", len(m.Departments), len(d.Documents))
	case len(gone.Into) != 1 || gone.Into[0].Department != d || gone.Into[0].Year != 2022 || len(d.From) != 1:
		t.Errorf("merger: %+v", gone.Into)
	}
	for _, c := range m.Changes {
		if len(c.Merged) != 1 {
			t.Errorf("the change of %d does not say what was taken in", c.Year)
		}
	}
}

// TestOnlyCurrent: of a correction and what it corrects, only the correction counts.
func TestOnlyCurrent(t *testing.T) {
	m := build(t, nil,
		publication{name: newName, year: 2024, kind: schema.Budget, file: "2024.pdf", total: "1.00"},
		publication{name: newName, year: 2024, kind: schema.Budget, file: "2024（更正）.pdf", total: "2.00"})
	d := m.named(t, newName)
	if f := d.Figure(2024, schema.Approved, lineage.TotalExpenditure); f.Amount.String() != "2" || f.Disputed {
		t.Errorf("%+v", f)
	}
	if len(d.Documents) != 2 {
		t.Errorf("%d documents are listed", len(d.Documents))
	}
}

// TestGaps: a missing year has no figure, and nothing is compared across it.
func TestGaps(t *testing.T) {
	m := build(t, nil,
		publication{name: newName, year: 2021, kind: schema.Budget, total: "1.00"},
		publication{name: newName, year: 2023, kind: schema.Budget, total: "9.00"},
		publication{name: newName, year: 2022, kind: schema.FinalAccounts, total: "5.00"})
	d := m.named(t, newName)
	if d.Figure(2022, schema.Approved, lineage.TotalExpenditure) != nil || len(m.Changes) != 0 {
		t.Errorf("changes: %+v", m.Changes)
	}
	points := d.chartData().Measures[0].Points[schema.Approved]
	if len(points) != 3 || points[0] == nil || points[1] != nil || points[2] == nil {
		t.Errorf("points: %v", points)
	}
}

// TestRecognizedAgainstAccounts: a figure read from a scan is in dispute when the accounts repeat the budget otherwise.
func TestRecognizedAgainstAccounts(t *testing.T) {
	for source, disputed := range map[schema.Source]bool{schema.FromOCR: true, schema.FromText: false} {
		m := build(t, nil,
			publication{name: newName, year: 2022, kind: schema.Budget, three: "400000.00", source: source},
			publication{name: newName, year: 2023, kind: schema.Budget, three: "3000.00", prior: []string{"4000.00", "1200.00"}})
		if f := m.named(t, newName).Figure(2022, schema.Approved, lineage.ThreePublicTotal); f.Disputed != disputed {
			t.Errorf("%s: disputed is %v", source, f.Disputed)
		}
	}
}

// TestMarks: a contradicted or disputed figure is marked as doubtful, one that no identity confirms as open.
func TestMarks(t *testing.T) {
	for _, c := range []struct {
		f    Figure
		want string
	}{
		{Figure{Verification: schema.Verified}, ""},
		{Figure{Verification: schema.Unchecked}, "open"},
		{Figure{Verification: schema.Contradicted}, "bad"},
		{Figure{Verification: schema.Verified, Disputed: true}, "bad"},
	} {
		if got := pointOf(&c.f).Mark; got != c.want {
			t.Errorf("%s, disputed %v: the mark is %q, want %q", c.f.Verification, c.f.Disputed, got, c.want)
		}
	}
}
