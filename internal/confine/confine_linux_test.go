//go:build amd64 || arm64

package confine

import (
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
	"testing"

	"golang.org/x/sys/unix"
)

// attempt is what a confined process tries, and whether it must be refused.
type attempt struct {
	name    string
	refused bool
	do      func() error
}

// attempts are what a confined process tries: with real arguments, so that it would succeed if it were not refused.
func attempts(dir string) []attempt {
	in, name := filepath.Join(dir, "in"), "user.test"
	parent := os.Getppid()
	read := func(path string) func() error {
		return func() error { _, err := os.ReadFile(path); return err }
	}
	raw := func(number uintptr, args ...uintptr) func() error {
		return func() error { return systemCall(number, args...) }
	}
	ofParent := func(file string) string { return fmt.Sprintf("/proc/%d/%s", parent, file) }
	return []attempt{
		{"read a file", true, read(in)},
		{"list a folder", true, func() error { _, err := os.ReadDir(dir); return err }},
		{"write a file", true, func() error { return os.WriteFile(filepath.Join(dir, "out"), nil, 0o600) }},
		{"remove a file", true, func() error { return os.Remove(in) }},
		{"chmod", true, func() error { return os.Chmod(in, 0o777) }},
		{"chown", true, func() error { return os.Chown(in, os.Getuid(), os.Getgid()) }},
		{"setxattr", true, func() error { return unix.Setxattr(in, name, []byte("x"), 0) }},
		{"removexattr", true, func() error { return unix.Removexattr(in, name) }},
		{"cmdline of another process", true, read(ofParent("cmdline"))},
		{"environ of another process", true, read(ofParent("environ"))},
		{"mem of another process", true, read(ofParent("mem"))},
		{"status of another process", true, read(ofParent("status"))},
		{"descriptors of another process", true, func() error { _, err := os.ReadDir(ofParent("fd")); return err }},
		{"signal another process", true, func() error { return unix.Kill(parent, 0) }},
		{"signal every process", true, func() error { return unix.Kill(-1, 0) }},
		{"tgkill another process", true, func() error { return unix.Tgkill(parent, parent, 0) }},
		{"tgkill itself", false, func() error { return unix.Tgkill(os.Getpid(), unix.Gettid(), 0) }},
		{"limits of another process", true, raw(unix.SYS_PRLIMIT64, uintptr(parent), unix.RLIMIT_CORE)},
		{"set its own limits", true, func() error { return unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: 9, Max: 9}) }},
		{"start a program", true, func() error { return exec.Command("/bin/true").Run() }},
		{"clone a process", true, raw(unix.SYS_CLONE, uintptr(unix.SIGCHLD))},
		{"clone a process that shares memory", true, raw(unix.SYS_CLONE, unix.CLONE_VM|unix.CLONE_VFORK|uintptr(unix.SIGCHLD))},
		{"clone into a namespace", true, raw(unix.SYS_CLONE, unix.CLONE_VM|unix.CLONE_THREAD|unix.CLONE_SIGHAND|unix.CLONE_NEWUTS)},
		{"outlive the supervisor", true, func() error { return unix.Prctl(unix.PR_SET_PDEATHSIG, 0, 0, 0, 0) }},
		{"signals for another process", true, func() error { _, err := unix.FcntlInt(0, unix.F_SETOWN, parent); return err }},
		{"tcp", true, raw(unix.SYS_SOCKET, unix.AF_INET, unix.SOCK_STREAM)},
		{"udp", true, raw(unix.SYS_SOCKET, unix.AF_INET, unix.SOCK_DGRAM)},
		{"threads", false, threads},
		{"write to a folder that is left", false, writeCache},
		{"read from a folder to read", false, read(filepath.Join(dir, toRead, "a"))},
		{"write to a folder to read", true, func() error { return os.WriteFile(filepath.Join(dir, toRead, "a"), nil, 0o600) }},
		{"no core dump", false, func() error { return limitIs(unix.RLIMIT_CORE, noCore) }},
		{"few descriptors", false, func() error { return limitIs(unix.RLIMIT_NOFILE, maxDescriptors) }},
		{"small files", false, func() error { return limitIs(unix.RLIMIT_FSIZE, maxFile) }},
		{"no inherited descriptor", false, noneInherited},
	}
}

// toRead is the folder that the confined process may read from.
const toRead = "read"

func systemCall(number uintptr, args ...uintptr) error {
	var a [6]uintptr
	copy(a[:], args)
	if _, _, errno := unix.RawSyscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]); errno != 0 {
		return errno
	}
	return nil
}

// threads needs more of them than there are yet.
func threads() error {
	var wg, all sync.WaitGroup
	all.Add(20)
	for range 20 {
		wg.Go(func() {
			runtime.LockOSThread()
			all.Done()
			all.Wait()
		})
	}
	wg.Wait()
	return nil
}

func writeCache() error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(cache, "extract", "x"), []byte("x"), 0o600)
}

// cacheFolder makes the one folder that the confined process may write to.
func cacheFolder() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "extract")
	return dir, os.MkdirAll(dir, 0o700)
}

func limitIs(resource int, most uint64) error {
	var l unix.Rlimit
	if err := unix.Getrlimit(resource, &l); err != nil || l.Max > most {
		return fmt.Errorf("%v, %v", l, err)
	}
	return nil
}

// noneInherited asks for the descriptors that whoever runs the test has left open, and for those that the Go runtime would not
// have opened: all but the standard ones would be lost in another program.
func noneInherited() error {
	for fd := 3; fd < 1000; fd++ {
		if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err == nil && flags&unix.FD_CLOEXEC == 0 {
			return fmt.Errorf("descriptor %d is open", fd)
		}
	}
	return nil
}

// confined acts as a process that was taken over; it gives a line for each attempt whose outcome is wrong.
func confined(dir string) string {
	cache, err := cacheFolder()
	if err != nil {
		return err.Error()
	}
	var given unix.Stat_t
	if err := unix.Fstat(3, &given); err != nil {
		return "the process has not inherited a descriptor: " + err.Error()
	}
	if err := Process(Files{ReadDirs: []string{filepath.Join(dir, "missing"), filepath.Join(dir, toRead)}, WriteDirs: []string{cache}}); err != nil {
		return "not confined: " + err.Error()
	}
	var out strings.Builder
	refused := func(err error) bool { return errors.Is(err, os.ErrPermission) || errors.Is(err, unix.ENOSYS) }
	for _, a := range attempts(dir) {
		if err := a.do(); refused(err) != a.refused || err != nil && !a.refused {
			fmt.Fprintf(&out, "%s: %v\n", a.name, err)
		}
	}
	for fd := 3; fd < 1000; fd++ {
		var s unix.Stat_t
		if unix.Fstat(fd, &s) == nil && s.Dev == given.Dev && s.Ino == given.Ino {
			fmt.Fprintf(&out, "descriptor %d is the one that was inherited\n", fd)
		}
	}
	for _, group := range allRefused() {
		for _, c := range group.calls {
			// What no argument can mean: a call that is not refused fails in another way.
			if err := systemCall(uintptr(c.number), noArgument, noArgument, noArgument, noArgument, noArgument, noArgument); err != unix.EPERM {
				fmt.Fprintf(&out, "%s, %s: %v\n", group.name, c.name, err)
			}
		}
	}
	for number := uint32(firstUnified); number < firstUnified+200; number++ {
		if slices.Contains(newerCalls, number) {
			continue
		}
		if err := systemCall(uintptr(number), noArgument, noArgument, noArgument, noArgument, noArgument, noArgument); err != unix.ENOSYS {
			fmt.Fprintf(&out, "call %d: %v\n", number, err)
		}
	}
	return out.String()
}

const noArgument = ^uintptr(0)

// confinedRun runs the test binary as a process that confines itself, with a descriptor left open on purpose.
func confinedRun(t *testing.T, args ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	open, err := os.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	cmd := exec.Command(self, args...)
	cmd.ExtraFiles = []*os.File{open}
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.HasPrefix(string(out), "not confined: ") {
		t.Skip(string(out) + " (this kernel does not offer it; it is tested where one does)")
	}
	return string(out)
}

// TestConfine injects each refused call, and what a worker needs.
func TestConfine(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"in", filepath.Join(toRead, "a")} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if got := confinedRun(t, "test-confined", dir); got != "" {
		t.Errorf("not as it should be:\n%s", got)
	}
}

// TestNoInheritedDescriptors: a process that was started with an open descriptor does not hand it on, even to one that does not
// close what it inherits.
func TestNoInheritedDescriptors(t *testing.T) {
	if got := confinedRun(t, "test-parent"); got != "0 1 2\n" {
		t.Errorf("the child has the descriptors %s", got)
	}
}

// parent starts a process that lists its descriptors. It has number 3 open itself.
func parent() string {
	if err := unix.Fstat(3, new(unix.Stat_t)); err != nil {
		return "the process has not inherited a descriptor: " + err.Error()
	}
	self, err := os.Executable()
	if err != nil {
		return err.Error()
	}
	cmd := exec.Command(self, "test-descriptors")
	if err := KeepDescriptors(); err != nil {
		return err.Error()
	}
	out, err := cmd.Output()
	if err != nil {
		return err.Error()
	}
	return string(out)
}

// inherited lists the descriptors that this process was started with.
func inherited() string {
	var all []string
	for fd := range 1000 {
		if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err == nil && flags&unix.FD_CLOEXEC == 0 {
			all = append(all, strconv.Itoa(fd))
		}
	}
	return strings.Join(all, " ") + "\n"
}

// TestSecuritySays: SECURITY.md has each group of refused calls, in this order, with every call in it.
func TestSecuritySays(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	rest := string(text)
	for _, group := range allRefused() {
		_, after, found := strings.Cut(rest, "\n| "+group.name+" | ")
		if !found {
			t.Errorf("SECURITY.md: no line for %q, or not in this order", group.name)
			continue
		}
		line, _, _ := strings.Cut(after, "\n")
		for _, c := range group.calls {
			if !strings.Contains(line, "`"+c.name+"`") {
				t.Errorf("SECURITY.md, %s: %s is missing", group.name, c.name)
			}
		}
		rest = after
	}
}
