package batch

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"

	"github.com/countybudget/extract/internal/confine"
)

// isolate gives the worker a process group of its own, so that an interrupt at the terminal reaches the supervisor only and a
// kill reaches everything that the worker started. The worker dies with the supervisor (parent death signal).
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	_ = confine.KeepDescriptors() // if it fails, the worker closes what it inherits
}

// killedFromOutside reports SIGKILL, which no fault of the process itself can cause.
func killedFromOutside(state *os.ProcessState) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}

func killGroup(pid int) { syscall.Kill(-pid, syscall.SIGKILL) }

// residentBytes is the memory that a process holds; 0 when it is not known.
func residentBytes(pid int) int64 {
	statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	fields := bytes.Fields(statm)
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
