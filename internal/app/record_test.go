package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/input"
)

// TestNoInputs: a run without documents says what it found instead, the most frequent kind first.
func TestNoInputs(t *testing.T) {
	skipped := []input.Skipped{{SourceURI: "a.docx", Kind: ".docx"}, {SourceURI: "b.txt", Kind: ".txt"}, {SourceURI: "c.txt", Kind: ".txt"}}
	if got, want := noInputs(skipped).Error(), "no PDF files in the given inputs, but 3 other files: 2 .txt, 1 .docx"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := noInputs(skipped[:1]).Error(), "no PDF files in the given inputs, but 1 other file: 1 .docx"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if kinds := byKind(skipped); len(kinds) != 2 || strings.Join(kinds[0].SourceURIs, " ") != "b.txt c.txt" {
		t.Errorf("%+v", kinds)
	}
}

// TestRunFiles: each run has a record of its own, also beside those of earlier runs.
func TestRunFiles(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		r := &run{target: &target{name: "out"}}
		if _, err := newTally(r).write(dir); err != nil {
			t.Fatal(err)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "run-*.json")); len(files) != 2 {
		t.Errorf("%v", files)
	}
}

// TestSources: a site links to files by their relative paths, and counts those that are gone.
func TestSources(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "in", "a.pdf")
	os.MkdirAll(filepath.Dir(file), 0o700)
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := sources{site: filepath.Join(dir, "site"), known: map[string]string{}}
	if got := s.path(file); got != filepath.Join("..", "in", "a.pdf") {
		t.Errorf("path %q", got)
	}
	if got := s.path(filepath.Join(dir, "none.pdf")); got != "" || s.missing() != 1 {
		t.Errorf("a file that is gone: path %q, %d missing", got, s.missing())
	}
}

// TestComplete: a document that failed, was read in part or was not read at all makes a run incomplete.
func TestComplete(t *testing.T) {
	for _, c := range []struct {
		s    Summary
		want bool
	}{
		{Summary{OK: 2, Duplicates: 1, NotConverted: 3, OtherShards: 4}, true},
		{Summary{OK: 2, Failed: 1}, false}, {Summary{OK: 2, Partial: 1}, false}, {Summary{OK: 2, NotRead: 1}, false},
	} {
		if got := c.s.Complete(); got != c.want {
			t.Errorf("%+v: %v", c.s, got)
		}
	}
}
