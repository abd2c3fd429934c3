package confine

import (
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// Process takes from the running process what files leaves out, for good: every other file, every descriptor but the
// standard ones, the system calls of refusedCalls, and core dumps. It needs no rights. What the kernel does not offer is left
// out, and the error says what that is.
func Process(files Files) error {
	return errors.Join(closeInherited(), confineResources(), confineFiles(files), confineCalls())
}

// closeInherited closes the descriptors that the process was started with, except the standard ones: those without the
// close-on-exec flag, which the Go runtime sets on every descriptor that it opens itself.
func closeInherited() error {
	return eachDescriptor(func(fd int) {
		if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err == nil && flags&unix.FD_CLOEXEC == 0 {
			unix.Close(fd)
		}
	})
}

// KeepDescriptors sets the close-on-exec flag on every descriptor except the standard ones, so that no process started later
// inherits them: whoever started this program may have left some open to it.
func KeepDescriptors() error {
	err := unix.CloseRange(3, ^uint(0), unix.CLOSE_RANGE_CLOEXEC)
	if err == nil {
		return nil
	}
	return eachDescriptor(func(fd int) { unix.CloseOnExec(fd) }) // Linux before 5.11
}

// eachDescriptor calls f for every open descriptor except the standard ones.
func eachDescriptor(f func(fd int)) error {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return fmt.Errorf("descriptors: %w", err)
	}
	for _, e := range entries {
		if fd, err := strconv.Atoi(e.Name()); err == nil && fd > 2 {
			f(fd)
		}
	}
	return nil
}

// Resource limits (setrlimit). There is none for memory: Go and WebAssembly reserve address space without using it, so the
// supervisor watches resident memory instead.
const (
	maxDescriptors = 128
	maxFile        = 256 << 20 // the compiled code of PDFium has about 20 MB
	noCore         = 1         // the kernel's own value for none, neither as a file nor for a program that collects them
)

func confineResources() error {
	var errs []error
	for resource, most := range map[int]uint64{unix.RLIMIT_CORE: noCore, unix.RLIMIT_NOFILE: maxDescriptors, unix.RLIMIT_FSIZE: maxFile} {
		var now unix.Rlimit
		if err := unix.Getrlimit(resource, &now); err != nil {
			errs = append(errs, fmt.Errorf("limits: %w", err))
			continue
		}
		most = min(most, now.Max)
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: most, Max: most}); err != nil {
			errs = append(errs, fmt.Errorf("limits: %w", err))
		}
	}
	return errors.Join(errs...)
}

func confineFiles(files Files) error {
	var rules []landlock.Rule
	for _, dir := range files.ReadDirs {
		rules = append(rules, landlock.RODirs(dir).IgnoreIfMissing())
	}
	for _, file := range files.ReadFiles {
		rules = append(rules, landlock.ROFiles(file).IgnoreIfMissing())
	}
	for _, dir := range files.WriteDirs {
		rules = append(rules, landlock.RWDirs(dir))
	}
	if err := landlock.V6.BestEffort().Restrict(rules...); err != nil {
		return fmt.Errorf("landlock: %w", err)
	}
	return nil
}
