//go:build !unix

package schema

import (
	"errors"
	"os"
)

// lockFile: this system's locks are not used. Two runs into the same folder are the user's to avoid.
func lockFile(*os.File) error { return nil }

// syncDir: folders cannot be synced here.
func syncDir(string) error { return nil }

func isDiskFull(error) bool { return false }

func isMountPoint(error) bool { return false }

func exchange(_, _ string) error { return errors.ErrUnsupported }
