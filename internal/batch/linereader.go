package batch

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/countybudget/extract/extract/ocr/remote"
)

const (
	lineReaderName = "extract-tesseract"
	lineReaderVar  = "EXTRACT_TESSERACT" // names another file

	answerPatience = time.Minute // for the answer to one request, which takes a second
	mostLost       = 3           // processes of one worker
)

// lineReader is the process that reads lines with Tesseract's library for one worker, command extract-tesseract: a worker is
// confined and cannot start one. It is started when the worker first asks, and ends with the worker. What happens to it
// costs no more than the requests that it had: they are answered with the reason.
type lineReader struct {
	spawn  *spawner
	answer func(remote.Message) // passes an answer to the worker

	mu      sync.Mutex   // guards what follows
	pending int          // requests without an answer
	running *lineProcess // nil before the first request, and after the process has ended
	lost    []error      // why processes ended
	closed  bool
	wait    sync.WaitGroup
}

// lineProcess is one running process of a lineReader.
type lineProcess struct {
	cmd     *exec.Cmd
	log     *lastWords
	writing sync.Mutex
	stdin   io.WriteCloser
	open    map[uint32]*time.Timer // requests without an answer yet; guarded by the lineReader's mutex
	late    bool                   // it was killed because an answer did not come; guarded as well
}

// lineReaderCommand starts extract-tesseract for a run's settings: the one that the environment names, the one beside this
// program, or the one in the PATH.
func lineReaderCommand(opt *OCR) ([]string, error) {
	path := os.Getenv(lineReaderVar)
	if path == "" {
		if self, err := os.Executable(); err == nil {
			path, _ = exec.LookPath(filepath.Join(filepath.Dir(self), lineReaderName))
		}
	}
	if path == "" {
		var err error
		if path, err = exec.LookPath(lineReaderName); err != nil {
			return nil, fmt.Errorf("the program %s is neither beside extract nor in the PATH (make install puts it there; or set %s to its file)", lineReaderName, lineReaderVar)
		}
	}
	return []string{path, "-language", opt.Language, "-recognizers", strconv.Itoa(max(1, opt.Engines))}, nil
}

// ask passes a request on; its answer comes later. It is false if there are more requests than a worker makes.
func (r *lineReader) ask(m remote.Message, command []string, opt *OCR) bool {
	const most = 64
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pending >= max(most, 2*opt.Engines) {
		return false
	}
	r.pending++
	go func() { // the process may be slow to start, and to take it
		if err := r.pass(m, command, opt); err != nil {
			r.reply(remote.Message{Number: m.Number, Body: remote.Failure(err)})
		}
	}()
	return true
}

func (r *lineReader) reply(m remote.Message) {
	r.answer(m)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pending--
}

func (r *lineReader) pass(m remote.Message, command []string, opt *OCR) error {
	p, err := r.take(m.Number, command, opt)
	if err != nil {
		return err
	}
	p.writing.Lock()
	defer p.writing.Unlock()
	_ = m.Write(p.stdin) // a process that does not take it ends, or is killed when the answer does not come
	return nil
}

// take returns the process that is to answer a request, and starts it if there is none.
func (r *lineReader) take(number uint32, command []string, opt *OCR) (*lineProcess, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.closed:
		return nil, errors.New("the worker has ended")
	case len(r.lost) >= mostLost:
		return nil, fmt.Errorf("%s ended %d times, the last time: %w", lineReaderName, len(r.lost), r.lost[len(r.lost)-1])
	case r.running == nil:
		if command == nil {
			var err error
			if command, err = lineReaderCommand(opt); err != nil {
				return nil, err
			}
		}
		if err := r.start(command); err != nil {
			return nil, fmt.Errorf("%s cannot be started: %w", lineReaderName, err)
		}
	}
	p := r.running
	if p.open[number] != nil {
		return nil, fmt.Errorf("request %d was sent twice", number)
	}
	p.open[number] = time.AfterFunc(answerPatience, func() { r.overdue(p, number) })
	return p, nil
}

// start starts a process; the mutex is held.
func (r *lineReader) start(command []string) error {
	p := &lineProcess{cmd: exec.Command(command[0], command[1:]...), log: &lastWords{}, open: map[uint32]*time.Timer{}}
	p.cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // more threads make a line slower
	p.cmd.Stderr = p.log
	p.cmd.WaitDelay = 2 * time.Second
	isolate(p.cmd)
	var err error
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return err
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := r.spawn.start(p.cmd); err != nil {
		return err
	}
	r.running = p
	r.wait.Go(func() { r.read(p, stdout) })
	return nil
}

// read passes answers on until the process ends, and then answers what it left open.
func (r *lineReader) read(p *lineProcess, stdout io.Reader) {
	in := bufio.NewReader(stdout)
	for {
		m, err := remote.Read(in)
		if err != nil {
			break
		}
		if r.answered(p, m.Number) {
			r.reply(m)
		}
	}
	killGroup(p.cmd.Process.Pid) // it may have written what is no message
	p.stdin.Close()
	_ = p.cmd.Wait() // ProcessState tells how it ended
	r.mu.Lock()
	reason := p.epitaph()
	r.lost = append(r.lost, reason)
	r.running = nil
	left := p.open
	p.open = nil
	r.mu.Unlock()
	for number, timer := range left {
		timer.Stop()
		r.reply(remote.Message{Number: number, Body: remote.Failure(reason)})
	}
}

// answered reports whether an answer was waited for.
func (r *lineReader) answered(p *lineProcess, number uint32) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	timer := p.open[number]
	if timer == nil {
		return false
	}
	timer.Stop()
	delete(p.open, number)
	return true
}

// overdue kills a process whose answer to a request did not come in time.
func (r *lineReader) overdue(p *lineProcess, number uint32) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p.open[number] != nil {
		p.late = true
		killGroup(p.cmd.Process.Pid)
	}
}

// epitaph is why a process ended; the lineReader's mutex is held.
func (p *lineProcess) epitaph() error {
	switch words := p.log.summary(); {
	case p.late:
		return fmt.Errorf("%s did not answer within %s", lineReaderName, answerPatience)
	case words != "":
		return fmt.Errorf("%s ended: %s", lineReaderName, words)
	default:
		return fmt.Errorf("%s ended: %s", lineReaderName, p.cmd.ProcessState)
	}
}

// close ends the process and returns when it is gone. No other is started.
func (r *lineReader) close() {
	r.mu.Lock()
	r.closed = true
	if r.running != nil {
		killGroup(r.running.cmd.Process.Pid)
	}
	r.mu.Unlock()
	r.wait.Wait()
}
