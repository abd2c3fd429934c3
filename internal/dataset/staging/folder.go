// Package staging prepares an output folder beside its place and swaps it in: a reader sees the whole output before or the
// whole one after. layout has the names of what is in the staging folder.
//
// The folder's name is fixed: whoever holds the lock owns it, so what a dead run left is found and removed by the next one,
// and two live runs cannot meet.
package staging

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/countybudget/extract/internal/dataset/layout"
)

// Folder is the staging folder of an output.
type Folder struct {
	out  string // absolute, links resolved
	dir  string
	lock *FileLock

	// exchange swaps two folders in one step, or says that it is not supported; tests replace it.
	exchange func(a, b string) error
}

// Open makes the staging folder of an output and locks it until Close, Release or Leave. What an interrupted run left in it
// is removed; with resume all but what this run resumes from.
func Open(out string, resume bool) (*Folder, error) {
	s, err := Of(out)
	if err != nil {
		return nil, err
	}
	if isMounted(s.out) {
		return nil, mountPointError(s.out)
	}
	if err := os.MkdirAll(filepath.Dir(s.out), 0o777); err != nil {
		return nil, fmt.Errorf("cannot make the folder above the output: %w", err)
	}
	if err := s.acquire(); err != nil {
		return nil, err
	}
	if err := s.recover(resume); err != nil {
		return nil, errors.Join(err, s.lock.release())
	}
	return s, nil
}

// Of is the staging folder of an output, made or not, without its lock.
func Of(out string) (*Folder, error) {
	out, err := resolve(out)
	if err != nil {
		return nil, err
	}
	return &Folder{out: out, dir: layout.Staging(out), exchange: exchange}, nil
}

// Out is the output's folder, absolute and without links.
func (s *Folder) Out() string { return s.out }

// Dir is the staging folder.
func (s *Folder) Dir() string { return s.dir }

// Path is the path of a name in the staging folder.
func (s *Folder) Path(name string) string { return filepath.Join(s.dir, name) }

// WithoutExchange makes the swap do with two renames, as on systems that cannot exchange folders. It is for tests.
func (s *Folder) WithoutExchange() {
	s.exchange = func(_, _ string) error { return errors.ErrUnsupported }
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
func (s *Folder) acquire() error {
	const attempts = 10 // against the run before, which removes the folder just now
	for range attempts {
		if err := os.Mkdir(s.dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("cannot write beside the output folder (the new output is prepared there): %w", err)
		}
		path := s.Path(layout.StagedLock)
		lock, err := tryLock(path, 0o666)
		switch {
		case err == nil:
			s.lock = lock
			writeHolder(path)
			return nil
		case errors.Is(err, errLockGone), errors.Is(err, fs.ErrNotExist): // removed by its owner meanwhile
			continue
		case errors.Is(err, ErrLocked):
			return fmt.Errorf("another run%s is writing to %s: wait for it to end, or choose another output folder", readHolder(path), s.out)
		}
		return fmt.Errorf("cannot lock the output folder: %w", err)
	}
	return fmt.Errorf("cannot lock %s: other runs come and go; try again", s.dir)
}

// writeHolder notes the process in a lock file: a courtesy to whoever is refused. Without it they are still refused.
func writeHolder(path string) {
	switch runtime.GOOS {
	case "aix", "solaris", "illumos": // to close any handle of a locked file gives up the lock there
		return
	}
	if f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0); err == nil {
		_, _ = f.WriteString(strconv.Itoa(os.Getpid()))
		_ = f.Close()
	}
}

func readHolder(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	pid, err := io.ReadAll(io.LimitReader(f, 16))
	if err != nil || len(pid) == 0 {
		return ""
	}
	return " (process " + string(pid) + ")"
}

// recover puts back an output that a run had moved aside when it died, and removes what else it left; a run that resumes
// keeps its spool.
func (s *Folder) recover(resume bool) error {
	old := s.Path(layout.StagedOld)
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
		switch name := e.Name(); {
		case name == layout.StagedLock, resume && layout.IsResumed(name):
		case layout.IsStaged(name):
			if err := os.RemoveAll(s.Path(name)); err != nil {
				return fmt.Errorf("cannot remove what an interrupted run left: %w", err)
			}
		default:
			return fmt.Errorf("%s is in the way: the folder is kept for this program's unfinished outputs", s.Path(name))
		}
	}
	return nil
}

// Close removes the folder and lets go of the lock, in this order, so that no other run locks a half-removed folder.
func (s *Folder) Close() error {
	return s.lock.closeAfter(func() error { return os.RemoveAll(s.dir) })
}

// Release lets go of the lock and leaves the folder to the next run.
func (s *Folder) Release() error { return s.lock.release() }

// Leave ends a run that did not begin: what one before left to go on from stays.
func (s *Folder) Leave() error {
	if s.Has(layout.Journal) || s.Has(layout.Objects) {
		return s.Release()
	}
	return s.Close()
}

// Has tells whether a name is in the staging folder.
func (s *Folder) Has(name string) bool {
	_, err := os.Lstat(s.Path(name))
	return err == nil
}

// Explain adds to an error of the system what the reader can do about it.
func Explain(err error, out string) error {
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
