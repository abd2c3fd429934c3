package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/countybudget/extract/internal/app"
	"github.com/countybudget/extract/internal/batch"
)

// The exit codes.
const (
	exitOK      = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3
)

const exitCodesHelp = `Exit codes:
  0  all documents were read completely
  1  the command failed; the output was left as it was
  2  the command line is wrong
  3  finished, but some documents failed, are partial, or were not read because of an interrupt`

// program is the program with its surroundings, which tests replace.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	version        string
	work           batch.Work   // what a worker does with a document
	confine        func() error // what a worker gives up before it begins; may be nil
	heap           *heap        // may be nil
}

// exitError carries an exit code. It has no message if everything was printed already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// errSomeFailed ends a run whose failed documents were reported one by one.
var errSomeFailed = &exitError{code: exitPartial}

// bug is a panic of a command: a fault of the program, where every other error is for the user. Faults of a document happen in
// a worker, and are rows of the output.
type bug struct {
	value any
	stack []byte
}

func (b *bug) Error() string {
	return fmt.Sprintf("internal error: %v\nPlease report it with the command, the version and the following lines.\n%s", b.value, b.stack)
}

// run executes a command line and returns its exit code.
func (p *program) run(ctx context.Context, args []string) int {
	command, err := p.execute(ctx, args)
	if err == nil {
		return exitOK
	}
	if fault := (*bug)(nil); errors.As(err, &fault) {
		fmt.Fprintf(p.stderr, "extract: %v\n", fault)
		return exitFailed
	}
	code := exitUsage // what cobra itself refuses
	var exit *exitError
	if errors.As(err, &exit) {
		code = exit.code
	}
	if text := err.Error(); text != "" {
		fmt.Fprintf(p.stderr, "extract: %s\n", app.Printable(text))
	}
	if code == exitUsage {
		fmt.Fprintf(p.stderr, "Try: %s --help\n", command.CommandPath())
	}
	return code
}

// execute runs the command that args name. A panic in it is a bug.
func (p *program) execute(ctx context.Context, args []string) (command *cobra.Command, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &bug{v, debug.Stack()}
		}
	}()
	root := p.rootCommand()
	root.SetArgs(args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	return root.ExecuteContextC(ctx)
}

func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "extract",
		Short: "Turn published budget disclosures (PDF) into a canonical Parquet dataset",
		Long: `Extract reads the budgets and final accounts that Chinese counties publish as PDF files (部门预算公开, 部门决算公开)
and writes every amount, with its place on the page, to one Parquet dataset that can be queried over years and counties.

` + exitCodesHelp,
		Version:           versionLine(p.version),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetVersionTemplate("{{.Version}}")
	root.AddCommand(p.convertCommand(), p.showCommand(), p.dumpCommand(), p.checkCommand(), p.wordsCommand(), p.reportCommand(), p.reviewCommand(), p.schemaCommand(), p.exportCommand(), p.versionCommand(), p.workerCommand())
	return root
}

// ran marks an error of a valid command line as a failure; what cobra refuses itself is misuse.
func ran(err error) error {
	var exit *exitError
	if err == nil || errors.As(err, &exit) {
		return err
	}
	return &exitError{exitFailed, err}
}

func usageError(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// terminalWidth is the width of the terminal w, 0 if it is not a terminal.
func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		return 80
	}
	return width
}
