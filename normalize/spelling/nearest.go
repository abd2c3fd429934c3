package spelling

import "unicode/utf8"

// Distance is the Levenshtein distance: the number of characters to change, insert or delete to turn a into b. Anything above
// limit is limit+1.
func Distance(a, b []rune, limit int) int {
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

// near gives the names, as they are compared, that differ from a text in no more characters than may be wrong, and one.
func (l *index) near(text string) []string {
	k := []rune(bare(text))
	limit := allowed(len(k)) + 1
	var out []string
	for n := len(k) - limit; n <= len(k)+limit; n++ {
		for _, name := range l.byLength[n] {
			if Distance(k, []rune(name), limit) <= limit {
				out = append(out, name)
			}
		}
	}
	return out
}

// respelled is a text with its characters replaced by those of a name, in the fewest steps; punctuation stays. It is "" where
// the first character would be lost: that is the rest of a numbering.
func respelled(text, name string) string {
	from, to := []rune(text), []rune(name)
	compared := make([]string, len(from)) // "" for what is not
	for i, r := range from {
		compared[i] = bare(string(r))
	}
	same := func(i, j int) bool { return compared[i] == string(to[j]) }
	steps := make([][]int, len(from)+1) // to turn the rest of the text into the rest of the name
	for i := range steps {
		steps[i] = make([]int, len(to)+1)
	}
	for i := len(from); i >= 0; i-- {
		for j := len(to); j >= 0; j-- {
			switch {
			case i == len(from):
				steps[i][j] = len(to) - j
			case compared[i] == "":
				steps[i][j] = steps[i+1][j]
			case j == len(to):
				steps[i][j] = steps[i+1][j] + 1
			default:
				change := 1
				if same(i, j) {
					change = 0
				}
				steps[i][j] = min(steps[i+1][j+1]+change, steps[i+1][j]+1, steps[i][j+1]+1)
			}
		}
	}
	var out []rune
	for i, j := 0, 0; i < len(from) || j < len(to); {
		switch {
		case i < len(from) && compared[i] == "":
			out = append(out, from[i])
			i++
		case i < len(from) && j < len(to) && (same(i, j) || steps[i][j] == steps[i+1][j+1]+1):
			out = append(out, to[j])
			i, j = i+1, j+1
		case j < len(to) && steps[i][j] == steps[i][j+1]+1:
			out = append(out, to[j])
			j++
		case j == 0:
			return ""
		default:
			i++
		}
	}
	return string(out)
}

// nearest finds the one name that a text is nearly equal to: within the characters that may be wrong, and with no other
// name as near or nearly so.
func (l *index) nearest(text string) (string, bool) {
	gap := 1
	if utf8.RuneCountInString(bare(text)) < 6 {
		gap = 2 // in a short name one wrong character is enough to make it another one
	}
	return l.nearestBy(text, gap)
}

// nearestBy does so with no other name less than gap characters further.
func (l *index) nearestBy(text string, gap int) (string, bool) {
	k := []rune(bare(text))
	limit := allowed(len(k))
	if limit == 0 {
		return "", false
	}
	best, second, at := limit+2, limit+2, ""
	for n := len(k) - limit - 1; n <= len(k)+limit+1; n++ {
		for _, name := range l.byLength[n] {
			switch d := Distance(k, []rune(name), limit+1); {
			case d < best:
				best, second, at = d, best, name
			case d < second:
				second = d
			}
		}
	}
	if best > limit || second < best+gap {
		return "", false
	}
	return l.names[at], true
}

// nearCode finds the name of a code that a text is nearly equal to. The code speaks for it, so two of five characters may
// be wrong.
func (l *index) nearCode(code, text string) (string, bool) {
	k := []rune(bare(text))
	best, at := utf8.UTFMax*len(k)+1, ""
	for _, name := range l.byCode[code] {
		to := []rune(bare(name))
		limit := max(1, max(len(k), len(to))*2/5)
		if d := Distance(k, to, limit); d <= limit && d < best {
			best, at = d, name
		}
	}
	return at, at != ""
}
