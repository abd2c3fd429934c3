package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/countybudget/extract/extract"
	"github.com/countybudget/extract/internal/dump"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/normalize/lexicon"
	"github.com/countybudget/extract/schema"
)

// Options are the settings of a run.
type Options struct {
	Jobs            int    // worker processes
	Limits          Limits //
	Watermarks      []string
	KeepWatermarks  bool
	OCR             OCR
	WithDocument    bool // results carry the rebuilt document
	Packed          bool // results of a first try carry their rows packed
	PipelineVersion string
	Command         []string        // how to start a worker; nil for this program's own worker command
	LineReader      []string        // how to start the process that reads lines for a worker; nil is extract-tesseract
	Ahead           *Ahead          // the first worker, started with the same options; may be nil
	Stop            <-chan struct{} // once closed, started documents are finished and no other is started; may be nil
	Counters        *Counters       // updated while the run goes on; may be nil

	// Lexicon gives a user's phrase files for a document, checked; each lies over those before it. May be nil.
	Lexicon func(*input.Document) []lexicon.File

	Sheets *extract.SheetRequest // results carry these pages as drawings; may be nil
	Draw   *extract.DrawOptions  // results carry rendered pages and nothing else; may be nil
	Dump   *dump.Request         // results carry one stage as JSON; may be nil
}

// OCR is how pictures are recognized; the zero value is the default.
type OCR struct {
	Mode     extract.OCRMode `json:"mode,omitempty"`
	Engine   string          `json:"engine,omitempty"` // one of Engines; "" is the first
	Second   string          `json:"second,omitempty"` // the engine that reads what the other leaves in doubt; "" is none
	Language string          `json:"language,omitempty"`
	DPI      float64         `json:"dpi,omitempty"`
	Engines  int             `json:"engines,omitempty"` // in parallel in one worker; 0 is one for each processor
}

// Counters show how far a run is. They may be read at any time.
type Counters struct {
	Documents, Failed, Pages, OCRPages atomic.Int64
}

// Outcome is what became of one document.
type Outcome struct {
	Result
	Elapsed time.Duration
}

// DefaultCommand starts a worker of the running program.
func DefaultCommand() ([]string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return []string{self, "worker"}, nil
}

// recycleAfter is how many documents a worker converts before it is replaced: the OCR library leaks a little.
const recycleAfter = 1000

// Run converts the documents and passes each outcome to take, one at a time, in the order in which they are finished. It
// returns the number of documents that were not started because of Options.Stop. When ctx ends or take fails, every worker is
// killed and that error is returned.
func Run(ctx context.Context, docs []input.Document, opt Options, take func(Outcome) error) (left int, err error) {
	if err := opt.complete(); err != nil {
		return 0, err
	}
	if opt.OCR.Engines == 0 { // processors that no other worker uses
		opt.OCR.Engines = max(1, runtime.NumCPU()/max(1, min(opt.Jobs, len(docs))))
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var spawn *spawner
	if opt.Ahead != nil {
		spawn = opt.Ahead.spawn
	} else {
		spawn = newSpawner()
		defer spawn.close()
	}

	var begun atomic.Int64
	todo := fetchAhead(ctx, largestFirst(docs), opt.Stop, &begun)
	outcomes := make(chan Outcome)
	var wg sync.WaitGroup
	for i := range min(opt.Jobs, len(docs)) {
		wg.Go(func() {
			s := &slot{opt: &opt, spawn: spawn, decode: &decoder{}}
			if i == 0 {
				s.ahead = opt.Ahead
			}
			defer s.close()
			for d := range todo {
				outcome, err := s.convert(ctx, d)
				d.Release()
				if err != nil {
					cancel(err)
					continue
				}
				outcomes <- outcome
			}
		})
	}
	go func() {
		wg.Wait()
		close(outcomes)
	}()
	for o := range outcomes {
		if ctx.Err() != nil {
			continue
		}
		opt.Counters.Documents.Add(1)
		opt.Counters.OCRPages.Add(int64(o.Disclosure.Document.OCRPages))
		if o.Disclosure.Document.Status == schema.StatusFailed {
			opt.Counters.Failed.Add(1)
		}
		if err := take(o); err != nil {
			cancel(err)
		}
	}
	return len(docs) - int(begun.Load()), context.Cause(ctx)
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
	if !slices.Contains(Engines(), opt.OCR.Engine) && opt.OCR.Engine != "" {
		return fmt.Errorf("there is no engine of recognition %q", opt.OCR.Engine)
	}
	if !slices.Contains(SecondEngines(), opt.OCR.Second) && opt.OCR.Second != "" {
		return fmt.Errorf("there is no engine for doubts %q", opt.OCR.Second)
	}
	if opt.OCR.Engine == engineGosseract && opt.OCR.Mode != extract.OCRNever && opt.LineReader == nil {
		if _, err := lineReaderCommand(&opt.OCR); err != nil {
			return err
		}
	}
	if opt.Jobs < 1 {
		return errors.New("at least one worker is needed")
	}
	return opt.Limits.Validate()
}

// largestFirst sorts the documents in the order in which they are started: otherwise a scan of hundreds of pages may run last,
// on one worker, while the others have nothing left.
func largestFirst(docs []input.Document) []input.Document {
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b input.Document) int { return cmp.Compare(b.Bytes, a.Bytes) })
	return docs
}

// fetchAhead sends the documents to the returned channel until there are no more or the run ends, and counts those that were
// received. Documents without a local file are fetched ahead, input.Fetchers at a time.
func fetchAhead(ctx context.Context, docs []input.Document, stop <-chan struct{}, taken *atomic.Int64) <-chan input.Document {
	side := 1
	if slices.ContainsFunc(docs, func(d input.Document) bool { return !d.InFile() }) {
		side = input.Fetchers
	}
	var next atomic.Int64
	todo := make(chan input.Document)
	ended := func() bool {
		select {
		case <-stop:
			return true
		case <-ctx.Done():
			return true
		default:
			return false
		}
	}
	var wg sync.WaitGroup
	for range side {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(docs)) && !ended(); i = next.Add(1) - 1 {
				d := docs[i]
				d.Fetch(ctx)
				select {
				case todo <- d:
					taken.Add(1)
				case <-stop:
				case <-ctx.Done():
				}
			}
		})
	}
	go func() {
		wg.Wait()
		close(todo)
	}()
	return todo
}
