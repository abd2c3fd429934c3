package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestClassesAreRead: every class of phrases is named in program code, whole or as subject and name ("prose." + name), or as a
// kind of package wording, which has all of furniture.
func TestClassesAreRead(t *testing.T) {
	root := filepath.Join("..", "..")
	named := map[string]bool{}
	for _, folder := range []string{"normalize", "extract"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					if text, err := strconv.Unquote(l.Value); err == nil {
						named[text] = true
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(filepath.Join(root, "normalize", "lexicon", "data", "classes.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	classes := strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
	for _, line := range classes {
		class, _, _ := strings.Cut(line, "\t")
		subject, name, _ := strings.Cut(class, ".")
		if subject == "grammar" { // read as a whole; grammar.New refuses a feature that nothing reads
			continue
		}
		if !named[class] && !((named[subject+"."] || subject == "furniture") && named[name]) {
			t.Errorf("classes.tsv declares %s, which no program code reads", class)
		}
	}
}
