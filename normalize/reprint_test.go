package normalize_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/schema"
)

// printer is a program that writes a PDF anew, with its own way to draw fonts, rules and words.
type printer struct {
	name     string
	args     func(in, out string) []string
	embedded bool // it sets fonts that are not in the file with other widths, and may lose what their codes mean
}

var cairo = printer{"pdftocairo", func(in, out string) []string { return []string{"-pdf", in, out} }, false}

var printers = []printer{
	cairo,
	{"mutool", func(in, out string) []string { return []string{"clean", "-gggg", "-d", in, out} }, false},
	{"qpdf", func(in, out string) []string { return []string{"--qdf", "--object-streams=disable", in, out} }, false},
	{"mutool", func(in, out string) []string { return []string{"convert", "-o", out, in} }, true},
	{"gs", func(in, out string) []string {
		return []string{"-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-sOutputFile=" + out, in}
	}, true},
}

// missing skips a test without a program.
func (p *printer) missing(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath(p.name); err != nil {
		t.Skipf("%s is not installed", p.name)
	}
}

// print writes a file anew and returns the name of the new one.
func (p *printer) print(t *testing.T, file string) string {
	t.Helper()
	again := filepath.Join(t.TempDir(), "again.pdf")
	if out, err := exec.Command(p.name, p.args(file, again)...).CombinedOutput(); err != nil {
		t.Fatalf("%s of %s: %v\n%s", p.name, file, err, out)
	}
	return again
}

// rowsOf are the lines of a document without what depends on the file: its name and the places to a fraction of a point.
// unread tells that the characters of the file have no known meaning, and that the program says so.
func rowsOf(t *testing.T, file string) (out []string, unread bool) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := extract.Extract(context.Background(), data, extract.Options{OCR: extract.OCRNever})
	if err != nil {
		t.Fatal(err)
	}
	rows := normalize.Normalize(d, normalize.Input{FileName: "document.pdf"})
	for _, g := range rows.Diagnostics {
		unread = unread || g.Code == schema.DiagUndecodedText
	}
	for _, l := range rows.BudgetLines {
		out = append(out, fmt.Sprintln(l.Page, l.Statement, l.Direction, l.Classification, l.ItemCode, l.ItemName, l.FundSource, l.Spending, l.Period,
			l.Phase, l.FiscalYear, l.Amount, l.RawText, l.RawUnit, l.Verification))
	}
	slices.Sort(out)
	return out, unread
}

// A document that another program printed again gives the same rows.
func TestPrintedAgain(t *testing.T) {
	files := []string{"../samples/budget.pdf", "../samples/accounts_watermark.pdf"}
	if more := os.Getenv("REPRINT"); more != "" { // documents to look at, outside the project
		found, _ := filepath.Glob(more)
		files = append(files, found...)
	}
	for i, p := range printers {
		t.Run(fmt.Sprint(i, p.name), func(t *testing.T) {
			p.missing(t)
			if p.embedded {
				cairo.missing(t)
			}
			for _, file := range files {
				from := file
				if p.embedded {
					from = cairo.print(t, file) // embeds all fonts
				}
				again := p.print(t, from)
				want, _ := rowsOf(t, file)
				got, unread := rowsOf(t, again)
				if unread {
					t.Logf("%s: printed without the meaning of its characters, and reported", file)
					continue
				}
				if slices.Equal(want, got) {
					continue
				}
				t.Errorf("%s: %d rows, want %d\nonly in the original:\n%sonly printed again:\n%s", file, len(got), len(want), without(want, got), without(got, want))
			}
		})
	}
}

// without lists the first rows of a that are not in b.
func without(a, b []string) string {
	var out []string
	for _, row := range a {
		if !slices.Contains(b, row) && len(out) < 5 {
			out = append(out, row)
		}
	}
	return strings.Join(out, "")
}
