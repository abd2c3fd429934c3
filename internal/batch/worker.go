package batch

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/countybudget/extract/extract/ocr/remote"
)

// Work converts one job's document and sends heartbeats wherever it can. An error of the document is part of the result (a
// failed disclosure); the error returned is one of the program and ends the worker.
type Work func(ctx context.Context, job Job, beat *Heartbeat) (*Result, error)

// Heartbeat tells the supervisor that a document makes progress. It may be used by several goroutines.
type Heartbeat struct {
	send  func(Progress)
	pages atomic.Int64
	calls atomic.Int64
}

// NewHeartbeat passes every beat to send.
func NewHeartbeat(send func(Progress)) *Heartbeat { return &Heartbeat{send: send} }

// Page reports one more page read.
func (h *Heartbeat) Page() { h.send(Progress{Pages: int(h.pages.Add(1))}) }

// Call reports a call to an engine, which cannot send heartbeats itself. The call lasts until done is called.
func (h *Heartbeat) Call() (done func()) {
	call := h.calls.Add(1)
	h.send(Progress{Pages: int(h.pages.Load()), Began: call})
	return func() { h.send(Progress{Pages: int(h.pages.Load()), Ended: call}) }
}

// maxStack is well below the memory limit, so that endless recursion ends quickly, as a stack overflow.
const maxStack = 128 << 20

// Serve is the worker: it answers jobs from in on out until in ends. Input is also read while a document is converted, so
// that the worker ends as soon as the supervisor dies.
func Serve(ctx context.Context, in io.Reader, out io.Writer, work Work) error {
	debug.SetMaxStack(maxStack)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	w := &replies{out: bufio.NewWriterSize(out, 1<<16), encoder: &encoder{}}
	if err := w.json(frameHello, Hello{ProtocolVersion}); err != nil {
		return err
	}
	link := remote.NewLink(func(m remote.Message) error { return w.frame(frameAsk, m.Bytes()) })
	jobs := make(chan Job)
	go func() { cancel(readJobs(ctx, in, jobs, link)) }()
	for {
		select {
		case <-ctx.Done():
			return endOf(context.Cause(ctx))
		case job := <-jobs:
			failed := make(chan error, 1)
			go func() { failed <- serveJob(ctx, w, job, work) }()
			select {
			case <-ctx.Done():
				return endOf(context.Cause(ctx))
			case err := <-failed:
				if err != nil {
					return err
				}
			}
		}
	}
}

// endOf turns the ordinary end of input into success.
func endOf(cause error) error {
	if cause == io.EOF {
		return nil
	}
	return cause
}

// readJobs passes jobs on, and the answers that the link waits for, until in ends.
func readJobs(ctx context.Context, in io.Reader, jobs chan<- Job, link *remote.Link) error {
	r := bufio.NewReader(in)
	for {
		f, err := readFrame(r)
		if err != nil {
			return err
		}
		if f.kind == frameAnswer {
			m, err := remote.Parse(f.payload)
			if err != nil {
				return err
			}
			link.Deliver(m)
			continue
		}
		if f.kind != frameJob {
			return errGarbage
		}
		var job Job
		if err := json.Unmarshal(f.payload, &job); err != nil {
			return fmt.Errorf("job: %w", err)
		}
		if f, err = readFrame(r); err != nil {
			return err
		}
		if f.kind != frameFile {
			return errGarbage
		}
		job.Data, job.ask = f.payload, link.Ask
		select {
		case jobs <- job:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func serveJob(ctx context.Context, w *replies, job Job, work Work) error {
	result, err := work(ctx, job, NewHeartbeat(func(p Progress) {
		w.json(frameProgress, p) // a broken pipe shows at the result
	}))
	if err != nil {
		return err
	}
	payload, err := w.encoder.encode(result, job.Packed)
	if err != nil {
		return fmt.Errorf("%s: result: %w", job.SourceURI, err)
	}
	return w.frame(frameResult, payload)
}

// replies writes whole frames, one at a time: progress may come from any goroutine.
type replies struct {
	mu      sync.Mutex
	out     *bufio.Writer
	encoder *encoder
}

func (w *replies) frame(kind byte, payload []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := writeFrame(w.out, kind, payload); err != nil {
		return err
	}
	return w.out.Flush()
}

func (w *replies) json(kind byte, v any) error {
	payload, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.frame(kind, payload)
}
