package batch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"unsafe"

	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// Confine takes from the running process what reading a document does not need: writing files, except for the cache of
// compiled code, opening sockets, starting programs, and looking into other processes. It cannot be undone, and needs no
// rights. What the kernel does not offer is left out; the error says what that is.
func Confine() error {
	return errors.Join(confineFiles(), confineCalls())
}

func confineFiles() error {
	rules := []landlock.Rule{landlock.RODirs("/"), landlock.RWFiles(os.DevNull).IgnoreIfMissing()}
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

// refusedCalls are the system calls that a worker gets a "not permitted" for.
var refusedCalls = []uint32{
	unix.SYS_SOCKET, unix.SYS_SOCKETPAIR, unix.SYS_IO_URING_SETUP, unix.SYS_EXECVE, unix.SYS_EXECVEAT, unix.SYS_PTRACE,
	unix.SYS_PROCESS_VM_READV, unix.SYS_PROCESS_VM_WRITEV, unix.SYS_BPF, unix.SYS_KEYCTL, unix.SYS_ADD_KEY, unix.SYS_MOUNT,
}

var auditArch = map[string]uint32{"amd64": unix.AUDIT_ARCH_X86_64, "arm64": unix.AUDIT_ARCH_AARCH64}

// confineCalls installs a seccomp filter in every thread.
func confineCalls() error {
	arch, ok := auditArch[runtime.GOARCH]
	if !ok {
		return errors.New("seccomp: not on this processor")
	}
	filter := callFilter(arch)
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("seccomp: %w", err)
	}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	runtime.KeepAlive(filter)
	if errno != 0 {
		return fmt.Errorf("seccomp: %w", errno)
	}
	return nil
}

// callFilter refuses refusedCalls, calls of another processor mode, and on amd64 those of the x32 mode.
func callFilter(arch uint32) []unix.SockFilter {
	const (
		load   = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		equal  = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		least  = unix.BPF_JMP | unix.BPF_JGE | unix.BPF_K
		answer = unix.BPF_RET | unix.BPF_K

		callOffset, archOffset = 0, 4 // in struct seccomp_data
		x32                    = 0x40000000
	)
	refuse := unix.SockFilter{Code: answer, K: unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)}
	filter := []unix.SockFilter{
		{Code: load, K: archOffset}, {Code: equal, K: arch, Jt: 1}, refuse,
		{Code: load, K: callOffset}, {Code: least, K: x32, Jf: 1}, refuse,
	}
	for _, call := range refusedCalls {
		filter = append(filter, unix.SockFilter{Code: equal, K: call, Jf: 1}, refuse)
	}
	return append(filter, unix.SockFilter{Code: answer, K: unix.SECCOMP_RET_ALLOW})
}
