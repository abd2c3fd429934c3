package normalize_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/pdf/font"
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
func (p *printer) print(t *testing.T, file string) (string, error) {
	t.Helper()
	again := filepath.Join(t.TempDir(), "again.pdf")
	if out, err := exec.Command(p.name, p.args(file, again)...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", p.name, err, out)
	}
	return again, nil
}

// characters counts the characters of a file as pdftotext reads them, white space left out and those of other width, and
// radicals, as the ordinary ones; nil without that program.
func characters(t *testing.T, file string) map[rune]int {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return nil
	}
	out, err := exec.Command("pdftotext", "-enc", "UTF-8", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext %s: %v", file, err)
	}
	count := map[rune]int{}
	for _, r := range norm.NFKC.String(font.NormalizeText(string(out))) {
		if !unicode.IsSpace(r) {
			count[r]++
		}
	}
	return count
}

// changed lists characters that one file has more or fewer of than the other, and says which part of all they are.
func changed(before, after map[rune]int) (list string, part float64) {
	var out []string
	differing, all := 0, 0
	for _, r := range slices.Sorted(maps.Keys(before)) {
		all += before[r]
		if n := before[r] - after[r]; n != 0 {
			differing += max(n, 0)
			out = append(out, fmt.Sprintf("%q %d, was %d", r, after[r], before[r]))
		}
	}
	for _, r := range slices.Sorted(maps.Keys(after)) {
		if before[r] == 0 {
			out = append(out, fmt.Sprintf("%q %d, was 0", r, after[r]))
		}
	}
	return strings.Join(out[:min(len(out), 8)], "; "), float64(differing) / float64(max(all, 1))
}

// rowsOf are the lines of a document without what depends on the file: its name and the places to a fraction of a point.
// unread tells that the program says that some of the file could not be read, or has no known meaning.
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
	for _, p := range d.Pages {
		unread = unread || p.Err != nil
	}
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

// A document that another program printed again gives the same rows, wherever the program has kept its characters.
func TestPrintedAgain(t *testing.T) {
	files := []string{"../samples/budget.pdf", "../samples/accounts_watermark.pdf"}
	if more := os.Getenv("REPRINT"); more != "" { // documents to look at, outside the project
		found, _ := filepath.Glob(more)
		files = append(files, found...)
	}
	for _, p := range printers {
		t.Run(p.name+" "+p.args("", "")[0], func(t *testing.T) {
			p.missing(t)
			if p.embedded {
				cairo.missing(t)
			}
			compared := 0
			for _, file := range files {
				if comparePrinted(t, &p, file) {
					compared++
				}
			}
			if compared == 0 {
				t.Skip("this program changes characters of every document")
			}
		})
	}
}

// comparePrinted compares the rows of a file with those of the file printed again, and tells whether that was possible: where
// the program keeps the characters, or loses what they mean, which must be reported.
func comparePrinted(t *testing.T, p *printer, file string) bool {
	t.Helper()
	from, err := file, error(nil)
	if p.embedded {
		from, err = cairo.print(t, file) // embeds all fonts
	}
	again := ""
	if err == nil {
		again, err = p.print(t, from)
	}
	if err != nil && p.embedded { // a font of a kind that it does not write
		t.Logf("%s: not printed: %v", file, err)
		return false
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	want, _ := rowsOf(t, file)
	got, unread := rowsOf(t, again)
	list, part := changed(characters(t, file), characters(t, again))
	switch {
	case unread:
		t.Logf("%s: printed with a loss that is reported", file)
		return true
	case part > 0.5:
		t.Errorf("%s: printed with a loss that is not reported: %s", file, list)
		return true
	case list != "":
		t.Logf("%s: printed with other characters: %s; the same rows: %t", file, list, slices.Equal(want, got))
		return false
	}
	if !slices.Equal(want, got) {
		t.Errorf("%s: %d rows, want %d\nonly in the original:\n%sonly printed again:\n%s", file, len(got), len(want), without(want, got), without(got, want))
	}
	return true
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
