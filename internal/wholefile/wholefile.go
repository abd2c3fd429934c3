// Package wholefile writes files that are there whole or not at all: into a temporary file beside the place, which is made
// durable and then renamed.
package wholefile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write makes or replaces a file with what write writes, with the permissions perm whatever the umask. After an error the
// file is as it was, and the temporary file is gone.
func Write(path string, perm fs.FileMode, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := errors.Join(fill(f, perm, write), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// fill writes a file and makes it durable.
func fill(f *os.File, perm fs.FileMode, write func(io.Writer) error) error {
	w := bufio.NewWriterSize(f, 1<<16)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Chmod(perm); err != nil {
		return err
	}
	return f.Sync()
}
