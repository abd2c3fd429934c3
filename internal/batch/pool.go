package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/schema"
)

// Options are the settings of a run.
type Options struct {
	Jobs            int    // worker processes
	Limits          Limits //
	Watermarks      []string
	KeepWatermarks  bool
	WithDocument    bool // results carry the rebuilt document
	PipelineVersion string
	Command         []string        // how to start a worker; nil for this program's own worker command
	Stop            <-chan struct{} // once closed, documents in work are finished and no other is begun; may be nil
	Counters        *Counters       // updated while the run goes on; may be nil
}

// Counters show how far a run is. They may be read at any time.
type Counters struct {
	Documents, Failed, Pages atomic.Int64
}

// Outcome is what became of one document.
type Outcome struct {
	Result
	Attempts int
	Elapsed  time.Duration
}

// DefaultCommand starts a worker of the running program.
func DefaultCommand() ([]string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return []string{self, "worker"}, nil
}

// attempts is how often a document may cost a worker its life.
const attempts = 2

// recycleAfter is how many documents a worker converts before a fresh one takes its place: the OCR library leaks a little.
const recycleAfter = 1000

// Run converts the documents and hands each outcome to take, one at a time, in the order in which they are done. It returns
// the number of documents that were not begun because of Options.Stop. When ctx ends or take fails, every
// worker is killed and that error is returned.
func Run(ctx context.Context, docs []Document, opt Options, take func(Outcome) error) (left int, err error) {
	if err := opt.complete(); err != nil {
		return 0, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	spawn := newSpawner()
	defer spawn.close()

	todo := make(chan Document)
	outcomes := make(chan Outcome)
	var wg sync.WaitGroup
	for range min(opt.Jobs, len(docs)) {
		wg.Go(func() {
			s := &slot{opt: &opt, spawn: spawn}
			defer s.close()
			for d := range todo {
				outcome, err := s.convert(ctx, d)
				if err != nil {
					cancel(err)
					continue
				}
				outcomes <- outcome
			}
		})
	}
	begun := 0
	go func() {
		begun = feed(ctx, docs, todo, opt.Stop)
		wg.Wait()
		close(outcomes)
	}()
	for o := range outcomes {
		if ctx.Err() != nil {
			continue
		}
		opt.Counters.Documents.Add(1)
		if o.Disclosure.Document.Status == schema.StatusFailed {
			opt.Counters.Failed.Add(1)
		}
		if err := take(o); err != nil {
			cancel(err)
		}
	}
	return len(docs) - begun, context.Cause(ctx)
}

func (opt *Options) complete() error {
	if opt.Command == nil {
		command, err := DefaultCommand()
		if err != nil {
			return err
		}
		opt.Command = command
	}
	if opt.Counters == nil {
		opt.Counters = &Counters{}
	}
	if opt.Jobs < 1 {
		return errors.New("at least one worker is needed")
	}
	return opt.Limits.Validate()
}

// feed hands out the documents until they end or the run does, and returns how many it handed out.
func feed(ctx context.Context, docs []Document, todo chan<- Document, stop <-chan struct{}) int {
	defer close(todo)
	for i, d := range docs {
		select {
		case <-stop:
			return i
		case <-ctx.Done():
			return i
		default:
		}
		select {
		case todo <- d:
		case <-stop:
			return i
		case <-ctx.Done():
			return i
		}
	}
	return len(docs)
}

// slot is one place in the pool, with the worker that serves it at the moment.
type slot struct {
	opt    *Options
	spawn  *spawner
	worker *process
}

func (s *slot) close() {
	if s.worker != nil {
		s.worker.stop()
		s.worker = nil
	}
}

// convert gives the document's outcome whatever happens to workers; an error means that the run cannot go on.
func (s *slot) convert(ctx context.Context, d Document) (Outcome, error) {
	began := time.Now()
	if d.Unread != nil {
		return s.failed(d, d.Unread, 0, began), nil
	}
	if d.Bytes > s.opt.Limits.Bytes {
		return s.failed(d, tooLarge(s.opt.Limits.Bytes), 0, began), nil
	}
	var death error
	for attempt := 1; attempt <= attempts; attempt++ {
		if err := s.ready(); err != nil {
			return Outcome{}, err
		}
		result, err := s.attempt(ctx, d, attempt)
		if ctx.Err() != nil {
			s.drop()
			return Outcome{}, context.Cause(ctx)
		}
		if err == nil {
			result.Disclosure.Document.AlsoAs = d.AlsoAs
			return Outcome{Result: *result, Attempts: attempt, Elapsed: time.Since(began)}, nil
		}
		s.drop()
		death = err
	}
	return s.failed(d, fmt.Errorf("%w (tried %d times)", death, attempts), attempts, began), nil
}

func (s *slot) failed(d Document, reason error, tried int, began time.Time) Outcome {
	in := normalize.Input{
		DocumentID: d.ID, FileName: baseName(d.SourceURI), SourceURI: d.SourceURI, Bytes: d.Bytes,
		PipelineVersion: s.opt.PipelineVersion,
	}
	disclosure := normalize.Failed(in, reason)
	disclosure.Document.AlsoAs = d.AlsoAs
	if errors.Is(reason, errTimeout) && len(disclosure.Diagnostics) > 0 {
		disclosure.Diagnostics[0].Code = schema.DiagTimeout
	}
	return Outcome{Result: Result{Disclosure: disclosure}, Attempts: tried, Elapsed: time.Since(began)}
}

// ready makes sure that the slot has a worker.
func (s *slot) ready() error {
	if s.worker != nil && s.worker.done >= recycleAfter {
		s.close()
	}
	if s.worker != nil {
		return nil
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

// attempt sends the document to the slot's worker and waits for its result, or for a reason to give it up.
func (s *slot) attempt(ctx context.Context, d Document, attempt int) (*Result, error) {
	s.worker.log.forget()
	job, err := json.Marshal(s.job(d, attempt))
	if err != nil {
		return nil, err
	}
	if err := writeFrame(s.worker.stdin, frameJob, job); err != nil {
		s.worker.kill()
		return nil, errors.New(s.worker.epitaph())
	}
	w := newWatch(s.worker, s.opt.Limits)
	defer w.stop()
	payload, err := w.result(ctx, s.opt.Counters)
	if err != nil {
		return nil, err
	}
	s.worker.done++
	result, err := decodeResult(payload)
	if err != nil {
		return nil, errors.New("worker answered with garbage")
	}
	return result, nil
}

func (s *slot) job(d Document, attempt int) Job {
	return Job{
		Path: []byte(d.Path), DocumentID: d.ID, FileName: baseName(d.SourceURI), SourceURI: d.SourceURI, Bytes: d.Bytes,
		MaxBytes: s.opt.Limits.Bytes, MaxPages: s.opt.Limits.Pages, Watermarks: s.opt.Watermarks, KeepWatermarks: s.opt.KeepWatermarks,
		WithDocument: s.opt.WithDocument, Attempt: attempt, PipelineVersion: s.opt.PipelineVersion,
	}
}
