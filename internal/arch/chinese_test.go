package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// labelled are the files, and the folders that end with /, whose Chinese is the user interface or made-up documents.
var labelled = []string{
	"cmd/extract/cmd_convert.go", // examples of the help
	"cmd/extract/cmd_review.go",
	"cmd/extract/cmd_words.go",
	"cmd/extract/labels.go",
	"cmd/extract/program.go",
	"extract/ocr/ocrtest/",
	"internal/export/labels.go",
	"internal/report/words.go",
	"internal/testfiles/",
	"schema/schematest/",
}

// TestNoChineseInProgramCode: phrases are data, in normalize/lexicon/data and the codebooks, so that a county's wording is a
// line that can be reviewed. Comments and struct tags, which document columns, may be Chinese.
func TestNoChineseInProgramCode(t *testing.T) {
	root := filepath.Join("..", "..")
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
		file, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		file = filepath.ToSlash(file)
		if folderOf(labelled, file) != "" {
			return nil
		}
		literals, err := chineseLiterals(path)
		if err != nil {
			return err
		}
		for _, l := range literals {
			t.Errorf("%s:%d: %s is Chinese in program code: make it a phrase of normalize/lexicon/data", file, l.line, l.text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// folderOf is the entry of a list that is a file or begins its path.
func folderOf(list []string, file string) string {
	for _, entry := range list {
		if file == entry || strings.HasSuffix(entry, "/") && strings.HasPrefix(file, entry) {
			return entry
		}
	}
	return ""
}

type literal struct {
	line int
	text string
}

// chineseLiterals finds the strings and runes of a Go file that have a Chinese character, struct tags left out.
func chineseLiterals(path string) ([]literal, error) {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	tags := map[*ast.BasicLit]bool{}
	var found []literal
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			tags[n.Tag] = true
		case *ast.BasicLit:
			if n.Kind != token.STRING && n.Kind != token.CHAR || tags[n] {
				return true
			}
			text, err := strconv.Unquote(n.Value)
			if err != nil {
				text = n.Value
			}
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				found = append(found, literal{files.Position(n.Pos()).Line, n.Value})
			}
		}
		return true
	})
	return found, nil
}
