package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadFaults(t *testing.T) {
	list := write(t, filepath.Join(t.TempDir(), "faults.txt"), "a comment\n# sum: adds one too many\n-\treturn a + b\n+\treturn a + b + 1\n")
	faults, err := readFaults(list)
	if err != nil {
		t.Fatal(err)
	}
	want := fault{pkg: "sum", what: "adds one too many", old: "\treturn a + b\n", new: "\treturn a + b + 1\n", line: 2}
	if len(faults) != 1 || faults[0] != want {
		t.Errorf("%+v, not %+v", faults, want)
	}
	for text, problem := range map[string]string{
		"# no package\n":     "a heading is",
		"# sum: no change\n": "changes nothing",
	} {
		if _, err := readFaults(write(t, list, text)); err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestPlant plants faults in a module of its own: one that its test notices, one that it does not, and two that cannot be
// planted.
func TestPlant(t *testing.T) {
	tree := t.TempDir()
	write(t, filepath.Join(tree, "go.mod"), "module sums\n\ngo 1.24\n")
	program := write(t, filepath.Join(tree, "sum", "sum.go"), "package sum\n\nfunc Sum(a, b int) int {\n\treturn a + b\n}\n\nfunc Twice(a int) int {\n\treturn 2 * a\n}\n")
	write(t, filepath.Join(tree, "sum", "sum_test.go"), "package sum\n\nimport \"testing\"\n\nfunc TestSum(t *testing.T) {\n\tif Sum(1, 2) != 3 {\n\t\tt.Error(\"1 + 2\")\n\t}\n}\n")
	sound, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, outcome, problem string }{
		{"\treturn a + b\n", "\treturn a - b\n", killed, ""},
		{"\treturn 2 * a\n", "\treturn 3 * a\n", survived, ""},
		{"\treturn 2 * a\n", "\treturn b\n", "", "does not compile"},
		{"\treturn 4 * a\n", "", "", "at 0 places"},
		{"}\n", "", "", "at 2 places"},
	} {
		outcome, err := plant(context.Background(), tree, fault{pkg: "sum", what: "a fault", old: c.old, new: c.new}, time.Minute)
		if outcome != c.outcome || (err == nil) != (c.problem == "") || err != nil && !strings.Contains(err.Error(), c.problem) {
			t.Errorf("%q: %q, %v", c.new, outcome, err)
		}
		if now, err := os.ReadFile(program); err != nil || string(now) != string(sound) {
			t.Errorf("%q: the file is not as before: %v", c.new, err)
		}
	}
}

// TestPasses: a package whose tests fail as they are catches nothing.
func TestPasses(t *testing.T) {
	tree := t.TempDir()
	write(t, filepath.Join(tree, "go.mod"), "module sums\n\ngo 1.24\n")
	write(t, filepath.Join(tree, "bad", "bad_test.go"), "package bad\n\nimport \"testing\"\n\nfunc TestBad(t *testing.T) { t.Error(\"always\") }\n")
	write(t, filepath.Join(tree, "good", "good_test.go"), "package good\n\nimport \"testing\"\n\nfunc TestGood(t *testing.T) {}\n")
	if err := passes(context.Background(), tree, "good"); err != nil {
		t.Error(err)
	}
	if err := passes(context.Background(), tree, "bad"); err == nil {
		t.Error("tests that fail count as passing")
	}
}
