package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/internal/testfiles"
	"github.com/countybudget/extract/normalize"
	"github.com/countybudget/extract/schema"
)

// The test binary serves as its own worker, with a double that reads nothing.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "worker" {
		if err := batch.Serve(context.Background(), os.Stdin, os.Stdout, double); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// double gives a document without rows: a failed one if it is called so.
func double(_ context.Context, job batch.Job, _ *batch.Heartbeat) (*batch.Result, error) {
	in := normalize.Input{DocumentID: job.DocumentID, FileName: job.FileName, SourceURI: job.SourceURI, Bytes: job.Bytes, PipelineVersion: job.PipelineVersion}
	if strings.HasPrefix(job.FileName, "failed") {
		return &batch.Result{Disclosure: normalize.Failed(in, errors.New("torn"))}, nil
	}
	d := normalize.Failed(in, nil)
	d.Document.Status, d.Document.PageCount, d.Diagnostics = schema.StatusOK, 1, nil
	return &batch.Result{Disclosure: d}, nil
}

// recorder is an Observer that keeps what it is told.
type recorder struct {
	calls []string
	fail  string // the call that fails
}

var errObserver = errors.New("the observer has had enough")

func (r *recorder) add(call, what string) error {
	r.calls = append(r.calls, strings.TrimSpace(call+" "+what))
	if r.fail == call {
		return errObserver
	}
	return nil
}

func (r *recorder) Listing(files, _ *atomic.Int64) func() {
	r.add("listing", "")
	return func() { r.add("listed", fmt.Sprint(files.Load())) }
}

func (r *recorder) Found(s *Summary, skipped []input.Skipped) error {
	return r.add("found", fmt.Sprint(s.Documents, len(skipped)))
}

func (r *recorder) Removed(documents []Removed, pruned bool) {
	r.add("removed", fmt.Sprint(filepath.Base(documents[0].SourceURI), len(documents), pruned))
}

func (r *recorder) Converting(_ *batch.Counters, total int) (func(), error) {
	return func() { r.add("done", "") }, r.add("converting", fmt.Sprint(total))
}

func (r *recorder) Document(o *batch.Outcome) error {
	return r.add("document", o.Disclosure.Document.FileName)
}

func (r *recorder) Note(text string) { r.add("note", text) }

// folder is a folder with documents of these names, each with its own content, and a file that is none.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range append(names, "notes.txt") {
		if err := os.WriteFile(filepath.Join(dir, name), testfiles.Small(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("none"), 0o600)
	return dir
}

func conversion(out string, inputs ...string) Conversion {
	return Conversion{Reading: Reading{Limits: batch.DefaultLimits(), Version: "1"}, Output: out, Inputs: inputs, Jobs: 1, Cache: 1 << 20}
}

// TestConvert: the phases come in their order, the record counts what happened, and a second run finds nothing to do.
func TestConvert(t *testing.T) {
	in, out := folder(t, "a.pdf", "failed.pdf"), filepath.Join(t.TempDir(), "out")
	var told recorder
	record, err := Convert(t.Context(), conversion(out, in), &told)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(told.calls[4:6]) // documents come as they are done
	want := []string{"listing", "listed 3", "found 2 1", "converting 2", "document a.pdf", "document failed.pdf", "done"}
	if !slices.Equal(told.calls, want) {
		t.Errorf("calls %q, want %q", told.calls, want)
	}
	s := record.Summary
	if s.OK != 1 || s.Failed != 1 || s.Found != 3 || s.NotConverted != 1 || s.Kept != 0 || s.Output != out || s.Complete() {
		t.Errorf("summary %+v", s)
	}
	if len(record.Problems) != 1 || !strings.HasSuffix(record.Problems[0], "failed.pdf: torn") || record.NotConverted[0].Kind != ".txt" || len(record.Groups) != 1 {
		t.Errorf("record %+v", record)
	}
	if text, err := os.ReadFile(filepath.Join(out, "run-1.json")); err != nil || !bytes.Contains(text, []byte(`"failed": 1`)) {
		t.Errorf("run-1.json: %s, %v", text, err)
	}
	told = recorder{}
	record, err = Convert(t.Context(), conversion(out, in), &told)
	if err != nil || record.Summary.Kept != 2 || record.Summary.Failed != 1 || slices.ContainsFunc(told.calls, func(c string) bool { return strings.HasPrefix(c, "converting") }) {
		t.Errorf("the second run: %q, %+v, %v", told.calls, record, err)
	}
	os.Remove(filepath.Join(in, "a.pdf"))
	told = recorder{}
	c := conversion(out, in)
	c.Prune = true
	record, err = Convert(t.Context(), c, &told)
	if err != nil || record.Summary.Removed != 1 || !slices.Contains(told.calls, "removed a.pdf1 true") {
		t.Errorf("pruned: %q, %v", told.calls, err)
	}
	if rows, err := dataset.ReadRows[schema.DocumentRow](out); err != nil || len(rows) != 1 || rows[0].FileName != "failed.pdf" {
		t.Errorf("pruned: %+v, %v", rows, err)
	}
}

// TestConvertUndone: whatever ends a run before its commit, there is no output.
func TestConvertUndone(t *testing.T) {
	in := folder(t, "a.pdf", "b.pdf")
	stopped := make(chan struct{})
	close(stopped)
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(ErrInterrupted)
	for name, c := range map[string]struct {
		fail string
		stop chan struct{}
		ctx  context.Context
		in   string
		want error
	}{
		"found":      {"found", nil, t.Context(), in, errObserver},
		"converting": {"converting", nil, t.Context(), in, errObserver},
		"document":   {"document", nil, t.Context(), in, errObserver},
		"stopped":    {"", stopped, t.Context(), in, ErrInterrupted},
		"given up":   {"", nil, ended, in, ErrInterrupted},
		"nothing":    {"", nil, t.Context(), folder(t), nil},
	} {
		out := filepath.Join(t.TempDir(), "out")
		o := conversion(out, c.in)
		o.Stop = c.stop
		_, err := Convert(c.ctx, o, &recorder{fail: c.fail})
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
		if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: there is an output", name)
		}
	}
}

// TestInspect: one document is read and nothing written.
func TestInspect(t *testing.T) {
	in := folder(t, "a.pdf")
	r, err := Inspect(t.Context(), filepath.Join(in, "a.pdf"), Reading{Limits: batch.DefaultLimits(), Version: "7"}, func(*batch.Options) {})
	if err != nil || r.Disclosure.Document.Status != schema.StatusOK || r.Disclosure.Document.PipelineVersion != "7" {
		t.Errorf("%+v, %v", r, err)
	}
	r, err = Inspect(t.Context(), filepath.Join(in, "none.pdf"), Reading{Limits: batch.DefaultLimits()}, func(*batch.Options) {})
	if err != nil || r.Disclosure.Document.Error != "no such file" {
		t.Errorf("a file that is not there: %+v, %v", r, err)
	}
}

// TestShard: every document belongs to one part, the same on each machine.
func TestShard(t *testing.T) {
	var docs []input.Document
	for i := range 100 {
		docs = append(docs, input.Document{ID: input.ContentID([]byte{byte(i)})})
	}
	seen := map[string]int{}
	for _, text := range []string{"1/3", "2/3", "3/3"} {
		s, err := ParseShard(text)
		if err != nil {
			t.Fatal(err)
		}
		part, others := s.split(docs)
		if len(part) == 0 || len(part)+len(others) != len(docs) {
			t.Errorf("%s: %d documents and %d others", text, len(part), len(others))
		}
		for _, d := range part {
			seen[d.ID]++
		}
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s is in %d parts", id, n)
		}
	}
	if len(seen) != len(docs) {
		t.Errorf("%d of %d documents are in a part", len(seen), len(docs))
	}
	if part, others := (Shard{}).split(docs); len(part) != len(docs) || others != nil {
		t.Error("without parts not all documents are there")
	}
	for _, text := range []string{"0/3", "4/3", "3", "1/3x", " 1/3", "-1/3"} {
		if _, err := ParseShard(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}
