package ocr

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr/shape"
)

// Uncertain readings are read again, at other sizes and from harder edges. A number has two witnesses, the recognizer and the
// shapes of its digits. Where they agree, the number is sure. Where they differ, it is recognized again; a clear reading by
// shapes is taken, and is sure if the recognizer read the same in one of the passes, else the number stays doubtful.

// Confidences, unless said otherwise.
const (
	doubtfulNumber = 0.90 // a number below this that its shapes do not confirm is read again
	nearlySure     = 0.89 // at most, of a number that is well-formed but not the most probable reading
	doubtfulText   = 0.86 // a text below this is read again
	doubtfulName   = 0.50 // so is a known name below this
	sureName       = 0.95 // and a text of a cell below this
	nonsense       = 0.55 // a text below this may be none
	supported      = 0.75 // at most, of a name that is known but not the most probable reading
	another        = 0.20 // the share (see Candidate) from which a second reading is kept
	alike          = 0.80 // two equal readings of a text that is no near miss of a known name, both above this, need no third
	longName       = 24   // characters; texts of cells up to this length are names
	longTitle      = 40   // characters; lines up to this length are titles
	confirmed      = 0.97 // of a number that both witnesses read alike
	outvoted       = 0.60 // at most, of a number that they read differently
	shortAmount    = 8    // characters; an amount that was taken for text has no more
)

// again reads segments in further passes.
func (n *session) again(pieces []*entry, passes ...pass) error {
	for _, w := range passes {
		if _, err := n.readAll(pieces, w); err != nil {
			return err
		}
	}
	return nil
}

// doubtTexts reads doubtful texts again. A text that turns out to be a number is read as one.
func (n *session) doubtTexts(texts []*entry) error {
	var numbers, doubtful []*entry
	for _, p := range texts {
		switch {
		case mostlyDigits(p.best.Text):
			p.Number, p.asked = true, false
			numbers = append(numbers, p)
		case p.asked: // two have read it
		case n.doubtful(p):
			doubtful = append(doubtful, p)
		}
	}
	soft := n.sheet.Read
	if err := n.again(numbers, pass{soft, digitSize, Numbers}, pass{soft, smallDigits, Numbers}); err != nil {
		return err
	}
	return n.againTexts(doubtful)
}

// isName reports whether a text has the place and the length of a name.
func (n *session) isName(p *entry) bool {
	return n.known != nil && p.Cell >= 0 && utf8.RuneCountInString(p.best.Text) <= longName
}

// mayBeName reports whether a text may be a misread known name. Other readings may tell which, so such a text gets all passes,
// however sure the first ones are.
func (n *session) mayBeName(p *entry) bool {
	return n.isName(p) && (n.near == nil || len(n.near(p.best.Text)) > 0)
}

// againTexts reads doubtful texts a second time, and a third time unless the two readings are equal and sure.
func (n *session) againTexts(texts []*entry) error {
	firsts := bests(texts)
	seconds, err := n.readAll(texts, pass{n.sheet.Read, smallText, AnyText})
	if err != nil {
		return err
	}
	var open []*entry
	for i, p := range texts {
		if seconds[i].Text != firsts[i].Text || min(seconds[i].Confidence, firsts[i].Confidence) < alike || n.mayBeName(p) {
			open = append(open, p)
		}
	}
	return n.again(open, pass{n.sheet.Read, largeText, AnyText})
}

// bests are the best readings of segments as they are now.
func bests(pieces []*entry) []model.Reading {
	out := make([]model.Reading, len(pieces))
	for i, p := range pieces {
		out[i] = p.best
	}
	return out
}

// doubtful reports whether a text is to be read again.
func (n *session) doubtful(p *entry) bool {
	if n.isKnown(p.best.Text) {
		return p.best.Confidence < doubtfulName
	}
	return p.best.Confidence < doubtfulText || n.isName(p) && (p.best.Confidence < sureName || n.mayBeName(p))
}

// doubtNumbers compares the readings of numbers with their shapes.
func (n *session) doubtNumbers() error {
	if err := n.strayNumbers(); err != nil {
		return err
	}
	var numbers []*entry
	for i := range n.entries {
		if p := &n.entries[i]; p.Number && !p.byShapes { // these have only one witness
			numbers = append(numbers, p)
		}
	}
	book := learn(n.sheet, numbers)
	if err := n.settle(numbers, book); err != nil {
		return err
	}
	var none []*entry
	for _, p := range numbers {
		p.trim()
		if p.Number = isNumber(p.best.Text); !p.Number && p.best.Text != "" {
			none = append(none, p)
		}
		if n.amounts(p) {
			p.recoverPoint(book)
		}
	}
	n.consultAgain(none)
	return nil
}

// trim removes what specks beside a number were read as.
func (p *entry) trim() {
	if plausible(p.best.Text) {
		return
	}
	if text := strings.Trim(p.best.Text, ".,'"); plausible(text) {
		p.take(model.Reading{Text: text, Confidence: min(p.best.Confidence, outvoted)})
	}
}

// addPoint gives a number the decimal point that its width shows, in a column of amounts.
func (n *session) addPoint(p *entry, book *shape.Book) bool {
	r, ok := book.Widths.WithPoint(&p.Segment, p.best.Text)
	if ok = ok && (n.amounts(p) || n.lostAllPoints(p, book.Widths)); ok {
		p.take(r)
	}
	return ok
}

// strayNumbers reads as a number what stands in a column of amounts and makes no sense as text, or has digits in it.
func (n *session) strayNumbers() error {
	var strays []*entry
	for i := range n.entries {
		p := &n.entries[i]
		text := p.best.Text
		if p.Number || p.Cell < 0 || p.best.Confidence >= nonsense && !strings.ContainsAny(text, "0123456789") ||
			utf8.RuneCountInString(text) > shortAmount || n.isKnown(text) || !n.amountsOnly(p) {
			continue
		}
		strays = append(strays, p)
	}
	firsts, err := n.firsts(pass{n.sheet.Read, digitSize, Numbers}, strays)
	for i, r := range firsts {
		if p := strays[i]; plausible(r.Text) && shape.Digits(r.Text) > 1 {
			p.Number, p.best = true, r
			p.others, p.votes = append(p.others, r), append(p.votes, max(r.Confidence, outvoted))
		}
	}
	return err
}

// recoverPoint takes a reading that differs from the best one only by a decimal point, where its width allows it.
func (p *entry) recoverPoint(book *shape.Book) {
	if strings.Contains(p.best.Text, ".") {
		return
	}
	for _, r := range p.others {
		if strings.Count(r.Text, ".") == 1 && strings.Replace(r.Text, ".", "", 1) == p.best.Text &&
			plausible(r.Text) && book.Widths.Agrees(&p.Segment, r.Text) {
			p.take(model.Reading{Text: r.Text, Confidence: min(r.Confidence, shape.Witness)})
			return
		}
	}
}

// settle decides what numbers say, given the readings by their shapes.
func (n *session) settle(numbers []*entry, book *shape.Book) error {
	var unseen, open, alone []*entry
	shapes := map[*entry]model.Reading{}
	for _, p := range numbers {
		if p.settled {
			continue
		}
		seen := book.Read(&p.Segment)
		seen.Text = n.withCommas(seen.Text)
		if seen.Text != p.best.Text && (seen.Confidence < shape.Witness || !book.MayContradict() || !plausible(seen.Text)) {
			seen = model.Reading{}
		}
		switch {
		case n.addPoint(p, book) || p.agree(seen) || p.agreeButPoint(seen):
		case seen.Text != "":
			shapes[p] = seen
			open = append(open, p)
		case p.best.Confidence < doubtfulNumber || len(p.Parts) > len(p.best.Text) || p.towers(): // 2024年 without its 年, 8000元 as 80007
			unseen = append(unseen, p)
		case !plausible(p.best.Text) || !book.Fits(&p.Segment, p.best.Text):
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
	numbers, err = n.asTexts(n.testify(unseen, shapes))
	if err != nil {
		return err
	}
	open = append(open, numbers...)
	open = n.testify(open, shapes)
	soft, hard := n.sheet.Read, n.sheet.Ink
	unasked := slices.DeleteFunc(slices.Clone(open), func(p *entry) bool { return p.asked })
	if err := n.again(unasked, pass{soft, largeDigits, Numbers}, pass{hard, digitSize, Numbers}, pass{soft, smallDigits, Numbers}); err != nil {
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

// testify has the witness read numbers in doubt, and returns those of which it cannot tell more.
func (n *session) testify(numbers []*entry, shapes map[*entry]model.Reading) (rest []*entry) {
	if !n.attended() {
		return numbers
	}
	n.consult(numbers)
	for _, p := range numbers {
		if p.settled || p.agree(shapes[p]) || p.asked && p.heard == p.best.Text {
			continue
		}
		rest = append(rest, p)
	}
	return rest
}

// towers reports whether the last part of a number is higher than its first ones, as a unit after digits is.
func (p *entry) towers() bool {
	n := len(p.Parts)
	if n < 3 {
		return false
	}
	last := p.Parts[n-1].Dy()
	return last*4 >= p.Parts[0].Dy()*5 && last*4 >= p.Parts[1].Dy()*5 && !strings.HasSuffix(p.best.Text, ")")
}

// twice reads numbers without a second witness once more, and returns those that are then read differently.
func (n *session) twice(numbers []*entry) (differ []*entry, err error) {
	firsts := bests(numbers)
	seconds, err := n.readAll(numbers, pass{n.sheet.Read, smallDigits, Numbers})
	for i, r := range seconds {
		if r.Text != firsts[i].Text {
			differ = append(differ, numbers[i])
		}
	}
	return differ, err
}

// believe takes the reading by a number's shapes. It is sure if the recognizer read the same in one of the passes.
func (p *entry) believe(seen model.Reading) {
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

// preferLength takes the surest well-formed reading that has the number's width and as many characters as it has parts, because
// recognition sometimes reads equal digits as one. A number without such a reading stays doubtful.
func (p *entry) preferLength(book *shape.Book) {
	if book.Fits(&p.Segment, p.best.Text) {
		return
	}
	best := -1
	for i, r := range p.others {
		if book.Fits(&p.Segment, r.Text) && plausible(r.Text) && (best < 0 || p.votes[i] > p.votes[best]) {
			best = i
		}
	}
	if best >= 0 {
		p.best = p.others[best]
	}
	p.best.Confidence = min(p.best.Confidence, outvoted)
}

// agreeButPoint reports whether a number's best reading and the one by its shapes differ in the decimal point only, and takes
// the one that has it: points between digits that nearly touch are lost, but none are invented.
func (p *entry) agreeButPoint(seen model.Reading) bool {
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

// asTexts reads supposed numbers as text. It makes texts of those that are and returns the others.
func (n *session) asTexts(numbers []*entry) (rest []*entry, err error) {
	var doubtful []*entry
	firsts, err := n.firsts(pass{n.sheet.Read, textSize, AnyText}, numbers)
	if err != nil {
		return nil, err
	}
	for i, r := range firsts {
		p := numbers[i]
		known := n.isKnown(r.Text)
		if !strings.ContainsFunc(r.Text, isHan) || utf8.RuneCountInString(r.Text) < 2 || r.Confidence <= p.best.Confidence && !known ||
			!known && strings.Contains(p.best.Text, ".") && plausible(p.best.Text) && n.amountsOnly(p) {
			rest = append(rest, p)
			continue
		}
		p.Number, p.best = false, r
		p.others, p.votes = []model.Reading{r}, []float32{r.Confidence}
		if n.doubtful(p) {
			doubtful = append(doubtful, p)
		}
	}
	return rest, n.againTexts(doubtful)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// agree reports whether a number's best reading equals the one by its shapes, and makes it sure if so.
func (p *entry) agree(seen model.Reading) bool {
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
