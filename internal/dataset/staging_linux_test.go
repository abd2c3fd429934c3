package dataset_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/output"
	"golang.org/x/sys/unix"
)

// TestDiskFull fills a small file system: the error says so, and the earlier output stays whole.
func TestDiskFull(t *testing.T) {
	disk := t.TempDir()
	if err := unix.Mount("tmpfs", disk, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	out := filepath.Join(disk, "out")
	write(t, out, output.Options{}, disclosure(1, 5))
	before := tree(t, out)
	w := begin(t, out)
	var err error
	for n := 2; n < 4000 && err == nil; n++ {
		err = w.Add(disclosure(n, 300))
	}
	if err == nil || !strings.Contains(err.Error(), "disk is full") || !strings.Contains(err.Error(), out) {
		t.Fatalf("Add = %v", err)
	}
	if err := w.Commit(); err == nil {
		t.Error("Commit succeeds without what could not be written")
	}
	if after := tree(t, out); len(after) != len(before) {
		t.Error("the earlier output has changed")
	}
	onlyChild(t, disk, "out")
}

// TestMountPoint: a mount point cannot be replaced; the error says what to do.
func TestMountPoint(t *testing.T) {
	dir := t.TempDir()
	disk := filepath.Join(dir, "disk")
	if err := os.Mkdir(disk, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", disk, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("a file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	refused(t, disk, "is a mount point")
	write(t, filepath.Join(disk, "data"), output.Options{}, disclosure(1, 5))
}
