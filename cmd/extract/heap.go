package main

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// The garbage collector is set for documents, which keep a few megabytes alive and leave many behind: heapFloor is memory
// that is never touched, so it costs none, but counts for the collector, which lets as much garbage gather before it begins
// as the floor and the heap together ask for. With the usual settings it began every few pages, at a sixth of the time of a
// run. heapGrowth, in percent, is less than usual in return: so large documents need no more memory than they did.
//
// Its first cycle begins when heapStart of memory was asked for, the floor taken in: a run over a few small documents ends
// before.
const (
	heapFloor  = 32 << 20
	heapStart  = 68 << 20
	heapGrowth = 50
)

// heap is the setting of the garbage collector. A nil heap leaves it alone.
type heap struct {
	floor []byte

	mu     sync.Mutex
	growth int  // percent
	begun  bool // the first cycle is over
}

// firstCycle is given up at once and so found by the first cycle.
type firstCycle struct{ _ *heap }

// newHeap sets the garbage collector.
func newHeap() *heap {
	debug.SetGCPercent(-1) // the floor alone would begin a cycle
	h := &heap{floor: make([]byte, heapFloor), growth: heapGrowth}
	runtime.AddCleanup(&firstCycle{}, func(h *heap) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.begun = true
		debug.SetGCPercent(h.growth)
	}, h)
	const least = 4 << 20 // the heap at which the first cycle begins at 100 %
	debug.SetGCPercent(heapStart / least * 100)
	return h
}

// setGrowth sets how much the heap may grow from the second cycle on, in percent.
func (h *heap) setGrowth(percent int) {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.growth = percent
	if h.begun {
		debug.SetGCPercent(percent)
	}
}
