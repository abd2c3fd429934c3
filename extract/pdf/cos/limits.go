package cos

import "errors"

// IsLimit reports whether an error is a limit that was exceeded: the size of a stream, or the depth of nesting. Limits keep
// a hostile file from taking all memory and time; no other reader should be asked to exceed them.
func IsLimit(err error) bool { return errors.Is(err, ErrTooLarge) || errors.Is(err, errNesting) }
