package main

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// A 32 MiB GC ballast: it raises the heap target without resident memory, because it is never touched. Documents keep a few
// megabytes alive and leave many times that as garbage, so with GOGC=100 alone the collector ran every few pages. In return
// GOGC is heapGrowth, so that large documents do not need more memory. The first cycle begins when heapStart has been
// allocated, ballast included: a run over a few small documents ends before it. What else was tried is in
// docs/decisions/010-garbage-collector.md.
const (
	heapBallast = 32 << 20
	heapStart   = 68 << 20
	heapGrowth  = 50 // percent
)

// heap is the setting of the garbage collector. A nil heap leaves it alone.
type heap struct {
	ballast []byte

	mu     sync.Mutex
	growth int  // percent
	begun  bool // the first cycle has ended
}

// firstCycle becomes garbage at once, so that its cleanup runs after the first cycle.
type firstCycle struct{ _ *heap }

// newHeap sets the garbage collector.
func newHeap() *heap {
	debug.SetGCPercent(-1) // allocating the ballast would begin a cycle
	h := &heap{ballast: make([]byte, heapBallast), growth: heapGrowth}
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
