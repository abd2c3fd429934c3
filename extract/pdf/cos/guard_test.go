package cos

import "time"

// guard makes a fuzz target that does not end fail.
func guard() (stop func()) {
	timer := time.AfterFunc(5*time.Second, func() { panic("does not end") })
	return func() { timer.Stop() }
}
