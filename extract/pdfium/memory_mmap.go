//go:build darwin || freebsd || linux

package pdfium

import (
	"context"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// withMemory makes instances map their memory from the system: it grows without being copied and is released when the
// instance ends. A Go slice would be copied at each growth, which takes more than twice the memory for a while.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(reserve))
}

// region is the reserved address space of an instance's memory; untouched pages take no memory.
type region []byte

// reserve reserves the most that a memory may grow to.
func reserve(_, most uint64) experimental.LinearMemory {
	b, err := syscall.Mmap(-1, 0, int(most), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		return region(nil)
	}
	return region(b)
}

// Reallocate implements experimental.LinearMemory.
func (r region) Reallocate(size uint64) []byte {
	if size > uint64(len(r)) {
		return nil
	}
	return r[:size]
}

// Free implements experimental.LinearMemory.
func (r region) Free() {
	if r != nil {
		// Fails only for what was not mapped.
		_ = syscall.Munmap(r)
	}
}
