package ocr

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
)

// What was read without certainty is read again, at other sizes and from harder edges. A number has two witnesses, the
// engine and the shapes of its digits: where they agree it is sure. Where they do not, the engine reads it again, and what
// the shapes say is taken when they are clear: it is sure if the engine came to it too, else the number stays doubtful.

const (
	doubtfulNumber = 0.90 // a number less sure than this, and not confirmed by its shapes, is read again
	doubtfulText   = 0.86 // a text less sure than this is read again
	doubtfulName   = 0.50 // likewise a known name
	sureName       = 0.95 // a name that is surer, and not nearly a known one, is not
	alike          = 0.80 // two like readings of a text that is not nearly a known name, both surer than this, need no third
	longName       = 24   // characters; texts of cells up to this are names
	clearShapes    = 0.78 // shapes surer than this are a witness
	confirmed      = 0.97 // confidence of a number that both witnesses read alike
	outvoted       = 0.60 // confidence at most of a number that they do not
	shortAmount    = 8    // characters; an amount that was taken for text has no more
)

// way is one way to read a piece.
type way struct {
	r       *raster
	height  int // pixels that a line is scaled to
	numbers bool
}

// again reads a piece in other ways and keeps what comes of it.
func (n *session) again(p *piece, ways ...way) error {
	for _, w := range ways {
		if err := n.ctx.Err(); err != nil {
			return err
		}
		r, err := n.single(w, p)
		if err != nil {
			return err
		}
		n.add(p, r)
	}
	return nil
}

// doubtTexts reads doubtful texts again. What turns out to be a number is read as one.
func (n *session) doubtTexts(texts []*piece) error {
	soft := n.sheet.read
	for _, p := range texts {
		var err error
		switch {
		case mostlyDigits(p.best.Text):
			p.number = true
			err = n.again(p, way{soft, digitHeightRead, true}, way{soft, 22, true})
		case n.doubtful(p):
			err = n.againText(p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// isName reports whether a text has the place and the length of a name.
func (n *session) isName(p *piece) bool {
	return n.known != nil && p.cell >= 0 && utf8.RuneCountInString(p.best.Text) <= longName
}

// mayBeName reports whether a text may be a known name that was misread: other readings may tell which, so all are wanted,
// however sure the first ones are.
func (n *session) mayBeName(p *piece) bool {
	return n.isName(p) && (n.near == nil || n.near(p.best.Text))
}

// againText reads a doubtful text once more, and a third time unless both readings are alike and sure.
func (n *session) againText(p *piece) error {
	soft, first := n.sheet.read, p.best
	second, err := n.single(way{soft, 32, false}, p)
	if err != nil {
		return err
	}
	n.add(p, second)
	if first.Text == second.Text && min(first.Confidence, second.Confidence) >= alike && !n.mayBeName(p) {
		return nil
	}
	return n.again(p, way{soft, 46, false})
}

// doubtful reports whether a text is to be read again.
func (n *session) doubtful(p *piece) bool {
	if n.isKnown(p.best.Text) {
		return p.best.Confidence < doubtfulName
	}
	return p.best.Confidence < doubtfulText || n.isName(p) && (p.best.Confidence < sureName || n.mayBeName(p))
}

// doubtNumbers compares the numbers with their shapes.
func (n *session) doubtNumbers() error {
	var numbers []*piece
	for i := range n.pieces {
		if n.pieces[i].number {
			numbers = append(numbers, &n.pieces[i])
		}
	}
	if err := n.strayNumbers(&numbers); err != nil {
		return err
	}
	numbers = slices.DeleteFunc(numbers, func(p *piece) bool { return p.spared }) // they have no second witness
	book := n.learn(numbers)
	for _, p := range numbers {
		seen := book.read(n.sheet.read, p)
		if seen.Text != p.best.Text && (seen.Confidence < clearShapes || book.known < alphabet || !plausible(seen.Text)) {
			seen = model.Reading{}
		}
		if err := n.settle(p, seen, book); err != nil {
			return err
		}
		p.trim()
		p.number = isNumber(p.best.Text)
		if n.amounts(p) {
			p.recoverPoint(book)
		}
	}
	return nil
}

// trim takes off what specks beside a number were read as.
func (p *piece) trim() {
	if plausible(p.best.Text) {
		return
	}
	if text := strings.Trim(p.best.Text, ".,'"); plausible(text) {
		p.take(model.Reading{Text: text, Confidence: min(p.best.Confidence, outvoted)})
	}
}

// addPoint gives a number the decimal point that its width shows, in a column of amounts.
func (n *session) addPoint(p *piece, book *shapeBook) bool {
	r, ok := book.widths.withPoint(p, p.best.Text)
	if ok = ok && (n.amounts(p) || n.pointless(p, book.widths)); ok {
		p.take(r)
	}
	return ok
}

// strayNumbers adds what stands in a column of amounts and makes no sense as text, or has digits in it.
func (n *session) strayNumbers(numbers *[]*piece) error {
	for i := range n.pieces {
		p := &n.pieces[i]
		text := p.best.Text
		if p.number || p.cell < 0 || p.best.Confidence >= sensible && !strings.ContainsAny(text, "0123456789") ||
			utf8.RuneCountInString(text) > shortAmount || n.isKnown(text) || !n.amountsOnly(p) {
			continue
		}
		r, err := n.single(way{n.sheet.read, digitHeightRead, true}, p)
		if err != nil {
			return err
		}
		if plausible(r.Text) && digitCount(r.Text) > 1 {
			p.number, p.best = true, r
			p.others, p.votes = append(p.others, r), append(p.votes, max(r.Confidence, outvoted))
			*numbers = append(*numbers, p)
		}
	}
	return nil
}

// recoverPoint takes a reading that differs from the best one only by having a decimal point, where its width allows it.
func (p *piece) recoverPoint(book *shapeBook) {
	if strings.Contains(p.best.Text, ".") {
		return
	}
	for _, r := range p.others {
		if strings.Count(r.Text, ".") == 1 && strings.Replace(r.Text, ".", "", 1) == p.best.Text &&
			plausible(r.Text) && book.widths.agrees(p, r.Text) {
			p.take(model.Reading{Text: r.Text, Confidence: min(r.Confidence, clearShapes)})
			return
		}
	}
}

// settle decides what a number says, given what its shapes say.
func (n *session) settle(p *piece, seen model.Reading, book *shapeBook) error {
	if n.addPoint(p, book) {
		return nil
	}
	fits := book.widths.agrees(p, p.best.Text) && (!book.cuts || len(p.parts) == len(p.best.Text))
	if p.agree(seen) || p.agreeButPoint(seen) || seen.Text == "" && p.best.Confidence >= doubtfulNumber && plausible(p.best.Text) && fits {
		return nil
	}
	soft, hard := n.sheet.read, n.sheet.ink
	if seen.Text == "" {
		if text, err := n.asText(p); text || err != nil {
			return err
		}
	}
	if err := n.again(p, way{soft, 34, true}, way{hard, digitHeightRead, true}, way{soft, 22, true}); err != nil {
		return err
	}
	if seen.Text == "" {
		p.preferLength(book)
		n.addPoint(p, book)
		return nil
	}
	if slices.ContainsFunc(p.others, func(r model.Reading) bool { return r.Text == seen.Text }) {
		p.best = seen
		p.agree(seen)
		return nil
	}
	for i := range p.others {
		p.others[i].Confidence = min(p.others[i].Confidence, outvoted)
	}
	p.take(model.Reading{Text: seen.Text, Confidence: outvoted})
	return nil
}

// preferLength takes the surest reading with as many characters as the number has pieces and as wide as it is: the engine
// runs equal digits together. A number without such a reading stays doubtful.
func (p *piece) preferLength(book *shapeBook) {
	fits := func(text string) bool {
		return book.widths.agrees(p, text) && (!book.cuts || len(p.parts) == len(text))
	}
	if fits(p.best.Text) {
		return
	}
	best := -1
	for i, r := range p.others {
		if fits(r.Text) && plausible(r.Text) && (best < 0 || p.votes[i] > p.votes[best]) {
			best = i
		}
	}
	if best >= 0 {
		p.best = p.others[best]
	}
	p.best.Confidence = min(p.best.Confidence, outvoted)
}

// take makes a reading the best one.
func (p *piece) take(r model.Reading) {
	p.best = r
	p.others, p.votes = append(p.others, r), append(p.votes, r.Confidence)
}

// agreeButPoint reports whether a number's best reading and its shapes differ in the decimal point only, and takes the text
// that has it: points are lost, between digits that nearly touch, and not invented.
func (p *piece) agreeButPoint(seen model.Reading) bool {
	if seen.Text == "" || strings.ReplaceAll(seen.Text, ".", "") != strings.ReplaceAll(p.best.Text, ".", "") {
		return false
	}
	for _, r := range []model.Reading{p.best, seen} {
		if strings.Count(r.Text, ".") == 1 && plausible(r.Text) {
			p.take(model.Reading{Text: r.Text, Confidence: doubtfulNumber})
			return true
		}
	}
	return false
}

// asText reads what was taken for a number as text, and takes it for text if it says so.
func (n *session) asText(p *piece) (bool, error) {
	if p.best.Confidence >= doubtfulNumber {
		return false, nil
	}
	r, err := n.single(way{n.sheet.read, textHeightRead, false}, p)
	if err != nil || !strings.ContainsFunc(r.Text, isHan) || utf8.RuneCountInString(r.Text) < 2 || r.Confidence <= p.best.Confidence && !n.isKnown(r.Text) {
		return false, err
	}
	p.number, p.best = false, r
	p.others, p.votes = []model.Reading{r}, []float32{r.Confidence}
	if n.doubtful(p) {
		err = n.againText(p)
	}
	return true, err
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// agree reports whether a number's best reading is what its shapes say, and makes it sure if so.
func (p *piece) agree(seen model.Reading) bool {
	if seen.Text == "" || seen.Text != p.best.Text {
		return false
	}
	p.best.Confidence = max(p.best.Confidence, confirmed)
	for i := range p.others {
		if p.others[i].Text == seen.Text {
			p.others[i].Confidence = p.best.Confidence
		}
	}
	return true
}
