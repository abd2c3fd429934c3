package arch

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// rules are what docs/architecture.md says about imports.
type rules struct {
	// allowed lists the folders of the module that a folder's program code may import; "..." includes what is below.
	allowed map[string][]string
	// fenced gives the one folder that may import a package from elsewhere, or "" if only tests may.
	fenced map[string]string
	// pure lists the stages that work on values alone: no file, no process, no network, no clock.
	pure []string
}

// impure are the packages that a pure stage may not import.
var impure = []string{"os", "os/exec", "net", "net/http", "syscall", "time", "math/rand", "math/rand/v2"}

var quoted = regexp.MustCompile("`([^`]+)`")

// readRules reads the tables between the marks of docs/architecture.md.
func readRules(t *testing.T) rules {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	r := rules{allowed: map[string][]string{}, fenced: map[string]string{}}
	for _, cells := range markedRows(t, string(data), "import table") {
		names := namesIn(cells[0])
		if len(cells) != 3 || len(names) != 1 {
			t.Fatalf("docs/architecture.md: a row of the import table has not one package and two other cells: %q", cells)
		}
		if _, twice := r.allowed[names[0]]; twice {
			t.Errorf("docs/architecture.md: %s has two rows", names[0])
		}
		r.allowed[names[0]] = namesIn(cells[2])
	}
	for _, cells := range markedRows(t, string(data), "fences") {
		owner := ""
		if names := namesIn(cells[1]); len(names) > 0 {
			owner = names[0]
		}
		r.fenced[namesIn(cells[0])[0]] = owner
	}
	r.pure = namesIn(marked(t, string(data), "pure"))
	if len(r.allowed) < 20 || len(r.fenced) < 5 || len(r.pure) < 5 {
		t.Fatalf("docs/architecture.md: %d packages, %d fences and %d pure stages found", len(r.allowed), len(r.fenced), len(r.pure))
	}
	return r
}

// marked is the text between the marks of that name.
func marked(t *testing.T, page, name string) string {
	t.Helper()
	_, rest, begun := strings.Cut(page, "<!-- "+name+": begin -->")
	text, _, ended := strings.Cut(rest, "<!-- "+name+": end -->")
	if !begun || !ended {
		t.Fatalf("docs/architecture.md: the marks of %q are missing", name)
	}
	return text
}

// markedRows are the cells of the body rows of a marked Markdown table.
func markedRows(t *testing.T, page, name string) [][]string {
	t.Helper()
	var rows [][]string
	for line := range strings.Lines(marked(t, page, name)) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		rows = append(rows, strings.Split(strings.Trim(line, "|"), "|"))
	}
	return rows
}

// namesIn are the words between backticks.
func namesIn(text string) (names []string) {
	for _, m := range quoted.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}
