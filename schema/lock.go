package schema

import (
	"errors"
	"os"
)

// FileLock is a lock that ends with the process, however it ends.
type FileLock struct{ file *os.File }

// LockFile makes a file and locks it. It is ErrLocked when another process has done so.
func LockFile(path string) (*FileLock, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, err
		}
		if err := lockFile(f); err != nil {
			f.Close()
			return nil, err
		}
		if mine, err := sameFile(f, path); err != nil || !mine {
			f.Close() // removed by its owner between open and lock
			continue
		}
		return &FileLock{f}, nil
	}
}

// Close removes the file and lets go of the lock, in this order.
func (l *FileLock) Close() error {
	return errors.Join(os.Remove(l.file.Name()), l.file.Close())
}
