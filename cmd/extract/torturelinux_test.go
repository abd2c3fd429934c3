//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// dieWithTest ends a process that the test has started when the test itself is killed.
func dieWithTest() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// smallDisk mounts a disk of a size such as 96k on a folder; grow gives it another. Only root can do that.
func smallDisk(t *testing.T, dir, size string) (grow func(size string), err error) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		return nil, err
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return func(size string) {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size="+size); err != nil {
			t.Fatal(err)
		}
	}, nil
}

// peakMemory is the most that a process has held, in MB, as far as it can be seen while it runs.
func peakMemory(pid int) int {
	text, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	_, after, _ := strings.Cut(string(text), "VmHWM:")
	fields := strings.Fields(after)
	if len(fields) == 0 {
		return 0
	}
	kb, _ := strconv.Atoi(fields[0])
	return kb / 1024
}

// TestSupervisorMemory converts as many documents as EXTRACT_TEST_DOCUMENTS says, and prints what it took.
func TestSupervisorMemory(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("EXTRACT_TEST_DOCUMENTS"))
	if n == 0 {
		t.Skip("set EXTRACT_TEST_DOCUMENTS to a number, 10000 say, to measure the memory of the supervisor")
	}
	in, out := manyFiles(t, n, 0), filepath.Join(t.TempDir(), "out")
	for _, run := range []string{"first run", "with one more", "nothing new"} {
		cmd := process(t, "convert", "--quiet", "-o", out, in)
		began := time.Now()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		peak, ended := 0, make(chan error)
		go func() { ended <- cmd.Wait() }()
		for done := false; !done; {
			select {
			case <-ended:
				done = true
			case <-time.After(20 * time.Millisecond):
				peak = max(peak, peakMemory(cmd.Process.Pid))
			}
		}
		t.Logf("%d documents, %s: %d MB at the most, %.1f s", n, run, peak, time.Since(began).Seconds())
		if peak > 150 {
			t.Errorf("more than 150 MB")
		}
		os.WriteFile(filepath.Join(in, "more.pdf"), smallPDF("more"), 0o600)
	}
}
