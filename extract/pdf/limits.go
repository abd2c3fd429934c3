package pdf

import (
	"errors"

	"github.com/countybudget/extract/extract/pdf/cos"
)

// IsLimit reports whether a page's error is a limit that it exceeded. Limits keep a hostile file from taking all memory and
// time, so no other reader should be asked to read the page.
func IsLimit(err error) bool { return cos.IsLimit(err) || errors.Is(err, errTooMuch) }
