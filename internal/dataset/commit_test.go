package dataset_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/dataset/layout"
	"github.com/countybudget/extract/internal/output"
	"github.com/countybudget/extract/schema"
)

// tree gives the hash of every file under a folder, by its path.
func tree(t testing.TB, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		sum := sha256.Sum256(data)
		files[rel] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// onlyChild fails if something else than the named entry lies in a folder.
func onlyChild(t testing.TB, dir, name string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != name {
			t.Errorf("%s was left in %s", e.Name(), dir)
		}
	}
}

func begin(t testing.TB, out string, docs ...*schema.Disclosure) *output.Writer {
	t.Helper()
	w, err := output.NewWriter(out, output.Options{PipelineVersion: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Abort() })
	for _, d := range docs {
		if err := w.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// commitSteps are the steps of a commit of the fixture, in order.
func commitSteps(t testing.TB) []string {
	t.Helper()
	var steps []string
	w := begin(t, filepath.Join(t.TempDir(), "out"), disclosure(1, 5))
	w.SetStep(func(name string) error {
		if !slices.Contains(steps, name) {
			steps = append(steps, name)
		}
		return nil
	})
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	return steps
}

// TestCommitFails: whatever step of a commit fails, the earlier output stays whole and nothing is left beside it.
func TestCommitFails(t *testing.T) {
	for _, step := range commitSteps(t) {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			out := filepath.Join(dir, "out")
			write(t, out, output.Options{}, disclosure(1, 5))
			before := tree(t, out)

			failure := errors.New("injected")
			w := begin(t, out, disclosure(2, 7))
			w.SetStep(func(name string) error {
				if name == step {
					return failure
				}
				return nil
			})
			if err := w.Commit(); !errors.Is(err, failure) {
				t.Fatalf("Commit = %v", err)
			}
			if !maps.Equal(tree(t, out), before) {
				t.Error("the earlier output has changed")
			}
			onlyChild(t, dir, "out")
			if err := w.Commit(); err == nil {
				t.Error("a second Commit succeeds")
			}
			write(t, out, output.Options{}, disclosure(2, 7))
			if n := len(readAll[schema.BudgetLine](t, out)); n != 7 {
				t.Errorf("%d lines in the next output, want 7", n)
			}
		})
	}
}

const (
	killOut  = "EXTRACT_TEST_KILL_OUT"
	killStep = "EXTRACT_TEST_KILL_STEP"
)

// TestKilledRun is the child of TestKilled: a run that dies in the middle of its commit.
func TestKilledRun(t *testing.T) {
	out, step := os.Getenv(killOut), os.Getenv(killStep)
	if out == "" {
		t.Skip("run by TestKilled")
	}
	w := begin(t, out, disclosure(2, 7))
	w.SetStep(func(name string) error {
		if name == step {
			return killMyself()
		}
		return nil
	})
	t.Fatal("still alive: ", w.Commit())
}

func killMyself() error {
	me, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	if err := me.Kill(); err != nil {
		return err
	}
	select {}
}

// TestKilled: a run that is killed leaves the earlier output whole; the next run removes what it left.
func TestKilled(t *testing.T) {
	for _, step := range []string{"documents", "cells", "carry", "swap"} {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			out := filepath.Join(dir, "out")
			write(t, out, output.Options{}, disclosure(1, 5))
			before := tree(t, out)

			run := exec.Command(os.Args[0], "-test.run=^TestKilledRun$")
			run.Env = append(os.Environ(), killOut+"="+out, killStep+"="+step)
			if err := run.Run(); err == nil || run.ProcessState.Exited() {
				t.Fatalf("the run was not killed: %v", err)
			}
			if !maps.Equal(tree(t, out), before) {
				t.Error("the earlier output has changed")
			}
			write(t, out, output.Options{}, disclosure(3, 9))
			onlyChild(t, dir, "out")
			if n := len(readAll[schema.BudgetLine](t, out)); n != 9 {
				t.Errorf("%d lines, want 9", n)
			}
		})
	}
}

// TestDiedBetweenRenames: where folders cannot be exchanged there is a moment without OUT. A run that dies in it loses
// nothing: the next one puts the earlier output back.
func TestDiedBetweenRenames(t *testing.T) {
	dir := t.TempDir()
	out, staging := filepath.Join(dir, "out"), filepath.Join(dir, ".out.extract-staging")
	write(t, out, output.Options{}, disclosure(1, 5))
	before := tree(t, out)
	if err := os.Mkdir(staging, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(staging, "lock"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(out, filepath.Join(staging, "old")); err != nil {
		t.Fatal(err)
	}
	if err := begin(t, out).Abort(); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(tree(t, out), before) {
		t.Error("the earlier output was not put back")
	}
	onlyChild(t, dir, "out")
}

func TestSwapByRenames(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	write(t, out, output.Options{}, disclosure(1, 5))
	w := begin(t, out, disclosure(2, 7))
	w.WithoutExchange()
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	if n := len(readAll[schema.BudgetLine](t, out)); n != 7 {
		t.Errorf("%d lines, want 7", n)
	}
	onlyChild(t, dir, "out")
}

// TestReadersSeeWholeOutputs reads while outputs replace each other: files may be gone between listing and opening, but
// what can be opened is whole.
func TestReadersSeeWholeOutputs(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	write(t, out, output.Options{}, disclosure(0, 40))
	done := make(chan struct{})
	errs := make(chan error, 1)
	go func() {
		defer close(errs)
		for {
			select {
			case <-done:
				return
			default:
			}
			lines, err := dataset.ReadRows[schema.BudgetLine](out)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err == nil && len(lines)%20 != 0 { // each file of the fixture has 20 lines
				err = errors.New("part of a file was read")
			}
			if err != nil {
				errs <- err
				return
			}
		}
	}()
	for n := range 20 {
		write(t, out, output.Options{}, disclosure(n%3, 40))
	}
	close(done)
	if err := <-errs; err != nil {
		t.Error(err)
	}
}

// TestSameBytes: neither the order of the documents nor the earlier output shows in the files.
func TestSameBytes(t *testing.T) {
	dir := t.TempDir()
	opt := output.Options{PipelineVersion: "test", RowGroupBytes: 40 << 10, PartBytes: 8 << 10}
	var docs []*schema.Disclosure
	for n := range 24 {
		docs = append(docs, disclosure(n, 100))
	}
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	write(t, a, opt, docs...)
	want := tree(t, a)
	slices.Reverse(docs)
	for _, d := range docs {
		slices.Reverse(d.BudgetLines)
		slices.Reverse(d.Cells)
	}
	write(t, b, opt, docs[0])
	write(t, b, opt, docs...)
	if got := tree(t, b); !maps.Equal(got, want) {
		t.Error("the files differ")
	}
	parts := 0
	for path := range want {
		if strings.HasPrefix(path, "budget_lines") {
			parts++
		}
	}
	if parts <= 5 {
		t.Errorf("%d files of budget_lines: the partitions were not split", parts)
	}
	if n := len(readAll[schema.BudgetLine](t, a)); n != 2400 {
		t.Errorf("%d lines, want 2400", n)
	}
}

// TestManifest: the manifest lists every file with its rows and its hash.
func TestManifest(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	write(t, out, output.Options{PipelineVersion: "1.2.3"}, disclosure(1, 5), disclosure(2, 6))
	m, err := dataset.ReadManifest(out)
	if err != nil {
		t.Fatal(err)
	}
	if m.PipelineVersion != "1.2.3" || m.SchemaVersion != schema.Version || m.Documents != 2 || m.Rows("budget_lines") != 11 {
		t.Errorf("manifest = %+v", m)
	}
	files := tree(t, out)
	delete(files, layout.Manifest)
	if files[layout.DataPackage] != m.DataPackage {
		t.Errorf("%s: wrong hash", layout.DataPackage)
	}
	delete(files, layout.DataPackage)
	for _, f := range m.Files {
		if files[filepath.FromSlash(f.Path)] != f.SHA256 {
			t.Errorf("%s: wrong hash", f.Path)
		}
		delete(files, filepath.FromSlash(f.Path))
	}
	if len(files) != 0 {
		t.Errorf("not in the manifest: %v", files)
	}
}
