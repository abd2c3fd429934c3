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

// engineNone is no engine.
const engineNone = "none"

// SecondEngines are the names that OCR.Second may have. "" is the last, none.
func SecondEngines() []string { return []string{engineGosseract, enginePPOCR, engineNone} }

// secondEngine is the engine that reads what the other leaves in doubt; "" where there is none, or where it is the other one.
func (o *OCR) secondEngine() string {
	if o.Second == engineNone || o.Second == o.Engine {
		return ""
	}
	return o.Second
}

// otherEngine is the engine where it is not the default, else "".
func (o *OCR) otherEngine() string {
	if o.Engine == engineLSTM {
		return ""
	}
	return o.Engine
}

// engine loads the engine of the job's settings; nil is the default one.
func (job *Job) engine(ctx context.Context) extract.OCRLoader {
	return job.loader(ctx, job.OCR.otherEngine())
}

// second loads the engine that reads what the other leaves in doubt; nil is none.
func (job *Job) second(ctx context.Context) extract.OCRLoader {
	return job.loader(ctx, job.OCR.secondEngine())
}

// loader loads an engine by its name; nil for "".
func (job *Job) loader(ctx context.Context, engine string) extract.OCRLoader {
	switch engine {
	case "":
		return nil
	case enginePPOCR:
		return ppocr.Load
	}
	return job.lineReader(ctx)
}

// lineReader loads the engine of the supervisor's line reader.
func (job *Job) lineReader(ctx context.Context) extract.OCRLoader {
	return func(string) (ocr.Engine, error) { // the supervisor tells the language
		if job.ask == nil {
			return nil, errors.New("text recognition: no supervisor reads lines for this worker")
		}
		return remote.Open(ctx, job.ask)
	}
}
