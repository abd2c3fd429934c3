package ocr

import (
	"context"
	"image"

	"github.com/countybudget/extract/extract/model"
)

// Grid finds the cells that the rules of a page enclose, in points.
type Grid func(*model.Page) []model.Rect

// Page recognizes a picture. known tells which texts of cells are names of the trade; others are read again; it may be nil. The result has the size that the page has once its text stands upright; its Rotate says by how
// many degrees, clockwise, it was turned for that. Its glyphs are in the places where they stand after levelling.
func (e *Engine) Page(ctx context.Context, scan Scan, grid Grid, known func(string) bool) (*model.Page, error) {
	a, err := e.upright(ctx, &scan, prepare(scan.asSeen()), grid)
	if err != nil {
		return nil, err
	}
	a.n.known = known
	if err := a.n.run(); err != nil {
		return nil, err
	}
	f := newFrame(&scan, a.sheet)
	for i := range a.n.pieces {
		f.put(a.page, &a.n.pieces[i])
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
