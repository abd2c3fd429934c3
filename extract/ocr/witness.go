package ocr

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/countybudget/extract/extract/model"
)

// A witness is a recognizer whose weights and training are others than the first one's. What both read alike is sure. It reads
// what is in doubt after the first pass, in place of further passes of the first recognizer: names, headers, titles and units
// that are no known words, and numbers that their shapes do not confirm. On a poor page, one where much is in doubt, it reads
// every number too, and leads. Where the two differ and the witness is sure, its reading is taken. Such a number stays in doubt, with
// both readings for identities to choose from, unless the shapes of its digits confirm it too. A text is taken as it was
// read: names are not preferred, because a witness that is sure of a character saw it.

const (
	sureWitness   = 0.90 // a reading of the witness from this is taken before another one that it does not confirm
	certainText   = 0.95 // a text from this is taken before a known name that was not the first one's most probable reading
	agreed        = 0.98 // of what both read alike
	poorShare     = 0.12 // of the lines of a page are in doubt after the first pass: it is poor
	leastLines    = 10   // a page with fewer lines is not called poor
	witnessWeight = 2    // votes of a text that the witness read
	lowMark       = 2    // an em has fewer heights of the lowest character
	hint          = 0.50 // a reading of the witness from this contradicts another
)

// witness is the second recognizer of a session.
type witness struct {
	open       func() (Recognizer, error)
	recognizer Recognizer // nil before it is needed, and where it cannot be had
	err        error      // why it did not read
}

// get makes the recognizer when it is needed first; nil where there is none.
func (w *witness) get() Recognizer {
	if w.recognizer == nil {
		w.recognizer, w.err = w.open()
	}
	if w.err != nil {
		return nil
	}
	return w.recognizer
}

// close closes the recognizer and tells why it did not read.
func (w *witness) close() error {
	if w.recognizer == nil {
		return w.err
	}
	return errors.Join(w.err, w.recognizer.Close())
}

// runWith reads all segments, with the recognizer that open makes as the witness; open may be nil. It tells why the witness did not
// read.
func (n *session) runWith(open func() (Recognizer, error)) (unwitnessed, err error) {
	if open == nil {
		return nil, n.run()
	}
	n.witness = &witness{open: open}
	err = n.run()
	return n.witness.close(), cmp.Or(err, n.ctx.Err())
}

// attended reports whether there is a witness that has not failed.
func (n *session) attended() bool { return n.witness != nil && n.witness.err == nil }

// consultFirst gives the witness what is in doubt after the first pass.
func (n *session) consultFirst(texts, numbers []*entry) {
	if !n.attended() {
		return
	}
	var some []*entry
	cells := slices.ContainsFunc(n.entries, func(p entry) bool { return p.Cell >= 0 })
	for _, p := range texts {
		if n.inQuestion(p, cells) {
			some = append(some, p)
		}
	}
	if n.damaged = n.poor(texts, numbers); n.damaged {
		some = append(some, numbers...)
	}
	n.consult(some)
}

// inQuestion reports whether the witness is to read a text: one that is in doubt, and one in the place of a name, a header, a title
// or a unit that is none of the known words.
func (n *session) inQuestion(p *entry, cells bool) bool {
	text := p.best.Text
	switch {
	case text == "":
		return p.Cell >= 0 && p.Box.Dy()*10 >= n.em*7
	case p.Cell < 0 && utf8.RuneCountInString(text) > longTitle: // a paragraph
		return false
	case p.best.Confidence < doubtfulText:
		return true
	case n.isKnown(text) || n.known == nil:
		return false
	}
	return cells && utf8.RuneCountInString(text) <= longTitle
}

// poor reports whether much of a page is in doubt after the first pass.
func (n *session) poor(texts, numbers []*entry) bool {
	doubtful := 0
	for _, p := range texts {
		if p.best.Confidence < n.sureFrom(p) {
			doubtful++
		}
	}
	for _, p := range numbers {
		if p.best.Confidence < doubtfulNumber || !plausible(p.best.Text) {
			doubtful++
		}
	}
	all := len(texts) + len(numbers)
	return all >= leastLines && float32(doubtful) >= poorShare*float32(all)
}

// consult gives lines to the witness, those that it has not read yet. Where it fails, they stay as they are.
func (n *session) consult(entries []*entry) {
	var texts, numbers []*entry
	for _, p := range entries {
		switch {
		case p.asked, p.Box.Dy()*lowMark < n.em: // of a speck, a witness makes what it likes
		case p.Number && !hasHan(p.best.Text): // 表5 is mostly digits, too
			numbers = append(numbers, p)
		default:
			texts = append(texts, p)
		}
	}
	if len(texts)+len(numbers) == 0 || !n.attended() {
		return
	}
	r := n.witness.get()
	if r == nil {
		return
	}
	for _, part := range []struct {
		entries []*entry
		pass    pass
		weigh   func(*entry, []model.Reading)
	}{{texts, pass{n.sheet.Read, witnessText, AnyText}, n.hearText}, {numbers, pass{n.sheet.Read, witnessDigits, Numbers}, n.hearNumber}} {
		for some := range slices.Chunk(part.entries, linesAtOnce) {
			found, err := n.read(r, part.pass, some, nil)
			if err != nil {
				n.witness.err = fmt.Errorf("second reading: %w", err)
				return
			}
			for i, p := range some {
				p.asked = true
				part.weigh(p, n.testimony(found[i], part.pass.charset))
			}
		}
	}
}

// hasHan reports whether a text has a Chinese character.
func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// consultAgain has the witness read as texts what turned out to be no numbers.
func (n *session) consultAgain(texts []*entry) {
	for _, p := range texts {
		p.asked = false
	}
	n.consult(texts)
}

// testimony makes readings of what the witness read, the most probable first; of a number, a well-formed one before others.
func (n *session) testimony(found []Candidate, charset Charset) []model.Reading {
	var out []model.Reading
	for _, c := range found {
		r := readingOf(c.Characters, charset)
		if r.Text == "" || len(out) > 0 && c.Share < another {
			continue
		}
		r.Text = n.withCommas(r.Text)
		out = append(out, r)
	}
	if charset == Numbers {
		slices.SortStableFunc(out, func(a, b model.Reading) int {
			switch x, y := plausible(a.Text), plausible(b.Text); {
			case x == y:
				return 0
			case x:
				return -1
			}
			return 1
		})
	}
	return out
}

// hearText weighs what the witness read of a text against what the first recognizer did.
func (n *session) hearText(p *entry, found []model.Reading) {
	found = slices.DeleteFunc(found, func(r model.Reading) bool { return isMark(r.Text) }) // a speck is read as a mark
	if len(found) == 0 {
		return
	}
	first, second := p.best, found[0]
	second.Text = withHead(first.Text, second.Text)
	p.heard = second.Text
	switch known, firstKnown := n.isKnown(second.Text), n.isKnown(first.Text); {
	case folded(first.Text) == folded(second.Text):
		p.best.Confidence = max(first.Confidence, min(agreed, second.Confidence))
		n.vote(p, p.best)
	case first.Confidence >= doubtfulText && otherDigits(first.Text, second.Text): // a year: neither is surer of it
		p.others, p.votes = append(p.others, second), append(p.votes, second.Confidence)
	case first.Text != "" && lostHalf(first.Text, second.Text) && (firstKnown || first.Confidence >= nonsense):
		p.others, p.votes = append(p.others, second), append(p.votes, 0)
	case firstKnown && !known && (first.Confidence > supported || second.Confidence < certainText):
		p.others, p.votes = append(p.others, second), append(p.votes, 0)
	case known || second.Confidence >= sureWitness || second.Confidence >= first.Confidence:
		if second.Confidence >= certainText { // what the first one made of it is no other name for it
			p.others, p.votes = nil, nil
		}
		n.vote(p, second)
		p.best = second
	default:
		p.others, p.votes = append(p.others, second), append(p.votes, second.Confidence)
	}
}

// otherDigits reports whether two texts differ in digits only.
func otherDigits(a, b string) bool {
	masked := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '0'
			}
			return r
		}, s)
	}
	return a != b && masked(a) == masked(b)
}

// lostHalf reports whether a text has at most half of the characters of another one.
func lostHalf(whole, part string) bool {
	return 2*utf8.RuneCountInString(part) <= utf8.RuneCountInString(whole)
}

// vote counts a text that the witness read.
func (n *session) vote(p *entry, r model.Reading) {
	if i := slices.IndexFunc(p.others, func(o model.Reading) bool { return o.Text == r.Text }); i >= 0 {
		p.others[i].Confidence = max(p.others[i].Confidence, r.Confidence)
		p.votes[i] += witnessWeight * r.Confidence
		return
	}
	p.others, p.votes = append(p.others, r), append(p.votes, witnessWeight*r.Confidence)
}

// withHead is a text with the number before its mark as the first recognizer read it, where the witness lost it: a number of one
// stroke, alone at the beginning of a line, is taken for a speck.
func withHead(first, second string) string {
	mark, size := utf8.DecodeRuneInString(second)
	if mark == utf8.RuneError || !isMark(second[:size]) || strings.ContainsRune(openLike+closeLike+"()（）“”\"'", mark) {
		return second
	}
	if at := strings.IndexRune(first, mark); at > 0 && utf8.RuneCountInString(first[:at]) == 1 {
		return first[:at] + second
	}
	return second
}

// folded is a text in which the full-width form of a character is the character.
func folded(s string) string { return norm.NFKC.String(s) }

// hearNumber weighs what the witness read of a number against what the first recognizer did.
func (n *session) hearNumber(p *entry, found []model.Reading) {
	if len(found) == 0 {
		return
	}
	first, second := p.best, found[0]
	p.heard = second.Text
	switch {
	case second.Text == first.Text:
		p.settled = plausible(first.Text) && second.Confidence >= hint
		p.agree(second)
	case !plausible(second.Text):
		return
	case second.Confidence < sureWitness:
		if second.Confidence >= hint {
			p.best.Confidence = min(first.Confidence, outvoted)
		}
		p.note(second)
	case p.agreeButPoint(second):
		p.settled = true
	case slices.ContainsFunc(p.others, func(r model.Reading) bool { return r.Text == second.Text }):
		p.best, p.settled = second, true
		p.agree(second)
	default:
		for i := range p.others {
			p.others[i].Confidence = min(p.others[i].Confidence, outvoted)
		}
		p.take(model.Reading{Text: second.Text, Confidence: outvoted})
	}
}

// confirm makes a number sure that the witness and a recognizer with the first one's weights read alike.
func (p *entry) confirm(text string) {
	if !plausible(text) {
		return
	}
	p.settled = true
	p.best = model.Reading{Text: text, Confidence: max(p.best.Confidence, doubtfulNumber)}
	if i := slices.IndexFunc(p.others, func(o model.Reading) bool { return o.Text == text }); i >= 0 {
		p.others[i].Confidence = p.best.Confidence
		return
	}
	p.others, p.votes = append(p.others, p.best), append(p.votes, 1)
}

// isStroke reports whether a text of the witness is a rest of a rule, which it reads as the number of one stroke.
func (n *session) isStroke(p *entry) bool {
	const flat = 3 // an em has so many heights of a stroke
	return p.asked && !p.Number && utf8.RuneCountInString(p.best.Text) == 1 && p.best.Confidence < doubtfulText && p.Box.Dy()*flat < n.em
}
