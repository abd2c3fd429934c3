package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/countybudget/extract/internal/batch"
)

// display shows how far a run is, on a terminal only, and keeps messages and progress from writing over each other.
type display struct {
	stderr io.Writer
	live   bool // a terminal is looking

	mu    sync.Mutex
	shown bool
	quit  chan struct{}
	ended chan struct{}
}

// refreshInterval is how often progress is drawn.
const refreshInterval = 200 * time.Millisecond

func newDisplay(o convertOptions, stderr io.Writer) *display {
	return &display{stderr: stderr, live: !o.quiet && !o.json && terminalWidth(stderr) > 0}
}

func (d *display) start(counters *batch.Counters, total int) {
	if !d.live {
		return
	}
	d.quit, d.ended = make(chan struct{}), make(chan struct{})
	began := time.Now()
	go func() {
		defer close(d.ended)
		ticker := time.NewTicker(refreshInterval)
		defer ticker.Stop()
		for {
			select {
			case <-d.quit:
				return
			case <-ticker.C:
				pages := counters.Pages.Load()
				d.draw(fmt.Sprintf("%d of %d documents, %d failed, %d pages, %.0f pages/s",
					counters.Documents.Load(), total, counters.Failed.Load(), pages, float64(pages)/time.Since(began).Seconds()))
			}
		}
	}()
}

func (d *display) end() {
	if d.quit == nil {
		return
	}
	close(d.quit)
	<-d.ended
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clear()
}

// message prints a line for good.
func (d *display) message(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clear()
	fmt.Fprintln(d.stderr, line)
}

func (d *display) draw(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fmt.Fprint(d.stderr, "\r"+line+"\x1b[K")
	d.shown = true
}

func (d *display) clear() {
	if d.shown {
		fmt.Fprint(d.stderr, "\r\x1b[K")
		d.shown = false
	}
}
