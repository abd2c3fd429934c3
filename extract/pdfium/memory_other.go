//go:build !darwin && !freebsd && !linux

package pdfium

import "context"

// withMemory leaves the memory of instances to Go.
func withMemory(ctx context.Context) context.Context { return ctx }
