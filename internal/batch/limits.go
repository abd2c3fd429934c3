package batch

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
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
	return Limits{Document: time.Hour, Silence: time.Minute, Call: 2 * time.Minute, Memory: 2 << 30, Bytes: 512 << 20}
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

var sizeUnits = []struct {
	suffix string
	bytes  int64
}{{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}}

// ParseSize reads 512MiB, 2G, 1.5GB, 1000000: units are powers of 1024 however they are spelt.
func ParseSize(s string) (int64, error) {
	text := strings.ToUpper(strings.TrimSpace(s))
	number := strings.TrimRight(text, "TGMKIB")
	bytes := int64(1)
	if unit := text[len(number):]; unit != "" && unit != "B" {
		bytes = 0
		for _, u := range sizeUnits {
			long := strings.ToUpper(u.suffix)
			if unit == long || unit == long[:1] || unit == long[:1]+"B" {
				bytes = u.bytes
			}
		}
	}
	value, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || bytes == 0 || value < 0 || value*float64(bytes) > math.MaxInt64/2 {
		return 0, fmt.Errorf("%q is not a size such as 512MiB or 2GiB", s)
	}
	return int64(value * float64(bytes)), nil
}

// FormatSize prints a size as ParseSize reads it.
func FormatSize(n int64) string {
	for _, u := range sizeUnits {
		if n >= u.bytes {
			return strconv.FormatFloat(float64(n)/float64(u.bytes), 'f', -1, 64) + u.suffix
		}
	}
	return "0"
}
