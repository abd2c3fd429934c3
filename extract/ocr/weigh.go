package ocr

import (
	"slices"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
)

// weigh makes readings of the candidates of a line. The most probable one comes first; if it makes no sense, as a known name or
// as a number, the most probable one that does comes first, where it is probable enough.
func (n *session) weigh(found []Candidate, charset Charset) []model.Reading {
	var out []model.Reading
	var shares []float32
	for _, c := range found {
		r := readingOf(c.Characters, charset)
		if r.Text == "" {
			continue
		}
		if i := slices.IndexFunc(out, func(o model.Reading) bool { return o.Text == r.Text }); i >= 0 {
			shares[i] += c.Share
			continue
		}
		out, shares = append(out, r), append(shares, c.Share)
	}
	if len(out) == 0 {
		return nil
	}
	first := 0
	if !n.makesSense(out[0], charset) {
		for i := 1; i < len(out); i++ {
			if shares[i] >= least(out[i], charset) && (first == 0 || shares[i] > shares[first]) && n.makesSense(out[i], charset) {
				first = i
			}
		}
	}
	said := []model.Reading{out[first]}
	if charset == Numbers {
		if first > 0 {
			said[0].Confidence = min(said[0].Confidence, nearlySure)
		}
		return said
	}
	if first > 0 {
		said[0].Confidence = min(out[0].Confidence, supported)
	}
	for i, r := range out {
		if i != first && shares[i] >= another*shares[0] {
			r.Confidence *= min(1, shares[i]/shares[first])
			said = append(said, r)
		}
	}
	return said
}

// makesSense reports whether a reading is a well-formed number or a known name.
func (n *session) makesSense(r model.Reading, charset Charset) bool {
	if charset == Numbers {
		return plausible(r.Text)
	}
	return n.isKnown(r.Text)
}

// least is the share that a reading which makes sense must have to be believed before a more probable one that makes none. The
// longer a name is, the less likely it is that a text differs from it in one character and yet is none.
func least(r model.Reading, charset Charset) float32 {
	if charset == Numbers {
		return 0.1
	}
	switch n := utf8.RuneCountInString(r.Text); {
	case n < 2:
		return 0.1
	case n < 4:
		return 0.01
	case n < 6:
		return 1e-6
	}
	return 1e-8
}
