package batch

import (
	"errors"
	"time"

	"github.com/countybudget/extract/internal/input"
)

// Limits bound what one document may cost. The supervisor enforces them from outside the worker.
type Limits struct {
	Document time.Duration // a document in all
	Silence  time.Duration // without a sign of progress, while no engine is at work
	Call     time.Duration // one call to an engine
	Memory   int64         // resident bytes of a worker; 0 is no limit
	Bytes    int64         // size of a file
	Pages    int           // pages read of a document; 0 is no limit
}

// DefaultLimits suit published disclosures with room to spare: the largest seen have a few hundred pages and 100 MB. A
// scanned page is two to three seconds of text recognition, so a few hundred of them on a slow machine take the better part
// of an hour; what hangs is found by the other two limits of time.
func DefaultLimits() Limits {
	return Limits{Document: time.Hour, Silence: time.Minute, Call: 2 * time.Minute, Memory: 2 << 30, Bytes: input.MaxDocument}
}

// Validate reports the first limit that cannot be meant.
func (l Limits) Validate() error {
	switch {
	case l.Document <= 0:
		return errors.New("the time limit for a document must be positive")
	case l.Silence <= 0:
		return errors.New("the time limit for silence must be positive")
	case l.Call <= 0:
		return errors.New("the time limit for a call to an engine must be positive")
	case l.Memory != 0 && l.Memory < 64<<20:
		return errors.New("the memory limit must be at least 64MiB, or 0 for none")
	case l.Bytes <= 0:
		return errors.New("the size limit must be positive")
	case l.Pages < 0:
		return errors.New("the page limit must not be negative")
	}
	return nil
}
