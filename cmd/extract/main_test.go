package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
	"github.com/countybudget/extract/internal/store"
)

// The test binary is the program: "extract" as it is, and "extract-faulty", whose workers fail as the file's name asks.
func TestMain(m *testing.M) {
	if filepath.Ext(os.Args[0]) == ".test" && len(os.Args) > 1 && (os.Args[1] == "worker" || os.Args[1] == "convert") { // of a test without a script
		os.Exit(confined(testApp(batch.NewConvert())).run(context.Background(), os.Args[1:]))
	}
	testscript.Main(m, map[string]func(){
		"extract": func() { os.Exit(confined(testApp(batch.NewConvert())).run(context.Background(), os.Args[1:])) },
		"extract-faulty": func() {
			os.Exit(testApp(faulty).run(context.Background(), os.Args[1:]))
		},
	})
}

func testApp(work batch.Work) *program {
	return &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, version: "v0.0.0-test", work: work}
}

func confined(a *program) *program {
	a.confine = batch.Confine
	return a
}

// faulty converts like the program, but for files named after a fault.
func faulty(ctx context.Context, job batch.Job, beat *batch.Heartbeat) (*batch.Result, error) {
	fault, _, _ := strings.Cut(job.FileName, ".")
	switch fault {
	case "panic":
		panic("a fault of the reader")
	case "undrawn":
		if job.Draw != nil {
			panic("a fault of the renderer")
		}
	case "unsafe":
		if !job.Safe {
			panic("a fault of the first reader")
		}
	case "overflow":
		os.Exit(overflow(0))
	case "hang":
		markBegun(job)
		time.Sleep(time.Hour)
	case "slow":
		markBegun(job)
		time.Sleep(time.Second)
	case "contract":
		result, err := batch.NewConvert()(ctx, job, beat)
		if len(result.Disclosure.BudgetLines) > 0 {
			result.Disclosure.BudgetLines[0].Direction = "sideways"
		}
		return result, err
	}
	result, err := batch.NewConvert()(ctx, job, beat)
	if fault == "cut" && result.Dump != nil {
		kept := len(result.Dump.Messages) - 2
		result.Dump.Messages, result.Dump.Left = result.Dump.Messages[:kept], 2
	}
	return result, err
}

// markBegun tells the script that a worker has the document.
func markBegun(job batch.Job) { os.WriteFile("begun", []byte(job.FileName), 0o600) }

func overflow(n int) int {
	if n < 0 {
		return 0
	}
	return overflow(n+1) + 1
}

func TestScripts(t *testing.T) {
	samples, err := filepath.Abs("../../samples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLES", samples)
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name != "stores" {
				return false, fmt.Errorf("unknown condition %s", name)
			}
			return store.Built, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exitsCommand, "rows": rowsCommand, "same": sameCommand, "zipped": zippedCommand, "interrupt": interruptCommand,
			"truncated": truncatedCommand, "drawn": drawnCommand,
		},
	})
}

func TestPrintable(t *testing.T) {
	for name, want := range map[string]string{
		"2024年 预算.pdf":      "2024年 预算.pdf",
		"a\x1b[31m.pdf":     `"a\x1b[31m.pdf"`,
		"a\nfailed: b.pdf":  `"a\nfailed: b.pdf"`,
		"gpj.\u202efdp.exe": `"gpj.\u202efdp.exe"`,
	} {
		if got := app.Printable(name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

// TestBug: a panic of a command is told as a fault of the program, with its stack, and is no wrong command line.
func TestBug(t *testing.T) {
	var stderr strings.Builder
	p := &program{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &stderr, confine: func() error { panic("a fault") }}
	if code := p.run(t.Context(), []string{"worker"}); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	if text := stderr.String(); !strings.HasPrefix(text, "extract: internal error: a fault\n") || !strings.Contains(text, "main_test.go") {
		t.Errorf("said %s", text)
	}
}
