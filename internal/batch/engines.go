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

// What OCR.Second may be beside engines.
const (
	secondAuto = "auto" // the witness ppocr where it is installed, and gosseract for what is in doubt then
	engineNone = "none" // no engine
)

// SecondEngines are the names that OCR.Second may have, the default first. "" is the last, none.
func SecondEngines() []string { return []string{secondAuto, enginePPOCR, engineGosseract, engineNone} }

// Resolved decides what OCR.Second says for auto, by what is installed. absent: the witness is not, though it would be used.
func (o OCR) Resolved() (resolved OCR, absent bool) { return o.resolved(ppocr.Installed) }

func (o OCR) resolved(installed func() bool) (resolved OCR, absent bool) {
	if o.Second != secondAuto || installed() {
		return o, false
	}
	o.Second = engineGosseract
	return o, true
}

// witnessEngine is the engine that reads beside the first; "" where there is none, or where it is the first one.
func (o *OCR) witnessEngine() string {
	if (o.Second == secondAuto || o.Second == enginePPOCR) && o.Engine != enginePPOCR {
		return enginePPOCR
	}
	return ""
}

// doubtsEngine is the engine that reads what the others leave in doubt; "" where there is none, or where it is the first one.
func (o *OCR) doubtsEngine() string {
	if (o.Second == secondAuto || o.Second == engineGosseract) && o.Engine != engineGosseract {
		return engineGosseract
	}
	return ""
}

// secondSetting tells the engines beside the first apart in the settings.
func (o *OCR) secondSetting() string {
	switch witness, doubts := o.witnessEngine(), o.doubtsEngine(); {
	case witness != "" && doubts != "":
		return secondAuto
	case witness != "":
		return witness
	default:
		return doubts
	}
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

// witness loads the engine that reads beside the first; nil is none.
func (job *Job) witness(ctx context.Context) extract.OCRLoader {
	return job.loader(ctx, job.OCR.witnessEngine())
}

// second loads the engine that reads what the others leave in doubt; nil is none.
func (job *Job) second(ctx context.Context) extract.OCRLoader {
	return job.loader(ctx, job.OCR.doubtsEngine())
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
