package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
)

// slot is one of the parallel places of the pool, with the worker that serves it now.
type slot struct {
	opt    *Options
	spawn  *spawner
	decode *decoder
	ahead  *Ahead // has the first worker of the slot; nil if there is none, or it was taken
	worker *process
}

// try is a mode of converting a document; the zero value is the ordinary one.
type try struct {
	safe  bool
	pages int // read no more than these; 0 is all
}

// patience is how often a document is started again because its worker was killed from outside, which is not its fault.
const patience = 5

// errGarbled is a worker whose answer makes no sense.
var errGarbled = errors.New("worker answered with garbage")

func (s *slot) close() {
	if s.worker == nil {
		return
	}
	if s.opt.Ahead != nil {
		s.opt.Ahead.retire(s.worker)
	} else {
		s.worker.stop()
	}
	s.worker = nil
}

// convert returns the document's outcome whatever happens to workers; an error means that the run cannot go on.
//
// A document whose worker crashed or exceeded a limit is tried again in safe mode; one whose worker was killed from outside is
// tried again in the same mode. If the safe try runs out of time, a third reads only as many pages as the best try so far
// had finished.
func (s *slot) convert(ctx context.Context, d input.Document) (Outcome, error) {
	began := time.Now()
	if d.Unread != nil {
		return s.failed(d, d.Unread, began), nil
	}
	if most := min(s.opt.Limits.Bytes, maxFileFrame); d.Bytes > most {
		return s.failed(d, input.TooLarge(most), began), nil
	}
	var death error
	kills := 0
	best := try{} // the one that read most pages before it ran out of time
	for attempt, next := 1, (try{}); ; attempt++ {
		if err := s.ready(); err != nil {
			return Outcome{}, err
		}
		result, pages, err := s.attempt(ctx, d, next, attempt)
		if ctx.Err() != nil {
			s.drop()
			return Outcome{}, context.Cause(ctx)
		}
		if unread := (errUnread{}); errors.As(err, &unread) {
			err, result = nil, &Result{Unread: unread.Error()}
		}
		if err == nil && result.Unread != "" { // it may have other content now: the next run tries again
			reason := errors.New(result.Unread)
			return s.failed(d.WithoutContent(reason), reason, began), nil
		}
		if err == nil {
			explain(result.Disclosure, next, death)
			result.Disclosure.Document.AlsoAs = d.AlsoAs
			return Outcome{Result: *result, Elapsed: time.Since(began)}, nil
		}
		s.drop()
		if errors.Is(err, errKilled) && kills < patience {
			kills++
			continue
		}
		death = err
		if errors.Is(err, errTimeout) && pages > best.pages {
			best = try{next.safe, pages}
		}
		switch {
		case attempt == 1+kills:
			next = try{safe: true}
		case attempt == 2+kills && errors.Is(err, errTimeout) && best.pages > 0:
			next = best
		default:
			return s.failed(d, fmt.Errorf("%w (tried %d times)", death, attempt), began), nil
		}
	}
}

// explain adds a diagnostic to a document that was not read by the ordinary try.
func explain(d *schema.Disclosure, mode try, death error) {
	if mode == (try{}) || d.Document.Status == schema.StatusFailed {
		return
	}
	code, message := schema.DiagSecondReader, fmt.Sprintf("read again by the second reader alone: %v", death)
	if mode.pages > 0 {
		code, message = schema.DiagTimeout, fmt.Sprintf("only the first %d pages were read: %v", mode.pages, death)
		d.Document.Status, d.Document.Error = schema.StatusPartial, message
	}
	d.Diagnostics = append(d.Diagnostics, schema.DiagnosticRow{
		DocumentID: d.Document.DocumentID, DiagnosticNo: int32(len(d.Diagnostics) + 1),
		FiscalYear: d.Document.FiscalYear, Severity: schema.SeverityWarning, Code: code, Message: message,
	})
}

func (s *slot) failed(d input.Document, reason error, began time.Time) Outcome {
	in := normalize.Input{
		DocumentID: d.ID, FileName: d.FileName(), SourceURI: d.SourceURI, Bytes: d.Bytes,
		PipelineVersion: s.opt.PipelineVersion,
	}
	disclosure := normalize.Failed(in, reason)
	disclosure.Document.AlsoAs = d.AlsoAs
	if errors.Is(reason, errTimeout) && len(disclosure.Diagnostics) > 0 {
		disclosure.Diagnostics[0].Code = schema.DiagTimeout
	}
	return Outcome{Result: Result{Disclosure: disclosure}, Elapsed: time.Since(began)}
}

// ready makes sure that the slot has a worker.
func (s *slot) ready() error {
	if s.worker != nil && s.worker.done >= recycleAfter {
		s.close()
	}
	if s.worker != nil {
		return nil
	}
	if ahead := s.ahead; ahead != nil {
		s.ahead = nil
		var err error
		if s.worker, err = ahead.take(); s.worker != nil || err != nil {
			return err
		}
	}
	worker, err := startProcess(s.spawn, s.opt.Command, workerEnv(s.opt.Limits))
	s.worker = worker
	return err
}

// drop kills the slot's worker.
func (s *slot) drop() {
	if s.worker != nil {
		s.worker.kill()
		s.worker = nil
	}
}

// attempt sends the document to the slot's worker and waits for its result, or for a reason to give up; pages is how many
// pages were read by then.
func (s *slot) attempt(ctx context.Context, d input.Document, mode try, attempt int) (_ *Result, pages int, _ error) {
	s.worker.log.forget()
	job, err := json.Marshal(s.job(d, mode, attempt))
	if err != nil {
		return nil, 0, err
	}
	f, size, err := d.Open(min(s.opt.Limits.Bytes, maxFileFrame))
	if err != nil {
		return nil, 0, errUnread{err}
	}
	sent := send(s.worker, job, f, size)
	w := newWatch(s.worker, s.opt)
	defer w.stop()
	payload, err := w.result(ctx)
	if err != nil {
		return nil, w.pages, err
	}
	select {
	case err = <-sent:
	case <-time.After(sendPatience):
		err = errGarbled
	}
	if err != nil {
		return nil, 0, err
	}
	s.worker.done++
	result, err := s.decode.decode(payload)
	if err != nil {
		return nil, 0, errGarbled
	}
	return result, w.pages, nil
}

// sendPatience is how long send may still take after the result has come: a worker that has answered has read everything.
const sendPatience = 2 * time.Second

// send sends a job and its document in the background, because a worker may stop reading. The channel receives nil, or an
// error if the file could not be read. If the worker does not take the frames, its standard input is closed, which ends it.
func send(worker *process, job []byte, f *os.File, size int64) <-chan error {
	sent := make(chan error, 1)
	stdin := worker.stdin
	go func() {
		defer f.Close()
		worker.writing.Lock()
		defer worker.writing.Unlock()
		if err := writeFrame(stdin, frameJob, job); err != nil {
			stdin.Close()
			sent <- nil
			return
		}
		unread, err := writeFileFrame(stdin, f, size)
		if err != nil {
			stdin.Close()
		}
		if unread != nil {
			unread = errUnread{fmt.Errorf("could not be read: %w", input.Reason(unread))}
		}
		sent <- unread
	}()
	return sent
}

// errUnread is an error of reading the document's file, which is not the worker's fault.
type errUnread struct{ error }

func (s *slot) job(d input.Document, mode try, attempt int) Job {
	var phrases []lexicon.File
	if s.opt.Lexicon != nil {
		phrases = s.opt.Lexicon(&d)
	}
	return Job{
		DocumentID: d.ID, FileName: d.FileName(), SourceURI: d.SourceURI, Bytes: d.Bytes,
		MaxPages: s.opt.Limits.Pages, Watermarks: s.opt.Watermarks, KeepWatermarks: s.opt.KeepWatermarks,
		OCR: s.opt.OCR, Lexicon: phrases, WithDocument: s.opt.WithDocument, Packed: s.opt.Packed && mode == (try{}), Sheets: s.opt.Sheets, Draw: s.opt.Draw, Dump: s.opt.Dump, Attempt: attempt, Safe: mode.safe, ReadPages: mode.pages,
		TimeMillis: s.opt.Limits.Document.Milliseconds() / 10 * 8, PipelineVersion: s.opt.PipelineVersion,
	}
}
