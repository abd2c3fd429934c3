package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/pflag"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
)

// readOptions are how the one document of a command is read.
type readOptions struct {
	file           string
	version        string
	timeout        time.Duration
	watermarks     []string
	keepWatermarks bool
	ocr            ocrFlags
}

func (o *readOptions) add(f *pflag.FlagSet) {
	f.DurationVar(&o.timeout, "timeout", batch.DefaultLimits().Document, "time for the document")
	f.StringArrayVar(&o.watermarks, "watermark", nil, "text that is a watermark wherever it stands; may be given more than once")
	f.BoolVar(&o.keepWatermarks, "keep-watermarks", false, "leave watermarks in the text")
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
		Limits: batch.DefaultLimits(), Watermarks: o.watermarks, KeepWatermarks: o.keepWatermarks, OCR: o.ocr.settings(), Version: o.version,
	}
	reading.Limits.Document = o.timeout
	return app.Inspect(ctx, o.file, reading, with)
}
