package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestGo runs the tests of a module that has one of each kind.
func TestGo(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.org/m\n",
		"a/a_test.go": `package a
import "testing"
func TestPass(t *testing.T) {}
func TestSkip(t *testing.T) { t.Log("first"); t.Skip("needs a thing: 7") }
func TestParts(t *testing.T) {
	t.Run("one", func(t *testing.T) {})
	t.Run("two", func(t *testing.T) { t.Skip("needs a thing: 7") })
	t.Run("three", func(t *testing.T) { t.Error("three is wrong") })
}`,
		"b/b_test.go": "package b\nimport \"testing\"\nfunc TestPanic(t *testing.T) { panic(\"at the disco\") }\n",
		"c/c_test.go": "package c\nimport \"testing\"\nfunc TestNone(t *testing.T) { undefined() }\n",
		"d/d_test.go": "package d\nimport (\"os\"; \"testing\")\nfunc TestExit(t *testing.T) { os.Stdout.WriteString(\"bye\\n\"); os.Exit(7) }\n",
	} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	t.Setenv("GOWORK", "off")
	var out strings.Builder
	r := &results{out: &out}
	if err := command(strings.Fields("go test ./...")).run(r); err != nil {
		t.Fatal(err)
	}
	if got := r.counts(); got != "2 passed, 4 failed, 2 skipped" {
		t.Errorf("%s\n%s", got, out.String())
	}
	for _, want := range []string{"three is wrong", "at the disco", "undefined: undefined", "bye", "3 tests, 2 skipped"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
	if got := r.sentence(90 * time.Second); got != "6 tests ran in 1m30s, 4 of them failed, 2 skipped: 2 × needs a thing: 7." {
		t.Error(got)
	}
	again := rerun(r.skipped, "a thing")
	if len(again) != 1 || strings.Join(again[0], " ") != "go test -run ^(TestSkip|TestParts)$ example.org/m/a" {
		t.Errorf("%q", again)
	}
}

// TestUnittest reads what unittest -v prints.
func TestUnittest(t *testing.T) {
	const said = `test_a (test_x.X.test_a) ... ok
test_b (test_x.X)
What it is for ... skipped 'needs a thing'
test_c (test_x.X.test_c) ... a word of its own
ok
test_d (test_x.X.test_d) ... FAIL

======================================================================
FAIL: test_d (test_x.X.test_d)
----------------------------------------------------------------------
AssertionError: 1 != 2

----------------------------------------------------------------------
Ran 4 tests in 0.1s

FAILED (failures=1, skipped=1)
`
	var out strings.Builder
	r := &results{out: &out}
	c := command{"python3", "-m", "unittest", "-v"}
	readUnittest(c, bufio.NewReader(strings.NewReader(said)), r)
	if got := r.counts(); got != "2 passed, 1 failed, 1 skipped" {
		t.Error(got)
	}
	if !strings.Contains(out.String(), "1 != 2") {
		t.Error(out.String())
	}
	if again := rerun(r.skipped, "thing"); len(again) != 1 || !slices.Equal(again[0], append(slices.Clone(c), "-k", "test_x.X.test_b")) {
		t.Errorf("%q", again)
	}
}

// TestCommandFails: a command that fails without a failed test is an error, and is not taken for one without tests.
func TestCommandFails(t *testing.T) {
	if _, err := exec.LookPath("false"); err != nil {
		t.Skip("there is no program false")
	}
	if err := (command{"false"}).run(&results{out: &strings.Builder{}}); err == nil {
		t.Error("no error")
	}
	if err := run("", filepath.Join(t.TempDir(), "none"), nil); err == nil {
		t.Error("no error for a file that is not there")
	}
}

// TestSkippedFile: the skipped tests come back as they were written.
func TestSkippedFile(t *testing.T) {
	want := []skip{{command{"go", "test"}, "p", "TestA/b", "r"}, {command{"python"}, "", "x.Y.z", "s"}}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "skipped")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := readSkipped(file)
	if err != nil || len(got) != 2 || got[0].Test != "TestA/b" || got[1].Command[0] != "python" {
		t.Errorf("%v, %v", got, err)
	}
}
