package schema

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// TestDiagnosticCodes: every code can be written; a row with one that is not listed would cost its document all rows.
func TestDiagnosticCodes(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "diagnostics.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, v := range enumValues()["diagnostics.code"] {
		listed = append(listed, v.Value)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		if code, _ := strconv.Unquote(literal.Value); !slices.Contains(listed, code) {
			t.Errorf("%s is not listed", code)
		}
		return true
	})
}
