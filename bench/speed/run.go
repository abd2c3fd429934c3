package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// usage is what commands took.
type usage struct {
	Wall, CPU time.Duration // CPU is user and system time of the commands and all that they started
}

// partial is the exit code of this program when some documents are partial, as those with scanned pages are without OCR.
const partial = 3

// execute runs one command, its output thrown away, and waits for it.
func execute(argv []string, env ...string) (usage, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), env...)
	var said bytes.Buffer
	cmd.Stderr = &tail{to: &said}
	began := time.Now()
	err := cmd.Run()
	u := usage{Wall: time.Since(began)}
	if cmd.ProcessState != nil {
		u.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == partial && strings.Contains(filepath.Base(argv[0]), "extract") {
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", strings.Join(argv[:min(len(argv), 4)], " "), err, said.String())
	}
	return u, err
}

// tail keeps the first words that a command says on standard error.
type tail struct{ to *bytes.Buffer }

func (t *tail) Write(p []byte) (int, error) {
	if left := 500 - t.to.Len(); left > 0 {
		t.to.Write(p[:min(left, len(p))])
	}
	return len(p), nil
}

// inTurn runs commands one after the other.
func inTurn(commands [][]string, env ...string) (usage, error) {
	var sum usage
	for _, argv := range commands {
		u, err := execute(argv, env...)
		if err != nil {
			return sum, err
		}
		sum.Wall += u.Wall
		sum.CPU += u.CPU
	}
	return sum, nil
}

// sideBySide runs lists of commands at the same time, each list in turn. The wall time is that of all.
func sideBySide(lists [][][]string, env ...string) (usage, error) {
	var wait sync.WaitGroup
	parts, errs := make([]usage, len(lists)), make([]error, len(lists))
	began := time.Now()
	for i, commands := range lists {
		wait.Go(func() { parts[i], errs[i] = inTurn(commands, env...) })
	}
	wait.Wait()
	sum := usage{Wall: time.Since(began)}
	for _, p := range parts {
		sum.CPU += p.CPU
	}
	return sum, errors.Join(errs...)
}

// onOneCore runs work with this thread, and the processes that it starts, held to the first core.
func onOneCore(work func() error) error {
	result := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with its goroutine
		if err := holdToFirstCore(); err != nil {
			result <- fmt.Errorf("holding a process to one core: %w", err)
			return
		}
		result <- work()
	}()
	return <-result
}

// peaks are the largest resident sizes (VmHWM) in bytes of a process and of any that it started.
type peaks struct{ Own, Worker int64 }

// watched runs a command and looks at its memory, and at that of its children, every few milliseconds.
func watched(argv []string) (usage, peaks, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, peaks{}, err
	}
	stop, done := make(chan struct{}), make(chan peaks)
	go func() {
		var p peaks
		look := time.NewTicker(4 * time.Millisecond)
		defer look.Stop()
		for {
			p.Own = max(p.Own, highWater(cmd.Process.Pid))
			for _, child := range childrenOf(cmd.Process.Pid) {
				p.Worker = max(p.Worker, highWater(child))
			}
			select {
			case <-look.C:
			case <-stop:
				done <- p
				return
			}
		}
	}()
	err := cmd.Wait()
	u := usage{Wall: time.Since(began), CPU: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	close(stop)
	if cmd.ProcessState.ExitCode() == partial {
		err = nil
	}
	return u, <-done, err
}

func highWater(pid int) int64 {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := strings.Cut(string(data), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kilobytes, _ := strconv.ParseInt(fields[0], 10, 64)
	return kilobytes << 10
}

func childrenOf(pid int) []int {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	var out []int
	for _, list := range lists {
		data, _ := os.ReadFile(list)
		for _, field := range strings.Fields(string(data)) {
			if child, err := strconv.Atoi(field); err == nil {
				out = append(out, child)
			}
		}
	}
	return out
}

// series are the same run in several rounds.
type series []usage

func (s series) best() usage   { return s.sorted()[0] }
func (s series) median() usage { return s.sorted()[len(s)/2] }

func (s series) sorted() series {
	c := slices.Clone(s)
	slices.SortFunc(c, func(a, b usage) int { return int(a.Wall - b.Wall) })
	return c
}

// cpu is the least processor time of the rounds.
func (s series) cpu() time.Duration {
	return slices.MinFunc(s, func(a, b usage) int { return int(a.CPU - b.CPU) }).CPU
}
