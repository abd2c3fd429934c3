package schema

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A run prepares its output in a staging folder beside OUT, so that a rename is enough to put it into place:
//
//	parent/OUT                        what readers see: always a whole output
//	parent/.OUT.extract-staging/lock  held by the run as long as it lives
//	                            spool  the documents' rows
//	                            _journal  what the spool holds, for a run that goes on
//	                            inputs what a run unpacks of its inputs
//	                            _objects  what the run knows of objects in stores; it becomes part of the output
//	                            new    the next output; after an exchange, the one before
//	                            old    the output before, only between the two renames of a system without exchange
//
// The name is fixed: whoever holds the lock owns the folder, so what a dead run left is found and removed by the next
// one, and two live runs cannot meet.
type staging struct {
	out  string // absolute, links resolved
	dir  string
	lock *os.File

	// exchange swaps two folders in one step, or says that it is not supported; tests replace it.
	exchange func(a, b string) error
}

const (
	lockName  = "lock"
	spoolName = "spool"
	newName   = "new"
	oldName   = "old"
	inputName = "inputs"
)

// resumedNames are what a run that goes on takes over from one that died.
var resumedNames = []string{spoolName, journalName, objectsName}

// ErrLocked is a file that another process has locked.
var ErrLocked = errors.New("locked")

func openStaging(out string, resume bool) (*staging, error) {
	out, err := resolve(out)
	if err != nil {
		return nil, err
	}
	s := newStaging(out)
	if isMounted(out) {
		return nil, mountPointError(out)
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o777); err != nil {
		return nil, fmt.Errorf("cannot make the folder above the output: %w", err)
	}
	if err := s.acquire(); err != nil {
		return nil, err
	}
	if err := s.recover(resume); err != nil {
		s.lock.Close()
		return nil, err
	}
	return s, nil
}

// newStaging is the staging folder of a resolved output, made or not.
func newStaging(out string) *staging {
	return &staging{
		out: out, dir: filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".extract-staging"), exchange: exchange,
	}
}

// resolve makes a path absolute and follows the links of its existing part: the rename must meet the folder itself.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if path == filepath.Dir(path) {
		return "", fmt.Errorf("the output folder cannot be %s", path)
	}
	real, err := filepath.EvalSymlinks(path)
	switch {
	case err == nil:
		return real, nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	if _, err := os.Lstat(path); err == nil {
		return "", fmt.Errorf("the output folder %s is a link that leads nowhere", path)
	}
	if parent := filepath.Dir(path); parent != filepath.Dir(parent) {
		if parent, err = resolve(parent); err != nil {
			return "", err
		}
		return filepath.Join(parent, filepath.Base(path)), nil
	}
	return path, nil
}

// acquire makes the folder and takes its lock.
func (s *staging) acquire() error {
	const attempts = 10 // against the run before, which removes the folder just now
	for range attempts {
		if err := os.Mkdir(s.dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("cannot write beside the output folder (the new output is prepared there): %w", err)
		}
		path := filepath.Join(s.dir, lockName)
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("cannot lock the output folder: %w", err)
		}
		err = lockFile(f)
		if errors.Is(err, ErrLocked) {
			holder := readHolder(f)
			f.Close()
			return fmt.Errorf("another run%s is writing to %s: wait for it to end, or choose another output folder", holder, s.out)
		}
		if err != nil {
			f.Close()
			return fmt.Errorf("cannot lock %s: %w", path, err)
		}
		if mine, err := sameFile(f, path); err != nil || !mine {
			f.Close()
			continue // removed by its owner between open and lock
		}
		// The number is a courtesy to whoever is refused; without it they are still refused.
		_ = f.Truncate(0)
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0)
		s.lock = f
		return nil
	}
	return fmt.Errorf("cannot lock %s: other runs come and go; try again", s.dir)
}

func readHolder(f *os.File) string {
	pid, err := io.ReadAll(io.NewSectionReader(f, 0, 16))
	if err != nil || len(pid) == 0 {
		return ""
	}
	return " (process " + string(pid) + ")"
}

func sameFile(f *os.File, path string) (bool, error) {
	a, err := f.Stat()
	if err != nil {
		return false, err
	}
	b, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	return os.SameFile(a, b), nil
}

// recover puts back an output that a run had moved aside when it died, and removes what else it left; a run that resumes
// goes on from its spool.
func (s *staging) recover(resume bool) error {
	old := filepath.Join(s.dir, oldName)
	if _, err := os.Lstat(old); err == nil {
		if _, err := os.Lstat(s.out); errors.Is(err, fs.ErrNotExist) {
			if err := os.Rename(old, s.out); err != nil {
				return fmt.Errorf("cannot put back the output of an interrupted run: %w", err)
			}
		}
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch e.Name() {
		case lockName:
		case spoolName, journalName, objectsName, newName, oldName, inputName:
			if resume && slices.Contains(resumedNames, e.Name()) {
				continue
			}
			if err := os.RemoveAll(filepath.Join(s.dir, e.Name())); err != nil {
				return fmt.Errorf("cannot remove what an interrupted run left: %w", err)
			}
		default:
			return fmt.Errorf("%s is in the way: the folder is kept for this program's unfinished outputs", filepath.Join(s.dir, e.Name()))
		}
	}
	return nil
}

func (s *staging) path(name string) string { return filepath.Join(s.dir, name) }

// close removes the folder and lets go of the lock, in this order: a run that waits for neither sees a half-removed folder
// as its own.
func (s *staging) close() error {
	err := os.RemoveAll(s.dir)
	if cerr := s.lock.Close(); err == nil {
		err = cerr
	}
	return err
}

// release lets go of the lock and leaves the folder to the next run.
func (s *staging) release() error { return s.lock.Close() }

// leave ends a run that did not begin: what one before left to go on from stays.
func (s *staging) leave() error {
	if s.has(journalName) || s.has(objectsName) {
		return s.release()
	}
	return s.close()
}

func (s *staging) has(name string) bool {
	_, err := os.Lstat(s.path(name))
	return err == nil
}

// carry gives the new output what lies beside the datasets in the old one: notes, scripts, sidecar files. Files are
// linked, not moved, so that OUT has them at every moment.
func (s *staging) carry() error {
	fresh := s.has(objectsName)
	if fresh {
		if err := linkTree(s.path(objectsName), filepath.Join(s.path(newName), objectsName)); err != nil {
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
		if _, ours := datasetNamed(name); ours || name == ManifestName || name == journalName || name == keptSpoolName || name == DataPackageName ||
			name == objectsName && fresh {
			continue
		}
		if err := linkTree(filepath.Join(s.out, name), filepath.Join(s.path(newName), name)); err != nil {
			return fmt.Errorf("cannot keep %s: %w", filepath.Join(s.out, name), err)
		}
	}
	info, err := os.Stat(s.out)
	if err != nil {
		return err
	}
	return os.Chmod(s.path(newName), info.Mode().Perm())
}

// linkTree makes dst the same as src, by hard links where the file system has them.
func linkTree(src, dst string) error {
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
			if err := linkTree(filepath.Join(src, e.Name()), filepath.Join(dst, e.Name())); err != nil {
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

// syncTree makes the entries of a folder and of those under it durable; the files in them already are.
func syncTree(root string) error {
	durable := newSyncer()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			durable.do(func() error { return syncDir(path) })
		}
		return err
	})
	return errors.Join(err, durable.end())
}

// swap puts the new output into place. A reader sees the old one or the new one.
func (s *staging) swap() error {
	fresh := s.path(newName)
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
func (s *staging) renameTwice() error {
	old := s.path(oldName)
	if err := os.Rename(s.out, old); err != nil {
		return err
	}
	if err := os.Rename(s.path(newName), s.out); err != nil {
		return errors.Join(err, os.Rename(old, s.out))
	}
	return nil
}

// explain adds to an error of the system what the reader can do about it.
func explain(err error, out string) error {
	if err == nil {
		return nil
	}
	kept := "; what was in " + out + " before is untouched"
	switch {
	case isDiskFull(err):
		return fmt.Errorf("the disk is full (the new output needs room beside %s until it is whole): %w%s", out, err, kept)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("no permission to write the output: %w%s", err, kept)
	case strings.Contains(err.Error(), out):
		return err
	}
	return fmt.Errorf("writing the output %s: %w", out, err)
}
