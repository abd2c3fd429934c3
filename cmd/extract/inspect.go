package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/pflag"

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

// inspect converts the file in a worker process: a command for one document must survive what convert does. What the result
// carries besides the rows is set in opt.
func inspect(ctx context.Context, o readOptions, opt batch.Options) (*batch.Result, error) {
	docs, err := batch.Plan(ctx, []batch.Input{batch.NewInput(o.file)}, 1)
	if err != nil {
		return nil, err
	}
	opt.Jobs, opt.Limits = 1, batch.DefaultLimits()
	opt.Limits.Document = o.timeout
	opt.Watermarks, opt.KeepWatermarks, opt.OCR = o.watermarks, o.keepWatermarks, o.ocr.settings()
	opt.PipelineVersion = o.version
	var result batch.Result
	_, err = batch.Run(ctx, docs, opt, func(outcome batch.Outcome) error {
		result = outcome.Result
		return nil
	})
	return &result, err
}
