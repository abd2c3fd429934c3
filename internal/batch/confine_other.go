//go:build !linux

package batch

import "errors"

// Confine is for Linux only.
func Confine() error { return errors.New("workers are confined on Linux only") }
