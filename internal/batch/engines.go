package batch

import (
	"context"
	"errors"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ppocr"
	"github.com/countybudget/extract/extract/ocr/remote"
)

// The engines of text recognition.
const (
	engineLSTM      = "lstm"      // package lstm, in the worker
	engineGosseract = "gosseract" // package gosseract, in the worker's line reader
	enginePPOCR     = "ppocr"     // package ppocr, in the worker
)

// Engines are the names that OCR.Engine may have, the default first.
func Engines() []string { return []string{engineLSTM, engineGosseract, enginePPOCR} }

// otherEngine is the engine where it is not the default, else "".
func (o *OCR) otherEngine() string {
	if o.Engine == engineLSTM {
		return ""
	}
	return o.Engine
}

// engine loads the engine of the job's settings; nil is the default one.
func (job *Job) engine(ctx context.Context) extract.OCRLoader {
	switch job.OCR.otherEngine() {
	case "":
		return nil
	case enginePPOCR:
		return ppocr.Load
	}
	return func(string) (ocr.Engine, error) { // the supervisor tells the language
		if job.ask == nil {
			return nil, errors.New("text recognition: no supervisor reads lines for this worker")
		}
		return remote.Open(ctx, job.ask)
	}
}
