package dataset_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/countybudget/extract/internal/output"
)

func resumable(t *testing.T, out string, keep func(*output.Kept) bool) *output.Writer {
	t.Helper()
	w, err := output.NewWriter(out, output.Options{PipelineVersion: "test", Settings: func(string) string { return "s" }, Resume: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Abort() })
	if err := w.Resume(keep); err != nil {
		t.Fatal(err)
	}
	return w
}

func addAll(t *testing.T, w *output.Writer, docs ...int) {
	t.Helper()
	for _, n := range docs {
		if err := w.Add(disclosure(n, 5)); err != nil {
			t.Fatal(err)
		}
	}
}

// hasOnly tests which of the documents up to 8 were taken over or added.
func hasOnly(t *testing.T, w *output.Writer, docs ...int) {
	t.Helper()
	for n := range 9 {
		if has := w.Has(disclosure(n, 5).Document.DocumentID); has != slices.Contains(docs, n) {
			t.Errorf("document %d is in the output: %v", n, has)
		}
	}
}

func keepAll(*output.Kept) bool { return true }

func mustCommit(t *testing.T, w *output.Writer) {
	t.Helper()
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
}

func sameTree(t *testing.T, a, b string) {
	t.Helper()
	if x, y := tree(t, a), tree(t, b); !maps.Equal(x, y) {
		for name := range x {
			if x[name] != y[name] {
				t.Errorf("%s differs", name)
			}
		}
		t.Errorf("%d files and %d files", len(x), len(y))
	}
}

// TestResume: in however many runs the documents come, the output is the same to the byte.
func TestResume(t *testing.T) {
	dir := t.TempDir()
	calm := filepath.Join(dir, "calm")
	w := resumable(t, calm, keepAll)
	addAll(t, w, 1, 2, 3, 4, 5, 6)
	mustCommit(t, w)

	out := filepath.Join(dir, "out")
	w = resumable(t, out, keepAll)
	addAll(t, w, 5, 2)
	w.Abort() // the run ends before its commit
	staged := 0
	w = resumable(t, out, func(k *output.Kept) bool {
		if staged++; !k.Staged || k.Settings != "s" {
			t.Errorf("%+v", k)
		}
		return true
	})
	addAll(t, w, 6)
	if staged != 2 {
		t.Errorf("%d documents taken over", staged)
	}
	hasOnly(t, w, 2, 5, 6)
	mustCommit(t, w)
	w = resumable(t, out, keepAll)
	addAll(t, w, 4, 3, 1)
	mustCommit(t, w)
	sameTree(t, calm, out)
}

// TestResumeTorn: what was being written when the run died does not count.
func TestResumeTorn(t *testing.T) {
	dir := t.TempDir()
	calm := filepath.Join(dir, "calm")
	w := resumable(t, calm, keepAll)
	addAll(t, w, 1, 2, 3, 4)
	mustCommit(t, w)

	out := filepath.Join(dir, "out")
	w = resumable(t, out, keepAll)
	addAll(t, w, 1, 2)
	mustCommit(t, w)
	w = resumable(t, out, keepAll)
	addAll(t, w, 3, 4)
	w.Abort()
	journal := filepath.Join(dir, ".out.extract-staging", "_journal")
	data, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(journal, data[:len(data)-20], 0o600); err != nil {
		t.Fatal(err)
	}
	w = resumable(t, out, keepAll)
	hasOnly(t, w, 1, 2, 3)
	addAll(t, w, 4)
	mustCommit(t, w)
	sameTree(t, calm, out)
}

// TestResumeDrops: what is not wanted any more is gone, and places may change.
func TestResumeDrops(t *testing.T) {
	dir := t.TempDir()
	out, want := filepath.Join(dir, "out"), filepath.Join(dir, "want")
	w := resumable(t, out, keepAll)
	addAll(t, w, 1, 2, 3)
	mustCommit(t, w)
	gone := disclosure(2, 5).Document.DocumentID
	w = resumable(t, out, func(k *output.Kept) bool {
		k.Row.AlsoAs = []string{"elsewhere.pdf"}
		return k.Row.DocumentID != gone
	})
	mustCommit(t, w)

	w = resumable(t, want, keepAll)
	for _, n := range []int{3, 1} {
		d := disclosure(n, 5)
		d.Document.AlsoAs = []string{"elsewhere.pdf"}
		if err := w.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	mustCommit(t, w)
	sameTree(t, want, out)
}
