package confine

import "golang.org/x/sys/unix"

// olderCalls are the refused calls that newer processors do without, by group.
var olderCalls = map[string][]call{
	"permissions": {{"chmod", unix.SYS_CHMOD}},
	"owners":      {{"chown", unix.SYS_CHOWN}, {"lchown", unix.SYS_LCHOWN}},
	"times":       {{"utime", unix.SYS_UTIME}, {"utimes", unix.SYS_UTIMES}, {"futimesat", unix.SYS_FUTIMESAT}},
	"links and devices": {
		{"link", unix.SYS_LINK}, {"symlink", unix.SYS_SYMLINK}, {"mknod", unix.SYS_MKNOD}, {"inotify_init", unix.SYS_INOTIFY_INIT},
	},
	"programs": {{"fork", unix.SYS_FORK}, {"vfork", unix.SYS_VFORK}, {"uselib", unix.SYS_USELIB}},
	"the system": {
		{"iopl", unix.SYS_IOPL}, {"ioperm", unix.SYS_IOPERM}, {"modify_ldt", unix.SYS_MODIFY_LDT},
	},
}
