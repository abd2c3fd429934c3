package main

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/countybudget/extract/internal/testfiles"
	"github.com/countybudget/extract/schema"
)

// manyFiles makes a folder of small distinct documents and of larger ones, each with content of its own, with the samples,
// and a broken file of every kind many times, some with the same content and some with their own. Where the shared corpus
// is, its documents are among them.
func manyFiles(t *testing.T, small, whole int) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range small {
		write(fmt.Sprintf("small-%05d.pdf", i), smallPDF(fmt.Sprintf("%d", i)))
	}
	for i, data := range wholeDocuments(t, whole) {
		write(fmt.Sprintf("whole-%05d.pdf", i), data)
	}
	paths, err := filepath.Glob(filepath.Join(sharedCorpus, "broken", "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	many := maps.Clone(testfiles.Broken())
	for _, path := range append(paths, "../../samples/budget.pdf", "../../samples/accounts_watermark.pdf") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		many[filepath.Base(filepath.Dir(path))+"-"+filepath.Base(path)] = data
	}
	for name, data := range many {
		for copy := range 10 {
			if copy%5 == 0 && len(data) < 10_000 {
				data = append(bytes.Clone(data), fmt.Sprintf("\n%% %d\n", copy)...)
			}
			write(fmt.Sprintf("%d-%s", copy, name), data)
		}
	}
	return dir
}

// wholeDocuments gives documents of the shared corpus, or of the samples where there is none, each with a comment at its
// end that no other has. Scans are left out: they would be most of the time.
func wholeDocuments(t *testing.T, n int) iter.Seq2[int, []byte] {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sharedCorpus, "synth", "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "../../samples/budget.pdf", "../../samples/accounts_watermark.pdf")
	var digital [][]byte
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) < 400_000 {
			digital = append(digital, data)
		}
	}
	return func(yield func(int, []byte) bool) {
		for i := range n {
			if !yield(i, fmt.Appendf(bytes.Clone(digital[i%len(digital)]), "\n%% %d\n", i)) {
				return
			}
		}
	}
}

// smallPDF is a whole document of one page with one line of text.
func smallPDF(text string) []byte { return testfiles.Small(text) }

// process is the program as a process of its own.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.SysProcAttr = dieWithTest()
	return cmd
}

// finish runs the program to its end and returns what it said.
func finish(t *testing.T, code int, args ...string) string {
	t.Helper()
	out, err := process(t, args...).CombinedOutput()
	if got := exitCode(err); got != code {
		t.Fatalf("exit code %d, want %d: %s", got, code, out[max(0, len(out)-2000):])
	}
	return string(out)
}

func exitCode(err error) int {
	if err == nil {
		return 0
	}
	if exit, ok := err.(*exec.ExitError); ok {
		return exit.ExitCode()
	}
	return -1
}

func sameOutputs(t *testing.T, a, b string) {
	t.Helper()
	x, err := filesIn(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := filesIn(b)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.EqualFunc(x, y, bytes.Equal) {
		for name := range x {
			if !bytes.Equal(x[name], y[name]) {
				t.Errorf("%s differs", name)
			}
		}
		t.Errorf("%s and %s: %d and %d files", a, b, len(x), len(y))
	}
}

// children are the processes that a process has started.
func children(pid int) []int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, task := range tasks {
		more, _ := os.ReadFile(task)
		text = append(text, more...)
	}
	var pids []int
	for _, field := range strings.Fields(string(text)) {
		if child, err := strconv.Atoi(field); err == nil {
			pids = append(pids, child)
		}
	}
	return pids
}

// disturb starts the program, kills some of its workers at random moments, and then the program itself, within about as
// long as a calm run takes.
func disturb(t *testing.T, calm time.Duration, args ...string) {
	t.Helper()
	cmd := process(t, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 1 + rand.IntN(3) {
		time.Sleep(100*time.Millisecond + rand.N(calm/3))
		if workers := children(cmd.Process.Pid); len(workers) > 0 {
			syscall.Kill(workers[rand.IntN(len(workers))], syscall.SIGKILL)
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
}

// TestKilledRuns: whatever is killed and when, and if the disk fills up, the run that ends has the bytes of a calm one, and
// nothing is left over. EXTRACT_TEST_TORTURE is how many of the inputs are larger documents.
func TestKilledRuns(t *testing.T) {
	if _, err := os.Stat("/proc/self/task"); err != nil {
		t.Skip("processes are looked up in /proc; make test runs where there is one")
	}
	whole, err := strconv.Atoi(cmp.Or(os.Getenv("EXTRACT_TEST_TORTURE"), "100"))
	if err != nil {
		t.Fatal(err)
	}
	in, out := manyFiles(t, 2000, whole), t.TempDir()
	disk := filepath.Join(out, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	calm, single, killed := filepath.Join(out, "calm"), filepath.Join(out, "single"), filepath.Join(disk, "killed")
	began := time.Now()
	finish(t, exitPartial, "convert", "--quiet", "--jobs", "4", "-o", calm, in)
	took := time.Since(began)
	finish(t, exitPartial, "convert", "--quiet", "--jobs", "1", "-o", single, in)
	sameOutputs(t, calm, single)
	fillDisk(t, disk, "convert", "--quiet", "--jobs", "2", "-o", killed, in)
	for range 5 {
		disturb(t, took, "convert", "--quiet", "--jobs", "2", "-o", killed, in)
	}
	said := finish(t, exitPartial, "convert", "--jobs", "2", "-o", killed, in)
	t.Log(said[strings.LastIndex(said, "documents  "):])
	sameOutputs(t, calm, killed)
	accounted(t, in, killed)
	for dir, want := range map[string]int{out: 3, disk: 1} {
		if entries, _ := os.ReadDir(dir); len(entries) != want {
			t.Errorf("left over: %v", entries)
		}
	}
}

// fillDisk runs the program with its output on a disk that is too small, and gives the disk room afterwards.
func fillDisk(t *testing.T, disk string, args ...string) {
	t.Helper()
	grow, err := smallDisk(t, disk, "256k")
	if err != nil {
		t.Logf("no full disk: a small one cannot be mounted here (%v); as root on Linux it can", err)
		return
	}
	if said := finish(t, exitFailed, args...); !strings.Contains(said, "the disk is full") {
		t.Errorf("said %s", said)
	}
	if _, err := os.Stat(filepath.Join(disk, "killed")); err == nil {
		t.Error("there is an output")
	}
	grow("8g")
}

// accounted fails if an input is in no row of documents, or in two.
func accounted(t *testing.T, in, out string) {
	t.Helper()
	seen := map[string]int{}
	for _, d := range read[schema.DocumentRow](t, out) {
		for _, place := range append(d.AlsoAs, d.SourceURI) {
			seen[filepath.Base(place)]++
		}
	}
	entries, err := os.ReadDir(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if seen[e.Name()] != 1 {
			t.Errorf("%s is in %d rows", e.Name(), seen[e.Name()])
		}
	}
	if len(seen) != len(entries) {
		t.Errorf("%d places for %d files", len(seen), len(entries))
	}
}
