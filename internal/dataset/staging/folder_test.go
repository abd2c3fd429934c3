package staging

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/dataset/layout"
)

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func text(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func open(t *testing.T, out string, resume bool) *Folder {
	t.Helper()
	s, err := Open(out, resume)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Release() })
	return s
}

// TestSwap puts a folder into place, in one step and in two; the folder before is in the staging folder then.
func TestSwap(t *testing.T) {
	for _, exchange := range []bool{true, false} {
		out := filepath.Join(t.TempDir(), "above", "out")
		for _, round := range []string{"first", "second"} {
			s := open(t, out, false)
			if !exchange {
				s.WithoutExchange()
			}
			put(t, filepath.Join(s.Path(layout.StagedNew), "a"), round)
			if err := errors.Join(SyncTree(s.Path(layout.StagedNew)), s.Swap(), s.Close()); err != nil {
				t.Fatal(err)
			}
			if got := text(filepath.Join(out, "a")); got != round {
				t.Errorf("exchange %v: %s, want %s", exchange, got, round)
			}
			if _, err := os.Lstat(s.Dir()); err == nil {
				t.Error("the staging folder is still there")
			}
		}
	}
}

// TestSwapFails: a swap in two steps whose second fails leaves the output before in its place.
func TestSwapFails(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	put(t, filepath.Join(out, "a"), "before")
	s := open(t, out, false)
	s.WithoutExchange()
	if err := s.Swap(); !errors.Is(err, os.ErrNotExist) { // there is nothing to put into place
		t.Errorf("the swap: %v", err)
	}
	if got := text(filepath.Join(out, "a")); got != "before" {
		t.Errorf("the output before: %s", got)
	}
}

// TestOneAtATime: a second run is refused and told by whom, and goes on when the first has ended.
func TestOneAtATime(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	s := open(t, out, true)
	if _, err := Open(out, true); err == nil || !strings.Contains(err.Error(), "another run (process ") {
		t.Errorf("a second run: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, out, true).Close(); err != nil {
		t.Error(err)
	}
}

// TestRecover: of what a dead run left, the output it had moved aside comes back, what a run goes on from stays for one that
// resumes, the rest is removed; what is not of this program stops the run.
func TestRecover(t *testing.T) {
	for _, resume := range []bool{true, false} {
		out := filepath.Join(t.TempDir(), "out")
		dead := open(t, out, true)
		put(t, filepath.Join(dead.Path(layout.StagedOld), "a"), "before")
		for _, name := range []string{layout.Journal, layout.StagedSpool, layout.Objects} {
			put(t, dead.Path(name), name)
		}
		put(t, filepath.Join(dead.Path(layout.StagedNew), "b"), "half")
		put(t, filepath.Join(dead.Path(layout.StagedInput), "c"), "half")
		if err := dead.Release(); err != nil {
			t.Fatal(err)
		}
		s := open(t, out, resume)
		if got := text(filepath.Join(out, "a")); got != "before" {
			t.Errorf("the output before: %s", got)
		}
		for name, stays := range map[string]bool{
			layout.Journal: resume, layout.StagedSpool: resume, layout.Objects: resume,
			layout.StagedNew: false, layout.StagedInput: false, layout.StagedOld: false,
		} {
			if s.Has(name) != stays {
				t.Errorf("resume %v: %s there: %v", resume, name, !stays)
			}
		}
		if err := s.Leave(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Lstat(s.Dir()); (err == nil) != resume {
			t.Errorf("resume %v: after Leave the staging folder: %v", resume, err)
		}
		put(t, s.Path("mine"), "x")
		if _, err := Open(out, resume); err == nil || !strings.Contains(err.Error(), "is in the way") {
			t.Errorf("a file of someone else: %v", err)
		}
	}
}

// TestCarry: what lies beside the data is linked into the next output, with its links and rights; what is replaced is not, and
// what the run knows of objects takes the place of what was known.
func TestCarry(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	put(t, filepath.Join(out, "notes", "a.txt"), "note")
	put(t, filepath.Join(out, "data", "x"), "data")
	put(t, filepath.Join(out, layout.Objects), "old")
	if err := errors.Join(os.Symlink("notes/a.txt", filepath.Join(out, "link")), os.Chmod(out, 0o750)); err != nil {
		t.Fatal(err)
	}
	s := open(t, out, true)
	put(t, s.Path(layout.Objects), "new")
	if err := os.Mkdir(s.Path(layout.StagedNew), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.Carry(func(name string) bool { return name == "data" }); err != nil {
		t.Fatal(err)
	}
	next := s.Path(layout.StagedNew)
	for name, want := range map[string]string{"notes/a.txt": "note", "link": "note", layout.Objects: "new"} {
		if got := text(filepath.Join(next, name)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if _, err := os.Lstat(filepath.Join(next, "data")); err == nil {
		t.Error("what is replaced was carried over")
	}
	a, errA := os.Stat(filepath.Join(out, "notes", "a.txt"))
	b, errB := os.Stat(filepath.Join(next, "notes", "a.txt"))
	if errors.Join(errA, errB) != nil || !os.SameFile(a, b) {
		t.Error("the file was copied, not linked")
	}
	if info, err := os.Stat(next); err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("the folder's rights: %v, %v", info.Mode(), err)
	}
}

// TestLockFile: one process has the lock; it removes the file when it lets go.
func TestLockFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	l, err := LockFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := LockFile(path); !errors.Is(err, ErrLocked) {
		t.Errorf("locked twice: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("the file is still there")
	}
	if _, err := LockFile(filepath.Join(path, "no folder")); err == nil {
		t.Error("a lock in no folder")
	}
}
