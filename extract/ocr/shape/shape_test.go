package shape

import (
	"math/rand/v2"
	"testing"
)

func TestDifference(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		var a, b [4]uint64
		want := 0
		for i := range a {
			for k := range wordBytes {
				x, y := random.IntN(256), random.IntN(256)
				if random.IntN(4) == 0 {
					x, y = random.IntN(2)*255, random.IntN(2)*255
				}
				a[i] |= uint64(x) << (8 * k)
				b[i] |= uint64(y) << (8 * k)
				want += max(x-y, y-x)
			}
		}
		if got := difference(a[:], b[:]); got != want {
			t.Fatalf("%x, %x: %d, not %d", a, b, got, want)
		}
	}
}
