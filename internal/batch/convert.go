package batch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/proof"
)

// Convert is the Work of the program: it reads the file and takes it through every stage.
func Convert(ctx context.Context, job Job, signs *Signs) (*Result, error) {
	in := normalize.Input{
		DocumentID: job.DocumentID, FileName: job.FileName, SourceURI: job.SourceURI, Bytes: job.Bytes,
		PipelineVersion: job.PipelineVersion,
	}
	data, err := readFile(string(job.Path), job.MaxBytes)
	if err == nil && job.DocumentID != contentID(data) {
		err = errors.New("the file changed while it was being read")
	}
	if err != nil {
		return &Result{Disclosure: normalize.Failed(in, err), Unread: err.Error()}, nil
	}
	doc, err := extract.Extract(ctx, data, job.options(signs))
	if err != nil {
		return &Result{Disclosure: normalize.Failed(in, err)}, nil
	}
	if err := proof.Correct(doc); err != nil {
		return &Result{Disclosure: normalize.Failed(in, err)}, nil
	}
	result := &Result{Disclosure: normalize.Normalize(doc, in)}
	if job.WithDocument {
		result.Document = doc
	}
	return result, nil
}

// options are how the job's document is to be read.
func (job *Job) options(signs *Signs) extract.Options {
	opt := extract.Options{
		MaxPages: job.MaxPages, ReadPages: job.ReadPages, Watermarks: job.Watermarks, KeepWatermarks: job.KeepWatermarks,
		OCR: job.OCR.Mode, OCRLanguage: job.OCR.Language, DPI: job.OCR.DPI, OCREngines: job.OCR.Engines, Known: proof.Known, Near: proof.Near, Sheets: job.Sheets, Progress: signs.Page, EngineCall: signs.Call,
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

func readFile(path string, maxBytes int64) ([]byte, error) {
	f, info, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info.Size() > maxBytes {
		return nil, tooLarge(maxBytes)
	}
	data := make([]byte, info.Size())
	if _, err := io.ReadFull(f, data); err != nil {
		return nil, fmt.Errorf("could not be read: %w", plainReason(err))
	}
	return data, nil
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
