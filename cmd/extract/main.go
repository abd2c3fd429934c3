// Command extract turns published budget disclosures (PDF) into a canonical Parquet dataset.
package main

import (
	"context"
	"os"
	"runtime"

	"github.com/countybudget/extract/internal/batch"
)

// version is set by the linker.
var version = "dev"

// leastParallel is how many goroutines may run at once even where there is one core. A goroutine in a system call, such as
// a read of a pipe or a write made durable, keeps the right to run others until the runtime looks for it, which it does
// every ten milliseconds when little happens: held to one, a process stood idle for a quarter of a run with work waiting.
const leastParallel = 2

func main() {
	if runtime.GOMAXPROCS(0) < leastParallel && os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(leastParallel)
	}
	h := newHeap()
	p := &program{heap: h, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, version: version, work: batch.Convert, confine: batch.Confine}
	code := p.run(context.Background(), os.Args[1:])
	runtime.KeepAlive(h)
	os.Exit(code)
}
