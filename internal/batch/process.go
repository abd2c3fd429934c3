package batch

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"

	"github.com/countybudget/extract/extract/ocr/remote"
)

// process is one running worker.
type process struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	frames chan frame    // closed when the stream ends or holds something that is no frame
	died   chan struct{} // closed once the process is gone and reaped
	log    *lastWords
	lines  *lineReader
	broken bool // the stream held something that is no frame; valid once frames is closed
	done   int  // documents converted

	mu     sync.Mutex
	reaped bool

	writing sync.Mutex // held while a whole frame, or a job with its file, is written to stdin
}

// startPatience is how long a worker may take to send its hello frame; on an overloaded machine that can be seconds.
const startPatience = time.Minute

// startProcess starts a worker and waits for its hello.
func startProcess(spawn *spawner, command []string, env []string) (*process, error) {
	p := &process{cmd: exec.Command(command[0], command[1:]...), frames: make(chan frame), died: make(chan struct{}), log: &lastWords{}}
	p.cmd.Env = env
	p.cmd.Stderr = p.log
	p.cmd.WaitDelay = 2 * time.Second // a grandchild may hold the pipes open
	isolate(p.cmd)
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	p.stdin = stdin
	p.lines = &lineReader{spawn: spawn, answer: p.answer}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := spawn.start(p.cmd); err != nil {
		return nil, err
	}
	go p.read(stdout)
	select {
	case f, ok := <-p.frames:
		var hello Hello
		if ok && f.kind == frameHello && json.Unmarshal(f.payload, &hello) == nil && hello.Protocol == ProtocolVersion {
			return p, nil
		}
	case <-time.After(startPatience):
	}
	p.kill()
	return nil, fmt.Errorf("a worker process did not start: %s", p.epitaph())
}

// read passes frames on until the stream ends, then reaps the process.
func (p *process) read(stdout io.Reader) {
	r := bufio.NewReaderSize(stdout, 1<<16)
	for {
		f, err := readFrame(r)
		if err != nil {
			p.broken = err == errGarbage
			break
		}
		p.frames <- f
	}
	close(p.frames)
	if p.broken {
		killGroup(p.cmd.Process.Pid)
	}
	p.cmd.Wait()
	p.lines.close()
	p.mu.Lock()
	p.reaped = true
	p.mu.Unlock()
	close(p.died)
}

// answer sends what the line reader answered. A worker that is gone needs none.
func (p *process) answer(m remote.Message) {
	p.writing.Lock()
	defer p.writing.Unlock()
	_ = writeFrame(p.stdin, frameAnswer, m.Bytes())
}

// kill ends the process and everything it started, and returns when it is gone.
func (p *process) kill() {
	p.mu.Lock()
	if !p.reaped {
		killGroup(p.cmd.Process.Pid)
	}
	p.mu.Unlock()
	p.stdin.Close()
	for range p.frames {
	}
	<-p.died
}

// stop lets an idle worker end by itself, and kills it if it does not.
func (p *process) stop() {
	p.stdin.Close()
	select {
	case <-p.died:
	case _, open := <-p.frames:
		if open {
			p.kill()
		}
		<-p.died
	case <-time.After(2 * time.Second):
		p.kill()
	}
}

// errKilled: the worker was killed by someone other than the supervisor, such as an administrator or the kernel when memory
// ran out.
var errKilled = errors.New("worker was killed from outside")

// death is why the process ended.
func (p *process) death() error {
	reason := errors.New(p.epitaph())
	if !p.broken && killedFromOutside(p.cmd.ProcessState) {
		return fmt.Errorf("%w: %w", errKilled, reason)
	}
	return reason
}

// epitaph is why the process ended, in one line.
func (p *process) epitaph() string {
	<-p.died
	words := p.log.summary()
	switch {
	case p.broken:
		return "worker answered with garbage"
	case words != "":
		return "worker crashed: " + words
	default:
		return "worker ended: " + p.cmd.ProcessState.String()
	}
}

// workerEnv is the environment of a worker. The garbage collector knows the memory limit and is off while packages are
// initialized; the program turns it on.
func workerEnv(limits Limits) []string {
	env := append(os.Environ(), "GOGC=off")
	if limits.Memory > 0 {
		env = append(env, fmt.Sprintf("GOMEMLIMIT=%d", limits.Memory/10*7))
	}
	return env
}

// spawner starts every worker from one thread that lives as long as the pool: the parent death signal of Linux is sent when
// the thread that started a process ends.
type spawner struct {
	requests chan func()
}

func newSpawner() *spawner {
	s := &spawner{requests: make(chan func())}
	go func() {
		runtime.LockOSThread()
		for start := range s.requests {
			start()
		}
	}()
	return s
}

func (s *spawner) start(cmd *exec.Cmd) error {
	result := make(chan error)
	s.requests <- func() { result <- cmd.Start() }
	return <-result
}

// close ends the thread; no worker may be running.
func (s *spawner) close() { close(s.requests) }
