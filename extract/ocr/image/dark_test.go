package image

import (
	"slices"
	"testing"

	"github.com/countybudget/extract/internal/testfiles"
)

func TestDarkerThan(t *testing.T) {
	random := testfiles.Seeded()
	for v := range 256 {
		d := DarkerThan(byte(v))
		rows := [3][]byte{}
		for i := range rows {
			rows[i] = make([]byte, 29)
			for x := range rows[i] {
				rows[i][x] = byte(max(0, min(255, v-2+random.IntN(12)+(x&8)*10))) // around the value, and stretches of paper
			}
		}
		var want []int
		wide := make([]byte, len(rows[0]))
		for x := range wide {
			if int(rows[0][x]) < v {
				want = append(want, x)
			}
			wide[x] = 255
			if int(min(rows[0][x], rows[1][x], rows[2][x])) < v {
				wide[x] = 0
			}
		}
		var got []int
		for x := d.next(rows[0], 0); x < len(rows[0]); x = d.next(rows[0], x+1) {
			got = append(got, x)
		}
		if !slices.Equal(got, want) || d.count(rows[0]) != len(want) {
			t.Fatalf("darker than %d: %v (%d), want %v in %v", v, got, d.count(rows[0]), want, rows[0])
		}
		widened := make([]byte, len(wide))
		if any := d.Widen(widened, rows[0], rows[1], rows[2]); !slices.Equal(widened, wide) || any != slices.Contains(wide, 0) {
			t.Fatalf("darker than %d: %v, want %v", v, widened, wide)
		}
	}
}
