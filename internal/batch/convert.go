package batch

import (
	"context"
	"errors"
	"time"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/internal/dump"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/spelling"
	"github.com/countybudget/extract/schema"
)

// NewConvert makes the Work of the program: it reads the document and runs every stage on it.
func NewConvert() Work {
	p := &phrases{}
	return func(ctx context.Context, job Job, beat *Heartbeat) (*Result, error) {
		made, err := p.of(job.Lexicon)
		if err != nil {
			return nil, err
		}
		return convert(ctx, job, beat, made)
	}
}

func convert(ctx context.Context, job Job, beat *Heartbeat, by *madePhrases) (*Result, error) {
	in := normalize.Input{
		DocumentID: job.DocumentID, FileName: job.FileName, SourceURI: job.SourceURI, Bytes: job.Bytes,
		PipelineVersion: job.PipelineVersion, Words: by.words,
	}
	if job.DocumentID != input.ContentID(job.Data) {
		return &Result{Disclosure: normalize.Failed(in, errChanged), Unread: errChanged.Error()}, nil
	}
	opt := job.options(ctx, beat, by.names)
	if job.Draw != nil {
		return draw(ctx, job, in, opt), nil
	}
	var stage *dump.Dump
	if job.Dump != nil {
		stage = dump.New(*job.Dump)
		opt.Pages = stage.Pages
	}
	doc, err := extract.Extract(ctx, job.Data, opt)
	if err != nil {
		return &Result{Disclosure: normalize.Failed(in, err)}, nil
	}
	doc, _, err = by.names.Correct(doc)
	if err != nil {
		return &Result{Disclosure: normalize.Failed(in, err)}, nil
	}
	result := &Result{Disclosure: normalize.Normalize(doc, in), Dump: stage}
	if stage != nil {
		stage.Document(doc, result.Disclosure)
	}
	if job.WithDocument {
		result.Document = doc
	}
	return result, nil
}

var errChanged = errors.New("the file changed while it was being read")

// draw renders the pages of a document and nothing else.
func draw(ctx context.Context, job Job, in normalize.Input, opt extract.Options) *Result {
	doc, err := extract.Draw(ctx, job.Data, opt, *job.Draw)
	d := normalize.Failed(in, err)
	if err == nil {
		d.Document.Status = schema.StatusOK
	}
	return &Result{Disclosure: d, Document: doc}
}

// options are how the job's document is to be read.
func (job *Job) options(ctx context.Context, beat *Heartbeat, names *spelling.Names) extract.Options {
	opt := extract.Options{
		MaxPages: job.MaxPages, ReadPages: job.ReadPages, Watermarks: job.Watermarks, KeepWatermarks: job.KeepWatermarks,
		OCR: job.OCR.Mode, OCREngine: job.engine(ctx), OCRWitness: job.witness(ctx), OCRSecond: job.second(ctx), OCRLanguage: job.OCR.Language, DPI: job.OCR.DPI, OCREngines: job.OCR.Engines, Known: names.Known, Near: names.Near, Sheets: job.Sheets, Progress: beat.Page, EngineCall: beat.Call,
	}
	if job.TimeMillis > 0 {
		opt.Deadline = time.Now().Add(time.Duration(job.TimeMillis) * time.Millisecond)
	}
	if job.Safe {
		opt.SecondReader, opt.OCR = true, extract.OCRNever
	}
	return opt
}
