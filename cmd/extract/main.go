// Command extract turns published budget disclosures (PDF) into a canonical Parquet dataset.
package main

import (
	"context"
	"os"

	"github.com/countybudget/extract/internal/batch"
)

// version is set by the linker.
var version = "dev"

func main() {
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, version: version, work: batch.Convert, confine: batch.Confine}
	os.Exit(a.run(context.Background(), os.Args[1:]))
}
