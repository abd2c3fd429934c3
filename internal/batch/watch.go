package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"time"
)

var errTimeout = errors.New("timeout")

// memoryInterval is how often a worker's memory is looked at.
const memoryInterval = 100 * time.Millisecond

// watch is the supervisor's eye on a worker while it has a document.
type watch struct {
	worker   *process
	limits   Limits
	document *time.Timer
	silence  *time.Timer
	memory   *time.Ticker
}

func newWatch(worker *process, limits Limits) *watch {
	return &watch{worker, limits, time.NewTimer(limits.Document), time.NewTimer(limits.Silence), time.NewTicker(memoryInterval)}
}

func (w *watch) stop() {
	w.document.Stop()
	w.silence.Stop()
	w.memory.Stop()
}

// result waits for the worker's result. An error says why the worker must go.
func (w *watch) result(ctx context.Context, counters *Counters) ([]byte, error) {
	pages := 0
	for {
		select {
		case f, open := <-w.worker.frames:
			switch {
			case !open:
				return nil, errors.New(w.worker.epitaph())
			case f.kind == frameResult:
				return f.payload, nil
			case f.kind != frameProgress:
				return nil, errors.New("worker answered with garbage")
			}
			w.silence.Reset(w.limits.Silence)
			var p Progress
			if json.Unmarshal(f.payload, &p) == nil && p.Pages > pages {
				counters.Pages.Add(int64(p.Pages - pages))
				pages = p.Pages
			}
		case <-w.document.C:
			return nil, fmt.Errorf("%w: no result after %s", errTimeout, w.limits.Document)
		case <-w.silence.C:
			return nil, fmt.Errorf("%w: no sign of progress for %s", errTimeout, w.limits.Silence)
		case <-w.memory.C:
			if w.limits.Memory > 0 && residentBytes(w.worker.cmd.Process.Pid) > w.limits.Memory {
				return nil, fmt.Errorf("needs more than %s of memory", FormatSize(w.limits.Memory))
			}
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// baseName is the last part of a source, which has forward slashes.
func baseName(uri string) string { return path.Base(uri) }
