//go:build amd64 || arm64

package confine

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Up to firstUnified the filter is a deny list: these system calls are all known and no more are added; those of
// refusedCalls are refused, the others allowed. From there on, where every version of Linux adds calls, it is an allow list,
// newerCalls. An allow list throughout would have to name what the Go runtime and every C library call on each processor and
// kernel. That can be tested on the machines at hand only, and a call missing from it would cost documents; a call missing
// from the deny list is still kept from files by Landlock.

// call is a system call.
type call struct {
	name   string
	number uint32
}

// callGroup is a set of calls that are refused for one reason.
type callGroup struct {
	name  string
	calls []call
}

// refusedCalls fail with EPERM. SECURITY.md lists them too; TestSecuritySays compares.
var refusedCalls = []callGroup{
	{"permissions", []call{{"fchmod", unix.SYS_FCHMOD}, {"fchmodat", unix.SYS_FCHMODAT}}},
	{"owners", []call{{"fchown", unix.SYS_FCHOWN}, {"fchownat", unix.SYS_FCHOWNAT}}},
	{"times", []call{{"utimensat", unix.SYS_UTIMENSAT}}},
	{"extended attributes", []call{
		{"setxattr", unix.SYS_SETXATTR}, {"lsetxattr", unix.SYS_LSETXATTR}, {"fsetxattr", unix.SYS_FSETXATTR},
		{"getxattr", unix.SYS_GETXATTR}, {"lgetxattr", unix.SYS_LGETXATTR}, {"fgetxattr", unix.SYS_FGETXATTR},
		{"listxattr", unix.SYS_LISTXATTR}, {"llistxattr", unix.SYS_LLISTXATTR}, {"flistxattr", unix.SYS_FLISTXATTR},
		{"removexattr", unix.SYS_REMOVEXATTR}, {"lremovexattr", unix.SYS_LREMOVEXATTR}, {"fremovexattr", unix.SYS_FREMOVEXATTR},
	}},
	{"links and devices", []call{
		{"linkat", unix.SYS_LINKAT}, {"symlinkat", unix.SYS_SYMLINKAT}, {"mknodat", unix.SYS_MKNODAT}, {"ioctl", unix.SYS_IOCTL},
		{"memfd_create", unix.SYS_MEMFD_CREATE}, {"inotify_init1", unix.SYS_INOTIFY_INIT1}, {"inotify_add_watch", unix.SYS_INOTIFY_ADD_WATCH},
		{"fanotify_init", unix.SYS_FANOTIFY_INIT}, {"name_to_handle_at", unix.SYS_NAME_TO_HANDLE_AT}, {"open_by_handle_at", unix.SYS_OPEN_BY_HANDLE_AT},
	}},
	{"programs", []call{{"execve", unix.SYS_EXECVE}, {"execveat", unix.SYS_EXECVEAT}}},
	{"other processes", []call{
		{"ptrace", unix.SYS_PTRACE}, {"process_vm_readv", unix.SYS_PROCESS_VM_READV}, {"process_vm_writev", unix.SYS_PROCESS_VM_WRITEV},
		{"kcmp", unix.SYS_KCMP}, {"tkill", unix.SYS_TKILL}, {"rt_sigqueueinfo", unix.SYS_RT_SIGQUEUEINFO},
		{"rt_tgsigqueueinfo", unix.SYS_RT_TGSIGQUEUEINFO}, {"setpgid", unix.SYS_SETPGID}, {"setsid", unix.SYS_SETSID},
		{"setpriority", unix.SYS_SETPRIORITY}, {"ioprio_set", unix.SYS_IOPRIO_SET}, {"sched_setaffinity", unix.SYS_SCHED_SETAFFINITY},
		{"sched_setparam", unix.SYS_SCHED_SETPARAM}, {"sched_setscheduler", unix.SYS_SCHED_SETSCHEDULER}, {"sched_setattr", unix.SYS_SCHED_SETATTR},
		{"migrate_pages", unix.SYS_MIGRATE_PAGES}, {"move_pages", unix.SYS_MOVE_PAGES}, {"get_robust_list", unix.SYS_GET_ROBUST_LIST},
	}},
	{"sockets and queues", []call{
		{"socket", unix.SYS_SOCKET}, {"socketpair", unix.SYS_SOCKETPAIR}, {"connect", unix.SYS_CONNECT}, {"bind", unix.SYS_BIND},
		{"listen", unix.SYS_LISTEN}, {"sendto", unix.SYS_SENDTO}, {"sendmsg", unix.SYS_SENDMSG}, {"sendmmsg", unix.SYS_SENDMMSG},
		{"recvmsg", unix.SYS_RECVMSG}, {"recvmmsg", unix.SYS_RECVMMSG}, {"shmget", unix.SYS_SHMGET}, {"shmat", unix.SYS_SHMAT},
		{"shmctl", unix.SYS_SHMCTL}, {"semget", unix.SYS_SEMGET}, {"semop", unix.SYS_SEMOP}, {"semtimedop", unix.SYS_SEMTIMEDOP},
		{"semctl", unix.SYS_SEMCTL}, {"msgget", unix.SYS_MSGGET}, {"msgsnd", unix.SYS_MSGSND}, {"msgrcv", unix.SYS_MSGRCV},
		{"msgctl", unix.SYS_MSGCTL}, {"mq_open", unix.SYS_MQ_OPEN}, {"mq_unlink", unix.SYS_MQ_UNLINK},
	}},
	{"users and limits", []call{
		{"setuid", unix.SYS_SETUID}, {"setgid", unix.SYS_SETGID}, {"setreuid", unix.SYS_SETREUID}, {"setregid", unix.SYS_SETREGID},
		{"setresuid", unix.SYS_SETRESUID}, {"setresgid", unix.SYS_SETRESGID}, {"setfsuid", unix.SYS_SETFSUID}, {"setfsgid", unix.SYS_SETFSGID},
		{"setgroups", unix.SYS_SETGROUPS}, {"capset", unix.SYS_CAPSET}, {"setrlimit", unix.SYS_SETRLIMIT}, {"personality", unix.SYS_PERSONALITY},
	}},
	{"the system", []call{
		{"mount", unix.SYS_MOUNT}, {"umount2", unix.SYS_UMOUNT2}, {"pivot_root", unix.SYS_PIVOT_ROOT}, {"chroot", unix.SYS_CHROOT},
		{"unshare", unix.SYS_UNSHARE}, {"setns", unix.SYS_SETNS}, {"swapon", unix.SYS_SWAPON}, {"swapoff", unix.SYS_SWAPOFF},
		{"sethostname", unix.SYS_SETHOSTNAME}, {"setdomainname", unix.SYS_SETDOMAINNAME}, {"settimeofday", unix.SYS_SETTIMEOFDAY},
		{"clock_settime", unix.SYS_CLOCK_SETTIME}, {"adjtimex", unix.SYS_ADJTIMEX}, {"clock_adjtime", unix.SYS_CLOCK_ADJTIME},
		{"init_module", unix.SYS_INIT_MODULE}, {"finit_module", unix.SYS_FINIT_MODULE}, {"delete_module", unix.SYS_DELETE_MODULE},
		{"kexec_load", unix.SYS_KEXEC_LOAD}, {"kexec_file_load", unix.SYS_KEXEC_FILE_LOAD}, {"reboot", unix.SYS_REBOOT}, {"syslog", unix.SYS_SYSLOG}, {"acct", unix.SYS_ACCT},
		{"quotactl", unix.SYS_QUOTACTL}, {"vhangup", unix.SYS_VHANGUP}, {"bpf", unix.SYS_BPF}, {"perf_event_open", unix.SYS_PERF_EVENT_OPEN},
		{"userfaultfd", unix.SYS_USERFAULTFD}, {"keyctl", unix.SYS_KEYCTL}, {"add_key", unix.SYS_ADD_KEY}, {"request_key", unix.SYS_REQUEST_KEY},
	}},
}

// allRefused adds to the groups the calls that only this processor has.
func allRefused() []callGroup {
	all := slices.Clone(refusedCalls)
	for i := range all {
		all[i].calls = slices.Concat(olderCalls[all[i].name], all[i].calls)
	}
	return all
}

// firstUnified is the first of the calls that have the same number on every processor.
const firstUnified = unix.SYS_PIDFD_SEND_SIGNAL

// newerCalls are the unified calls that are allowed. The others fail as on an older kernel (ENOSYS): among them is clone3,
// whose arguments a filter cannot see, so that C libraries use clone instead.
var newerCalls = []uint32{
	unix.SYS_CLOSE_RANGE, unix.SYS_OPENAT2, unix.SYS_FACCESSAT2, unix.SYS_EPOLL_PWAIT2, unix.SYS_FUTEX_WAITV, unix.SYS_CACHESTAT,
	unix.SYS_MAP_SHADOW_STACK, unix.SYS_FUTEX_WAKE, unix.SYS_FUTEX_WAIT, unix.SYS_FUTEX_REQUEUE, unix.SYS_MSEAL,
}

const (
	threadFlags    = unix.CLONE_VM | unix.CLONE_THREAD
	namespaceFlags = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC | unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET
)

// harmlessPrctl are the allowed options of prctl, with which the Go runtime and C libraries name threads and memory. Others
// would let the process escape its parent, for example by living on when the parent ends.
var harmlessPrctl = []uint32{unix.PR_SET_NAME, unix.PR_GET_NAME, unix.PR_SET_VMA, unix.PR_SET_NO_NEW_PRIVS}

// signalCommands are the commands of fcntl that make another process get signals.
var signalCommands = []uint32{unix.F_SETOWN, unix.F_SETSIG, unix.F_SETOWN_EX}

var auditArch = map[string]uint32{"amd64": unix.AUDIT_ARCH_X86_64, "arm64": unix.AUDIT_ARCH_AARCH64}

// confineCalls installs a seccomp filter in every thread.
func confineCalls() error {
	filter := callFilter(auditArch[runtime.GOARCH], uint32(os.Getpid()))
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

// Instructions of a filter.
const (
	bpfLoad   = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
	bpfEqual  = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
	bpfLeast  = unix.BPF_JMP | unix.BPF_JGE | unix.BPF_K
	bpfBits   = unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K
	bpfMask   = unix.BPF_ALU | unix.BPF_AND | unix.BPF_K
	bpfAnswer = unix.BPF_RET | unix.BPF_K
)

var (
	allow  = unix.SockFilter{Code: bpfAnswer, K: unix.SECCOMP_RET_ALLOW}
	refuse = unix.SockFilter{Code: bpfAnswer, K: unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)}
	absent = unix.SockFilter{Code: bpfAnswer, K: unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)}
)

// callFilter is the BPF program for the process pid. It also refuses calls in another processor mode (audit architecture),
// and on amd64 in x32 mode.
func callFilter(arch, pid uint32) []unix.SockFilter {
	const (
		callOffset, archOffset = 0, 4 // in struct seccomp_data
		x32                    = 0x40000000
	)
	filter := []unix.SockFilter{
		{Code: bpfLoad, K: archOffset}, {Code: bpfEqual, K: arch, Jt: 1}, refuse,
		{Code: bpfLoad, K: callOffset}, {Code: bpfLeast, K: x32, Jf: 1}, refuse,
	}
	for _, group := range allRefused() {
		for _, c := range group.calls {
			filter = append(filter, unix.SockFilter{Code: bpfEqual, K: c.number, Jf: 1}, refuse)
		}
	}
	for _, number := range newerCalls {
		filter = append(filter, unix.SockFilter{Code: bpfEqual, K: number, Jf: 1}, allow)
	}
	filter = append(filter, unix.SockFilter{Code: bpfLeast, K: firstUnified, Jf: 1}, absent)
	own := []unix.SockFilter{argument(0), {Code: bpfEqual, K: pid, Jf: 1}, allow, refuse}
	for _, checked := range []struct {
		number uint32
		check  []unix.SockFilter
	}{
		{unix.SYS_KILL, own},
		{unix.SYS_TGKILL, own},
		{unix.SYS_CLONE, []unix.SockFilter{ // threads only
			argument(0), {Code: bpfBits, K: namespaceFlags, Jf: 1}, refuse,
			{Code: bpfMask, K: threadFlags}, {Code: bpfEqual, K: threadFlags, Jf: 1}, allow, refuse,
		}},
		{unix.SYS_PRCTL, append(answers(argument(0), harmlessPrctl, allow), refuse)},
		{unix.SYS_FCNTL, append(answers(argument(1), signalCommands, refuse), allow)},
		{unix.SYS_PRLIMIT64, []unix.SockFilter{ // reading its own limits only
			argument(0), {Code: bpfEqual, K: 0, Jt: 1}, refuse,
			argument(2), {Code: bpfEqual, K: 0, Jt: 1}, refuse,
			argumentHigh(2), {Code: bpfEqual, K: 0, Jf: 1}, allow, refuse,
		}},
	} {
		filter = append(filter, unix.SockFilter{Code: bpfEqual, K: checked.number, Jf: uint8(len(checked.check))})
		filter = append(filter, checked.check...)
	}
	return append(filter, allow)
}

// answers compares the loaded word with values, and returns answer for each of them.
func answers(load unix.SockFilter, values []uint32, answer unix.SockFilter) []unix.SockFilter {
	filter := []unix.SockFilter{load}
	for _, v := range values {
		filter = append(filter, unix.SockFilter{Code: bpfEqual, K: v, Jf: 1}, answer)
	}
	return filter
}

// argument loads the lower half of argument n: the kernel reads no more of an int.
func argument(n uint32) unix.SockFilter { return unix.SockFilter{Code: bpfLoad, K: 16 + 8*n} }

func argumentHigh(n uint32) unix.SockFilter { return unix.SockFilter{Code: bpfLoad, K: 20 + 8*n} }
