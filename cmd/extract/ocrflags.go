package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/internal/batch"
)

// ocrFlags are the flags of text recognition.
type ocrFlags struct {
	mode     string
	engine   string
	second   string
	language string
	dpi      float64
}

func (o *ocrFlags) add(f *pflag.FlagSet) {
	f.StringVar(&o.mode, "ocr", string(extract.OCRAuto), "which pages to recognize: auto (those with pictures in place of text), always or never")
	f.StringVar(&o.engine, "ocr-engine", batch.Engines()[0], "what recognizes: "+oneOf(batch.Engines())+"; gosseract is Tesseract's library, in the program extract-tesseract, ppocr a PP-OCR model in ONNX")
	f.StringVar(&o.second, "ocr-second", batch.SecondEngines()[0], "what reads beside that: "+oneOf(batch.SecondEngines())+"; auto is ppocr where it is installed, and gosseract for what is in doubt then")
	f.StringVar(&o.language, "ocr-lang", "", "Tesseract language of text (default chi_sim); numbers are read with eng")
	f.Float64Var(&o.dpi, "dpi", 0, "resolution at which pages are rendered for recognition; by default that of their pictures")
}

func (o *ocrFlags) validate() error {
	switch extract.OCRMode(o.mode) {
	case extract.OCRAuto, extract.OCRAlways, extract.OCRNever:
	default:
		return errors.New("--ocr must be auto, always or never")
	}
	if o.engine != "" && !slices.Contains(batch.Engines(), o.engine) {
		return fmt.Errorf("--ocr-engine must be %s", oneOf(batch.Engines()))
	}
	if o.second != "" && !slices.Contains(batch.SecondEngines(), o.second) {
		return fmt.Errorf("--ocr-second must be %s", oneOf(batch.SecondEngines()))
	}
	if o.dpi != 0 && !(o.dpi >= 50 && o.dpi <= 1200) {
		return errors.New("--dpi must be between 50 and 1200")
	}
	return nil
}

func (o *ocrFlags) settings() batch.OCR {
	s, _ := o.resolved()
	return s
}

// resolved is the settings, and whether the witness that is the default is not installed.
func (o *ocrFlags) resolved() (s batch.OCR, absent bool) {
	return batch.OCR{Mode: extract.OCRMode(o.mode), Engine: o.engine, Second: o.second, Language: o.language, DPI: o.dpi}.Resolved()
}

// oneOf lists what may be chosen.
func oneOf(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
