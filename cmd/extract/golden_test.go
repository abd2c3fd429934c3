package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sampleCount is how many of the project's own documents there are; samples/README.md describes them.
const sampleCount = 3

// TestSamples converts the samples as the command does. Golden compares whole documents with testdata/golden; after a
// change of the output, look at the difference that `go test ./cmd/extract -run Samples/golden -update` makes. Truth compares
// every amount with what the script that made the samples printed.
func TestSamples(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	o := convertOptions{quiet: true, Conversion: app.Conversion{
		Reading: app.Reading{Limits: batch.DefaultLimits(), Version: "v0.0.0-test"}, Output: out, Inputs: []string{"../../samples"}, Jobs: 2, List: strings.NewReader(""),
	}}
	err := runConvert(context.Background(), o, io.Discard, io.Discard)
	if err != nil && err != errSomeFailed {
		t.Fatal(err)
	}
	documents := read[schema.DocumentRow](t, out)
	if len(documents) != sampleCount {
		t.Fatalf("%d documents", len(documents))
	}
	for _, d := range documents {
		name := strings.TrimSuffix(d.FileName, ".pdf")
		t.Run("golden/"+name, func(t *testing.T) {
			if d.TextPages < d.PageCount {
				t.Skip("recognized text depends on the version of Tesseract's data and is not built with noocr")
			}
			compareDocument(t, out, name, d)
		})
		t.Run("truth/"+name, func(t *testing.T) {
			if d.TextPages+d.OCRPages < d.PageCount {
				t.Skip("a scan, and no text recognition was made (noocr)")
			}
			compareTruth(t, out, name, d)
		})
	}
}

func compareDocument(t *testing.T, out, name string, d schema.DocumentRow) {
	lines := read[schema.BudgetLine](t, out)
	slices.SortFunc(lines, inReadingOrder)
	golden(t, name+".document.csv", table([]schema.DocumentRow{d}, d.DocumentID, "document_id", "source_uri"))
	golden(t, name+".lines.csv", rowsOf(lines, d.DocumentID, "line_id", "x0", "y0", "x1", "y1"))
	golden(t, name+".tables.csv", rowsOf(read[schema.TableRow](t, out), d.DocumentID))
	golden(t, name+".cells.csv", rowsOf(read[schema.CellRow](t, out), d.DocumentID, "x0", "y0", "x1", "y1", "source", "confidence"))
	golden(t, name+".sections.csv", rowsOf(read[schema.SectionRow](t, out), d.DocumentID))
	golden(t, name+".checks.csv", checkCounts(t, out, d.DocumentID))
	golden(t, name+".diagnostics.csv", rowsOf(read[schema.DiagnosticRow](t, out), d.DocumentID, "x0", "y0", "x1", "y1"))
}

func read[T any](t *testing.T, out string) []T {
	t.Helper()
	rows, err := dataset.ReadRows[T](out)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// rowsOf gives the rows of one document without what its document row says already.
func rowsOf[T any](rows []T, id string, without ...string) []byte {
	return table(rows, id, append(without, "document_id", "document_type", "entity_level", "department_name", "department_code", "region_code", "region_name")...)
}

// table gives the rows of one document as CSV, in the order of the dataset, without some columns.
func table[T any](rows []T, id string, without ...string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	names := slices.DeleteFunc(columnNames[T](), func(name string) bool { return slices.Contains(without, name) })
	w.Write(names)
	for _, row := range rows {
		if fmt.Sprint(valueOf(row, "document_id")) != id {
			continue
		}
		var record []string
		for _, name := range names {
			record = append(record, fmt.Sprint(valueOf(row, name)))
		}
		w.Write(record)
	}
	w.Flush()
	return b.Bytes()
}

// checkCounts says how often each identity holds and fails.
func checkCounts(t *testing.T, out, id string) []byte {
	t.Helper()
	count := map[string]int{}
	for _, c := range read[schema.CheckRow](t, out) {
		if c.DocumentID == id {
			count[fmt.Sprintf("%s,%s,%s", c.Rule, c.Statement, c.Status)]++
		}
	}
	lines := []string{"rule,statement,status,count"}
	for _, key := range slices.Sorted(maps.Keys(count)) {
		lines = append(lines, fmt.Sprintf("%s,%d", key, count[key]))
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// inReadingOrder sorts lines by the place they were printed at; the dataset has them by line_id.
func inReadingOrder(a, b schema.BudgetLine) int {
	return cmp.Or(
		cmp.Compare(a.Page, b.Page), cmp.Compare(a.TableNo, b.TableNo), cmp.Compare(a.SectionNo, b.SectionNo), cmp.Compare(a.Row, b.Row),
		cmp.Compare(a.Col, b.Col), cmp.Compare(a.LineID, b.LineID),
	)
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs: %s", path, firstDifference(got, want))
	}
}

func firstDifference(got, want []byte) string {
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got  %s\n want %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
