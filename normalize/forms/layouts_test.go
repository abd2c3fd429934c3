package forms

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
	"github.com/shopspring/decimal"
)

// layout is a form as a region prints it, with what is to be read of it: one file of testdata/layouts. Its tables are
// grids of grid, each on a page of its own.
type layout struct {
	name, title, unit string
	tables            [][]string
	projects          []string // column=value; …
	indicators        []string // as show
	unread            []string // headers that are reported
}

func layouts(t *testing.T) []layout {
	t.Helper()
	files, err := filepath.Glob("testdata/layouts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no layouts: ", err)
	}
	var out []layout
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		l := layout{name: strings.TrimSuffix(filepath.Base(file), ".txt")}
		part := ""
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			switch {
			case strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "title: "):
				l.title = strings.TrimPrefix(line, "title: ")
			case strings.HasPrefix(line, "unit: "):
				l.unit = strings.TrimPrefix(line, "unit: ")
			case line == "table:":
				part, l.tables = "table", append(l.tables, nil)
			case line == "projects:" || line == "indicators:" || line == "unread:":
				part = line
			case part == "table":
				l.tables[len(l.tables)-1] = append(l.tables[len(l.tables)-1], line)
			case part == "projects:":
				l.projects = append(l.projects, line)
			case part == "indicators:":
				l.indicators = append(l.indicators, line)
			case part == "unread:":
				l.unread = append(l.unread, line)
			default:
				t.Fatalf("%s: %q stands nowhere", file, line)
			}
		}
		out = append(out, l)
	}
	return out
}

// grids are the tables of a layout, on pages that follow each other.
func (l *layout) grids() []*model.Table {
	var out []*model.Table
	for i, lines := range l.tables {
		t := grid(lines...)
		t.No, t.FirstPage, t.LastPage, t.Unit = i+1, i+1, i+1, l.unit
		if i == 0 {
			t.Title = l.title
		}
		for c := range t.Cells {
			t.Cells[c].Page = i + 1
		}
		out = append(out, t)
	}
	return out
}

// columnsOf are the columns of a project with a value, as text, but for its number, year and place.
func columnsOf(p *schema.PerformanceProject) map[string]string {
	out := map[string]string{}
	v := reflect.ValueOf(*p)
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("col"), ",")
		s := ""
		switch x := v.Field(i).Interface().(type) {
		case string:
			s = x
		case decimal.NullDecimal:
			if x.Valid {
				s = x.Decimal.String()
			}
		}
		if s != "" && name != "document_id" {
			out[name] = s
		}
	}
	return out
}

// tally counts fields: those of the truth, and those that are right; what stands beside the truth is wrong.
type tally struct{ all, right, wrong int }

func (n *tally) add(o tally) { n.all, n.right, n.wrong = n.all+o.all, n.right+o.right, n.wrong+o.wrong }

// judge compares the projects and indicators read with the truth, field by field, and says what differs.
func (l *layout) judge(ps []schema.PerformanceProject, is []schema.PerformanceIndicator) (projects, indicators tally, faults []string) {
	for i := range max(len(l.projects), len(ps)) {
		want, got := map[string]string{}, map[string]string{}
		if i < len(l.projects) {
			for f := range strings.SplitSeq(l.projects[i], "; ") {
				name, value, _ := strings.Cut(f, "=")
				want[name] = value
			}
		}
		if i < len(ps) {
			got = columnsOf(&ps[i])
		}
		faults = append(faults, projects.compare(fmt.Sprint("project ", i+1), want, got)...)
	}
	names := []string{"horizon", "level1", "level2", "name", "operator", "value", "unit", "raw_value"}
	fields := func(s string) map[string]string {
		m := map[string]string{}
		for i, value := range strings.Split(s, "|") {
			if value != "" {
				m[names[i]] = value
			}
		}
		return m
	}
	// an indicator is found by the project it is of, its horizon and its name, so that one too many spoils no others
	left := slices.Clone(is)
	for i, line := range l.indicators {
		want, got := fields(line), map[string]string{}
		for k := range left {
			if left[k].Name == want["name"] && left[k].Horizon == want["horizon"] {
				got = fields(show(left[k]))
				left = slices.Delete(left, k, k+1)
				break
			}
		}
		faults = append(faults, indicators.compare(fmt.Sprint("indicator ", i+1), want, got)...)
	}
	for k := range left {
		faults = append(faults, indicators.compare("one more", nil, fields(show(left[k])))...)
	}
	return projects, indicators, faults
}

func (n *tally) compare(what string, want, got map[string]string) (faults []string) {
	n.all += len(want)
	for name, value := range want {
		if got[name] == value {
			n.right++
		} else {
			faults = append(faults, fmt.Sprintf("%s: %s is %q, want %q", what, name, got[name], value))
		}
	}
	for name, value := range got {
		if want[name] == "" {
			n.wrong++
			faults = append(faults, fmt.Sprintf("%s: %s is %q, want none", what, name, value))
		}
	}
	slices.Sort(faults)
	return faults
}

// TestLayouts reads the forms of the regions from their grids.
func TestLayouts(t *testing.T) {
	testLayouts(t, func(_ *testing.T, l *layout) []*model.Table { return l.grids() })
}

// TestDrawnLayouts reads the same forms from PDFs.
func TestDrawnLayouts(t *testing.T) {
	testLayouts(t, func(t *testing.T, l *layout) []*model.Table {
		data := drawLayout(l)
		if folder := os.Getenv("EXTRACT_TEST_DRAWN"); folder != "" {
			if err := os.WriteFile(filepath.Join(folder, l.name+".pdf"), data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		doc, err := extract.Extract(context.Background(), data, extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var out []*model.Table
		for i := range doc.Tables {
			out = append(out, &doc.Tables[i])
		}
		return out
	})
}

func testLayouts(t *testing.T, tables func(*testing.T, *layout) []*model.Table) {
	var projects, indicators tally
	for _, l := range layouts(t) {
		t.Run(l.name, func(t *testing.T) {
			var unread []string
			ps, is := words().Read(tables(t, &l), Context{FiscalYear: 2024, Unread: func(c *model.Cell) { unread = append(unread, c.Text) }})
			if !slices.Equal(unread, l.unread) {
				t.Errorf("%q is told of, want %q", unread, l.unread)
			}
			p, i, faults := l.judge(ps, is)
			projects.add(p)
			indicators.add(i)
			for _, f := range faults {
				t.Error(f)
			}
		})
	}
	t.Logf("projects: %d of %d fields right, %d too many; indicators: %d of %d, %d too many",
		projects.right, projects.all, projects.wrong, indicators.right, indicators.all, indicators.wrong)
}
