package ocr

import (
	"context"
	"image"

	"github.com/countybudget/extract/extract/model"
)

// Grid finds the cells that the rules of a page enclose, in points.
type Grid func(*model.Page) []model.Rect

// Page recognizes a picture. The result has the size that the page has once its text stands upright; its Rotate says by how
// many degrees, clockwise, it was turned for that. Its glyphs are in the places where they stand after levelling.
func (e *Engine) Page(ctx context.Context, scan Scan, grid Grid) (*model.Page, error) {
	sheet := prepare(scan.asSeen())
	lines := sheet.Lines()
	n, page := e.open(ctx, &scan, sheet, lines, grid)
	head, err := n.onItsHead()
	if err != nil {
		return nil, err
	}
	if head {
		sheet = sheet.upsideDown()
		n, page = e.open(ctx, &scan, sheet, sheet.Lines(), grid)
	}
	if err := n.run(); err != nil {
		return nil, err
	}
	f := newFrame(&scan, sheet)
	for i := range n.pieces {
		f.put(page, &n.pieces[i])
	}
	return page, nil
}

// open makes the page with its rules and starts the session for it.
func (e *Engine) open(ctx context.Context, scan *Scan, s *Sheet, lines []Line, grid Grid) (*session, *model.Page) {
	f := newFrame(scan, s)
	page := &model.Page{Width: f.width, Height: f.height, Rotate: 90 * s.Turn, Rules: f.rules(lines)}
	var cells []image.Rectangle
	for _, b := range grid(page) {
		cells = append(cells, f.pixels(b))
	}
	return newSession(ctx, e, s, lines, cells), page
}

// onItsHead reads a few lines of text and, where they make no sense, the same turned by half a circle.
func (n *session) onItsHead() (bool, error) {
	var sample []*piece
	for i := range n.pieces {
		if p := &n.pieces[i]; !p.number && p.box.Dx() > 4*n.em && p.box.Dx() < 16*n.em && len(sample) < 4 {
			sample = append(sample, p)
		}
	}
	if len(sample) < 2 {
		return false, nil
	}
	strip := compose(n.sheet.read, sample, n.em, textHeightRead)
	upright, err := n.sureness(strip.r)
	if err != nil || upright >= 0.55 {
		return false, err
	}
	turned, err := n.sureness(strip.r.turned(2))
	return turned > upright+0.2, err
}

func (n *session) sureness(r *raster) (float32, error) {
	words, err := n.engine.read(r, asBlock, false)
	return joined(words).Confidence, err
}
