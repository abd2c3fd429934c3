//go:build unix && !linux

package schema

import "errors"

func exchange(_, _ string) error { return errors.ErrUnsupported }
