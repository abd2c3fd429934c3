package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/pflag"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
)

// readOptions are the flags of commands that read one document.
type readOptions struct {
	file           string
	version        string
	timeout        time.Duration
	watermarks     []string
	keepWatermarks bool
	lexicon        []string
	ocr            ocrFlags
}

func (o *readOptions) add(f *pflag.FlagSet) {
	f.DurationVar(&o.timeout, "timeout", batch.DefaultLimits().Document, "give up on the document after this long")
	f.StringArrayVar(&o.watermarks, "watermark", nil, "treat this text as a watermark wherever it appears; may be repeated")
	f.BoolVar(&o.keepWatermarks, "keep-watermarks", false, "keep watermarks in the text")
	addLexicon(f, &o.lexicon)
	o.ocr.add(f)
}

func (o *readOptions) validate() error {
	if o.timeout <= 0 {
		return errors.New("--timeout must be positive")
	}
	return o.ocr.validate()
}

// inspect reads the file in a worker process. What the result carries besides the rows is set by with.
func inspect(ctx context.Context, o readOptions, with func(*batch.Options)) (*batch.Result, error) {
	reading := app.Reading{
		Limits: batch.DefaultLimits(), Watermarks: o.watermarks, KeepWatermarks: o.keepWatermarks, OCR: o.ocr.settings(), Lexicon: o.lexicon, Version: o.version,
	}
	reading.Limits.Document = o.timeout
	return app.Inspect(ctx, o.file, reading, with)
}
