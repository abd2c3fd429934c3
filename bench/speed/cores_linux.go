package main

import "golang.org/x/sys/unix"

// holdToFirstCore holds the calling thread, and what it starts, to the first core.
func holdToFirstCore() error {
	var first unix.CPUSet
	first.Set(0)
	return unix.SchedSetaffinity(0, &first)
}
