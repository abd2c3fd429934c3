//go:build cgo && !noocr

package lstm

import "math"

// Where a text stands on its line, and how surely, shows the most probable one of its ways through the columns.

// aligner is scratch.
type aligner struct {
	codes  []int16
	owners []int32 // the character of each code
	scores []float64
	froms  []int8
}

// place lays characters over the columns. A character is as sure as the least sure of its codes, a code as sure as in the
// column where it is seen best.
func (d *decoder) place(characters []int32, columns int, odds func(column int) []float32) []Character {
	a := &d.aligner
	a.codes, a.owners = a.codes[:0], a.owners[:0]
	out := make([]Character, len(characters))
	for i, c := range characters {
		out[i] = Character{Text: d.alphabet.texts[c], Confidence: 1}
		for _, code := range d.alphabet.spellings[c] {
			a.codes = append(a.codes, code)
			a.owners = append(a.owners, int32(i))
		}
	}
	if len(a.codes) == 0 {
		return out
	}
	states := 2*len(a.codes) + 1 // nothing, a code, nothing, a code …
	state := a.walk(states, columns, d.nothing, odds)
	best, at := float32(0), -1
	flush := func(code int) {
		c := &out[a.owners[code]]
		if best <= c.Confidence {
			c.Confidence, c.X = best, float32(at*pool+pool/2)
		}
		best, at = 0, -1
	}
	for t := columns - 1; t >= 0; t-- {
		if state%2 == 1 {
			if p := odds(t)[a.codes[state/2]]; p > best {
				best, at = p, t
			}
		}
		from := int(a.froms[t*states+state])
		if state%2 == 1 && (from > 0 || t == 0) {
			flush(state / 2)
		}
		state -= from
	}
	return out
}

// walk finds the most probable way and returns its last state; froms says of each state in each column how many states
// before it the way comes from.
func (a *aligner) walk(states, columns int, nothing int16, odds func(column int) []float32) int {
	a.scores, a.froms = sized(a.scores, states), sized(a.froms, states*columns)
	for s := range a.scores {
		a.scores[s] = math.Inf(-1)
	}
	a.scores[0] = 0
	for t := range columns {
		p := odds(t)
		none := math.Log(float64(p[nothing]) + 1e-30)
		first, last := max(0, states-2*(columns-t)), min(states-1, 2*t+1)
		for s := last; s >= first; s-- {
			best, from := a.scores[s], 0
			if t == 0 {
				if s == 1 {
					best, from = a.scores[0], 1
				}
			} else {
				if s > 0 && a.scores[s-1] > best {
					best, from = a.scores[s-1], 1
				}
				if s > 2 && s%2 == 1 && a.codes[s/2] != a.codes[s/2-1] && a.scores[s-2] > best {
					best, from = a.scores[s-2], 2
				}
			}
			if s%2 == 0 {
				best += none
			} else {
				best += math.Log(float64(p[a.codes[s/2]]) + 1e-30)
			}
			a.scores[s] = best
			a.froms[t*states+s] = int8(from)
		}
		for s := range first {
			a.scores[s] = math.Inf(-1)
		}
	}
	if states > 1 && a.scores[states-2] > a.scores[states-1] {
		return states - 2
	}
	return states - 1
}
