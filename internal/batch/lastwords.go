package batch

import (
	"bytes"
	"strings"
	"sync"
)

// maxWords is how many bytes of a line of a worker's standard error are kept.
const maxWords = 300

// lastWords reads a worker's standard error and keeps the line that explains its death: the first line of a fatal report of
// the Go runtime or a C library, else the last line.
type lastWords struct {
	mu    sync.Mutex
	line  []byte // the line so far, cut at maxWords
	fatal string
	last  string
}

// fatalPrefixes are the beginnings of such a first line; goroutine dumps follow it.
var fatalPrefixes = []string{"panic: ", "fatal error: ", "SIGSEGV: ", "SIGBUS: ", "SIGABRT: ", "SIGILL: ", "SIGFPE: ", "terminate called", "runtime: out of memory"}

func (l *lastWords) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rest := p
	for {
		line, after, ended := bytes.Cut(rest, []byte{'\n'})
		l.line = append(l.line, line[:min(len(line), maxWords-len(l.line))]...)
		if !ended {
			return len(p), nil
		}
		l.take(strings.ToValidUTF8(string(l.line), ""))
		l.line, rest = l.line[:0], after
	}
}

func (l *lastWords) take(line string) {
	line = strings.TrimSpace(line)
	if line == "" {
		return
	}
	l.last = line
	if l.fatal != "" {
		return
	}
	for _, prefix := range fatalPrefixes {
		if strings.HasPrefix(line, prefix) {
			l.fatal = line
		}
	}
}

// forget is called between documents: messages about one do not explain the death of the next.
func (l *lastWords) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fatal, l.last = "", ""
}

func (l *lastWords) summary() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.line) > 0 {
		l.take(strings.ToValidUTF8(string(l.line), ""))
		l.line = l.line[:0]
	}
	if l.fatal != "" {
		return l.fatal
	}
	return l.last
}
