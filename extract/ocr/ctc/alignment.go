package ctc

import (
	"math"

	"github.com/countybudget/extract/extract/ocr"
)

// Where the characters of a text stand on the line, and how probable each is, follows from the most probable alignment of its
// labels with the time steps (Viterbi). The states of an alignment are the labels with a blank before, between and after them.

// aligner is scratch memory.
type aligner struct {
	labels []int16
	owners []int32 // the character of each label
	scores []float64
	froms  []int8
}

// align finds the most probable alignment of characters. The probability of a character is the least of its labels', that of a
// label its highest in the time steps that it spans.
func (d *Decoder) align(characters []int32, steps int, probabilities func(step int) []float32) []ocr.Character {
	a := &d.aligner
	a.labels, a.owners = a.labels[:0], a.owners[:0]
	out := make([]ocr.Character, len(characters))
	for i, c := range characters {
		out[i] = ocr.Character{Text: d.Alphabet.texts[c], Probability: 1}
		for _, label := range d.Alphabet.encodings[c] {
			a.labels = append(a.labels, label)
			a.owners = append(a.owners, int32(i))
		}
	}
	if len(a.labels) == 0 {
		return out
	}
	states := 2*len(a.labels) + 1 // blank, label, blank, label … blank
	state := a.viterbi(states, steps, d.Alphabet.blank, probabilities)
	best, at := float32(0), -1
	flush := func(label int) {
		c := &out[a.owners[label]]
		if best <= c.Probability {
			c.Probability, c.X = best, float32(at*d.Step+d.Step/2)
		}
		best, at = 0, -1
	}
	for t := steps - 1; t >= 0; t-- {
		if state%2 == 1 {
			if p := probabilities(t)[a.labels[state/2]]; p > best {
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

// viterbi finds the most probable alignment and returns its last state. For each time step and state, froms then says how many
// states further back the alignment was one step before.
func (a *aligner) viterbi(states, steps int, blank int16, probabilities func(step int) []float32) int {
	a.scores, a.froms = sized(a.scores, states), sized(a.froms, states*steps)
	for s := range a.scores {
		a.scores[s] = math.Inf(-1)
	}
	a.scores[0] = 0
	for t := range steps {
		p := probabilities(t)
		logBlank := math.Log(float64(p[blank]) + 1e-30)
		first, last := max(0, states-2*(steps-t)), min(states-1, 2*t+1)
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
				if s > 2 && s%2 == 1 && a.labels[s/2] != a.labels[s/2-1] && a.scores[s-2] > best {
					best, from = a.scores[s-2], 2
				}
			}
			if s%2 == 0 {
				best += logBlank
			} else {
				best += math.Log(float64(p[a.labels[s/2]]) + 1e-30)
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

// sized returns a slice of n elements, that of s if it is long enough.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
