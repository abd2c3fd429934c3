package batch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// countedCommand is doubleCommand with a file in which each start leaves a line.
func countedCommand(t *testing.T) (command []string, starts func() int) {
	list := filepath.Join(t.TempDir(), "starts")
	script := `echo started >>"$1"; exec "$0" test-worker`
	return []string{"sh", "-c", script, doubleCommand(t)[0], list}, func() int {
		data, _ := os.ReadFile(list)
		return strings.Count(string(data), "\n")
	}
}

func TestAhead(t *testing.T) {
	opt := testOptions(t)
	var starts func() int
	opt.Command, starts = countedCommand(t)
	var err error
	if opt.Ahead, err = StartAhead(opt); err != nil {
		t.Fatal(err)
	}
	opt.Jobs = 1
	got := runAll(t, files(t, "a.pdf", "flaky.pdf"), opt)
	if a, flaky := got["a.pdf"].Disclosure.Diagnostics, got["flaky.pdf"].Disclosure.Diagnostics; len(a) != 0 || len(flaky) != 1 {
		t.Errorf("read again: %+v and %+v", a, flaky)
	}
	opt.Ahead.Close()
	if n := starts(); n != 2 { // the one ahead, and the one after the crash
		t.Errorf("%d workers were started", n)
	}
}

// TestAheadRetired: no worker is left when Close returns.
func TestAheadRetired(t *testing.T) {
	opt := testOptions(t)
	opt.Command = []string{"sh", "-c", `"$0" test-worker; sleep 0.3; echo gone >"$1"`, doubleCommand(t)[0], filepath.Join(t.TempDir(), "end")}
	var err error
	if opt.Ahead, err = StartAhead(opt); err != nil {
		t.Fatal(err)
	}
	opt.Jobs = 1
	runAll(t, files(t, "a.pdf"), opt)
	opt.Ahead.Close()
	if _, err := os.Stat(opt.Command[4]); err != nil {
		t.Errorf("the worker had not ended: %v", err)
	}
}

func TestAheadNotTaken(t *testing.T) {
	opt := testOptions(t)
	ahead, err := StartAhead(opt)
	if err != nil {
		t.Fatal(err)
	}
	<-ahead.started
	worker := ahead.worker
	ahead.Close()
	select {
	case <-worker.died:
	default:
		t.Error("the worker lives on")
	}
}

func TestAheadFails(t *testing.T) {
	opt := testOptions(t)
	opt.Command = []string{filepath.Join(t.TempDir(), "no such program")}
	ahead, err := StartAhead(opt)
	if err != nil {
		t.Fatal(err)
	}
	defer ahead.Close()
	opt.Ahead = ahead
	if _, err := Run(t.Context(), files(t, "a.pdf"), opt, func(Outcome) error { return nil }); err == nil {
		t.Error("a run without workers ended well")
	}
}
