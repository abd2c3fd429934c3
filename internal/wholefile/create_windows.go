package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// replacing is a pending file on Windows, for which renameio has none that can be written piece by piece.
type replacing struct {
	*os.File
	path string
	done bool
}

func create(path string, _ fs.FileMode) (pending, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, err
	}
	return &replacing{File: f, path: path}, nil
}

func (r *replacing) CloseAtomicallyReplace() error {
	if err := errors.Join(r.Sync(), r.Close()); err != nil {
		return err
	}
	err := os.Rename(r.Name(), r.path)
	r.done = err == nil
	return err
}

func (r *replacing) Cleanup() error {
	if r.done {
		return nil
	}
	r.Close()
	return os.Remove(r.Name())
}
