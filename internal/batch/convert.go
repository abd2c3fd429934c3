package batch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/internal/dump"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/spelling"
	"github.com/countybudget/extract/schema"
)

// Convert is the Work of the program: it reads the file and takes it through every stage.
func Convert(ctx context.Context, job Job, signs *Signs) (*Result, error) {
	in := normalize.Input{
		DocumentID: job.DocumentID, FileName: job.FileName, SourceURI: job.SourceURI, Bytes: job.Bytes,
		PipelineVersion: job.PipelineVersion,
	}
	if job.DocumentID != contentID(job.Data) {
		return &Result{Disclosure: normalize.Failed(in, errChanged), Unread: errChanged.Error()}, nil
	}
	if job.Draw != nil {
		return draw(ctx, job, in, signs), nil
	}
	opt := job.options(signs)
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

// draw gives the pages of a document as pictures alone.
func draw(ctx context.Context, job Job, in normalize.Input, signs *Signs) *Result {
	opt := job.options(signs)
	doc, err := extract.Draw(ctx, job.Data, opt, *job.Draw)
	d := normalize.Failed(in, err)
	if err == nil {
		d.Document.Status = schema.StatusOK
	}
	return &Result{Disclosure: d, Document: doc}
}

// options are how the job's document is to be read.
func (job *Job) options(signs *Signs) extract.Options {
	opt := extract.Options{
		MaxPages: job.MaxPages, ReadPages: job.ReadPages, Watermarks: job.Watermarks, KeepWatermarks: job.KeepWatermarks,
		OCR: job.OCR.Mode, OCRLanguage: job.OCR.Language, DPI: job.OCR.DPI, OCREngines: job.OCR.Engines, Known: spelling.Embedded().Known, Near: spelling.Embedded().Near, Sheets: job.Sheets, Progress: signs.Page, EngineCall: signs.Call,
	}
	if job.TimeMillis > 0 {
		opt.Deadline = time.Now().Add(time.Duration(job.TimeMillis) * time.Millisecond)
	}
	if job.Safe {
		opt.SecondReader, opt.OCR = true, extract.OCRNever
	}
	return opt
}

func contentID(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// openRegular opens a file for reading without waiting on pipes and devices.
func openRegular(path string) (*os.File, fs.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, plainReason(err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		err = plainReason(err)
	case info.IsDir():
		err = errors.New("a folder, not a file")
	case !info.Mode().IsRegular():
		err = errors.New("not a regular file")
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

func tooLarge(maxBytes int64) error {
	return fmt.Errorf("file too large (the limit is %s)", FormatSize(maxBytes))
}

// plainReason takes the path and the system call out of an error: the message that carries it names the file already.
func plainReason(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("no such file")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("permission denied")
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
