package output

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/schema"
)

// describedPackage is what the tests look at of a datapackage.json.
type describedPackage struct {
	Profile   string
	Resources []struct {
		Name   string
		Path   []string
		Schema struct {
			Fields []struct{ Name, Type, ColumnType, Currency string }
		}
	}
}

func readPackage(t *testing.T, out string) describedPackage {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, layout.DataPackage))
	if err != nil {
		t.Fatal(err)
	}
	var p describedPackage
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDataPackage(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	writeEmpty(t, out)
	p := readPackage(t, out)
	if p.Profile != "tabular-data-package" || len(p.Resources) != len(schema.Datasets()) {
		t.Errorf("profile %q, %d resources", p.Profile, len(p.Resources))
	}
	types := map[string]string{}
	for _, r := range p.Resources {
		if len(r.Path) == 0 {
			t.Errorf("%s has no files", r.Name)
		}
		for _, path := range r.Path {
			if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(path))); err != nil {
				t.Error(err)
			}
		}
		for _, f := range r.Schema.Fields {
			types[r.Name+"."+f.Name] = strings.TrimSpace(f.ColumnType + " " + f.Currency)
		}
	}
	for column, want := range map[string]string{
		"budget_lines.phase": "phase:id", "budget_lines.direction": "direction", "budget_lines.amount": "value CNY",
		"budget_lines.item_code":       "functional-classification:generic:level1:code",
		"budget_lines.department_code": "administrative-classification:generic:level1:code",
		"cells.text":                   "",
	} {
		if types[column] != want {
			t.Errorf("%s: %q, want %q", column, types[column], want)
		}
	}
}

// TestDataPackageIsKeptFromHarm: the file is replaced with its output, but never one of someone else's.
func TestDataPackageIsKeptFromHarm(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	writeEmpty(t, out)
	writeEmpty(t, out)
	path := filepath.Join(out, layout.DataPackage)
	if err := os.WriteFile(path, []byte(`{"name": "mine"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := NewWriter(out, Options{}); err == nil || !strings.Contains(err.Error(), "would be lost") {
		t.Errorf("error %v", err)
	}
}

func writeEmpty(t *testing.T, out string) {
	t.Helper()
	w, err := NewWriter(out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
}
