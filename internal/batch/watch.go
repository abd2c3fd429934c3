package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/countybudget/extract/extract/ocr/remote"
	"github.com/countybudget/extract/internal/bytesize"
)

var errTimeout = errors.New("timeout")

// lookInterval is how often a worker's memory and its calls to engines are checked.
const lookInterval = 100 * time.Millisecond

// maxCalls bounds the calls to engines that a worker may report as open; none makes so many.
const maxCalls = 1024

// watch supervises a worker while it has a document.
type watch struct {
	worker   *process
	opt      *Options
	limits   Limits
	counters *Counters
	document *time.Timer
	silence  *time.Timer // stopped while a call to an engine lasts
	look     *time.Ticker
	pages    int                 // read so far
	calls    map[int64]time.Time // to engines, by number: when they began
}

func newWatch(worker *process, opt *Options) *watch {
	limits := opt.Limits
	return &watch{
		worker: worker, opt: opt, limits: limits, counters: opt.Counters, calls: map[int64]time.Time{},
		document: time.NewTimer(limits.Document), silence: time.NewTimer(limits.Silence), look: time.NewTicker(lookInterval),
	}
}

func (w *watch) stop() {
	w.document.Stop()
	w.silence.Stop()
	w.look.Stop()
}

// result waits for the worker's result. An error is why the worker must be killed.
func (w *watch) result(ctx context.Context) ([]byte, error) {
	for {
		select {
		case f, open := <-w.worker.frames:
			switch {
			case !open:
				return nil, w.worker.death()
			case f.kind == frameResult:
				return f.payload, nil
			case f.kind == frameAsk && w.ask(f.payload):
			case f.kind != frameProgress || !w.progress(f.payload):
				return nil, errGarbled
			}
		case <-w.document.C:
			return nil, fmt.Errorf("%w: no result after %s", errTimeout, w.limits.Document)
		case <-w.silence.C:
			return nil, fmt.Errorf("%w: no sign of progress for %s", errTimeout, w.limits.Silence)
		case now := <-w.look.C:
			if err := w.overdrawn(now); err != nil {
				return nil, err
			}
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// ask passes a request for lines on; false means that it makes no sense.
func (w *watch) ask(payload []byte) bool {
	m, err := remote.Parse(payload)
	return err == nil && w.worker.lines.ask(m, w.opt.LineReader, &w.opt.OCR)
}

// progress takes a heartbeat; false means that it makes no sense.
func (w *watch) progress(payload []byte) bool {
	var p Progress
	if json.Unmarshal(payload, &p) != nil || len(w.calls) > maxCalls {
		return false
	}
	if p.Pages > w.pages {
		w.counters.Pages.Add(int64(p.Pages - w.pages))
		w.pages = p.Pages
	}
	if p.Began > 0 {
		w.calls[p.Began] = time.Now()
	}
	delete(w.calls, p.Ended)
	w.silence.Stop()
	if len(w.calls) == 0 {
		w.silence.Reset(w.limits.Silence)
	}
	return true
}

// overdrawn returns an error if the worker exceeds its memory or a call lasts too long.
func (w *watch) overdrawn(now time.Time) error {
	for _, began := range w.calls {
		if now.Sub(began) > w.limits.Call {
			return fmt.Errorf("%w: one call to an engine took longer than %s", errTimeout, w.limits.Call)
		}
	}
	if w.limits.Memory > 0 && residentBytes(w.worker.cmd.Process.Pid) > w.limits.Memory {
		return fmt.Errorf("needs more than %s of memory", bytesize.Format(w.limits.Memory))
	}
	return nil
}
