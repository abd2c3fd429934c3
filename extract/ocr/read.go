package ocr

import (
	"context"
	"image"
	"regexp"
	"slices"

	"github.com/countybudget/extract/extract/model"
)

// A reading session is one sheet with an engine.

type session struct {
	ctx    context.Context
	engine *Engine
	sheet  *Sheet
	em     int
	pieces []piece
}

// newSession takes the lines out of the sheet and cuts the rest into pieces, cell by cell, then outside the cells.
func newSession(ctx context.Context, e *Engine, s *Sheet, lines []Line, cells []image.Rectangle) *session {
	n := &session{ctx: ctx, engine: e, sheet: s}
	n.em = max(8, textHeight(blobs(s.ink, image.Rect(0, 0, s.Width, s.Height), strokeDark)))
	s.erase(lines)
	whole := image.Rect(0, 0, s.Width, s.Height)
	c := &cutter{s.ink, n.em}
	for i, b := range cells {
		n.pieces = append(n.pieces, c.pieces(b.Inset(1).Intersect(whole), i)...)
	}
	outside := s.ink.crop(whole)
	for _, b := range cells {
		outside.fill(b.Inset(-1), 255)
	}
	c.r = outside
	n.pieces = append(n.pieces, c.pieces(whole, -1)...)
	return n
}

// run reads all pieces.
func (n *session) run() error {
	var numbers, texts []*piece
	for i := range n.pieces {
		if p := &n.pieces[i]; p.number {
			numbers = append(numbers, p)
		} else {
			texts = append(texts, p)
		}
	}
	if err := n.readAll(texts, textHeightRead, false); err != nil {
		return err
	}
	if err := n.readAll(numbers, digitHeightRead, true); err != nil {
		return err
	}
	return n.readAgain()
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
			part[i].add(joined(w))
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

// add keeps a reading: the surest is the best, each text is kept once.
func (p *piece) add(r model.Reading) {
	if r.Text == "" {
		return
	}
	for i := range p.others {
		if o := &p.others[i]; o.Text == r.Text {
			o.Confidence = max(o.Confidence, r.Confidence)
			r = *o
			if p.best.Text == r.Text || r.Confidence > p.best.Confidence {
				p.best = r
			}
			return
		}
	}
	p.others = append(p.others, r)
	if p.best.Text == "" || r.Confidence > p.best.Confidence {
		p.best = r
	}
}

const (
	doubtfulNumber = 0.90 // a number less sure than this is read again
	doubtfulText   = 0.86 // likewise a text
)

// way is one way to read a piece.
type way struct {
	r       *raster
	height  int // pixels that a line is scaled to
	numbers bool
}

// readAgain reads doubtful pieces in other ways. What looks like a number but was read as text is read as a number too,
// and the other way round.
func (n *session) readAgain() error {
	soft, hard := n.sheet.read, n.sheet.ink
	for i := range n.pieces {
		p := &n.pieces[i]
		var ways []way
		switch {
		case p.number && (p.best.Confidence < doubtfulNumber || !plausible(p.best.Text)):
			ways = []way{{soft, 34, true}, {hard, digitHeightRead, true}, {soft, 22, true}, {soft, textHeightRead, false}}
		case !p.number && isNumber(p.best.Text):
			ways = []way{{soft, digitHeightRead, true}, {soft, 34, true}, {hard, digitHeightRead, true}}
		case !p.number && p.best.Confidence < doubtfulText:
			ways = []way{{soft, 32, false}, {soft, 46, false}}
		}
		for _, w := range ways {
			if err := n.ctx.Err(); err != nil {
				return err
			}
			r, err := n.single(w, p)
			if err != nil {
				return err
			}
			p.add(r)
		}
		p.number = isNumber(p.best.Text)
	}
	return nil
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

// plausible reports whether a text is made as numbers are: digits, perhaps in groups of three, perhaps with decimals, a
// sign, brackets or a percent sign.
func plausible(s string) bool { return numberShape.MatchString(s) }

var numberShape = regexp.MustCompile(`^[-(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[)%]?$`)
