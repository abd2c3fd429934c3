package ledger

import (
	"testing"

	"github.com/countybudget/extract/schema"
)

// TestParentOf: a code belongs below the longest code printed that it begins with, down to a class of three digits; of a code
// that is printed twice, below the last row before it.
func TestParentOf(t *testing.T) {
	const class = schema.ByFunctional
	codes := []string{"201", "20106", "2010601", "20107", "208", "201", "2010701", "2080505"}
	l := &Ledger{Disclosure: &schema.Disclosure{}}
	index := map[codeKey][]int{}
	for i, code := range codes {
		l.Lines = append(l.Lines, schema.BudgetLine{Classification: class})
		l.Figures = append(l.Figures, Figure{Code: code})
		key := codeKey{0, class, code}
		index[key] = append(index[key], i)
	}
	for i, want := range []int{-1, 0, 1, 0, -1, -1, 3, 4} {
		if got := l.parentOf(index, i, i-1); got != want {
			t.Errorf("%s (%d) is below %d, want %d", codes[i], i, got, want)
		}
	}
	for i, want := range map[int]int{1: 2, 3: 2, 4: 2, 9: 5} {
		if got := nearest([]int{2, 5}, i); got != want {
			t.Errorf("nearest to %d is %d, want %d", i, got, want)
		}
	}
}
