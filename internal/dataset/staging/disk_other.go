//go:build !unix

package staging

import "errors"

// syncDir: folders cannot be synced here.
func syncDir(string) error { return nil }

func isDiskFull(error) bool { return false }

func isMountPoint(error) bool { return false }

func exchange(_, _ string) error { return errors.ErrUnsupported }
