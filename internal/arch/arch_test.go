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

// allowed lists the folders of the module that a folder's program code may import; "..." takes in what is below.
// One direction: a stage knows the model and what makes its input, never what comes after it.
var allowed = map[string][]string{
	"bench/speed":                 {"extract", "schema"},
	"bench/structure":             {"extract"},
	"cmd/extract":                 {"..."},
	"cmd/extract/internal/render": {"extract/model"},
	"extract":                     {"extract/..."},
	"extract/layout":              {"extract/model", "extract/wording"},
	"extract/model":               {},
	"extract/ocr":                 {"extract/model", "extract/ocr/lstm", "extract/wording"},
	"extract/ocr/lstm":            {},
	"extract/pdf":                 {"extract/model", "extract/pdf/..."},
	"extract/pdfium":              {"extract/model", "extract/pdfium/..."},
	"extract/rebuild":             {"extract/model", "extract/wording", "extract/layout", "extract/table", "extract/watermark"},
	"extract/table":               {"extract/model", "extract/wording", "extract/layout"},
	"extract/visible":             {"extract/model", "extract/wording"},
	"extract/watermark":           {"extract/model", "extract/wording"},
	"extract/wording":             {},
	"internal/arch":               {},
	"internal/batch":              {"internal/dump", "internal/store", "extract", "extract/model", "extract/ocr", "normalize", "normalize/proof", "schema"},
	"internal/overlay":            {"extract/model"},
	"internal/dump":               {"extract/model", "schema"},
	"internal/export":             {"schema"},
	"internal/report":             {"schema"},
	"internal/review":             {"extract/model", "schema"},
	"internal/warehouse":          {"schema"},
	"internal/store":              {},
	"internal/testfiles":          {},
	"normalize":                   {"extract/model", "schema", "normalize/..."},
	"normalize/corrections":       {"schema", "normalize/amount", "normalize/proof", "normalize/verify"},
	"normalize/forms":             {"extract/model", "schema", "normalize/amount"},
	"normalize/prose":             {"extract/model", "schema", "normalize/amount"},
	"normalize/amount":            {"schema"},
	"normalize/proof":             {"extract/model", "schema", "normalize/amount", "normalize/verify"},
	"normalize/verify":            {"extract/model", "schema", "normalize/amount"},
	"schema":                      {},
	"tests/summary":               {},
}

// fenced lists packages from elsewhere that one folder alone may import.
var fenced = map[string]string{
	"github.com/ledongthuc/pdf":        "extract/pdf",
	"github.com/klippa-app/go-pdfium":  "extract/pdfium",
	"github.com/xuri/excelize/v2":      "internal/export",
	"github.com/tetratelabs/wazero":    "extract/pdfium",
	"github.com/parquet-go/parquet-go": "schema",
	"github.com/spf13/cobra":           "cmd/extract",
	"github.com/rogpeppe/go-internal":  "",
	"gocloud.dev":                      "internal/store",
	"golang.org/x/term":                "cmd/extract",
	"github.com/ulikunitz/xz":          "internal/batch",
}

// pure lists the stages that work on values alone: no file, no process, no network, no clock.
var pure = []string{"extract/model", "extract/layout", "extract/table", "extract/visible", "extract/watermark", "extract/rebuild", "normalize", "normalize/proof", "normalize/verify"}

var impure = []string{"os", "os/exec", "net", "net/http", "syscall", "time", "math/rand", "math/rand/v2"}

func TestImports(t *testing.T) {
	unknown := map[string]bool{}
	for _, imp := range imports(t) {
		rules, known := allowed[imp.from]
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
		case slices.Contains(pure, imp.from) && slices.Contains(impure, imp.path):
			t.Errorf("%s: %s is a pure stage and may not import %s", imp.file, imp.from, imp.path)
		}
		for path, owner := range fenced {
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
