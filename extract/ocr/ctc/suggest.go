package ctc

import (
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/ocr"
)

// Weigh adds to a line's candidates the texts that are suggested for the most probable one, with their shares. Texts that the
// alphabet cannot encode are left out. White space is not compared.
func (d *Decoder) Weigh(found []ocr.Candidate, steps int, probabilities func(step int) []float32, suggest func(text string) []string) []ocr.Candidate {
	var text strings.Builder
	for _, c := range found[0].Characters {
		if strings.TrimSpace(c.Text) != "" {
			text.WriteString(c.Text)
		}
	}
	best, ok := d.Alphabet.characters(text.String())
	if !ok || len(best) == 0 {
		return found
	}
	others := suggest(text.String())
	if len(others) == 0 {
		return found
	}
	d.findPeaks(steps, probabilities)
	whole := d.likelihood(best, steps, probabilities)
	if whole == 0 {
		return found
	}
	for _, s := range others {
		other, ok := d.Alphabet.characters(s)
		if !ok {
			continue
		}
		share := float32(d.likelihood(other, steps, probabilities) / whole)
		found = append(found, ocr.Candidate{Share: share, Characters: d.align(other, steps, probabilities)})
	}
	return found
}

// findPeaks finds the highest probability in each time step.
func (d *Decoder) findPeaks(steps int, probabilities func(step int) []float32) {
	d.peaks = sized(d.peaks, steps)
	for t := range steps {
		d.peaks[t] = slices.Max(probabilities(t))
	}
}

// likelihood is the probability of a text: the sum over all its alignments (the CTC forward algorithm). The probabilities of each
// time step are divided by the highest (findPeaks), so that long lines do not underflow.
func (d *Decoder) likelihood(characters []int32, steps int, probabilities func(step int) []float32) float64 {
	a := &d.aligner
	a.labels = a.labels[:0]
	for _, c := range characters {
		a.labels = append(a.labels, d.Alphabet.encodings[c]...)
	}
	states := 2*len(a.labels) + 1
	if states > 2*steps+1 {
		return 0
	}
	a.scores = sized(a.scores, states)
	clear(a.scores)
	a.scores[0] = 1
	for t := range steps {
		p := probabilities(t)
		most := d.peaks[t]
		for s := min(states-1, 2*t+1); s >= 0; s-- {
			sum := a.scores[s]
			if t == 0 {
				if s == 1 {
					sum = 1
				}
			} else {
				if s > 0 {
					sum += a.scores[s-1]
				}
				if s > 2 && s%2 == 1 && a.labels[s/2] != a.labels[s/2-1] {
					sum += a.scores[s-2]
				}
			}
			v := p[d.Alphabet.blank]
			if s%2 == 1 {
				v = p[a.labels[s/2]]
			}
			a.scores[s] = sum * float64(v/most)
		}
	}
	if states == 1 {
		return a.scores[0]
	}
	return a.scores[states-1] + a.scores[states-2]
}
