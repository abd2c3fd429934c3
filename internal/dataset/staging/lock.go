package staging

import (
	"errors"
	"io/fs"
	"os"
	"runtime"

	"github.com/gofrs/flock"
)

// ErrLocked is a file that another process has locked.
var ErrLocked = errors.New("locked")

// errLockGone is a lock file that its owner removed while it was being locked.
var errLockGone = errors.New("the lock file was removed")

// FileLock is an exclusive lock that ends with the process, however it ends. Where the system has no such locks it locks
// nothing: two runs into one folder are the user's to avoid there.
type FileLock struct {
	path string
	lock *flock.Flock // nil where the system has no locks
}

// LockFile makes a file and locks it. It is ErrLocked when another process has done so.
func LockFile(path string) (*FileLock, error) {
	for {
		l, err := tryLock(path, 0o600)
		if !errors.Is(err, errLockGone) {
			return l, err
		}
	}
}

// tryLock makes a file, if there is none, and locks it.
func tryLock(path string, perm fs.FileMode) (*FileLock, error) {
	lock := flock.New(path, flock.SetFlag(os.O_RDWR|os.O_CREATE), flock.SetPermissions(perm))
	switch ok, err := lock.TryLock(); {
	case errors.Is(err, errors.ErrUnsupported):
		return &FileLock{path, nil}, nil
	case err != nil:
		return nil, err
	case !ok:
		return nil, ErrLocked
	}
	locked, err := lock.Stat()
	if err == nil {
		var there fs.FileInfo
		if there, err = os.Stat(path); err == nil && os.SameFile(locked, there) {
			return &FileLock{path, lock}, nil
		}
	}
	return nil, errors.Join(errLockGone, lock.Close())
}

// removesOpenFiles: a system on which files that are open can be removed.
const removesOpenFiles = runtime.GOOS != "windows"

// Close removes the file and lets go of the lock, in this order, so that no other process locks a file that is about to
// be removed. (Windows removes no open file: there it is the other way round.)
func (l *FileLock) Close() error { return l.closeAfter(func() error { return os.Remove(l.path) }) }

// closeAfter lets go of the lock after something is removed.
func (l *FileLock) closeAfter(remove func() error) error {
	if removesOpenFiles {
		return errors.Join(remove(), l.release())
	}
	return errors.Join(l.release(), remove())
}

// release lets go of the lock and leaves the file.
func (l *FileLock) release() error {
	if l.lock == nil {
		return nil
	}
	return l.lock.Close()
}
