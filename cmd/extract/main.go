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

// leastParallel is the least GOMAXPROCS, also on one core. A goroutine in a system call, such as a read from a pipe or an
// fsync, keeps its P until the runtime's monitor takes it away, which checks only every ten milliseconds when little happens:
// with one P, a process was idle for a quarter of a run while work was waiting.
const leastParallel = 2

func main() {
	if runtime.GOMAXPROCS(0) < leastParallel && os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(leastParallel)
	}
	h := newHeap()
	p := &program{heap: h, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, version: version, work: batch.NewConvert(), confine: batch.Confine}
	code := p.run(context.Background(), os.Args[1:])
	runtime.KeepAlive(h)
	os.Exit(code)
}
