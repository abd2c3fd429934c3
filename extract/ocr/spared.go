package ocr

import "strings"

// Most numbers of a large table need not be read by the engine: what its first numbers, from all over the sheet, teach of
// the digits' shapes is enough to know the others by. A number is spared only where every one of its characters is known
// beyond doubt, and all ten digits are known: a digit that is not could be taken for one that looks like it. What is not
// that clear the engine reads, and it teaches more.

const (
	lesson       = 48     // numbers read before shapes are asked, and before they are asked again
	lessons      = 2      // so often; then the engine reads the rest
	clearNumber  = 0.85   // shapes are surer than this where the next character is at least twice as far as the nearest
	clearNought  = 0.90   // and surer than this of a nought, when not all digits are known
	manyNoughts  = 96     // numbers that must have been read before noughts are known by themselves
	noughtAmount = "0.00" // half of the cells of a sparse table
)

// readNumbers reads the numbers, by their shapes where that is safe.
func (n *session) readNumbers(numbers []*piece) error {
	numbersWay := way{n.sheet.read, digitSize, true}
	var read []*piece
	for range lessons {
		if len(numbers) < 2*lesson {
			break
		}
		first, others := scattered(numbers, lesson)
		if _, err := n.readAll(first, numbersWay); err != nil {
			return err
		}
		read = append(read, first...)
		book := n.learn(read)
		numbers = others[:0]
		for _, p := range others {
			if !n.spare(p, book, len(read)) {
				numbers = append(numbers, p)
			}
		}
	}
	_, err := n.readAll(numbers, numbersWay)
	return err
}

// scattered picks so many pieces from all over the sheet.
func scattered(pieces []*piece, most int) (some, others []*piece) {
	for i, p := range pieces {
		if i*most%len(pieces) < most {
			some = append(some, p)
		} else {
			others = append(others, p)
		}
	}
	return some, others
}

// spare reads a number by its shapes alone, if they are clear; read is how many numbers taught them.
func (n *session) spare(p *piece, book *shapeBook, read int) bool {
	if !book.allDigits() && read < manyNoughts {
		return false
	}
	p.parts = book.cut(n, p)
	r := book.read(n.sheet.read, p)
	if !plausible(r.Text) || !book.widths.agrees(p, r.Text) {
		return false
	}
	if !strings.Contains(r.Text, ".") && (book.widths.digit == 0 || !book.widths.usual(p)) {
		return false // a point that touches a digit's foot shows in the width only
	}
	nought := r.Text == noughtAmount && r.Confidence >= clearNought && read >= manyNoughts
	if !nought && (r.Confidence < clearNumber || !book.cuts || !book.allDigits()) {
		return false
	}
	p.spared = true
	p.add(r, 1)
	return true
}

// allDigits reports whether the book has enough samples of each digit.
func (b *shapeBook) allDigits() bool {
	known := 0
	for k, c := range b.chars {
		if c >= '0' && c <= '9' && len(b.samples[k]) > neighbours {
			known++
		}
	}
	return known == 10
}
