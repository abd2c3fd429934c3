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

// Convert is the Work of the program: it reads the document and runs every stage on it.
func Convert(ctx context.Context, job Job, beat *Heartbeat) (*Result, error) {
	in := normalize.Input{
		DocumentID: job.DocumentID, FileName: job.FileName, SourceURI: job.SourceURI, Bytes: job.Bytes,
		PipelineVersion: job.PipelineVersion,
	}
	if job.DocumentID != input.ContentID(job.Data) {
		return &Result{Disclosure: normalize.Failed(in, errChanged), Unread: errChanged.Error()}, nil
	}
	if job.Draw != nil {
		return draw(ctx, job, in, beat), nil
	}
	opt := job.options(beat)
	var stage *dump.Dump
	if job.Dump != nil {
		stage = dump.New(*job.Dump)
		opt.Pages = stage.Pages
	}
	doc, err := extract.Extract(ctx, job.Data, opt)
	if err != nil {
		return &Result{Disclosure: normalize.Failed(in, err)}, nil
	}
	doc, _, err = spelling.Embedded().Correct(doc)
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
func draw(ctx context.Context, job Job, in normalize.Input, beat *Heartbeat) *Result {
	opt := job.options(beat)
	doc, err := extract.Draw(ctx, job.Data, opt, *job.Draw)
	d := normalize.Failed(in, err)
	if err == nil {
		d.Document.Status = schema.StatusOK
	}
	return &Result{Disclosure: d, Document: doc}
}

// options are how the job's document is to be read.
func (job *Job) options(beat *Heartbeat) extract.Options {
	opt := extract.Options{
		MaxPages: job.MaxPages, ReadPages: job.ReadPages, Watermarks: job.Watermarks, KeepWatermarks: job.KeepWatermarks,
		OCR: job.OCR.Mode, OCRLanguage: job.OCR.Language, DPI: job.OCR.DPI, OCREngines: job.OCR.Engines, Known: spelling.Embedded().Known, Near: spelling.Embedded().Near, Sheets: job.Sheets, Progress: beat.Page, EngineCall: beat.Call,
	}
	if job.TimeMillis > 0 {
		opt.Deadline = time.Now().Add(time.Duration(job.TimeMillis) * time.Millisecond)
	}
	if job.Safe {
		opt.SecondReader, opt.OCR = true, extract.OCRNever
	}
	return opt
}
