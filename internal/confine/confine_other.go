//go:build !linux

package confine

import "errors"

// Process fails: processes are confined on Linux only.
func Process(Files) error { return errors.New("processes are confined on Linux only") }
