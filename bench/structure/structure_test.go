package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// floors are the least F1 of each layout whose files are in the corpus itself.
var floors = map[string]float64{
	"ruled": 0.995, "multi-row header": 0.995, "two blocks": 0.995, "merged": 0.995, "horizontal rules": 0.995,
	"continued": 0.995, "rotated page": 0.995,
}

// drawnFloors are those of the documents that draw/make.py draws.
var drawnFloors = map[string]float64{
	"vertical rules only": 0.995, "shading for rules": 0.995, "no rules": 0.995, "three lines, grouped header": 0.995,
	"tables side by side": 0.995, "strokes that are no rules": 0.995, "texts over borders": 0.995, "marks, broken amounts": 0.995,
	"rules of dots and dashes": 0.995, "continued in odd ways": 0.995, "titles in odd places": 0.995,
}

// Of the drawn tables so many have the right title and unit at the least, and so many are found at the most where none is.
const leastTitles, leastUnits, mostExtra = 58, 58, 0

// TestStructure scores the program on the checked grids whose files are in the shared corpus.
func TestStructure(t *testing.T) {
	refs, err := readReferences("grids")
	if err != nil {
		t.Fatal(err)
	}
	if len(refs) < 40 {
		t.Fatalf("%d grids", len(refs))
	}
	folders := []string{"../../../shared/corpus"}
	refs = slices.DeleteFunc(refs, func(r Reference) bool { return readFrom(folders, r.File) == nil })
	if len(refs) == 0 {
		t.Skip("needs the shared corpus, which is not beside the repository")
	}
	own, err := ours(context.Background(), refs, folders)
	if err != nil {
		t.Fatal(err)
	}
	checkFloors(t, refs, own, floors)
}

// TestDrawn scores the program on documents that are drawn for it, whose grids, titles and units are known to the last one.
func TestDrawn(t *testing.T) {
	folder := drawn(t)
	refs, err := readReferences(filepath.Join(folder, "grids"))
	if err != nil {
		t.Fatal(err)
	}
	own, err := ours(context.Background(), refs, []string{folder})
	if err != nil {
		t.Fatal(err)
	}
	checkFloors(t, refs, own, drawnFloors)
	titles, units := 0, 0
	for i := range refs {
		title, unit := own.named(&refs[i])
		if title {
			titles++
		}
		if unit {
			units++
		}
		if !title || !unit {
			t.Logf("%s: title right %t, unit right %t", refs[i].Name, title, unit)
		}
	}
	extra := len(own.Tables) - len(refs)
	t.Logf("%d tables: %d titles and %d units are right; %d tables too many", len(refs), titles, units, extra)
	if titles < leastTitles || units < leastUnits || extra > mostExtra {
		t.Errorf("not %d, %d and %d", leastTitles, leastUnits, mostExtra)
	}
}

// drawn draws the documents with the Python of make test, or that of the system where it has what they need.
func drawn(t *testing.T) string {
	t.Helper()
	python, err := filepath.Abs("../../.venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		python = "python3"
	}
	folder := t.TempDir()
	out, err := exec.Command(python, "draw/make.py", folder).CombinedOutput()
	var exit *exec.ExitError
	if errors.Is(err, exec.ErrNotFound) || errors.As(err, &exit) && exit.ExitCode() == 3 {
		t.Skipf("the documents cannot be drawn here (make deps-test .venv/installed): %v: %s", err, out)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return folder
}

// checkFloors wants each layout to have its least F1, and a floor for each layout.
func checkFloors(t *testing.T, refs []Reference, own system, floors map[string]float64) {
	t.Helper()
	sums := map[string]Score{}
	for i := range refs {
		s := own.best(&refs[i])
		if s.Exact == 0 {
			t.Logf("%s: precision %.3f, recall %.3f", refs[i].Name, s.Precision(), s.Recall())
		}
		sum := sums[refs[i].Layout]
		sum.add(s)
		sums[refs[i].Layout] = sum
	}
	for layout, floor := range floors {
		if s := sums[layout]; s.F1() < floor {
			t.Errorf("%s: F1 %.3f over %d tables, not %.3f", layout, s.F1(), s.Tables, floor)
		}
	}
}

// TestGrids holds the checked grids to what a grid is: every place covered by one cell.
func TestGrids(t *testing.T) {
	refs, err := readReferences("grids")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range refs {
		covered := map[[2]int]int{}
		for _, c := range r.Cells {
			for row := c.Row; row < c.Row+c.RowSpan; row++ {
				for col := c.Col; col < c.Col+c.ColSpan; col++ {
					covered[[2]int{row, col}]++
					if row >= r.Rows || col >= r.Columns {
						t.Errorf("%s: a cell reaches to row %d, column %d", r.Name, row, col)
					}
				}
			}
		}
		for place, n := range covered {
			if n != 1 {
				t.Errorf("%s: %d cells at %v", r.Name, n, place)
			}
		}
		if len(covered) != r.Rows*r.Columns {
			t.Errorf("%s: %d places of %d covered", r.Name, len(covered), r.Rows*r.Columns)
		}
	}
}

func TestRelations(t *testing.T) {
	// a | b b        a spans two rows, b two columns; the place under the second b is empty
	// a | c .
	ref := &Grid{2, 3, []Cell{{0, 0, 2, 1, "a"}, {0, 1, 1, 2, "b"}, {1, 1, 1, 1, "c"}, {1, 2, 1, 1, ""}}}
	unspanned := &Grid{2, 3, []Cell{{0, 0, 1, 1, "a"}, {0, 1, 1, 1, "b"}, {1, 1, 1, 1, "c"}, {0, 2, 1, 1, "d"}}}
	for _, test := range []struct {
		name   string
		found  *Grid
		shared int
		system int
		exact  int
	}{
		{"itself", ref, 3, 3, 1},                           // a-b, a-c, b over c
		{"nothing", nil, 0, 0, 0},                          //
		{"no spans and one more text", unspanned, 2, 3, 0}, // a-b, b over c; and b-d
	} {
		s := compare(ref, test.found)
		if s.Reference != 3 || s.Shared != test.shared || s.System != test.system || s.Exact != test.exact {
			t.Errorf("%s: %+v", test.name, s)
		}
	}
}

func TestJoined(t *testing.T) {
	page := func(n int, text string) found {
		return found{File: "f", FirstPage: n, LastPage: n, Grid: Grid{2, 1, []Cell{{0, 0, 1, 1, "head"}, {1, 0, 1, 1, text}}}}
	}
	ref := &Reference{File: "f", FirstPage: 1, LastPage: 2, HeaderRows: 1,
		Grid: Grid{3, 1, []Cell{{0, 0, 1, 1, "head"}, {1, 0, 1, 1, "x"}, {2, 0, 1, 1, "y"}}}}
	s := &system{Tables: []found{page(1, "x"), page(2, "y"), page(3, "z")}}
	if got := s.best(ref); got.Exact != 1 {
		t.Errorf("%+v", got)
	}
}

func TestBeside(t *testing.T) {
	page := func(n int, a, b string) found {
		return found{File: "f", FirstPage: n, LastPage: n, Grid: Grid{2, 1, []Cell{{0, 0, 1, 1, a}, {1, 0, 1, 1, b}}}}
	}
	ref := &Reference{File: "f", FirstPage: 1, LastPage: 2, HeaderRows: 1,
		Grid: Grid{2, 2, []Cell{{0, 0, 1, 1, "a"}, {1, 0, 1, 1, "b"}, {0, 1, 1, 1, "c"}, {1, 1, 1, 1, "d"}}}}
	s := &system{Tables: []found{page(1, "a", "b"), page(2, "c", "d")}}
	if got := s.best(ref); got.Exact != 1 {
		t.Errorf("%+v", got)
	}
}

func TestKey(t *testing.T) {
	for text, want := range map[string]string{" １,234 ．5": "1,234.5", "12.50²": "12.50²", "12.50①": "12.50①", "合　计": "合计"} {
		if got := key(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
