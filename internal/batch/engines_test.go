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

// auto is ppocr where it is installed, with gosseract for what is in doubt then, and gosseract alone where it is not. The
// settings tell the two apart.
func TestAutomaticSecondEngines(t *testing.T) {
	if got := SecondEngines()[0]; got != secondAuto {
		t.Errorf("by default %s", got)
	}
	for _, c := range []struct{ engine, second, witness, doubts string }{
		{engineLSTM, secondAuto, enginePPOCR, engineGosseract},
		{enginePPOCR, secondAuto, "", engineGosseract},
		{engineGosseract, secondAuto, enginePPOCR, ""},
		{engineLSTM, enginePPOCR, enginePPOCR, ""},
		{engineLSTM, engineGosseract, "", engineGosseract},
		{engineLSTM, engineNone, "", ""},
		{"", "", "", ""},
	} {
		o := OCR{Engine: c.engine, Second: c.second}
		if w, d := o.witnessEngine(), o.doubtsEngine(); w != c.witness || d != c.doubts {
			t.Errorf("%+v: witness %q, doubts %q", c, w, d)
		}
	}
	auto := OCR{Engine: engineLSTM, Second: secondAuto}
	without, absent := auto.resolved(func() bool { return false })
	if !absent || without.Second != engineGosseract {
		t.Errorf("without models: %+v, absent %v", without, absent)
	}
	with, absent := auto.resolved(func() bool { return true })
	if absent || with.Second != secondAuto {
		t.Errorf("with models: %+v, absent %v", with, absent)
	}
	if _, absent := (OCR{Second: engineGosseract}).resolved(func() bool { return false }); absent {
		t.Error("what is not used is told to be absent")
	}
	a, b := Options{OCR: with}, Options{OCR: without}
	only := Options{OCR: OCR{Engine: engineLSTM, Second: enginePPOCR}}
	if a.Settings("") == b.Settings("") || a.Settings("") == only.Settings("") {
		t.Error("the settings do not tell the witness")
	}
}
