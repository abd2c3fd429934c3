package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract"
)

// A quick run over the samples fills every table.
func TestQuickRun(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("measures on Linux only")
	}
	program := filepath.Join(t.TempDir(), "extract")
	if out, err := exec.Command("go", "build", "-tags", "noocr", "-o", program, "../../cmd/extract").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	file := filepath.Join(t.TempDir(), "RESULTS.md")
	if err := os.WriteFile(file, []byte("# Results\n\n"+beginMark+"\nold\n"+endMark+"\n\n## More\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	o := options{extract: program, samples: "../../samples", results: file, price: 1, quick: true, cores: runtime.NumCPU()}
	if err := o.run(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if !strings.HasPrefix(text, "# Results\n\n"+beginMark) || !strings.HasSuffix(text, endMark+"\n\n## More\n") || strings.Contains(text, "old") {
		t.Errorf("not between the markers:\n%s", text)
	}
	for _, want := range []string{
		`(?m)^2 documents with a text layer, 18 pages`,
		`(?m)^\| extract convert \| verified Parquet \| one run over all files \| [1-9]\d* \([1-9]\d*\) \| [1-9]\d* \| [1-9]\d* \([1-9]\d*\) \| 1\.00 × \| 1\.00 × \| \$\d+\.\d+ \|$`,
		`Peak memory \(VmHWM\): worker process [1-9]\d* MB, supervisor [1-9]\d* MB\. Output: [1-9]\d* kB`,
		`(?m)^\| extract convert \| \d+\.\d ms \| \d+\.\d ms \| \d+\.\d ms \|$`,
		`(?m)^\| 100 \| \d+\.\d\d s \| \d+\.\d\d s \| \d+\.\d × \| [1-9]\d* MB \| [1-9]\d* MB \|$`,
		`(?m)^3 pages, [1-9]\d* amounts in their truth`,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("nothing like %s in\n%s", want, text)
		}
	}
}

// The made table is read as one table, whatever its length.
func TestTablePDF(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table.pdf")
	const rows = 2*rowsOfPage + 7
	if err := tablePDF(path, rows); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d, err := extract.Extract(context.Background(), data, extract.Options{OCR: extract.OCRNever})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Tables) != 1 || d.Tables[0].Rows != rows+1 || d.Tables[0].Cols != 4 || d.Tables[0].Title != "一般公共预算支出表" {
		for _, table := range d.Tables {
			t.Errorf("table %d: %q, %d rows, %d columns", table.No, table.Title, table.Rows, table.Cols)
		}
		t.Fatalf("%d tables", len(d.Tables))
	}
}

func TestCopiesAreDistinctDocuments(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "copies")
	if err := copies(folder, "../../samples/accounts_watermark.pdf", 3); err != nil {
		t.Fatal(err)
	}
	docs, err := documents(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 3 || pagesOf(docs) != 27 {
		t.Errorf("%+v", docs)
	}
}

func TestInText(t *testing.T) {
	truth := []fact{
		{1, "a", "8754300.00"}, // as 875.43 ten thousand yuan
		{1, "b", "1200.00"},    // as yuan with a comma
		{1, "c", "-35.50"},
		{1, "d", "77.00"}, // on the other page only
		{2, "e", "5000.00"},
	}
	if n := inText(truth, []string{"合计 875.430 ，1,200.00元 -35.5", "77 0.5"}); n != 4 {
		t.Errorf("%d of 4 found", n)
	}
}

// An amount found twice does not count for two of the truth, and counts strictly only under its own name.
func TestShare(t *testing.T) {
	truth := []fact{{1, "a", "1.00"}, {1, "b", "1.00"}, {2, "c", "3.00"}}
	given := []fact{{1, "a", "1.00"}, {2, "x", "3.00"}, {2, "x", "3.00"}}
	if n := share(truth, given); n != 1 {
		t.Errorf("%d strictly", n)
	}
	if n := share(keyless(truth), keyless(given)); n != 2 {
		t.Errorf("%d by amount", n)
	}
}

// TestKeyWithoutNumbering: the numbering of items, whose characters are in enumeration.tsv, is no part of the key.
func TestKeyWithoutNumbering(t *testing.T) {
	want := keyOf("s", "d", "教育支出", "205", "f", "sp", "p", "ph", "2024")
	for _, name := range []string{"一、教育支出", "（十二）教育支出", "3.教育支出", "其中：教育支出", "减: 教育支出", "二、（3）教育支出"} {
		if got := keyOf("s", "d", name, "205", "f", "sp", "p", "ph", "2024"); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := keyOf("s", "d", "一般教育支出", "205", "f", "sp", "p", "ph", "2024"); got == want {
		t.Error("a name lost its first character")
	}
}
