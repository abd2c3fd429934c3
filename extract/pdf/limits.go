package pdf

import "errors"

// IsLimit reports whether a page's error is a limit that it went over, which keeps a hostile file from taking all memory
// and time. No other reader should be asked to go over it.
func IsLimit(err error) bool {
	return errors.Is(err, errTooLarge) || errors.Is(err, errNesting) || errors.Is(err, errTooMuch)
}
