package report

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/schema"
)

func writeSite(t *testing.T, out string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	if _, err := Write(context.Background(), out, dir, Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func readSite(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestSame: the same output gives the same bytes.
func TestSame(t *testing.T) {
	out := writeOutput(t, twoNames("5000.00", "1200.00")...)
	first, second := readSite(t, writeSite(t, out)), readSite(t, writeSite(t, out))
	if len(first) == 0 || len(first) != len(second) {
		t.Fatalf("%d and %d files", len(first), len(second))
	}
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

// TestHostileNames: what a document calls itself is text, in pages and in scripts.
func TestHostileNames(t *testing.T) {
	evil := `</script><img src=x onerror=alert(1)>"'`
	out := writeOutput(t, publication{name: evil + "局", year: 2024, kind: schema.Budget, file: evil + ".pdf", total: "1.00"})
	for name, data := range readSite(t, writeSite(t, out)) {
		if strings.HasPrefix(name, "assets/") {
			continue
		}
		if bytes.Contains(data, []byte("<img")) || strings.HasSuffix(name, ".js") && bytes.Contains(data, []byte("</script")) {
			t.Errorf("%s lets markup through", name)
		}
	}
}

// TestFolder: a folder of something else is left alone; a site is replaced, and what else lies in it stays.
func TestFolder(t *testing.T) {
	out := writeOutput(t, twoNames()...)
	dir := t.TempDir()
	other := filepath.Join(dir, "thesis.doc")
	if err := os.WriteFile(other, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(context.Background(), out, dir, Options{}); err == nil {
		t.Error("a folder with other files was taken")
	}
	site := writeSite(t, out)
	note := filepath.Join(site, "note.txt")
	if err := os.WriteFile(note, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(context.Background(), out, site, Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(note); err != nil {
		t.Error(err)
	}
}

func TestEscapePath(t *testing.T) {
	for path, want := range map[string]string{
		"../a b/预算#1.pdf": "./../a%20b/%E9%A2%84%E7%AE%97%231.pdf", "javascript:x.pdf": "./javascript:x.pdf",
	} {
		if got := escapePath(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestIdentity(t *testing.T) {
	got := string(identity("total = parts (expenditure) | 合计 = 各项之和（expenditure, approved, 2024）"))
	if !strings.Contains(got, "合计 = 各项之和（支出, 预算数, 2024）") || !strings.Contains(got, "total = parts (expenditure)<") {
		t.Error(got)
	}
}

// TestPartial: a document that was not read in full does not look like one that was.
func TestPartial(t *testing.T) {
	index := func(status schema.DocumentStatus) string {
		out := writeOutput(t, publication{name: newName, year: 2024, kind: schema.Budget, total: "1.00", status: status})
		return string(readSite(t, writeSite(t, out))["index.html"])
	}
	const mark = `class="slot has part approved"`
	if strings.Contains(index(schema.StatusOK), mark) || !strings.Contains(index(schema.StatusPartial), mark) {
		t.Error("a partial document is not marked, or one in full is")
	}
}
