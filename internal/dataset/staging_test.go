package dataset_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

func mustWrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, out, want string) {
	t.Helper()
	w, err := output.NewWriter(out, output.Options{})
	if err == nil {
		w.Abort()
		t.Fatalf("%s was accepted", out)
	}
	if !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), filepath.Base(out)) {
		t.Errorf("error %q, want %q and the path", err, want)
	}
}

// TestForeignFolders: a folder that this program did not write is never replaced.
func TestForeignFolders(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, filepath.Join(dir, "theirs", "thesis.docx"), "years of work")
	refused(t, filepath.Join(dir, "theirs"), "is not empty")
	mustWrite(t, filepath.Join(dir, "file"), "text")
	refused(t, filepath.Join(dir, "file"), "cannot use the output folder")
	mustWrite(t, filepath.Join(dir, "other", layout.Manifest), `{"program": "another"}`)
	refused(t, filepath.Join(dir, "other"), "another program")
	refused(t, "/", "cannot be /")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	refused(t, filepath.Join(dir, "link"), "leads nowhere")

	out := filepath.Join(dir, "out")
	write(t, out, output.Options{}, disclosure(1, 5))
	mustWrite(t, filepath.Join(out, "budget_lines", "notes.txt"), "mine")
	refused(t, out, "notes.txt was not written by this program")
}

// TestUsersFilesStay: what lies beside the datasets is still there after the next run, and so are the folder's rights.
func TestUsersFilesStay(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	write(t, out, output.Options{}, disclosure(1, 5))
	mustWrite(t, filepath.Join(out, "notes.txt"), "check page 3")
	mustWrite(t, filepath.Join(out, "queries", "top.sql"), "SELECT 1")
	if err := os.Symlink("notes.txt", filepath.Join(out, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(out, 0o750); err != nil {
		t.Fatal(err)
	}
	write(t, out, output.Options{}, disclosure(2, 7))
	for path, want := range map[string]string{"notes.txt": "check page 3", "queries/top.sql": "SELECT 1", "link": "check page 3"} {
		if got, err := os.ReadFile(filepath.Join(out, path)); err != nil || string(got) != want {
			t.Errorf("%s = %q, %v", path, got, err)
		}
	}
	for path, want := range map[string]os.FileMode{"": 0o750, "notes.txt": 0o640} {
		if info, err := os.Stat(filepath.Join(out, path)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, %v", path, info.Mode(), err)
		}
	}
	onlyChild(t, dir, "out")
}

// TestLinkedFolder: OUT may be a link to a folder; the folder is replaced and the link stays.
func TestLinkedFolder(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.MkdirAll(filepath.Join(dir, "disk", "data"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("disk", "data"), link); err != nil {
		t.Fatal(err)
	}
	write(t, link, output.Options{}, disclosure(1, 5))
	write(t, link, output.Options{}, disclosure(1, 6))
	if n := len(readAll[schema.BudgetLine](t, filepath.Join(dir, "disk", "data"))); n != 6 {
		t.Errorf("%d lines, want 6", n)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
}

// TestOneRunAtATime: a second run into the same folder is refused while the first one lives.
func TestOneRunAtATime(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	first := begin(t, out, disclosure(1, 5))
	refused(t, out, "another run (process ")
	if err := first.Commit(); err != nil {
		t.Fatal(err)
	}
	write(t, out, output.Options{}, disclosure(2, 7))
}

func TestNoPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("permissions do not bind root")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	refused(t, filepath.Join(dir, "out"), "cannot write beside the output folder")
}
