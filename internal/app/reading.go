package app

import (
	"context"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/input"
)

// Reading is how documents are read.
type Reading struct {
	Limits         batch.Limits
	Watermarks     []string // texts that are watermarks wherever they stand
	KeepWatermarks bool
	OCR            batch.OCR
	Lexicon        []string // phrase files, and folders of them, that lie over the program's own and those that settings files name
	Version        string   // of the program; rows carry it as pipeline_version
}

func (r *Reading) options(jobs int) batch.Options {
	return batch.Options{
		Jobs: jobs, Limits: r.Limits, Watermarks: r.Watermarks, KeepWatermarks: r.KeepWatermarks, OCR: r.OCR, PipelineVersion: r.Version,
	}
}

// Inspect reads one file in a worker process, as Convert does, and writes nothing. What the result carries besides the rows is
// set by with. A file that cannot be read is a failed disclosure, not an error.
func Inspect(ctx context.Context, file string, r Reading, with func(*batch.Options)) (*batch.Result, error) {
	taught, err := newVocabularies(r.Lexicon)
	if err != nil {
		return nil, err
	}
	docs, err := input.Identify(ctx, []input.Input{input.New(file)}, 1)
	if err != nil {
		return nil, err
	}
	if err := taught.find(docs); err != nil {
		return nil, err
	}
	opt := r.options(1)
	opt.Lexicon = taught.files
	with(&opt)
	var result batch.Result
	_, err = batch.Run(ctx, docs, opt, func(outcome batch.Outcome) error {
		result = outcome.Result
		return nil
	})
	return &result, err
}
