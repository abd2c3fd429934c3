package ocr

import (
	"strings"

	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/shape"
)

// Most numbers of a large table need not be recognized: the first numbers, from all over the sheet, teach enough about the
// shapes of the digits to read the others by them. A number is spared only where every one of its characters is beyond doubt
// and all ten digits are known: a digit that is not known could be taken for one that looks like it. The others are
// recognized and teach more.

const (
	lesson     = 48     // numbers recognized before shapes are asked, and before they are asked again
	lessons    = 2      // rounds; then the rest is recognized
	clearZero  = 0.90   // confidence by shapes above which a zero amount is spared before all digits are known
	manyZeros  = 96     // numbers that must have been recognized before that
	zeroAmount = "0.00" // half of the cells of a sparse table
)

// readNumbers reads the numbers, by their shapes where that is safe.
func (n *session) readNumbers(numbers []*entry) error {
	asNumbers := pass{n.sheet.Read, digitSize, Numbers}
	var read []*entry
	for range lessons {
		if len(numbers) < 2*lesson {
			break
		}
		first, others := scattered(numbers, lesson)
		if _, err := n.readAll(first, asNumbers); err != nil {
			return err
		}
		read = append(read, first...)
		book := learn(n.sheet, read)
		numbers = others[:0]
		for _, p := range others {
			if !n.spare(p, book, len(read)) {
				numbers = append(numbers, p)
			}
		}
	}
	_, err := n.readAll(numbers, asNumbers)
	return err
}

// scattered divides entries into a sample of the given number, evenly from all over the sheet, and the others.
func scattered(entries []*entry, most int) (some, others []*entry) {
	for i, p := range entries {
		if i*most%len(entries) < most {
			some = append(some, p)
		} else {
			others = append(others, p)
		}
	}
	return some, others
}

// spare reads a number by its shapes alone, if they are clear; read is how many numbers taught the book.
func (n *session) spare(p *entry, book *shape.Book, read int) bool {
	all := book.AllDigits()
	if !all && read < manyZeros {
		return false
	}
	p.Parts = book.Cut(&p.Segment)
	r := book.Read(&p.Segment)
	if !plausible(r.Text) || !book.Widths.Agrees(&p.Segment, r.Text) {
		return false
	}
	if !strings.Contains(r.Text, ".") && (!book.Widths.Known() || !book.Widths.Usual(&p.Segment)) {
		return false // a point that touches a digit's foot shows in the width only
	}
	zero := r.Text == zeroAmount && r.Confidence >= clearZero && read >= manyZeros
	if !zero && (r.Confidence < shape.ClearNumber || !book.Cuts || !all) {
		return false
	}
	p.byShapes = true
	p.add(r, 1)
	return true
}

// learn takes samples of numbers that were recognized.
func learn(sheet *pix.Sheet, numbers []*entry) *shape.Book {
	samples := make([]shape.Sample, len(numbers))
	for i, p := range numbers {
		samples[i] = shape.Sample{Segment: &p.Segment, Confidence: p.best.Confidence}
		if plausible(p.best.Text) {
			samples[i].Text = p.best.Text
		}
	}
	return shape.Learn(sheet, samples)
}
