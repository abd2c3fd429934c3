package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// TestHeap: the first cycle of the collector comes late, and those after it as the growth says.
func TestHeap(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	h := newHeap()
	setting := func() int {
		percent := debug.SetGCPercent(-1)
		debug.SetGCPercent(percent)
		return percent
	}
	if got := setting(); got != 1700 {
		t.Errorf("before the first cycle the setting is %d %%", got)
	}
	h.setGrowth(supervisorGrowth)
	if got := setting(); got != 1700 {
		t.Errorf("a growth that was set before the first cycle holds already: %d %%", got)
	}
	runtime.GC()
	over := func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return h.begun
	}
	for range 1000 {
		if over() {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if got := setting(); got != supervisorGrowth {
		t.Errorf("after the first cycle the setting is %d %%, not %d", got, supervisorGrowth)
	}
	h.setGrowth(heapGrowth)
	if got := setting(); got != heapGrowth {
		t.Errorf("the growth is %d %%, not %d", got, heapGrowth)
	}
	runtime.KeepAlive(h)
	var none *heap
	none.setGrowth(1) // leaves it alone
	if got := setting(); got != heapGrowth {
		t.Errorf("no heap has set the growth to %d %%", got)
	}
}
