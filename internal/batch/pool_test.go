package batch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/countybudget/extract/internal/input"
	"github.com/countybudget/extract/schema"
)

func testOptions(t *testing.T) Options {
	limits := DefaultLimits()
	limits.Document, limits.Silence, limits.Memory = 2*time.Minute, time.Minute, 600<<20
	return Options{Jobs: 2, Limits: limits, Command: doubleCommand(t), PipelineVersion: "test", Counters: &Counters{}}
}

// files makes one file for each name, each with its own content, and plans them.
func files(t *testing.T, names ...string) []input.Document {
	dir := t.TempDir()
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	inputs, err := (&input.Collector{}).Collect(context.Background(), []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	docs, err := input.Identify(context.Background(), inputs, 2)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func runAll(t *testing.T, docs []input.Document, opt Options) map[string]Outcome {
	t.Helper()
	got := map[string]Outcome{}
	left, err := Run(context.Background(), docs, opt, func(o Outcome) error {
		got[o.Disclosure.Document.FileName] = o
		return nil
	})
	if err != nil || left != 0 {
		t.Fatalf("Run: left %d, error %v", left, err)
	}
	if len(got) != len(docs) {
		t.Fatalf("%d outcomes for %d documents", len(got), len(docs))
	}
	return got
}

func TestFaults(t *testing.T) {
	want := map[string]string{
		"a.pdf":        "",
		"panic.pdf":    "worker crashed: panic: runtime error: index out of range [9] with length 0 (tried 2 times)",
		"overflow.pdf": "worker crashed: fatal error: stack overflow (tried 2 times)",
		"exit.pdf":     "worker ended: exit status 7 (tried 2 times)",
		"error.pdf":    "worker crashed: the engine is gone (tried 2 times)",
		"garbage.pdf":  "worker answered with garbage (tried 2 times)",
		"lie.pdf":      "worker ended: exit status 0 (tried 2 times)",
		"nonsense.pdf": "worker answered with garbage (tried 2 times)",
		"flaky.pdf":    "",
		"unsafe.pdf":   "",
		"z.pdf":        "",
	}
	if runtime.GOOS == "linux" {
		want["eat.pdf"] = "needs more than 600MiB of memory (tried 2 times)"
	}
	var names []string
	for name := range want {
		names = append(names, name)
	}
	opt := testOptions(t)
	got := runAll(t, files(t, names...), opt)
	for name, reason := range want {
		d := got[name].Disclosure.Document
		status := schema.StatusFailed
		if reason == "" {
			status = schema.StatusOK
		}
		if d.Status != status || d.Error != reason {
			t.Errorf("%s: %s %q, want %s %q", name, d.Status, d.Error, status, reason)
		}
		if d.DocumentID != input.ContentID([]byte(name)) || d.Bytes != int64(len(name)) {
			t.Errorf("%s: document_id %s, %d bytes", name, d.DocumentID, d.Bytes)
		}
	}
	for name, fault := range map[string]string{"flaky.pdf": "only the first time", "unsafe.pdf": "the first reader"} {
		d := got[name].Disclosure.Diagnostics
		if len(d) != 1 || d[0].Message != "read again by the second reader alone: worker crashed: panic: "+fault {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if n := opt.Counters.Documents.Load(); n != int64(len(want)) {
		t.Errorf("%d documents counted", n)
	}
}

func TestTimeouts(t *testing.T) {
	opt := testOptions(t)
	opt.Limits.Document, opt.Limits.Silence, opt.Limits.Call = 3*time.Second, time.Second, 2*time.Second
	got := runAll(t, files(t, "hang.pdf", "drip.pdf", "call.pdf", "page2.pdf", "quiet.pdf", "scan.pdf", "ok.pdf"), opt)
	for name, reason := range map[string]string{
		"hang.pdf": "timeout: no sign of progress for 1s (tried 3 times)",
		"drip.pdf": "timeout: no result after 3s (tried 3 times)",
		"call.pdf": "timeout: one call to an engine took longer than 2s (tried 3 times)",
	} {
		d := got[name].Disclosure
		if d.Document.Error != reason || d.Diagnostics[0].Code != schema.DiagTimeout {
			t.Errorf("%s: %q, diagnostic %s", name, d.Document.Error, d.Diagnostics[0].Code)
		}
	}
	for _, name := range []string{"ok.pdf", "quiet.pdf", "scan.pdf"} {
		if s := got[name].Disclosure.Document.Status; s != schema.StatusOK {
			t.Errorf("%s: %s", name, s)
		}
	}
	d := got["page2.pdf"].Disclosure
	const partial = "only the first 1 pages were read: timeout: no sign of progress for 1s"
	if d.Document.Status != schema.StatusPartial || d.Document.Error != partial || d.Diagnostics[0].Code != schema.DiagTimeout {
		t.Errorf("page2.pdf: %+v", d)
	}
}

// A kill takes what the worker started along.
func TestNoOrphans(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("process groups are used on Linux only; make test runs there")
	}
	opt := testOptions(t)
	opt.Limits.Silence = 500 * time.Millisecond
	docs := files(t, "parent.pdf")
	runAll(t, docs, opt)
	text, err := os.ReadFile(docs[0].Path + ".pid")
	if err != nil {
		t.Fatal(err)
	}
	var pid int
	fmt.Sscan(string(text), &pid)
	for range 50 {
		if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err != nil || strings.Contains(string(stat), ") Z ") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	syscall.Kill(pid, syscall.SIGKILL)
	t.Error("the worker's child outlived it")
}

func TestStopFinishesWhatIsInWork(t *testing.T) {
	opt := testOptions(t)
	opt.Jobs = 1
	stop := make(chan struct{})
	opt.Stop = stop
	docs := files(t, "a.pdf", "slow.1.pdf", "slow.2.pdf", "slow.3.pdf", "slow.4.pdf")
	taken := 0
	left, err := Run(context.Background(), docs, opt, func(o Outcome) error {
		if taken++; taken == 1 {
			close(stop)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if taken+left != len(docs) || left < 2 {
		t.Errorf("%d taken, %d left", taken, left)
	}
}

func TestCancelKills(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 400*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := Run(ctx, files(t, "hang.1.pdf", "hang.2.pdf", "hang.3.pdf"), testOptions(t), func(Outcome) error { return nil })
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 20*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

func TestTakeFails(t *testing.T) {
	full := errors.New("disk full")
	_, err := Run(context.Background(), files(t, "a.pdf", "b.pdf", "c.pdf"), testOptions(t), func(Outcome) error { return full })
	if err != full {
		t.Errorf("%v", err)
	}
}

func TestWorkerThatCannotStart(t *testing.T) {
	for _, command := range [][]string{{"/nonexistent"}, {"false"}, {"echo", "hello"}} {
		opt := testOptions(t)
		opt.Command = command
		if _, err := Run(context.Background(), files(t, "a.pdf"), opt, func(Outcome) error { return nil }); err == nil {
			t.Errorf("%v: no error", command)
		}
	}
}

// TestOtherProtocol: a worker that speaks another version of the protocol is not given a document.
func TestOtherProtocol(t *testing.T) {
	opt := testOptions(t)
	opt.Limits.Silence, opt.Command = 300*time.Millisecond, append(opt.Command, "old")
	if _, err := Run(context.Background(), files(t, "a.pdf"), opt, func(Outcome) error { return nil }); err == nil {
		t.Error("no error")
	}
}

func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	gone := filepath.Join(dir, "gone.pdf")
	os.WriteFile(gone, []byte("x"), 0o600)
	large := filepath.Join(dir, "large.pdf")
	os.WriteFile(large, []byte("too many bytes"), 0o600)
	docs, err := input.Identify(context.Background(), []input.Input{{Path: gone, SourceURI: gone}, {Path: dir, SourceURI: dir}, {Path: large, SourceURI: large}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(gone)
	opt := testOptions(t)
	opt.Limits.Bytes = 10
	opt.Command = append(opt.Command, "unused")
	got := runAll(t, docs, opt)
	if e := got["large.pdf"].Disclosure.Document.Error; e != "file too large (the limit is 10B)" {
		t.Error(e)
	}
	if e := got[filepath.Base(dir)].Disclosure.Document.Error; e != "a folder, not a file" {
		t.Error(e)
	}
	if e := got[filepath.Base(gone)].Disclosure.Document.Error; e != "no such file" {
		t.Error(e)
	}
	result, err := NewConvert()(context.Background(), Job{DocumentID: docs[0].ID, Data: []byte("other")}, NewHeartbeat(func(Progress) {}))
	if err != nil || result.Disclosure.Document.Error != "the file changed while it was being read" {
		t.Error(err, result.Disclosure.Document.Error)
	}
}

// A file that goes away between its hash and its conversion has a row under its place, so that the next run tries again.
func TestUnreadByWorker(t *testing.T) {
	d := files(t, "moved.pdf")[0]
	content := d.ID
	got := runAll(t, []input.Document{d}, testOptions(t))["moved.pdf"].Disclosure.Document
	if got.DocumentID != input.UnreadID(d.SourceURI) || got.DocumentID == content || got.Status != schema.StatusFailed || got.Error != "no such file" || got.Bytes != 0 {
		t.Errorf("%+v", got)
	}
}

// TestDeaf: a worker that does not read its document costs that document alone.
func TestDeaf(t *testing.T) {
	opt := testOptions(t)
	opt.Jobs, opt.Limits.Silence, opt.Command = 1, 300*time.Millisecond, append(opt.Command, "deaf")
	docs := files(t, "large.pdf")
	if err := os.WriteFile(docs[0].Path, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runAll(t, docs, opt)
	if e := got["large.pdf"].Disclosure.Document.Error; e != "timeout: no sign of progress for 300ms (tried 2 times)" {
		t.Error(e)
	}
}

// TestLargestFirst: the largest document is begun first, whatever it is called.
func TestLargestFirst(t *testing.T) {
	opt := testOptions(t)
	opt.Jobs = 1
	docs := files(t, "a.pdf", "b.pdf", "the longest.pdf")
	var order []string
	_, err := Run(t.Context(), docs, opt, func(o Outcome) error {
		order = append(order, o.Disclosure.Document.FileName)
		return nil
	})
	if err != nil || strings.Join(order, " ") != "the longest.pdf a.pdf b.pdf" {
		t.Errorf("in the order %q, %v", order, err)
	}
	if filepath.Base(docs[0].Path) != "a.pdf" {
		t.Error("the caller's documents were moved")
	}
}
