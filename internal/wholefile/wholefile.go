// Package wholefile writes files that are there whole or not at all: into a temporary file beside the place, which is made
// durable and then renamed.
package wholefile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
)

// pending is a file that is not yet in its place. CloseAtomicallyReplace makes it durable and puts it there; Cleanup removes
// it if that has not happened.
type pending interface {
	io.Writer
	CloseAtomicallyReplace() error
	Cleanup() error
}

// Write makes or replaces a file with what write writes, with the permissions perm whatever the umask. After an error the
// file is as it was, and the temporary file is gone.
func Write(path string, perm fs.FileMode, write func(io.Writer) error) (err error) {
	f, err := create(path, perm)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Cleanup()) }()
	w := bufio.NewWriterSize(f, 1<<16)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.CloseAtomicallyReplace()
}
