package batch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"

	"github.com/countybudget/extract/extract/ocr"
)

// Confine takes from the running process what reading a document does not need. The document comes on standard input, so
// that only two kinds of files are left to open: the data of text recognition, and the cache of compiled code, which alone
// may be written. There is no other descriptor, no system call of refusedCalls, and no core dump, which would have the document
// in it. It cannot be undone, and needs no rights. What the kernel does not offer is left out; the error says what that is.
func Confine() error {
	return errors.Join(closeInherited(), confineResources(), confineFiles(), confineCalls())
}

// closeInherited closes the descriptors that the process was started with, but for the standard ones. They are those that
// stay open when a program starts another: this process has opened its own otherwise.
func closeInherited() error {
	return eachDescriptor(func(fd int) {
		if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err == nil && flags&unix.FD_CLOEXEC == 0 {
			unix.Close(fd)
		}
	})
}

// keepDescriptors keeps the descriptors of this process, of which a worker could do without the standard ones only, from
// those that it starts: what runs the program may have left some to it that stay open.
func keepDescriptors() error {
	err := unix.CloseRange(3, ^uint(0), unix.CLOSE_RANGE_CLOEXEC)
	if err == nil {
		return nil
	}
	return eachDescriptor(func(fd int) { unix.CloseOnExec(fd) }) // Linux before 5.11
}

// eachDescriptor calls f for the open descriptors but the standard ones.
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

// Limits of a worker as the system knows them. Memory has none of these: address space is reserved without being used, by Go and
// for WebAssembly, so that the supervisor looks at what is resident instead.
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

func confineFiles() error {
	var rules []landlock.Rule
	for _, dir := range ocr.Folders() {
		rules = append(rules, landlock.RODirs(dir).IgnoreIfMissing())
		models, _ := filepath.Glob(filepath.Join(dir, "*.traineddata")) // fails for patterns only
		for _, m := range models {
			if target, err := filepath.EvalSymlinks(m); err == nil && filepath.Dir(target) != filepath.Clean(dir) {
				rules = append(rules, landlock.ROFiles(target).IgnoreIfMissing())
			}
		}
	}
	if cache, err := os.UserCacheDir(); err == nil {
		dir := filepath.Join(cache, "extract")
		if os.MkdirAll(dir, 0o700) == nil {
			rules = append(rules, landlock.RWDirs(dir))
		}
	}
	if err := landlock.V6.BestEffort().Restrict(rules...); err != nil {
		return fmt.Errorf("landlock: %w", err)
	}
	return nil
}
