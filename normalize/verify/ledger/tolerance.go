package ledger

// Tolerance is what rounding allows between two sums of one table, in half fen: half a unit of the last printed place for
// each figure, less that half unit which the figures cannot all use up, because their difference is itself a multiple of
// the smallest unit and strictly below the sum of the halves. For n addends of one unit it comes to half a unit for each
// addend, and a figure printed twice must be the same figure. Zeros are exact.
func (l *Ledger) Tolerance(parts, whole []int) int64 {
	all, least := l.halves(parts, whole)
	return all - least
}

// ToleranceAcross is what rounding allows between two tables. Each table may have been rounded, and its roundings evened
// out, by itself: here every figure has its half unit.
func (l *Ledger) ToleranceAcross(parts, whole []int) int64 {
	all, _ := l.halves(parts, whole)
	return all
}

// halves adds up the figures' last places, and gives the smallest of them.
func (l *Ledger) halves(parts, whole []int) (all, least int64) {
	for _, lines := range [2][]int{parts, whole} {
		for _, i := range lines {
			f := &l.Figures[i]
			if f.Fen == 0 {
				continue
			}
			all += f.Unit
			if least == 0 || f.Unit < least {
				least = f.Unit
			}
		}
	}
	return all, least
}

// Within reports whether a difference is at most half of a number of fen.
func Within(diff, twice int64) bool {
	if diff < 0 {
		diff = -diff
	}
	return 2*diff <= twice
}
