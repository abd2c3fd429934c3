package ocr

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// What is in doubt when all passes are done, and the witness has read, is read by a further recognizer too, where the caller has
// one. Its readings of a text vote with the others; those of a number are kept beside them, for identities to choose from: what the
// number is believed to say was settled with the shapes of its digits, which that recognizer does not see.

// mostSecond is how many lines of a page a second recognizer reads, the most doubtful first: it may take 40 ms for one.
const mostSecond = 64

// mostThird is how many it reads of a page that a witness has read.
const mostThird = 16

// readDoubts gives what is in doubt to the recognizer that second makes, if there is any.
func (n *session) readDoubts(second func() (Recognizer, error)) (err error) {
	texts, numbers := n.doubts()
	if len(texts)+len(numbers) == 0 {
		return nil
	}
	r, err := second()
	if err != nil {
		return err
	}
	first := n.recognizer
	n.recognizer = r
	defer func() {
		n.recognizer = first
		err = errors.Join(err, r.Close())
	}()
	if _, err := n.readAll(texts, pass{n.sheet.Read, textSize, AnyText}); err != nil {
		return fmt.Errorf("second reading: %w", err)
	}
	found, err := n.firsts(pass{n.sheet.Read, digitSize, Numbers}, numbers)
	if err != nil {
		return fmt.Errorf("second reading: %w", err)
	}
	for i, r := range found {
		if p := numbers[i]; p.asked && p.heard != "" && r.Text == p.heard {
			p.confirm(r.Text)
		} else {
			p.note(r)
		}
	}
	return nil
}

// doubts are the segments that are still in doubt.
func (n *session) doubts() (texts, numbers []*entry) {
	var all []*entry
	for i := range n.entries {
		p := &n.entries[i]
		if p.asked && p.heard == "" { // the witness saw nothing there
			continue
		}
		if p.Text == "" && p.best.Text != "" && p.best.Confidence < n.sureFrom(p) {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b *entry) int { return cmp.Compare(a.best.Confidence, b.best.Confidence) })
	most := mostSecond
	if n.attended() {
		most = mostThird
	}
	for _, p := range all[:min(len(all), most)] {
		if p.Number {
			numbers = append(numbers, p)
		} else {
			texts = append(texts, p)
		}
	}
	return texts, numbers
}

// sureFrom is the confidence from which a segment is not in doubt.
func (n *session) sureFrom(p *entry) float32 {
	switch {
	case p.Number:
		return doubtfulNumber
	case n.isKnown(p.best.Text):
		return doubtfulName
	}
	return doubtfulText
}

// note keeps a well-formed reading of a number beside the others, without a vote.
func (p *entry) note(r model.Reading) {
	if !plausible(r.Text) || slices.ContainsFunc(p.others, func(o model.Reading) bool { return o.Text == r.Text }) {
		return
	}
	r.Confidence = min(r.Confidence, outvoted)
	p.others, p.votes = append(p.others, r), append(p.votes, 0)
}
