package ocr

import (
	"context"
	"image"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// A reading session is one sheet with an engine.

type session struct {
	ctx     context.Context
	engine  *Engine
	sheet   *Sheet
	em      int
	pieces  []piece
	columns columns
	known   func(string) bool     // may be nil
	near    func(string) []string // may be nil
}

// newSession takes the lines out of the sheet and cuts the rest into pieces, cell by cell, then outside the cells.
func newSession(ctx context.Context, e *Engine, s *Sheet, lines []Line, cells []image.Rectangle) *session {
	n := &session{ctx: ctx, engine: e, sheet: s, columns: columnsOf(cells)}
	n.em = max(8, s.textHeight())
	s.erase(lines)
	whole := image.Rect(0, 0, s.Width, s.Height)
	c := &cutter{s.ink, n.em, gapDark}
	for i, b := range cells {
		n.pieces = append(n.pieces, c.pieces(b.Inset(1).Intersect(whole), i)...)
	}
	outside := s.ink.crop(whole)
	for _, b := range cells {
		outside.fill(b.Inset(-1), 255)
	}
	c.r = outside
	n.pieces = append(n.pieces, c.pieces(whole, -1)...)
	n.markNumbers()
	return n
}

// run reads all pieces.
func (n *session) run() error {
	var numbers, texts []*piece
	for i := range n.pieces {
		switch p := &n.pieces[i]; {
		case p.best.Text != "": // a row of dots
		case p.number:
			numbers = append(numbers, p)
		default:
			texts = append(texts, p)
		}
	}
	if _, err := n.readAll(texts, way{n.sheet.read, textSize, false}); err != nil {
		return err
	}
	if err := n.readNumbers(numbers); err != nil {
		return err
	}
	if err := n.doubtTexts(texts); err != nil {
		return err
	}
	if err := n.doubtNumbers(); err != nil {
		return err
	}
	n.readTargets()
	n.dropNoise()
	return nil
}

// dropNoise forgets what the engine made of specks and of remains of lines.
func (n *session) dropNoise() {
	const unsure = 0.3
	for i := range n.pieces {
		if p := &n.pieces[i]; p.best.Confidence < unsure && p.box.Dy()*10 < n.em*7 && p.box.Dx() < 4*n.em {
			p.best.Text = ""
		}
	}
}

// readAll reads pieces in one way, many at a time, counts what they may say and returns what each says.
func (n *session) readAll(pieces []*piece, w way) ([]model.Reading, error) {
	said := make([]model.Reading, 0, len(pieces))
	for part := range slices.Chunk(pieces, linesAtOnce) {
		if err := n.ctx.Err(); err != nil {
			return nil, err
		}
		for i, found := range n.readings(w, part) {
			n.add(part[i], found)
			said = append(said, firstOf(found))
		}
	}
	return said, nil
}

// firstOf is what a piece says, of what it may say.
func firstOf(found []model.Reading) model.Reading {
	if len(found) == 0 {
		return model.Reading{}
	}
	return found[0]
}

// readings reads pieces in one way: what each may say, first what it says.
func (n *session) readings(w way, pieces []*piece) [][]model.Reading {
	height := n.engine.height(w.numbers)
	lines := make([]picture, len(pieces))
	for i, p := range pieces {
		lines[i] = lineOf(w, p, n.em, height)
	}
	out := make([][]model.Reading, len(pieces))
	for i, found := range n.engine.read(lines, w.numbers, n.suggest(w)) {
		out[i] = n.weigh(found, w.numbers)
	}
	return out
}

// suggest gives the known names that a text may be, nil where there are none.
func (n *session) suggest(w way) func(line int, text string) []string {
	if w.numbers || n.near == nil {
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

// firsts reads pieces in one way without counting it: what each says.
func (n *session) firsts(w way, pieces []*piece) []model.Reading {
	out := make([]model.Reading, len(pieces))
	for i, found := range n.readings(w, pieces) {
		out[i] = firstOf(found)
	}
	return out
}

// weigh is the readings of what a line may say. The most probable one comes first, or another that makes sense, as a known
// name or as a number, if the first does not and the other is probable enough.
func (n *session) weigh(found []candidate, numbers bool) []model.Reading {
	var out []model.Reading
	var shares []float32
	for _, c := range found {
		r := joined(c.letters, numbers)
		if r.Text == "" {
			continue
		}
		if i := slices.IndexFunc(out, func(o model.Reading) bool { return o.Text == r.Text }); i >= 0 {
			shares[i] += c.share
			continue
		}
		out, shares = append(out, r), append(shares, c.share)
	}
	if len(out) == 0 {
		return nil
	}
	first := 0
	if !n.makesSense(out[0], numbers) {
		for i := 1; i < len(out); i++ {
			if shares[i] >= least(out[i], numbers) && (first == 0 || shares[i] > shares[first]) && n.makesSense(out[i], numbers) {
				first = i
			}
		}
	}
	said := []model.Reading{out[first]}
	if numbers {
		if first > 0 {
			said[0].Confidence = min(said[0].Confidence, nearlySure)
		}
		return said
	}
	if first > 0 {
		said[0].Confidence = min(out[0].Confidence, supported)
	}
	for i, r := range out {
		if i != first && shares[i] >= another*shares[0] {
			r.Confidence *= min(1, shares[i]/shares[first])
			said = append(said, r)
		}
	}
	return said
}

// makesSense reports whether a reading is made as numbers are, or is a known name.
func (n *session) makesSense(r model.Reading, numbers bool) bool {
	if numbers {
		return plausible(r.Text)
	}
	return n.isKnown(r.Text)
}

// least is how probable a reading that makes sense must be, of the probability of one that does not, to be believed. That a
// text differs from a known name in a character and is none is the less likely the longer the name is.
func least(r model.Reading, number bool) float32 {
	if number {
		return 0.1
	}
	switch n := utf8.RuneCountInString(r.Text); {
	case n < 2:
		return 0.1
	case n < 4:
		return 0.01
	case n < 6:
		return 1e-6
	}
	return 1e-8
}

// add counts a reading of a piece, a known name twice.
func (n *session) add(p *piece, found []model.Reading) {
	for _, r := range found {
		weight := float32(1)
		if !p.number && n.isKnown(r.Text) {
			weight = 2
		}
		p.add(r, weight)
	}
}

// isKnown reports whether a text is a known name.
func (n *session) isKnown(s string) bool { return n.known != nil && n.known(s) }

// add counts a reading and takes the one with most votes for the best; a number must be made as numbers are.
func (p *piece) add(r model.Reading, weight float32) {
	if r.Text == "" {
		return
	}
	i := slices.IndexFunc(p.others, func(o model.Reading) bool { return o.Text == r.Text })
	if i < 0 {
		i = len(p.others)
		p.others = append(p.others, r)
		p.votes = append(p.votes, 0)
	}
	p.votes[i] += max(r.Confidence, 0.05) * weight // the engine is often right where it is not sure at all
	p.others[i].Confidence = max(p.others[i].Confidence, r.Confidence)
	most, all := float32(-1), float32(0)
	for i, v := range p.votes {
		switch {
		case p.number && !plausible(p.others[i].Text):
			v /= 100
		case p.number:
			v += p.pointless(i)
		}
		all += v
		if v > most {
			most = v
			p.best = p.others[i]
		}
	}
	if p.number && all > 0 {
		p.best.Confidence *= most / all
	}
}

// pointless is the votes of the readings that only lack the decimal point of reading i: points are lost between digits that
// nearly touch, and not invented.
func (p *piece) pointless(i int) float32 {
	text := p.others[i].Text
	digits := strings.ReplaceAll(text, ".", "")
	if digits == text {
		return 0
	}
	sum := float32(0)
	for k, r := range p.others {
		if r.Text == digits {
			sum += p.votes[k]
		}
	}
	return sum
}

// isNumber reports whether a text is made of digits and the signs of numbers.
func isNumber(s string) bool {
	found := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			found = true
		case r == '.' || r == ',' || r == '-' || r == '(' || r == ')' || r == '%':
		default:
			return false
		}
	}
	return found
}

// mostlyDigits reports whether a text of one word is a number in which some characters may be misread.
func mostlyDigits(s string) bool {
	digits, all := 0, 0
	for _, r := range s {
		all++
		if r >= '0' && r <= '9' || r == '.' {
			digits++
		}
	}
	return digits*2 >= all && digits > 0 && (isNumber(s) || all <= 10 && !strings.ContainsAny(s, "%≥≤") && !wording.Contains("measure_word", s))
}

// plausible reports whether a text is made as numbers are: digits, perhaps in groups of three, perhaps with decimals, a
// sign, brackets or a percent sign.
func plausible(s string) bool { return numberShape.MatchString(s) }

var numberShape = regexp.MustCompile(`^[-(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[)%]?$`)
