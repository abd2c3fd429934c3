package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/testfiles"
	"github.com/countybudget/extract/schema"
)

// sharedCorpus is a folder of published and made-up documents that may lie beside the repository.
const sharedCorpus = "../../../shared/corpus"

// brokenFiles are the kinds of broken files, with what a good program answers: status, and error or a diagnostic.
var brokenFiles = map[string]struct{ status, says string }{
	"empty.pdf":           {"failed", `empty file`},
	"flate_bomb.pdf":      {"partial|failed", `stream too large`},
	"garbage_xref.pdf":    {"ok|partial", `xref_rebuilt`},
	"html_error.pdf":      {"failed", `not a PDF \(HTML\)`},
	"huge_page_image.pdf": {"ok|partial", ``},
	"jpeg_renamed.pdf":    {"failed", `not a PDF \(JPEG\)`},
	"nested_array.pdf":    {"partial|failed", `nesting too deep`},
	"page_tree_loop.pdf":  {"partial", `page tree loop`},
	"text_named.pdf":      {"failed", `not a PDF \(text\)`},
	"truncated.pdf":       {"partial|failed", `truncated`},
	"user_password.pdf":   {"failed", `encrypted, a password is needed`},
	"zero_pages.pdf":      {"failed", `no pages`},
}

func TestBrokenFiles(t *testing.T) {
	drawn := t.TempDir()
	for name, data := range testfiles.Broken() {
		if err := os.WriteFile(filepath.Join(drawn, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("drawn", func(t *testing.T) { testBroken(t, drawn) })
	t.Run("corpus", func(t *testing.T) {
		dir := filepath.Join(sharedCorpus, "broken")
		if _, err := os.Stat(dir); err != nil {
			t.Skip("needs the shared corpus, which is not beside the repository")
		}
		testBroken(t, dir)
	})
}

func testBroken(t *testing.T, dir string) {
	out := filepath.Join(t.TempDir(), "out")
	limits := batch.DefaultLimits()
	limits.Document = time.Minute
	var stderr strings.Builder
	o := convertOptions{quiet: true, Conversion: app.Conversion{
		Reading: app.Reading{Limits: limits, Version: "v0.0.0-test"}, Output: out, Inputs: []string{dir, "../../samples/budget.pdf"}, Jobs: 2, List: strings.NewReader(""),
	}}
	if err := runConvert(context.Background(), o, io.Discard, &stderr); err != errSomeFailed {
		t.Fatalf("error %v, want that some failed", err)
	}
	documents := read[schema.DocumentRow](t, out)
	diagnostics := read[schema.DiagnosticRow](t, out)
	said := map[string]string{}
	for _, d := range diagnostics {
		said[d.DocumentID] += d.Code + ": " + d.Message + "\n"
	}
	seen := 0
	for _, d := range documents {
		if d.FileName == "budget.pdf" {
			if d.Status != schema.StatusOK {
				t.Errorf("budget.pdf: %s", d.Status)
			}
			continue
		}
		want, known := brokenFiles[d.FileName]
		if !known {
			t.Errorf("%s: what should be said of it is not listed", d.FileName)
		}
		seen++
		checkBroken(t, d, want.status, want.says, said[d.DocumentID])
		if n := strings.Count(stderr.String(), d.FileName); (n == 1) == (d.Status == schema.StatusOK) || n > 1 {
			t.Errorf("%s is %s and has %d lines on standard error", d.FileName, d.Status, n)
		}
	}
	if seen != len(brokenFiles) {
		t.Errorf("%d of %d files have a row", seen, len(brokenFiles))
	}
}

func checkBroken(t *testing.T, d schema.DocumentRow, status, says, said string) {
	t.Helper()
	if !regexp.MustCompile("^(" + status + ")$").MatchString(string(d.Status)) {
		t.Errorf("%s: status %s, want %s", d.FileName, d.Status, status)
	}
	if !regexp.MustCompile(says).MatchString(d.Error + "\n" + said) {
		t.Errorf("%s: error %q, diagnostics %q: none says %s", d.FileName, d.Error, said, says)
	}
	if d.Status == schema.StatusFailed && (d.LineCount != 0 || d.TableCount != 0) {
		t.Errorf("%s: failed with %d lines", d.FileName, d.LineCount)
	}
}
