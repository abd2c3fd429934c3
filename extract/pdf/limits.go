package pdf

import (
	"errors"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// IsLimit reports whether a page's error is a limit that it went over, which keeps a hostile file from taking all memory
// and time. No other reader should be asked to go over it.
func IsLimit(err error) bool { return cos.IsLimit(err) || errors.Is(err, errTooMuch) }
