package ctc

import (
	"slices"

	"github.com/countybudget/extract/extract/ocr"
)

// CTC prefix beam search (connectionist temporal classification, Graves et al. 2006): each time step is a probability
// distribution over labels and the blank. The probability of a text is the sum over all alignments of its labels with the time
// steps: each label spans one or more consecutive steps, with any number of blanks between two labels, and at least one between
// equal labels. The beam keeps the most probable prefixes, and only those whose labels encode characters.

const (
	beamWidth  = 8      // prefixes
	beamLeast  = 1e-5   // prefixes less probable than this part of the best are dropped
	labelLeast = 5e-4   // labels with a lower probability in a time step do not extend a prefix
	settled    = 0.9995 // a time step with a more probable blank extends no prefix
	otherLeast = 0.02   // texts with a lower share are not returned
)

// Decoder finds texts for the probabilities of time steps. It is for one goroutine; its scratch memory grows with what it reads.
type Decoder struct {
	Alphabet *Alphabet
	Step     int      // width of a time step, pixels
	Allowed  LabelSet // labels that may be recognized

	texts  []text    // the texts of all prefixes, as a tree
	beam   []prefix  // the most probable first
	next   []prefix  // the beam one time step further
	likely []int16   // labels that extend prefixes in a time step
	peaks  []float32 // the highest probability in each time step
	aligner
}

// text is a character after another text.
type text struct {
	before    int32 // index of that text, -1 for none
	character int32
}

// prefix is labels read up to a time step: a text and a part of the encoding of its next character.
type prefix struct {
	text     int32   // index in Decoder.texts, -1 for none
	node     int32   // of the alphabet: the labels after the text
	last     int16   // the last label, -1 at the start
	blank    float64 // probability of the alignments that end with a blank
	nonBlank float64 // probability of those that end with the last label
}

func (b *prefix) sum() float64 { return b.blank + b.nonBlank }

// Decode returns the most probable texts of a line, the best first.
func (d *Decoder) Decode(steps int, probabilities func(step int) []float32) []ocr.Candidate {
	d.texts = d.texts[:0]
	d.beam = append(d.beam[:0], prefix{text: -1, last: -1, blank: 1})
	for t := range steps {
		d.step(probabilities(t))
	}
	var found []ocr.Candidate
	var texts []int32
	for _, b := range d.beam {
		if b.node != 0 {
			continue // its last character is incomplete
		}
		if i := slices.Index(texts, b.text); i >= 0 {
			found[i].Share += float32(b.sum())
			continue
		}
		texts = append(texts, b.text)
		found = append(found, ocr.Candidate{Share: float32(b.sum())})
	}
	if len(found) == 0 {
		return nil
	}
	n, most := 0, found[0].Share
	for i, c := range found {
		if c.Share < otherLeast*most {
			continue
		}
		c.Characters = d.align(d.characters(texts[i]), steps, probabilities)
		c.Share /= most
		found[n] = c
		n++
	}
	return found[:n]
}

// characters returns the characters of a text.
func (d *Decoder) characters(text int32) []int32 {
	var out []int32
	for ; text >= 0; text = d.texts[text].before {
		out = append(out, d.texts[text].character)
	}
	slices.Reverse(out)
	return out
}

// step brings the beam one time step further, given the probability of each label.
func (d *Decoder) step(p []float32) {
	blank := float64(p[d.Alphabet.blank])
	d.next = d.next[:0]
	if blank > settled {
		for _, b := range d.beam {
			again := 0.0
			if b.last >= 0 {
				again = b.nonBlank * float64(p[b.last])
			}
			d.next = append(d.next, prefix{b.text, b.node, b.last, b.sum() * blank, again})
		}
		d.prune()
		return
	}
	d.likely = d.likely[:0]
	for label, v := range p {
		if v >= labelLeast && int16(label) != d.Alphabet.blank && d.Allowed.has(label) {
			d.likely = append(d.likely, int16(label))
		}
	}
	for i := range d.beam {
		b := &d.beam[i]
		again := 0.0
		if b.last >= 0 {
			again = b.nonBlank * float64(p[b.last])
		}
		d.put(b.text, b.node, b.last, b.sum()*blank, again)
		for _, label := range d.likely {
			from := b.sum()
			if label == b.last {
				from = b.blank
			}
			next := d.Alphabet.follow(b.node, label)
			if next < 0 || from == 0 {
				continue
			}
			nonBlank := from * float64(p[label])
			n := &d.Alphabet.nodes[next]
			if n.character >= 0 {
				d.put(d.longer(b.text, n.character), 0, label, 0, nonBlank)
			}
			if len(n.next) > 0 {
				d.put(b.text, next, label, 0, nonBlank)
			}
		}
	}
	d.prune()
}

// put adds to the probabilities of a prefix of the next beam.
func (d *Decoder) put(text, node int32, last int16, blank, nonBlank float64) {
	for i := range d.next {
		if b := &d.next[i]; b.text == text && b.node == node && b.last == last {
			b.blank += blank
			b.nonBlank += nonBlank
			return
		}
	}
	d.next = append(d.next, prefix{text, node, last, blank, nonBlank})
}

// longer is the index of a text with one more character. Equal texts have the same index.
func (d *Decoder) longer(before, character int32) int32 {
	for i := len(d.texts) - 1; i > max(-1, int(before)); i-- {
		if d.texts[i] == (text{before, character}) {
			return int32(i)
		}
	}
	d.texts = append(d.texts, text{before, character})
	return int32(len(d.texts) - 1)
}

// prune makes the most probable prefixes the beam and scales their probabilities so that the best has 1.
func (d *Decoder) prune() {
	slices.SortFunc(d.next, func(a, b prefix) int {
		switch x, y := a.sum(), b.sum(); {
		case x > y:
			return -1
		case x < y:
			return 1
		case a.text != b.text:
			return int(a.text) - int(b.text)
		case a.node != b.node:
			return int(a.node) - int(b.node)
		}
		return int(a.last) - int(b.last)
	})
	if len(d.next) > beamWidth {
		d.next = d.next[:beamWidth]
	}
	best := d.next[0].sum()
	n := 0
	for _, b := range d.next {
		if b.sum() > beamLeast*best {
			b.blank /= best
			b.nonBlank /= best
			d.next[n] = b
			n++
		}
	}
	d.beam, d.next = d.next[:n], d.beam
}
