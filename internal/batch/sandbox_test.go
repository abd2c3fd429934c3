package batch

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr/ppocr"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/schema"
)

// TestConfinedReads: a confined process reads, recognizes and draws the samples as one does that is not.
func TestConfinedReads(t *testing.T) {
	for _, name := range []string{"budget.pdf", "unit_scanned.pdf"} {
		path := filepath.Join("..", "..", "samples", name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, engine := range []string{engineLSTM, enginePPOCR} {
			want := readingOf(data, engine)
			if _, err := ppocr.Load(""); err == nil && engine == enginePPOCR && name == "unit_scanned.pdf" && !strings.Contains(want, "ONNX Runtime") {
				t.Errorf("%s was not read with %s: %s", name, engine, want)
			}
			if got := confinedRun(t, path, engine); got != want {
				t.Errorf("%s with %s: %s, want %s", name, engine, got, want)
			}
		}
	}
}

// confinedReads confines the process when it has the bytes of a file, as a worker gets them.
func confinedReads(path, engine string) string {
	data, err := os.ReadFile(path)
	if err == nil {
		err = Confine()
	}
	if err != nil {
		return "not confined: " + err.Error()
	}
	return readingOf(data, engine)
}

// readingOf sums up what a document converts to, and how it is drawn.
func readingOf(data []byte, engine string) string {
	job := Job{DocumentID: input.ContentID(data), FileName: "a.pdf", Data: data, OCR: OCR{Engine: engine}}
	beat := NewHeartbeat(func(Progress) {})
	r, err := NewConvert()(context.Background(), job, beat)
	if err != nil {
		return err.Error()
	}
	d := &r.Disclosure.Document
	job.Draw = &extract.DrawOptions{DPI: 50, MaxBytes: 1 << 20}
	drawn, err := NewConvert()(context.Background(), job, beat)
	if err != nil || drawn.Disclosure.Document.Status != schema.StatusOK || len(drawn.Document.Drawings) == 0 {
		return fmt.Sprint("not drawn: ", err, drawn.Disclosure.Document.Error)
	}
	return fmt.Sprintln(d.Status, d.Error, d.OCREngine, len(r.Disclosure.BudgetLines), len(r.Disclosure.Cells), len(drawn.Document.Drawings[0].Image))
}

// confinedRun reads a file in a process that confines itself.
func confinedRun(t *testing.T, path, engine string) string {
	t.Helper()
	cmd := exec.Command(doubleCommand(t)[0], "test-reads", path, engine)
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.HasPrefix(string(out), "not confined: ") {
		t.Skip(string(out) + " (this system does not offer it; it is tested where one does)")
	}
	return string(out)
}
