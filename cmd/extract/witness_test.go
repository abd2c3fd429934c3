package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/schema"
)

// A run without the witness says so once, at the first scan, and a quiet one does not.
func TestAbsentWitnessIsToldOnce(t *testing.T) {
	t.Setenv("EXTRACT_MODELS", t.TempDir())
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	for _, c := range []struct {
		second string
		quiet  bool
		times  int
	}{{"auto", false, 1}, {"auto", true, 0}, {"gosseract", false, 0}} {
		o := convertOptions{ocr: ocrFlags{mode: "auto", engine: "lstm", second: c.second}}
		o.quiet = c.quiet
		s := o.ocr.settings()
		if s.Second != "gosseract" {
			t.Skip("the models are installed for the system")
		}
		var stderr bytes.Buffer
		con := newConsole(&o, &bytes.Buffer{}, &stderr)
		for _, pages := range []int32{0, 3, 2} {
			d := &schema.Disclosure{}
			d.Document.Status, d.Document.OCRPages = schema.StatusOK, pages
			if err := con.Document(&batch.Outcome{Result: batch.Result{Disclosure: d}}); err != nil {
				t.Fatal(err)
			}
		}
		con.close()
		if n := strings.Count(stderr.String(), "PP-OCR is not installed"); n != c.times {
			t.Errorf("%+v: told %d times: %s", c, n, stderr.String())
		}
	}
}
