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
	nearlySure     = 0.89 // confidence at most of a number that is not the most probable reading, but made as numbers are
	doubtfulText   = 0.86 // a text less sure than this is read again
	doubtfulName   = 0.50 // likewise a known name
	sureName       = 0.95 // a name that is surer, and not nearly a known one, is not
	nonsense       = 0.55 // a text less sure than this may be none
	supported      = 0.75 // confidence at most of a name that is not the most probable reading, but known
	another        = 0.20 // a reading this probable, of the most probable one's probability, counts too
	alike          = 0.80 // two like readings of a text that is not nearly a known name, both surer than this, need no third
	longName       = 24   // characters; texts of cells up to this are names
	longTitle      = 40   // and lines up to this titles
	clearShapes    = 0.78 // shapes surer than this are a witness
	confirmed      = 0.97 // confidence of a number that both witnesses read alike
	outvoted       = 0.60 // confidence at most of a number that they do not
	shortAmount    = 8    // characters; an amount that was taken for text has no more
)

// way is one way to read a piece.
type way struct {
	r       *raster
	size    size
	numbers bool
}

// again reads pieces in other ways and keeps what comes of it.
func (n *session) again(pieces []*piece, ways ...way) error {
	for _, w := range ways {
		if _, err := n.readAll(pieces, w); err != nil {
			return err
		}
	}
	return nil
}

// doubtTexts reads doubtful texts again. What turns out to be a number is read as one.
func (n *session) doubtTexts(texts []*piece) error {
	var numbers, doubtful []*piece
	for _, p := range texts {
		switch {
		case mostlyDigits(p.best.Text):
			p.number = true
			numbers = append(numbers, p)
		case n.doubtful(p):
			doubtful = append(doubtful, p)
		}
	}
	soft := n.sheet.read
	if err := n.again(numbers, way{soft, digitSize, true}, way{soft, smallDigits, true}); err != nil {
		return err
	}
	return n.againTexts(doubtful)
}

// isName reports whether a text has the place and the length of a name.
func (n *session) isName(p *piece) bool {
	return n.known != nil && p.cell >= 0 && utf8.RuneCountInString(p.best.Text) <= longName
}

// mayBeName reports whether a text may be a known name that was misread: other readings may tell which, so all are wanted,
// however sure the first ones are.
func (n *session) mayBeName(p *piece) bool {
	return n.isName(p) && (n.near == nil || len(n.near(p.best.Text)) > 0)
}

// againTexts reads doubtful texts once more, and a third time those of which the two readings are not alike and sure.
func (n *session) againTexts(texts []*piece) error {
	firsts := bests(texts)
	seconds, err := n.readAll(texts, way{n.sheet.read, smallText, false})
	if err != nil {
		return err
	}
	var open []*piece
	for i, p := range texts {
		if seconds[i].Text != firsts[i].Text || min(seconds[i].Confidence, firsts[i].Confidence) < alike || n.mayBeName(p) {
			open = append(open, p)
		}
	}
	return n.again(open, way{n.sheet.read, largeText, false})
}

// bests are the best readings of pieces as they are now.
func bests(pieces []*piece) []model.Reading {
	out := make([]model.Reading, len(pieces))
	for i, p := range pieces {
		out[i] = p.best
	}
	return out
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
	if err := n.strayNumbers(); err != nil {
		return err
	}
	var numbers []*piece
	for i := range n.pieces {
		if p := &n.pieces[i]; p.number && !p.spared { // those have no second witness
			numbers = append(numbers, p)
		}
	}
	book := n.learn(numbers)
	if err := n.settle(numbers, book); err != nil {
		return err
	}
	for _, p := range numbers {
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

// strayNumbers finds what stands in a column of amounts and makes no sense as text, or has digits in it, and reads it as a
// number.
func (n *session) strayNumbers() error {
	var strays []*piece
	for i := range n.pieces {
		p := &n.pieces[i]
		text := p.best.Text
		if p.number || p.cell < 0 || p.best.Confidence >= nonsense && !strings.ContainsAny(text, "0123456789") ||
			utf8.RuneCountInString(text) > shortAmount || n.isKnown(text) || !n.amountsOnly(p) {
			continue
		}
		strays = append(strays, p)
	}
	for i, r := range n.firsts(way{n.sheet.read, digitSize, true}, strays) {
		if p := strays[i]; plausible(r.Text) && digitCount(r.Text) > 1 {
			p.number, p.best = true, r
			p.others, p.votes = append(p.others, r), append(p.votes, max(r.Confidence, outvoted))
		}
	}
	return n.ctx.Err()
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

// settle decides what numbers say, given what their shapes say.
func (n *session) settle(numbers []*piece, book *shapeBook) error {
	var unseen, open, alone []*piece
	shapes := map[*piece]model.Reading{}
	for _, p := range numbers {
		seen := book.read(n.sheet.read, p)
		if seen.Text != p.best.Text && (seen.Confidence < clearShapes || book.known < alphabet || !plausible(seen.Text)) {
			seen = model.Reading{}
		}
		switch {
		case n.addPoint(p, book) || p.agree(seen) || p.agreeButPoint(seen):
		case seen.Text != "":
			shapes[p] = seen
			open = append(open, p)
		case p.best.Confidence < doubtfulNumber || len(p.parts) > len(p.best.Text) || p.towers(): // 2024年 without its 年, 8000元 as 80007
			unseen = append(unseen, p)
		case !plausible(p.best.Text) || !book.fits(p, p.best.Text):
			open = append(open, p)
		default:
			alone = append(alone, p)
		}
	}
	differ, err := n.twice(alone)
	if err != nil {
		return err
	}
	open = append(open, differ...)
	numbers, err = n.asTexts(unseen)
	if err != nil {
		return err
	}
	open = append(open, numbers...)
	soft, hard := n.sheet.read, n.sheet.ink
	if err := n.again(open, way{soft, largeDigits, true}, way{hard, digitSize, true}, way{soft, smallDigits, true}); err != nil {
		return err
	}
	for _, p := range open {
		if seen, ok := shapes[p]; ok {
			p.believe(seen)
		} else {
			p.preferLength(book)
			n.addPoint(p, book)
		}
	}
	return nil
}

// towers reports whether the last part of a number is higher than its first ones, as a unit is behind digits.
func (p *piece) towers() bool {
	n := len(p.parts)
	if n < 3 {
		return false
	}
	last := p.parts[n-1].Dy()
	return last*4 >= p.parts[0].Dy()*5 && last*4 >= p.parts[1].Dy()*5 && !strings.HasSuffix(p.best.Text, ")")
}

// twice reads numbers that only the engine has read once more, and returns those that then read otherwise.
func (n *session) twice(numbers []*piece) (differ []*piece, err error) {
	firsts := bests(numbers)
	seconds, err := n.readAll(numbers, way{n.sheet.read, smallDigits, true})
	for i, r := range seconds {
		if r.Text != firsts[i].Text {
			differ = append(differ, numbers[i])
		}
	}
	return differ, err
}

// believe takes what the shapes of a number say. It is sure if the engine came to it too.
func (p *piece) believe(seen model.Reading) {
	if slices.ContainsFunc(p.others, func(r model.Reading) bool { return r.Text == seen.Text }) {
		p.best = seen
		p.agree(seen)
		return
	}
	for i := range p.others {
		p.others[i].Confidence = min(p.others[i].Confidence, outvoted)
	}
	p.take(model.Reading{Text: seen.Text, Confidence: outvoted})
}

// fits reports whether a text has as many characters as a number has pieces, and is as wide as it. A decimal point that
// touches a digit is no piece of its own.
func (b *shapeBook) fits(p *piece, text string) bool {
	n := len(text) - len(p.parts)
	return b.widths.agrees(p, text) && (!b.cuts || n == 0 || n == 1 && strings.Count(text, ".") == 1)
}

// preferLength takes the surest reading with as many characters as the number has pieces and as wide as it is: the engine
// runs equal digits together. A number without such a reading stays doubtful.
func (p *piece) preferLength(book *shapeBook) {
	if book.fits(p, p.best.Text) {
		return
	}
	best := -1
	for i, r := range p.others {
		if book.fits(p, r.Text) && plausible(r.Text) && (best < 0 || p.votes[i] > p.votes[best]) {
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

// asTexts reads what was taken for numbers as text, takes it for text if it says so, and returns the rest.
func (n *session) asTexts(numbers []*piece) (rest []*piece, err error) {
	var doubtful []*piece
	for i, r := range n.firsts(way{n.sheet.read, textSize, false}, numbers) {
		p := numbers[i]
		known := n.isKnown(r.Text)
		if !strings.ContainsFunc(r.Text, isHan) || utf8.RuneCountInString(r.Text) < 2 || r.Confidence <= p.best.Confidence && !known ||
			!known && strings.Contains(p.best.Text, ".") && plausible(p.best.Text) && n.amountsOnly(p) {
			rest = append(rest, p)
			continue
		}
		p.number, p.best = false, r
		p.others, p.votes = []model.Reading{r}, []float32{r.Confidence}
		if n.doubtful(p) {
			doubtful = append(doubtful, p)
		}
	}
	return rest, n.againTexts(doubtful)
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
