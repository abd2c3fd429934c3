package batch

import (
	"testing"

	"github.com/countybudget/extract/extract"
)

// ppocr reads in the worker, so that it needs no line reader, neither as the engine nor for what is in doubt.
func TestPPOCRNeedsNoLineReader(t *testing.T) {
	t.Setenv("PATH", "")
	t.Setenv("EXTRACT_TESSERACT", "/nowhere")
	for _, o := range []OCR{{Engine: enginePPOCR, Second: engineNone}, {Engine: engineLSTM, Second: enginePPOCR}} {
		opt := testOptions(t)
		opt.OCR = o
		opt.OCR.Mode = extract.OCRAuto
		opt.LineReader = nil
		if err := opt.complete(); err != nil {
			t.Errorf("%+v: %v", o, err)
		}
		job := Job{OCR: opt.OCR}
		load := job.engine(t.Context())
		if load == nil {
			load = job.witness(t.Context())
		}
		if load == nil {
			t.Fatalf("%+v: no engine", o)
		}
		if _, err := load(""); err != nil && err.Error() == "text recognition: no supervisor reads lines for this worker" {
			t.Errorf("%+v asks the supervisor", o)
		}
	}
}
