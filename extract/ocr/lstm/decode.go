//go:build cgo && !noocr

package lstm

import "slices"

// The columns of a line give the probability of each code, or of nothing. A text's probability is the sum over all ways in
// which its codes can lie over the columns: each over one or more columns that follow each other, with any number of columns
// of nothing between codes, and at least one between two that are equal (connectionist temporal classification, Graves et
// al. 2006). A beam of the most probable beginnings goes along; only such are kept as spell characters.

const (
	beamWidth  = 8
	beamLeast  = 1e-5 // beginnings less probable than this part of the best are dropped
	codeLeast  = 5e-4 // codes less probable than this are not tried
	settled    = 0.9995
	otherLeast = 0.02 // texts less probable than this part of the best are not told
)

// decoder reads text from probabilities.
type decoder struct {
	alphabet *alphabet
	nothing  int16
	allowed  Codes

	texts  []text // all beginnings of texts
	beam   []beginning
	after  []beginning
	likely []step // codes of a column, with the index of none
	aligner
}

// text is a character after another text.
type text struct {
	before    int32
	character int32
}

// beginning is the codes read up to a column: a text and the beginning of a spelling.
type beginning struct {
	text    int32 // -1: none
	node    int32
	last    int16   // the last code, -1 at the start
	nothing float64 // probability that the column shows nothing
	code    float64 // that it shows the last code
}

func (b *beginning) sum() float64 { return b.nothing + b.code }

// decode reads a line of so many columns: the most probable texts, the best first.
func (d *decoder) decode(columns int, odds func(column int) []float32) []Candidate {
	d.texts = d.texts[:0]
	d.beam = append(d.beam[:0], beginning{text: -1, last: -1, nothing: 1})
	for t := range columns {
		d.column(odds(t))
	}
	var found []Candidate
	var texts []int32
	for _, b := range d.beam { // the most probable one first
		if b.node != 0 {
			continue
		}
		if i := slices.Index(texts, b.text); i >= 0 {
			found[i].Share += float32(b.sum())
			continue
		}
		texts = append(texts, b.text)
		found = append(found, Candidate{Share: float32(b.sum())})
	}
	if len(found) == 0 {
		return nil
	}
	n, most := 0, found[0].Share
	for i, c := range found {
		if c.Share < otherLeast*most {
			continue
		}
		c.Characters = d.place(d.characters(texts[i]), columns, odds)
		c.Share /= most
		found[n] = c
		n++
	}
	return found[:n]
}

// characters is the characters of a text.
func (d *decoder) characters(text int32) []int32 {
	var out []int32
	for ; text >= 0; text = d.texts[text].before {
		out = append(out, d.texts[text].character)
	}
	slices.Reverse(out)
	return out
}

// column brings the beam one column further.
func (d *decoder) column(p []float32) {
	none := float64(p[d.nothing])
	d.after = d.after[:0]
	if none > settled {
		for _, b := range d.beam {
			again := 0.0
			if b.last >= 0 {
				again = b.code * float64(p[b.last])
			}
			d.after = append(d.after, beginning{b.text, b.node, b.last, b.sum() * none, again})
		}
		d.prune()
		return
	}
	d.likely = d.likely[:0]
	for code, v := range p {
		if v >= codeLeast && int16(code) != d.nothing && (d.allowed == nil || d.allowed[code]) {
			d.likely = append(d.likely, step{code: int16(code)})
		}
	}
	for i := range d.beam {
		b := &d.beam[i]
		again := 0.0
		if b.last >= 0 {
			again = b.code * float64(p[b.last])
		}
		d.put(b.text, b.node, b.last, b.sum()*none, again)
		for _, s := range d.likely {
			from := b.sum()
			if s.code == b.last {
				from = b.nothing
			}
			next := d.alphabet.follow(b.node, s.code)
			if next < 0 || from == 0 {
				continue
			}
			odds := from * float64(p[s.code])
			n := &d.alphabet.nodes[next]
			if n.character >= 0 {
				d.put(d.longer(b.text, n.character), 0, s.code, 0, odds)
			}
			if len(n.next) > 0 {
				d.put(b.text, next, s.code, 0, odds)
			}
		}
	}
	d.prune()
}

// put adds to a beginning's probabilities.
func (d *decoder) put(text, node int32, last int16, nothing, code float64) {
	for i := range d.after {
		if b := &d.after[i]; b.text == text && b.node == node && b.last == last {
			b.nothing += nothing
			b.code += code
			return
		}
	}
	d.after = append(d.after, beginning{text, node, last, nothing, code})
}

// longer is a text with one more character. The same one has the same number.
func (d *decoder) longer(before, character int32) int32 {
	for i := len(d.texts) - 1; i > max(-1, int(before)); i-- {
		if d.texts[i] == (text{before, character}) {
			return int32(i)
		}
	}
	d.texts = append(d.texts, text{before, character})
	return int32(len(d.texts) - 1)
}

// prune keeps the most probable beginnings; the best has the probability 1 then.
func (d *decoder) prune() {
	slices.SortFunc(d.after, func(a, b beginning) int {
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
	if len(d.after) > beamWidth {
		d.after = d.after[:beamWidth]
	}
	best := d.after[0].sum()
	n := 0
	for _, b := range d.after {
		if b.sum() > beamLeast*best {
			b.nothing /= best
			b.code /= best
			d.after[n] = b
			n++
		}
	}
	d.beam, d.after = d.after[:n], d.beam
}
