package staging

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/countybudget/extract/internal/dataset/layout"
)

// Carry gives the new output what lies beside the data in the old one, such as a user's notes and scripts: all but the names
// that are replaced. Files are linked, not moved, so that OUT has them at every moment. What the run knows of objects in
// stores becomes part of the output.
func (s *Folder) Carry(replaced func(name string) bool) error {
	fresh := s.Has(layout.Objects)
	if fresh {
		if err := LinkTree(s.Path(layout.Objects), filepath.Join(s.Path(layout.StagedNew), layout.Objects)); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(s.out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if replaced(name) || name == layout.Objects && fresh {
			continue
		}
		if err := LinkTree(filepath.Join(s.out, name), filepath.Join(s.Path(layout.StagedNew), name)); err != nil {
			return fmt.Errorf("cannot keep %s: %w", filepath.Join(s.out, name), err)
		}
	}
	info, err := os.Stat(s.out)
	if err != nil {
		return err
	}
	return os.Chmod(s.Path(layout.StagedNew), info.Mode().Perm())
}

// LinkTree makes dst the same as src, by hard links where the file system has them.
func LinkTree(src, dst string) error {
	info, err := os.Lstat(src)
	if err != nil {
		return err
	}
	switch {
	case info.IsDir():
		if err := os.Mkdir(dst, 0o700); err != nil {
			return err
		}
		entries, err := os.ReadDir(src)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := LinkTree(filepath.Join(src, e.Name()), filepath.Join(dst, e.Name())); err != nil {
				return err
			}
		}
		return os.Chmod(dst, info.Mode().Perm())
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := os.Readlink(src)
		if err != nil {
			return err
		}
		return os.Symlink(target, dst)
	case !info.Mode().IsRegular():
		return errors.New("it is neither a file nor a folder; move it elsewhere")
	}
	if os.Link(src, dst) == nil {
		return nil
	}
	return copyFile(src, dst, info)
}

func copyFile(src, dst string, info fs.FileInfo) error {
	in, err := os.Open(src)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(dst, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return os.Chtimes(dst, info.ModTime(), info.ModTime())
}
