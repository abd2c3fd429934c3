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

// isolate gives the worker a process group of its own, so that an interrupt at the terminal reaches only the supervisor
// and a kill reaches all that the worker started, and lets it die with the supervisor.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	_ = confine.KeepDescriptors() // the worker closes what comes nevertheless
}

// killedFromOutside tells a kill that no fault of the process can cause.
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
