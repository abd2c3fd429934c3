package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/testfiles"
)

// TestSummaryText: each count is printed with its own name.
func TestSummaryText(t *testing.T) {
	s := app.Summary{
		Output: "out", Found: 31, Documents: 21, Duplicates: 4, OtherShards: 5, NotConverted: 6, OK: 11, Partial: 7, Failed: 2, NotRead: 1, Kept: 9,
		Pages: 300, OCRPages: 40, Tables: 50, Lines: 6000, ChecksPassed: 70, ChecksFailed: 8, Seconds: 1.25,
	}
	skipped := skippedText([]app.SkippedFiles{{SkippedKind: app.SkippedKind{Kind: ".txt", Files: 6}, SourceURIs: []string{"a", "b", "c", "d", "e", "f"}}})
	want := `found      31 files: 21 documents, 4 duplicates, 5 in other shards, 6 not converted
  .txt (6): a, b, c and 3 more
documents  21: 11 ok, 7 partial, 2 failed, 1 not read; 9 kept from earlier runs
pages      300, 40 of them by text recognition
tables     50
lines      6000
checks     70 passed, 8 failed
written    out in 1.2 s
`
	if got := summaryText(&s, skipped); got != want {
		t.Errorf("printed\n%s, want\n%s", got, want)
	}
	groups := []app.Group{{Region: "甲县", FiscalYear: 2024, OK: 1, Partial: 2, Failed: 3, Lines: 1}, {Failed: 1}}
	want = `by county and year
  甲县 2024: 1 ok, 2 partial, 3 failed, 1 line
  county unknown year unknown: 0 ok, 0 partial, 1 failed, 0 lines
`
	if got := groupText(groups); got != want {
		t.Errorf("printed\n%s, want\n%s", got, want)
	}
}

// TestCheckTotals: the last line adds up what the rules have, each outcome by itself.
func TestCheckTotals(t *testing.T) {
	var b strings.Builder
	counts := []app.RuleCount{{Rule: "a", Pass: 1, Fail: 20, Skipped: 300}, {Rule: "b", Pass: 4, Fail: 50, Skipped: 600}}
	if err := checkText(&b, checkOptions{}, 7, counts, nil); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(b.String(), "\n"); strings.Join(strings.Fields(lines[3]), " ") != "all 5 70 900" || lines[4] != "7 documents" {
		t.Errorf("printed\n%s", b.String())
	}
}

// TestEngineFlags: what may be chosen is said, and what was chosen is passed on.
func TestEngineFlags(t *testing.T) {
	for _, c := range []struct {
		flags        ocrFlags
		want, second string
	}{
		{ocrFlags{mode: "auto", engine: "abacus"}, "--ocr-engine must be lstm, gosseract or ppocr", ""},
		{ocrFlags{mode: "auto", second: "abacus"}, "--ocr-second must be auto, ppocr, gosseract or none", ""},
		{ocrFlags{mode: "auto", engine: "gosseract", second: "none"}, "", "none"},
	} {
		err := c.flags.validate()
		if got := fmt.Sprint(err); err != nil && got != c.want || err == nil && c.want != "" {
			t.Errorf("%+v: error %v, want %q", c.flags, err, c.want)
		}
		if s := c.flags.settings(); s.Engine != c.flags.engine || s.Second != c.flags.second {
			t.Errorf("%+v: settings %+v", c.flags, s)
		}
	}
	var o ocrFlags
	f := pflag.NewFlagSet("", pflag.ContinueOnError)
	o.add(f)
	if err := f.Parse(nil); err != nil || o.engine != "lstm" || o.second != "auto" {
		t.Errorf("by default %+v, %v", o, err)
	}
}

// TestLimitFlags: each flag sets its own limit.
func TestLimitFlags(t *testing.T) {
	flags := batch.Limits{Document: 4 * time.Minute, Silence: 3 * time.Minute, Call: 2 * time.Minute, Pages: 5, Bytes: 1 << 20}
	o := convertOptions{
		Conversion: app.Conversion{Reading: app.Reading{Limits: flags}, Output: "out", Jobs: 1},
		maxMemory:  "512MiB", scratch: "7KiB", logFormat: logText, ocr: ocrFlags{mode: "auto", language: "chi_sim"},
	}
	if err := o.validate(); err != nil {
		t.Fatal(err)
	}
	flags.Memory = 512 << 20
	if l := o.Limits; l != flags || o.Cache != 7<<10 {
		t.Errorf("%+v, cache %d", l, o.Cache)
	}
}

// runHere runs a command line in this process and gives its exit code and what it prints.
func runHere(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, said strings.Builder
	p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &said, version: "v0.0.0-test", work: batch.NewConvert()}
	code = p.run(t.Context(), args)
	return code, out.String(), said.String()
}

// TestConvertFlags: what convert prints and how it ends, flag by flag, over one output.
func TestConvertFlags(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	budget, err := os.ReadFile("../../samples/budget.pdf")
	if err != nil {
		t.Fatal(err)
	}
	a, b, text, out := file("a.pdf", budget), file("b.pdf", testfiles.Small("b")), file("c.pdf", []byte("text")), filepath.Join(dir, "out")
	for _, c := range []struct {
		what   string
		code   int
		args   []string
		stdout string // a part of it; "" for nothing printed
		stderr string
	}{
		{"the first run", exitOK, []string{"convert", "-o", out, a, b}, "documents  2: 2 ok, 0 partial, 0 failed\n", ""},
		{"nothing to do", exitOK, []string{"convert", "-o", out, a, b}, "2 kept from earlier runs\n", ""},
		{"--preview", exitOK, []string{"convert", "-o", out, "--force", "--preview", "2", a, b}, "一般公共预算拨款收入", ""},
		{"--force", exitOK, []string{"convert", "-o", out, "--force", a, b}, "documents  2: 2 ok, 0 partial, 0 failed\n", ""},
		{"--quiet", exitOK, []string{"convert", "-o", out, "--quiet", a, b}, "", ""},
		{"fewer inputs", exitOK, []string{"convert", "-o", out, a}, "1 kept from earlier runs\n", "b.pdf: stays in the output; --prune drops it\n"},
		{"--prune", exitOK, []string{"convert", "-o", out, "--prune", a}, "1 kept from earlier runs\n", "b.pdf: dropped from the output\n"},
		{"a file that is no PDF", exitPartial, []string{"convert", "-o", out, "--quiet", a, text}, "", "c.pdf: not a PDF (text)\n"},
		{"an output that is not there", exitFailed, []string{"check", filepath.Join(dir, "none")}, "", "extract: "},
		{"no such command", exitUsage, []string{"frobnicate"}, "", "Try: extract --help\n"},
		{"no such flag", exitUsage, []string{"convert", "-o", out, "--nonsense", a}, "", "Try: extract convert --help\n"},
		{"no such format", exitUsage, []string{"check", "--format", "xml", out}, "", "Try: extract check --help\n"},
		{"too few workers", exitUsage, []string{"convert", "-o", out, "--jobs", "0", a}, "", "--jobs must be at least 1\n"},
	} {
		code, stdout, stderr := runHere(t, c.args...)
		if code != c.code || !strings.Contains(stdout, c.stdout) || c.stdout == "" && stdout != "" || !strings.Contains(stderr, c.stderr) || c.stderr == "" && stderr != "" {
			t.Errorf("%s: exit code %d, not %d; printed\n%s\nand on standard error\n%s", c.what, code, c.code, stdout, stderr)
		}
	}
}
