package ocr

import (
	"context"
	"image"
	"regexp"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
)

// A reading session is one sheet with an engine.

type session struct {
	ctx     context.Context
	engine  *Engine
	sheet   *Sheet
	em      int
	pieces  []piece
	columns columns
	known   func(string) bool // may be nil
	near    func(string) bool // may be nil
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
	if err := n.readAll(texts, textHeightRead, false); err != nil {
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
	if err := n.readTargets(); err != nil {
		return err
	}
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

// readAll reads pieces strip by strip. Pieces of like size share a strip.
func (n *session) readAll(pieces []*piece, height int, numbers bool) error {
	for part := range slices.Chunk(pieces, stripLines) {
		if err := n.ctx.Err(); err != nil {
			return err
		}
		s := compose(n.sheet.read, part, n.em, height)
		words, err := n.engine.read(s.r, asBlock, numbers)
		if err != nil {
			return err
		}
		for i, w := range s.deal(words) {
			n.add(part[i], joined(w))
		}
	}
	return nil
}

// single reads one piece by itself.
func (n *session) single(w way, p *piece) (model.Reading, error) {
	s := compose(w.r, []*piece{p}, n.em, w.height)
	words, err := n.engine.read(s.r, asLine, w.numbers)
	if err != nil {
		return model.Reading{}, err
	}
	return joined(words), nil
}

// add counts a reading of a piece, a known name twice.
func (n *session) add(p *piece, r model.Reading) {
	weight := float32(1)
	if !p.number && n.isKnown(r.Text) {
		weight = 2
	}
	p.add(r, weight)
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
	return digits*2 >= all && digits > 0 && (isNumber(s) || all <= 10 && !strings.ContainsAny(s, "年月日次个人份件台套%≥≤"))
}

// plausible reports whether a text is made as numbers are: digits, perhaps in groups of three, perhaps with decimals, a
// sign, brackets or a percent sign.
func plausible(s string) bool { return numberShape.MatchString(s) }

var numberShape = regexp.MustCompile(`^[-(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[)%]?$`)
