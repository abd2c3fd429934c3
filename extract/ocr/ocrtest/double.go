package ocrtest

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/countybudget/extract/extract/ocr"
)

// Double is an engine that does as it is told. The zero value reads nothing on any line. It may be used by several goroutines
// once it is set up.
type Double struct {
	Called string                                    // its name; "" is a fake one
	Height int                                       // of its lines, pixels; 0 is 36
	Say    func(ocr.Line, ocr.Charset) string        // what a line says; nil says nothing
	Delay  time.Duration                             // how long a call to Read takes, unless its context ends before
	Fault  error                                     // what Read fails with
	Panic  any                                       // what Read panics with
	Bend   func([][]ocr.Candidate) [][]ocr.Candidate // changes the results, to break the contract; may be nil

	mu                  sync.Mutex
	lines, open, closed int
}

// Fake reads every line as the same text.
func Fake(text string) *Double {
	return &Double{Say: func(ocr.Line, ocr.Charset) string { return text }}
}

// Slow needs so long for each call to Read.
func Slow(delay time.Duration) *Double { return &Double{Called: "slow 1.0", Delay: delay} }

// Crashing panics in each call to Read.
func Crashing() *Double { return &Double{Called: "crashing 1.0", Panic: "out of order"} }

// Lines is how many lines were read.
func (d *Double) Lines() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.lines
}

// Recognizers is how many recognizers were made, and how many of them were closed.
func (d *Double) Recognizers() (made, closed int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open, d.closed
}

// Name implements ocr.Engine.
func (d *Double) Name() string {
	if d.Called == "" {
		return "fake 1.0"
	}
	return d.Called
}

// NewRecognizer implements ocr.Engine.
func (d *Double) NewRecognizer() ocr.Recognizer {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open++
	return double{d}
}

// double is a recognizer of a Double.
type double struct{ *Double }

func (d double) LineHeight(ocr.Charset) int {
	if d.Height == 0 {
		return 36
	}
	return d.Height
}

func (d double) Read(ctx context.Context, lines []ocr.Line, charset ocr.Charset, suggest ocr.Suggest) ([][]ocr.Candidate, error) {
	if d.Panic != nil {
		panic(d.Panic)
	}
	select {
	case <-time.After(d.Delay):
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines += len(lines)
	if d.Fault != nil {
		return nil, d.Fault
	}
	out := make([][]ocr.Candidate, len(lines))
	for i, l := range lines {
		if l.Width < 0 || l.Height != d.LineHeight(charset) || len(l.Pix) != l.Width*l.Height {
			return nil, errors.New("a line of another size")
		}
		if d.Say == nil {
			continue
		}
		text := d.Say(l, charset)
		if text == "" {
			continue
		}
		out[i] = append(out[i], said(text, l.Width, 1))
		if suggest != nil {
			for _, s := range suggest(i, text) {
				out[i] = append(out[i], said(s, l.Width, 0.3))
			}
		}
	}
	if d.Bend != nil {
		out = d.Bend(out)
	}
	return out, nil
}

func (d double) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed++
	return nil
}

// said is a text as a candidate whose characters are spread over the width of a line.
func said(text string, width int, share float32) ocr.Candidate {
	c := ocr.Candidate{Share: share}
	all := []rune(text)
	for k, r := range all {
		x := (float32(k) + 0.5) * float32(width) / float32(len(all))
		c.Characters = append(c.Characters, ocr.Character{Text: string(r), Probability: 0.99, X: x})
	}
	return c
}
