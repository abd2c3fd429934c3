package batch

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
)

// Work converts one job's document and calls progress at every sign of life. An error of the document is part of the
// result (a failed disclosure); an error returned here is one of the program.
type Work func(ctx context.Context, job Job, progress func()) (*Result, error)

// maxStack bounds runaway recursion well below the memory limit, so that it ends as a stack overflow and quickly.
const maxStack = 128 << 20

// Serve is the worker: it answers jobs from in on out until in ends. Input is read while a document is in work, so that the
// worker also ends at once when the supervisor dies.
func Serve(ctx context.Context, in io.Reader, out io.Writer, version string, work Work) error {
	debug.SetMaxStack(maxStack)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	w := &replies{out: bufio.NewWriterSize(out, 1<<16)}
	if err := w.json(frameHello, Hello{ProtocolVersion, version}); err != nil {
		return err
	}
	jobs := make(chan Job)
	go func() { cancel(readJobs(ctx, in, jobs)) }()
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

func readJobs(ctx context.Context, in io.Reader, jobs chan<- Job) error {
	r := bufio.NewReader(in)
	for {
		f, err := readFrame(r)
		if err != nil {
			return err
		}
		if f.kind != frameJob {
			return errGarbage
		}
		var job Job
		if err := json.Unmarshal(f.payload, &job); err != nil {
			return fmt.Errorf("job: %w", err)
		}
		select {
		case jobs <- job:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func serveJob(ctx context.Context, w *replies, job Job, work Work) error {
	pages := 0
	result, err := work(ctx, job, func() {
		pages++
		w.json(frameProgress, Progress{Pages: pages}) // a broken pipe shows at the result
	})
	if err != nil {
		return err
	}
	payload, err := encodeResult(result)
	if err != nil {
		return fmt.Errorf("%s: result: %w", job.SourceURI, err)
	}
	return w.frame(frameResult, payload)
}

// replies writes whole frames, one at a time: progress may come from any goroutine.
type replies struct {
	mu  sync.Mutex
	out *bufio.Writer
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
