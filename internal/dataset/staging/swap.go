package staging

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/countybudget/extract/internal/dataset/layout"
)

// SyncTree makes the entries of a folder and of those under it durable; the files in them already are.
func SyncTree(root string) error {
	durable := NewSyncer()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			durable.Do(func() error { return syncDir(path) })
		}
		return err
	})
	return errors.Join(err, durable.End())
}

// Swap puts the new output into place. A reader sees the old one or the new one.
func (s *Folder) Swap() error {
	fresh := s.Path(layout.StagedNew)
	if _, err := os.Lstat(s.out); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(fresh, s.out); err != nil {
			return err
		}
		return syncDir(filepath.Dir(s.out))
	}
	err := s.exchange(fresh, s.out)
	if errors.Is(err, errors.ErrUnsupported) {
		err = s.renameTwice()
	}
	if err != nil {
		if isMountPoint(err) {
			return errors.Join(mountPointError(s.out), err)
		}
		return err
	}
	return syncDir(filepath.Dir(s.out))
}

func mountPointError(out string) error {
	return fmt.Errorf("%s is a mount point and cannot be replaced as a whole; name a folder inside it, such as %s", out, filepath.Join(out, "data"))
}

// renameTwice is the swap of systems that cannot exchange two folders: for a moment there is no OUT. If the run dies in
// that moment, the next one puts the old output back (recover).
func (s *Folder) renameTwice() error {
	old := s.Path(layout.StagedOld)
	if err := os.Rename(s.out, old); err != nil {
		return err
	}
	if err := os.Rename(s.Path(layout.StagedNew), s.out); err != nil {
		return errors.Join(err, os.Rename(old, s.out))
	}
	return nil
}
