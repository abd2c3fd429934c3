package ocr

import (
	"context"
	"image"
	"slices"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
)

// session is the recognition of one sheet.
type session struct {
	ctx        context.Context
	recognizer Recognizer
	sheet      *pix.Sheet
	em         int // height of the sheet's characters, pixels
	entries    []entry
	columns    segment.Columns
	known      func(string) bool     // may be nil
	near       func(string) []string // may be nil
	witness    *witness              // may be nil
	damaged    bool                  // much of the page is in doubt after the first pass
	commas     bool                  // numbers have commas between groups, and no decimals
}

// newSession cuts a sheet into segments.
func newSession(ctx context.Context, r Recognizer, s *pix.Sheet, rules []segment.Rule, cells []image.Rectangle) *session {
	n := &session{ctx: ctx, recognizer: r, sheet: s, em: segment.Em(s)}
	segments, columns := segment.Cut(s, rules, cells)
	n.columns = columns
	n.entries = make([]entry, len(segments))
	for i, p := range segments {
		n.entries[i].Segment = p
		if p.Text != "" {
			n.entries[i].best = model.Reading{Text: p.Text, Confidence: 1}
		}
	}
	return n
}

// run reads all segments.
func (n *session) run() error {
	var numbers, texts []*entry
	for i := range n.entries {
		switch p := &n.entries[i]; {
		case p.Text != "": // known without reading
		case p.Number:
			numbers = append(numbers, p)
		default:
			texts = append(texts, p)
		}
	}
	if _, err := n.readAll(texts, pass{n.sheet.Read, textSize, AnyText}); err != nil {
		return err
	}
	if err := n.readNumbers(numbers); err != nil {
		return err
	}
	n.regroup(numbers)
	n.consultFirst(texts, numbers)
	if err := n.doubtTexts(texts); err != nil {
		return err
	}
	if err := n.doubtNumbers(); err != nil {
		return err
	}
	if n.damaged {
		n.doubtPoints()
	}
	if err := n.readTargets(); err != nil {
		return err
	}
	n.dropNoise()
	return nil
}

// dropNoise drops what specks and remains of rules were read as.
func (n *session) dropNoise() {
	const unsure = 0.3
	for i := range n.entries {
		if p := &n.entries[i]; p.best.Confidence < unsure && p.Box.Dy()*10 < n.em*7 && p.Box.Dx() < 4*n.em || n.isStroke(p) {
			p.best.Text = ""
		}
	}
}

// readAll reads segments in one pass and counts the readings. It returns the first reading of each.
func (n *session) readAll(entries []*entry, w pass) ([]model.Reading, error) {
	said := make([]model.Reading, 0, len(entries))
	for part := range slices.Chunk(entries, linesAtOnce) {
		all, err := n.readings(w, part)
		if err != nil {
			return nil, err
		}
		for i, found := range all {
			n.count(part[i], found)
			said = append(said, firstOf(found))
		}
	}
	return said, nil
}

// firsts reads segments in one pass without counting the readings. It returns the first reading of each.
func (n *session) firsts(w pass, entries []*entry) ([]model.Reading, error) {
	all, err := n.readings(w, entries)
	if err != nil {
		return nil, err
	}
	out := make([]model.Reading, len(entries))
	for i, found := range all {
		out[i] = firstOf(found)
	}
	return out, nil
}

// firstOf is the first reading, the empty one where there is none.
func firstOf(found []model.Reading) model.Reading {
	if len(found) == 0 {
		return model.Reading{}
	}
	return found[0]
}

// readings reads segments in one pass: for each, the reading that is believed and then the others.
func (n *session) readings(w pass, entries []*entry) ([][]model.Reading, error) {
	if err := n.ctx.Err(); err != nil {
		return nil, err
	}
	found, err := n.read(n.recognizer, w, entries, n.suggest(w))
	if err != nil {
		return nil, err
	}
	out := make([][]model.Reading, len(entries))
	for i := range found {
		out[i] = n.weigh(found[i], w.charset)
		for k := range out[i] {
			out[i][k].Text = n.withCommas(out[i][k].Text)
		}
	}
	return out, nil
}

// read has a recognizer read segments in one pass.
func (n *session) read(r Recognizer, w pass, entries []*entry, suggest Suggest) ([][]Candidate, error) {
	height := r.LineHeight(w.charset)
	lines := make([]Line, len(entries))
	for i, p := range entries {
		lines[i] = lineOf(w, p, n.em, height)
	}
	return recognize(n.ctx, r, lines, w.charset, suggest)
}

// suggest proposes the known names that a text may be; nil where none are known.
func (n *session) suggest(w pass) Suggest {
	if w.charset == Numbers || n.near == nil {
		return nil
	}
	return func(_ int, text string) []string {
		text = tidy(text)
		if utf8.RuneCountInString(text) > longTitle || n.isKnown(text) {
			return nil
		}
		return n.near(text)
	}
}

// isKnown reports whether a text is a known name.
func (n *session) isKnown(s string) bool { return n.known != nil && n.known(s) }
