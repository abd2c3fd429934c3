package wholefile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/countybudget/extract/internal/wholefile"
)

// TestWrite: a file is replaced, has the permissions that were asked for, and stays as it was when it cannot be written to
// its end.
func TestWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.html")
	put := func(text string, err error) error {
		return wholefile.Write(path, 0o640, func(w io.Writer) error {
			io.WriteString(w, text)
			return err
		})
	}
	torn := errors.New("torn")
	for _, step := range []struct {
		text string
		err  error
		want string
	}{{"one", nil, "one"}, {"two", nil, "two"}, {"three", torn, "two"}} {
		if err := put(step.text, step.err); !errors.Is(err, step.err) {
			t.Errorf("%s: error %v", step.text, err)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != step.want {
			t.Errorf("%s: %s, %v", step.text, text, err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("%d files are left", len(files))
	}
}

// TestNoFolder: the error is the system's.
func TestNoFolder(t *testing.T) {
	err := wholefile.Write(filepath.Join(t.TempDir(), "missing", "page.html"), 0o644, func(io.Writer) error { return nil })
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
