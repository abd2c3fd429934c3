package ocr

import (
	"context"
	"image"

	"github.com/countybudget/extract/extract/model"
)

// Grid finds the cells that the rules of a page enclose, in points.
type Grid func(*model.Page) []model.Rect

// Options are what a caller knows about the pages of his trade.
type Options struct {
	Grid  Grid
	Known func(text string) bool     // whether a text is a known name; others in cells are read again; may be nil
	Near  func(text string) []string // the known names that a text may be if it was misread; may be nil: each text may be one
	Label func(text string) string   // mends the punctuation of a label, 单位；万元 for example; may be nil

	Turn *int                          // quarters of a circle, clockwise, by which the page is to be turned; nil to find out
	Way  func(quarters int, sure bool) // told how the page was turned, and whether its text reads well so; may be nil
}

// Page recognizes a picture. The result has the size that the page has once its text stands upright; its Rotate says by how
// many degrees, clockwise, it was turned for that. Its glyphs are in the places where they stand after levelling.
func (e *Engine) Page(ctx context.Context, scan Scan, opt Options) (*model.Page, error) {
	s := prepare(scan.asSeen())
	var a attempt
	if opt.Turn != nil {
		a = e.facing(ctx, &scan, s, *opt.Turn, opt.Grid)
	} else {
		var err error
		if a, err = e.upright(ctx, &scan, s, opt.Grid); err != nil {
			return nil, err
		}
	}
	if opt.Way != nil {
		opt.Way(a.sheet.Turn, a.sure >= sensible)
	}
	a.n.known, a.n.near = opt.Known, opt.Near
	if err := a.n.run(); err != nil {
		return nil, err
	}
	f := newFrame(&scan, a.sheet)
	for i := range a.n.pieces {
		p := &a.n.pieces[i]
		if opt.Label != nil && !p.number {
			p.best.Text = opt.Label(p.best.Text)
		}
		f.put(a.page, p)
	}
	return a.page, nil
}

// open makes the page with its rules and starts the session for it.
func (e *Engine) open(ctx context.Context, scan *Scan, s *Sheet, grid Grid) (*session, *model.Page) {
	f := newFrame(scan, s)
	lines := s.Lines()
	page := &model.Page{Width: f.width, Height: f.height, Rotate: 90 * s.Turn, Rules: f.rules(lines)}
	var cells []image.Rectangle
	for _, b := range grid(page) {
		cells = append(cells, f.pixels(b))
	}
	return newSession(ctx, e, s, lines, cells), page
}
