// Package bytesize reads and prints numbers of bytes with their units: 512MiB, 2GiB.
package bytesize

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

var units = []struct {
	suffix string
	bytes  int64
}{{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}}

// Parse reads 512MiB, 2G, 1.5GB, 1000000: units are powers of 1024 however they are spelt.
func Parse(s string) (int64, error) {
	text := strings.ToUpper(strings.TrimSpace(s))
	number := strings.TrimRight(text, "TGMKIB")
	bytes := int64(1)
	if unit := text[len(number):]; unit != "" && unit != "B" {
		bytes = 0
		for _, u := range units {
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

// Format prints a size as Parse reads it, in the largest unit that it has at least one of.
func Format(n int64) string {
	for _, u := range units {
		if n >= u.bytes {
			return strconv.FormatFloat(float64(n)/float64(u.bytes), 'f', -1, 64) + u.suffix
		}
	}
	return "0"
}
