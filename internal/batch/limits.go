package batch

import (
	"errors"
	"time"

	"github.com/countybudget/extract/internal/input"
)

// Limits bound what one document may cost. The supervisor enforces them from outside the worker.
type Limits struct {
	Document time.Duration // a document in all
	Silence  time.Duration // without a heartbeat, while no call to an engine lasts
	Call     time.Duration // one call to an engine
	Memory   int64         // resident bytes of a worker; 0 is no limit
	Bytes    int64         // size of a file
	Pages    int           // pages read of a document; 0 is no limit
}

// DefaultLimits are generous for published disclosures, of which the largest seen have a few hundred pages and 100 MB. Text
// recognition takes two to three seconds a page, so a few hundred scanned pages take most of an hour on a slow machine;
// what hangs is found by Silence and Call.
func DefaultLimits() Limits {
	return Limits{Document: time.Hour, Silence: time.Minute, Call: 2 * time.Minute, Memory: 2 << 30, Bytes: input.MaxDocument}
}

// Validate returns an error for the first limit that makes no sense.
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
