//go:build unix && !linux

package staging

import "errors"

func exchange(_, _ string) error { return errors.ErrUnsupported }
