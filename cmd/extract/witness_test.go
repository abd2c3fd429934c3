package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/schema"
)

// A run without the witness says so once, at the first scan.
func TestAbsentWitnessIsToldOnce(t *testing.T) {
	for unwitnessed, times := range map[bool]int{true: 1, false: 0} {
		var stderr bytes.Buffer
		con := newConsole(&convertOptions{}, &bytes.Buffer{}, &stderr)
		con.unwitnessed = unwitnessed
		for _, pages := range []int32{0, 3, 2} {
			d := &schema.Disclosure{}
			d.Document.Status, d.Document.OCRPages = schema.StatusOK, pages
			if err := con.Document(&batch.Outcome{Result: batch.Result{Disclosure: d}}); err != nil {
				t.Fatal(err)
			}
			if told := strings.Contains(stderr.String(), "PP-OCR"); told && pages == 0 {
				t.Error("told for a document without scans")
			}
		}
		con.close()
		if n := strings.Count(stderr.String(), "PP-OCR is not installed"); n != times {
			t.Errorf("%v: told %d times: %s", unwitnessed, n, stderr.String())
		}
	}
}

// A quiet run does not tell it, nor one that does not ask for the witness.
func TestAbsentWitnessIsNotToldUnasked(t *testing.T) {
	for _, c := range []struct {
		second string
		quiet  bool
	}{{"auto", true}, {"gosseract", false}, {"none", false}} {
		o := convertOptions{ocr: ocrFlags{mode: "auto", engine: "lstm", second: c.second}}
		o.quiet = c.quiet
		if con := newConsole(&o, &bytes.Buffer{}, &bytes.Buffer{}); con.unwitnessed {
			t.Errorf("%+v: it is told", c)
		}
	}
}
