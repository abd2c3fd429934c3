package cos

import "errors"

// IsLimit reports whether an error is an exceeded limit: the size of a decoded stream, or the depth of nesting. Limits keep
// a hostile file from taking all memory and time, so no other reader should be asked to read the file.
func IsLimit(err error) bool { return errors.Is(err, ErrTooLarge) || errors.Is(err, errNesting) }
