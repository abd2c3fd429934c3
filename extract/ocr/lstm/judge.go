//go:build cgo && !noocr

package lstm

import "strings"

// judge adds to what a line may say the texts that are suggested for the most probable one, with their shares. White space is
// not compared.
func (d *decoder) judge(found []Candidate, columns int, odds func(column int) []float32, suggest func(text string) []string) []Candidate {
	var text strings.Builder
	for _, c := range found[0].Characters {
		if strings.TrimSpace(c.Text) != "" {
			text.WriteString(c.Text)
		}
	}
	best, ok := d.alphabet.characters(text.String())
	if !ok || len(best) == 0 {
		return found
	}
	others := suggest(text.String())
	if len(others) == 0 {
		return found
	}
	whole := d.likelihood(best, columns, odds)
	if whole == 0 {
		return found
	}
	for _, s := range others {
		other, ok := d.alphabet.characters(s)
		if !ok {
			continue
		}
		share := float32(d.likelihood(other, columns, odds) / whole)
		found = append(found, Candidate{Share: share, Characters: d.place(other, columns, odds)})
	}
	return found
}

// likelihood is the probability of a text, of that of the most probable code in each column: the sum over all its ways.
func (d *decoder) likelihood(characters []int32, columns int, odds func(column int) []float32) float64 {
	a := &d.aligner
	a.codes = a.codes[:0]
	for _, c := range characters {
		a.codes = append(a.codes, d.alphabet.spellings[c]...)
	}
	states := 2*len(a.codes) + 1
	if states > 2*columns+1 {
		return 0
	}
	a.scores = sized(a.scores, states)
	clear(a.scores)
	a.scores[0] = 1
	for t := range columns {
		p := odds(t)
		most := float32(0)
		for _, v := range p {
			most = max(most, v)
		}
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
				if s > 2 && s%2 == 1 && a.codes[s/2] != a.codes[s/2-1] {
					sum += a.scores[s-2]
				}
			}
			v := p[d.nothing]
			if s%2 == 1 {
				v = p[a.codes[s/2]]
			}
			a.scores[s] = sum * float64(v/most)
		}
	}
	if states == 1 {
		return a.scores[0]
	}
	return a.scores[states-1] + a.scores[states-2]
}

// characters finds the characters that a text is made of, the longest first; not all texts are.
func (a *alphabet) characters(text string) ([]int32, bool) {
	var out []int32
	for text != "" {
		n := min(len(text), a.longest)
		for ; n > 0; n-- {
			if c, ok := a.index[text[:n]]; ok {
				out = append(out, c)
				break
			}
		}
		if n == 0 {
			return nil, false
		}
		text = text[n:]
	}
	return out, true
}
