// Command extract turns published budget disclosures (PDF) into a canonical Parquet dataset.
package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/countybudget/extract/internal/batch"
)

// version is set by the linker.
var version = "dev"

// The garbage collector is set for documents, which keep a few megabytes alive and leave many behind: heapFloor is memory
// that is never touched, so it costs none, but counts for the collector, which lets as much garbage gather before it begins
// as the floor and the heap together ask for. With the usual settings it began every few pages, at a sixth of the time of a
// run. heapGrowth, in percent, is less than usual in return: so large documents need no more memory than they did.
const (
	heapFloor  = 32 << 20
	heapGrowth = 50
)

// leastParallel is how many goroutines may run at once even where there is one core. A goroutine in a system call, such as
// a read of a pipe or a write made durable, keeps the right to run others until the runtime looks for it, which it does
// every ten milliseconds when little happens: held to one, a process stood idle for a quarter of a run with work waiting.
const leastParallel = 2

func main() {
	if runtime.GOMAXPROCS(0) < leastParallel && os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(leastParallel)
	}
	debug.SetGCPercent(heapGrowth)
	floor := make([]byte, heapFloor)
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, version: version, work: batch.Convert, confine: batch.Confine}
	code := a.run(context.Background(), os.Args[1:])
	runtime.KeepAlive(floor)
	os.Exit(code)
}
