// Command extract-tesseract reads pictures of lines with Tesseract's library, for command extract, which starts it when a
// document needs it and talks to it over standard input and output (package remote). It is a program of its own so that
// extract neither waits for the library nor ends with it.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/gosseract"
	"github.com/countybudget/extract/extract/ocr/remote"
	"github.com/countybudget/extract/internal/confine"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, gosseract.Load, confined))
}

// confined leaves the process no file to open. What the kernel does not offer of the sandbox is left out, as in the workers of
// extract.
func confined() error {
	_ = confine.Process(confine.Files{})
	return nil
}

// run serves the engine that load loads, and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, load func(string) (ocr.Engine, error), ready func() error) int {
	f := flag.NewFlagSet("extract-tesseract", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprintln(stderr, "extract-tesseract reads lines for extract, which starts it. Usage:")
		f.PrintDefaults()
	}
	language := f.String("language", "", "Tesseract language of text")
	recognizers := f.Int("recognizers", 1, "lines read at the same time")
	name := f.Bool("version", false, "print the versions of the library and of its models")
	if err := f.Parse(args); err != nil || f.NArg() > 0 || *recognizers < 1 {
		return 2
	}
	e, err := load(*language)
	switch {
	case err != nil:
	case *name:
		_, err = fmt.Fprintln(stdout, e.Name())
	default:
		err = remote.Serve(ctx, stdin, stdout, e, *recognizers, ready)
	}
	if err != nil {
		fmt.Fprintf(stderr, "extract-tesseract: %v\n", err)
		return 1
	}
	return 0
}
