package proof

import "unicode/utf8"

// distance is the number of characters to change, insert or delete to turn a into b; anything above limit is limit+1.
func distance(a, b []rune, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		last := row[0]
		row[0] = i + 1
		least := row[0]
		for j, y := range b {
			d := last
			if x != y {
				d++
			}
			last = row[j+1]
			row[j+1] = min(d, last+1, row[j]+1)
			least = min(least, row[j+1])
		}
		if least > limit {
			return limit + 1
		}
	}
	return min(row[len(b)], limit+1)
}

// allowed is how many characters of a name of n may be wrong when nothing but the name speaks for it.
func allowed(n int) int {
	switch {
	case n < 3:
		return 0
	case n < 9:
		return 1
	default:
		return 2
	}
}

// near reports whether any name differs from a text in no more characters than may be wrong, and one.
func (l *lexicon) near(text string) bool {
	k := []rune(bare(text))
	limit := allowed(len(k)) + 1
	for n := len(k) - limit; n <= len(k)+limit; n++ {
		for _, name := range l.byLength[n] {
			if distance(k, []rune(name), limit) <= limit {
				return true
			}
		}
	}
	return false
}

// nearest finds the one name that a text is nearly equal to: within the characters that may be wrong, and with no other
// name as near or nearly so.
func (l *lexicon) nearest(text string) (string, bool) {
	k := []rune(bare(text))
	limit := allowed(len(k))
	if limit == 0 {
		return "", false
	}
	best, second, at := limit+2, limit+2, ""
	for n := len(k) - limit - 1; n <= len(k)+limit+1; n++ {
		for _, name := range l.byLength[n] {
			switch d := distance(k, []rune(name), limit+1); {
			case d < best:
				best, second, at = d, best, name
			case d < second:
				second = d
			}
		}
	}
	// In a short name one wrong character is enough to make it another one, so the next must be two further.
	gap := 1
	if len(k) < 6 {
		gap = 2
	}
	if best > limit || second < best+gap {
		return "", false
	}
	return l.names[at], true
}

// nearCode finds the name of a code that a text is nearly equal to. The code speaks for it, so two of five characters may
// be wrong.
func (l *lexicon) nearCode(code, text string) (string, bool) {
	k := []rune(bare(text))
	best, at := utf8.UTFMax*len(k)+1, ""
	for _, name := range l.byCode[code] {
		to := []rune(bare(name))
		limit := max(1, max(len(k), len(to))*2/5)
		if d := distance(k, to, limit); d <= limit && d < best {
			best, at = d, name
		}
	}
	return at, at != ""
}
