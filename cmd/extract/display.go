package main

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"
)

// display prints progress and messages without mixing them: on a terminal progress is one line that is redrawn, elsewhere a
// line from time to time.
type display struct {
	stderr io.Writer
	live   bool // stderr is a terminal
	quiet  bool
	json   bool // messages are JSON objects

	mu    sync.Mutex
	shown bool
	quit  chan struct{}
	ended chan struct{}
}

const (
	refreshInterval = 200 * time.Millisecond // of the line on a terminal
	plainInterval   = 30 * time.Second       // of lines elsewhere
)

func newDisplay(o *convertOptions, stderr io.Writer) *display {
	asJSON := o.logFormat == logJSON
	return &display{stderr: stderr, quiet: o.quiet || o.json, json: asJSON, live: !o.quiet && !o.json && !asJSON && terminalWidth(stderr) > 0}
}

// start prints line() at intervals until end.
func (d *display) start(line func() string) {
	if d.quiet {
		return
	}
	d.quit, d.ended = make(chan struct{}), make(chan struct{})
	interval, show := plainInterval, d.message
	if d.live {
		interval, show = refreshInterval, d.draw
	}
	go func() {
		defer close(d.ended)
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-d.quit:
				return
			case <-ticker.C:
				show(line())
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
	d.quit = nil
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clear()
}

// message prints a line for good.
func (d *display) message(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clear()
	if d.json {
		json.NewEncoder(d.stderr).Encode(struct {
			MessageType string    `json:"message_type"`
			Time        time.Time `json:"time"`
			Message     string    `json:"message"`
		}{"log", time.Now().UTC(), line})
		return
	}
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
