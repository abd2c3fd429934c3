package arch

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/countybudget/extract/"

// TestImports: the import table of docs/architecture.md and the tree agree.
func TestImports(t *testing.T) {
	r := readRules(t)
	unknown := map[string]bool{}
	for folder := range r.allowed {
		if programs, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(folder), "*.go")); err != nil || len(programs) == 0 {
			t.Errorf("docs/architecture.md: the import table has %s, which has no Go file", folder)
		}
	}
	for _, imp := range imports(t) {
		rules, known := r.allowed[imp.from]
		switch {
		case !known:
			if !unknown[imp.from] {
				t.Errorf("%s: the folder %s is not in the import table", imp.file, imp.from)
			}
			unknown[imp.from] = true
		case strings.HasPrefix(imp.path+"/", module):
			if to := strings.TrimPrefix(imp.path, module); !matches(rules, to) {
				t.Errorf("%s: %s may not import %s", imp.file, imp.from, to)
			}
		case slices.Contains(r.pure, imp.from) && slices.Contains(impure, imp.path):
			t.Errorf("%s: %s is a pure stage and may not import %s", imp.file, imp.from, imp.path)
		}
		for path, owner := range r.fenced {
			if (imp.path == path || strings.HasPrefix(imp.path, path+"/")) && imp.from != owner {
				t.Errorf("%s: only %s may import %s", imp.file, owner, imp.path)
			}
		}
	}
}

func matches(rules []string, to string) bool {
	return slices.ContainsFunc(rules, func(rule string) bool {
		prefix, below := strings.CutSuffix(rule, "...")
		return rule == to || below && strings.HasPrefix(to+"/", prefix)
	})
}

type imported struct{ file, from, path string }

// imports reads the imports of the module's program code, tests left out.
func imports(t *testing.T) []imported {
	t.Helper()
	root := filepath.Join("..", "..")
	var found []imported
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		file, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		file = filepath.ToSlash(file)
		for _, spec := range parsed.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found = append(found, imported{file, filepath.ToSlash(filepath.Dir(file)), path})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 50 {
		t.Fatalf("only %d imports found: the test looks in the wrong place", len(found))
	}
	return found
}
