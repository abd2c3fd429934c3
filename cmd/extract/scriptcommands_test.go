package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/schema"
)

// exitsCommand runs a command that must end with a code: exits CODE COMMAND...
func exitsCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// rowsCommand prints columns of a dataset, the lines sorted: rows OUT DATASET COLUMN...
func rowsCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: rows OUT DATASET COLUMN...")
	}
	lines, err := columnsOf(ts.MkAbs(args[0]), args[1], args[2:])
	ts.Check(err)
	slices.Sort(lines)
	fmt.Fprint(ts.Stdout(), strings.Join(append(lines, ""), "\n"))
}

func columnsOf(out, dataset string, names []string) ([]string, error) {
	switch dataset {
	case "documents":
		return columns[schema.DocumentRow](out, names)
	case "budget_lines":
		return columns[schema.BudgetLine](out, names)
	case "diagnostics":
		return columns[schema.DiagnosticRow](out, names)
	}
	return nil, fmt.Errorf("dataset %s is not known here", dataset)
}

func columns[T any](out string, names []string) ([]string, error) {
	rows, err := dataset.ReadRows[T](out)
	if err != nil {
		return nil, err
	}
	var lines []string
	for i := range rows {
		var fields []string
		for _, name := range names {
			fields = append(fields, fmt.Sprint(valueOf(rows[i], name)))
		}
		lines = append(lines, strings.Join(fields, "|"))
	}
	return lines, nil
}

// valueOf is the value of a row's column.
func valueOf(row any, column string) any {
	v := reflect.ValueOf(row)
	for i := range v.NumField() {
		if columnName(v.Type().Field(i)) == column {
			return v.Field(i).Interface()
		}
	}
	return "no column " + column
}

func columnNames[T any]() []string {
	row := reflect.TypeFor[T]()
	var names []string
	for i := range row.NumField() {
		names = append(names, columnName(row.Field(i)))
	}
	return names
}

func columnName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("col"), ",")
	return name
}

// sameCommand compares two folders byte by byte: same A B
func sameCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: same A B")
	}
	a, err := filesIn(ts.MkAbs(args[0]))
	ts.Check(err)
	b, err := filesIn(ts.MkAbs(args[1]))
	ts.Check(err)
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			ts.Fatalf("%s differs", name)
		}
	}
	if len(a) != len(b) || len(a) == 0 {
		ts.Fatalf("%d files and %d files", len(a), len(b))
	}
}

func filesIn(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if ok, _ := filepath.Match("run-*.json", entry.Name()); ok {
			return nil // it tells of a run, with times
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	return files, err
}

// interruptCommand starts a command that converts with faulty workers, interrupts it once a worker has a document, and
// again once it has said that it stops where "twice" is asked for, and prints its exit code and its standard error:
// interrupt once|twice COMMAND...
func interruptCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || args[0] != "once" && args[0] != "twice" {
		ts.Fatalf("usage: interrupt once|twice COMMAND...")
	}
	said, begun := ts.MkAbs("stderr.txt"), ts.MkAbs("begun")
	os.Remove(begun)
	stderr, err := os.Create(said)
	ts.Check(err)
	defer stderr.Close()
	cmd := exec.Command(lookPath(ts, args[1]), args[2:]...)
	cmd.Dir, cmd.Stderr = ts.MkAbs("."), stderr
	ts.Check(cmd.Start())
	defer cmd.Process.Kill()
	ts.Check(waitFor(func() bool { return fileExists(begun) }))
	ts.Check(cmd.Process.Signal(os.Interrupt))
	if args[0] == "twice" {
		ts.Check(waitFor(func() bool { return strings.Contains(ts.ReadFile(said), "interrupted; finishing") }))
		ts.Check(cmd.Process.Signal(os.Interrupt))
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) {
		ts.Check(err)
	}
	fmt.Fprintf(ts.Stdout(), "exit %d\n%s", cmd.ProcessState.ExitCode(), ts.ReadFile(said))
}

func waitFor(condition func() bool) error {
	for range 3000 {
		if condition() {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return errors.New("waited 30 seconds in vain")
}

// lookPath finds a program of the script.
func lookPath(ts *testscript.TestScript, name string) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if path := filepath.Join(dir, name); fileExists(path) {
			return path
		}
	}
	return name
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
