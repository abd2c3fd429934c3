package ocrtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/ocr"
)

// mostWrong is the share of the samples' characters, in percent, that an engine may misread.
const mostWrong = 10

// Conform tests an engine against the contract of ocr.Engine and ocr.Recognizer, with lines that it draws.
func Conform(t *testing.T, e ocr.Engine) {
	t.Helper()
	r := e.NewRecognizer()
	samples := Samples(t, r.LineHeight)
	if err := r.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	for _, err := range faults(t.Context(), e, samples) {
		t.Error(err)
	}
}

// faults lists what of the contract an engine breaks.
func faults(ctx context.Context, e ocr.Engine, samples []Sample) []error {
	f := &finder{ctx: ctx, engine: e, samples: samples}
	if e.Name() == "" || strings.TrimSpace(e.Name()) != e.Name() {
		f.fault("its name is %q", e.Name())
	}
	for _, check := range []func(ocr.Recognizer){f.heights, f.reading, f.order, f.limited, f.suggesting, f.emptyLines, f.wrongSizes, f.cancelled} {
		f.with(check)
	}
	f.concurrent()
	return f.found
}

// finder collects the faults of an engine.
type finder struct {
	ctx     context.Context
	engine  ocr.Engine
	samples []Sample

	mu    sync.Mutex
	found []error
}

func (f *finder) fault(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.found = append(f.found, fmt.Errorf(format, args...))
}

// with runs a check on a recognizer of its own. No panic may leave a recognizer.
func (f *finder) with(check func(ocr.Recognizer)) {
	defer func() {
		if v := recover(); v != nil {
			f.fault("panic: %v", v)
		}
	}()
	r := f.engine.NewRecognizer()
	defer func() {
		if err := r.Close(); err != nil {
			f.fault("Close: %w", err)
		}
	}()
	check(r)
}

// of are the samples with a character set, and their lines.
func (f *finder) of(charset ocr.Charset) (samples []Sample, lines []ocr.Line) {
	for _, s := range f.samples {
		if s.Charset == charset {
			samples = append(samples, s)
			lines = append(lines, s.Line)
		}
	}
	return samples, lines
}

// read reads lines and tests what every result must be.
func (f *finder) read(r ocr.Recognizer, lines []ocr.Line, charset ocr.Charset, suggest ocr.Suggest) [][]ocr.Candidate {
	found, err := r.Read(f.ctx, lines, charset, suggest)
	if err != nil {
		f.fault("Read: %w", err)
		return make([][]ocr.Candidate, len(lines))
	}
	if len(found) != len(lines) {
		f.fault("%d results for %d lines", len(found), len(lines))
		return make([][]ocr.Candidate, len(lines))
	}
	for i, candidates := range found {
		for k := range candidates {
			f.candidate(&candidates[k], lines[i].Width, charset)
		}
		if len(candidates) > 0 && math.Abs(float64(candidates[0].Share)-1) > 1e-3 {
			f.fault("the first candidate %q has the share %v, not 1", textOf(candidates[0]), candidates[0].Share)
		}
		if suggest == nil && !slices.IsSortedFunc(candidates, func(a, b ocr.Candidate) int { return cmp.Compare(b.Share, a.Share) }) {
			f.fault("the candidates for %q are not in the order of their probability", textOf(candidates[0]))
		}
	}
	return found
}

// candidate tests the values of one candidate.
func (f *finder) candidate(c *ocr.Candidate, width int, charset ocr.Charset) {
	text := textOf(*c)
	if s := float64(c.Share); !(s >= 0) || math.IsInf(s, 0) {
		f.fault("%q has the share %v", text, c.Share)
	}
	last := float32(math.Inf(-1))
	for _, l := range c.Characters {
		switch {
		case !(l.Probability >= 0 && l.Probability <= 1):
			f.fault("%q of %q has the probability %v", l.Text, text, l.Probability)
		case !utf8.ValidString(l.Text):
			f.fault("%q of %q is not UTF-8", l.Text, text)
		case !(l.X >= 0 && l.X <= float32(width)):
			f.fault("%q of %q is at %v in a line of %d pixels", l.Text, text, l.X, width)
		case l.X < last:
			f.fault("%q of %q is left of the character before", l.Text, text)
		case charset != ocr.AnyText && strings.Trim(l.Text, string(charset)) != "":
			f.fault("%q of %q is none of %q", l.Text, text, charset)
		}
		last = l.X
	}
}

func (f *finder) heights(r ocr.Recognizer) {
	for _, charset := range []ocr.Charset{ocr.AnyText, ocr.Numbers} {
		if h := r.LineHeight(charset); h < 8 || h > 256 {
			f.fault("its lines are %d pixels high", h)
		}
	}
}

// reading tests that the samples are read, but for few characters.
func (f *finder) reading(r ocr.Recognizer) {
	for _, charset := range []ocr.Charset{ocr.AnyText, ocr.Numbers} {
		samples, lines := f.of(charset)
		wrong, all := 0, 0
		var misread []string
		for i, candidates := range f.read(r, lines, charset, nil) {
			want, got := samples[i].Text, first(candidates)
			all += utf8.RuneCountInString(want)
			if n := Changes([]rune(want), []rune(got)); n > 0 {
				wrong += n
				misread = append(misread, fmt.Sprintf("%q as %q", want, got))
			}
		}
		if wrong*100 > mostWrong*all {
			f.fault("%d of %d characters are misread: %s", wrong, all, strings.Join(misread, ", "))
		}
	}
}

// order tests that each result is that of its line, whatever lines are read together.
func (f *finder) order(r ocr.Recognizer) {
	for _, charset := range []ocr.Charset{ocr.AnyText, ocr.Numbers} {
		samples, lines := f.of(charset)
		together := f.read(r, lines, charset, nil)
		slices.Reverse(lines)
		back := f.read(r, lines, charset, nil)
		slices.Reverse(back)
		for i, s := range samples {
			if a, b := first(together[i]), first(back[i]); a != b {
				f.fault("%q is read as %q in one order of lines and as %q in another", s.Text, a, b)
			}
		}
	}
}

// limited tests that of a text only the characters asked for are recognized; read tests which they are.
func (f *finder) limited(r ocr.Recognizer) {
	if _, lines := f.of(ocr.AnyText); r.LineHeight(ocr.AnyText) == r.LineHeight(ocr.Numbers) {
		f.read(r, lines, ocr.Numbers, nil)
	}
}

// suggesting tests what a recognizer asks, and that what was suggested comes after what was read.
func (f *finder) suggesting(r ocr.Recognizer) {
	_, lines := f.of(ocr.AnyText)
	alone := f.read(r, lines, ocr.AnyText, nil)
	found := f.read(r, lines, ocr.AnyText, func(line int, text string) []string {
		switch {
		case line < 0 || line >= len(lines):
			f.fault("Suggest is asked about line %d of %d", line, len(lines))
		case strings.ContainsFunc(text, unicode.IsSpace):
			f.fault("Suggest is asked about %q, with white space", text)
		}
		return []string{text, text + text}
	})
	for i := range found {
		if a, b := first(alone[i]), first(found[i]); a != b {
			f.fault("a line is read as %q, and as %q when texts are suggested", a, b)
		}
	}
}

func (f *finder) emptyLines(r ocr.Recognizer) {
	for _, charset := range []ocr.Charset{ocr.AnyText, ocr.Numbers} {
		height := r.LineHeight(charset)
		white := slices.Repeat([]byte{255}, 120*height)
		for i, found := range f.read(r, []ocr.Line{{Width: 120, Height: height, Pix: white}, {Height: height}}, charset, nil) {
			if text := first(found); text != "" && i == 1 {
				f.fault("a line without pixels is read as %q", text)
			} else if len([]rune(text)) > 1 {
				f.fault("white paper is read as %q", text)
			}
		}
		if found, err := r.Read(f.ctx, nil, charset, nil); err != nil || len(found) != 0 {
			f.fault("no lines: %d results, %w", len(found), err)
		}
	}
}

func (f *finder) wrongSizes(r ocr.Recognizer) {
	h := r.LineHeight(ocr.AnyText)
	for _, l := range []ocr.Line{
		{Width: 30, Height: h + 1, Pix: make([]byte, 30*(h+1))}, {Width: 30, Height: h, Pix: make([]byte, 30)},
		{Width: -1, Height: h}, {Width: -1, Height: -h, Pix: make([]byte, h)}, {Width: 1 << 40, Height: h},
	} {
		if _, err := r.Read(f.ctx, []ocr.Line{l}, ocr.AnyText, nil); err == nil {
			f.fault("a line of %d × %d pixels with %d bytes: no error", l.Width, l.Height, len(l.Pix))
		}
	}
	f.stillReads(r, "a line of a wrong size")
}

func (f *finder) cancelled(r ocr.Recognizer) {
	ctx, cancel := context.WithCancel(f.ctx)
	cancel()
	_, lines := f.of(ocr.Numbers)
	if _, err := r.Read(ctx, lines, ocr.Numbers, nil); !errors.Is(err, context.Canceled) {
		f.fault("a cancelled call: error %v", err)
	}
	f.stillReads(r, "a cancelled call")
}

// stillReads tests that a recognizer works after a call that failed.
func (f *finder) stillReads(r ocr.Recognizer, after string) {
	if len(f.samples) == 0 {
		return
	}
	s := f.samples[0]
	if found, err := r.Read(f.ctx, []ocr.Line{s.Line}, s.Charset, nil); err != nil || len(found) != 1 {
		f.fault("after %s: %d results, %w", after, len(found), err)
	}
}

// concurrent tests that recognizers of one engine read at the same time what they read alone.
func (f *finder) concurrent() {
	samples, lines := f.of(ocr.Numbers)
	var alone [][]ocr.Candidate
	f.with(func(r ocr.Recognizer) { alone = f.read(r, lines, ocr.Numbers, nil) })
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			f.with(func(r ocr.Recognizer) {
				for i, found := range f.read(r, lines, ocr.Numbers, nil) {
					if i < len(alone) && first(found) != first(alone[i]) {
						f.fault("%q is read as %q alone and as %q while others read", samples[i].Text, first(alone[i]), first(found))
					}
				}
			})
		})
	}
	wait.Wait()
}

// first is the text of the most probable candidate, without white space.
func first(candidates []ocr.Candidate) string {
	if len(candidates) == 0 {
		return ""
	}
	return textOf(candidates[0])
}

func textOf(c ocr.Candidate) string {
	var b strings.Builder
	for _, l := range c.Characters {
		b.WriteString(strings.Join(strings.Fields(l.Text), ""))
	}
	return b.String()
}

// Changes is the Levenshtein distance of two texts.
func Changes(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0]++
		for j := range b {
			step := last
			if a[i] != b[j] {
				step++
			}
			last = row[j+1]
			row[j+1] = min(step, last+1, row[j]+1)
		}
	}
	return row[len(b)]
}
