package schema_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/countybudget/extract/schema"
)

// glossary is where people look a value up. Its tables of values have these columns:
//
//	| Chinese | English | value | Go | column |
const glossary = "../docs/glossary.md"

// term is what a line of the glossary must say of a value: a dataset, or a value of a closed list in one column.
type term struct{ column, value string }

// TestGlossary holds the tables of values in the glossary against the schema: each dataset and each value of a closed list has
// one line with its Chinese label, nothing else has one, and the Go names are constants of these values.
func TestGlossary(t *testing.T) {
	want := glossaryTerms()
	constants := stringConstants(t)
	last := ""
	for n, line := range glossaryLines(t) {
		cells := tableCells(line)
		if len(cells) != 5 || strings.HasPrefix(cells[0], "---") {
			last = ""
			continue
		}
		if cells[2] == "value" {
			last = ""
			continue
		}
		value := strings.Trim(cells[2], "`")
		if value < last {
			t.Errorf("%s:%d: %q stands after %q; values are sorted", glossary, n+1, value, last)
		}
		last = value
		if cells[1] == "" {
			t.Errorf("%s:%d: %q has no English", glossary, n+1, value)
		}
		for column := range strings.SplitSeq(cells[4], ", ") {
			id := term{strings.Trim(column, "`"), value}
			label, ok := want[id]
			switch {
			case !ok:
				t.Errorf("%s:%d: %s has no value %q, or a line above has it", glossary, n+1, id.column, value)
			case label != cells[0]:
				t.Errorf("%s:%d: the label of %q in %s is %s, not %s", glossary, n+1, value, id.column, label, cells[0])
			}
			delete(want, id)
		}
		name, ok := strings.CutPrefix(strings.Trim(cells[3], "`"), "schema.")
		if ok && constants[name] != value {
			t.Errorf("%s:%d: schema.%s is %q, not %q", glossary, n+1, name, constants[name], value)
		}
	}
	for _, id := range slices.SortedFunc(maps.Keys(want), func(a, b term) int { return strings.Compare(a.column+a.value, b.column+b.value) }) {
		t.Errorf("%s has no line for the value %q of %s (%s)", glossary, id.value, id.column, want[id])
	}
}

// glossaryTerms are the lines that the glossary must have, with their Chinese labels.
func glossaryTerms() map[term]string {
	want := map[term]string{}
	for _, d := range schema.Datasets() {
		want[term{"dataset", d.Name}] = d.Label
		for _, c := range d.Columns {
			for _, v := range c.Values {
				want[term{d.Name + "." + c.Name, v.Value}] = v.Label
			}
		}
	}
	return want
}

func glossaryLines(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(glossary)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(data), "\n")
}

// tableCells gives the cells of a line of a Markdown table; nil of another line.
func tableCells(line string) []string {
	inner, ok := strings.CutPrefix(line, "|")
	if !ok {
		return nil
	}
	cells := strings.Split(strings.TrimSuffix(inner, "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// stringConstants are the exported constants of the package whose value is written out.
func stringConstants(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	constants := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Names) != len(spec.Values) {
				return true
			}
			for i, id := range spec.Names {
				if literal, ok := spec.Values[i].(*ast.BasicLit); ok && literal.Kind == token.STRING && id.IsExported() {
					constants[id.Name], _ = strconv.Unquote(literal.Value)
				}
			}
			return true
		})
	}
	return constants
}
