package pdfium

import (
	"errors"
	"fmt"
	"math"

	"github.com/countybudget/extract/extract/model"
)

// Page reads a page, numbered from 1. It never fails: what cannot be read is missing, and Err says why.
func (d *Document) Page(n int) *model.Page {
	p := &model.Page{Number: n, Reader: model.ReaderPDFium}
	err := d.use(func(g *guest) error { return d.readPage(g, n, p) })
	if err != nil {
		p.Err = err
	}
	return p
}

func (d *Document) readPage(g *guest, n int, p *model.Page) error {
	view, err := d.openPage(g, n, p)
	if err != nil {
		return err
	}
	defer d.hidePage(g)
	p.Label = d.label(g, n)
	stamps, err := d.mergeAnnotations(g, n)
	if err != nil {
		return err
	}
	w := &walker{g: g, doc: d, marks: map[uint64]mark{}, annotations: stamps}
	objects, err := d.hideGroups(g, n, w.page(d.shownPage, view, pageRect(p)))
	if err != nil {
		return err
	}
	r := &reading{g: g, doc: d, page: p, fonts: map[uint64]*model.Font{}}
	r.read(objects, view)
	if w.truncated {
		return errors.New("more objects than can be read")
	}
	return nil
}

// openPage loads a page, sets the page's size and returns the matrix from user space to the page's points.
func (d *Document) openPage(g *guest, n int, p *model.Page) (model.Matrix, error) {
	page, err := d.showPage(g, n)
	if err != nil {
		return model.Identity, err
	}
	if !g.ok("FPDF_GetPageBoundingBox", page, g.scratch) {
		return model.Identity, errors.New("page without a size")
	}
	b := g.floats(4) // left, top, right, bottom; the crop box within the media box
	left, top, right, bottom := b[0], b[1], b[2], b[3]
	p.Rotate = 90 * (g.int("FPDFPage_GetRotation", page) & 3)
	p.Width, p.Height = right-left, top-bottom
	if p.Rotate%180 != 0 {
		p.Width, p.Height = p.Height, p.Width
	}
	switch p.Rotate {
	case 90:
		return model.Matrix{0, 1, 1, 0, -bottom, -left}, nil
	case 180:
		return model.Matrix{-1, 0, 0, 1, right, -bottom}, nil
	case 270:
		return model.Matrix{0, -1, -1, 0, top, right}, nil
	}
	return model.Matrix{1, 0, 0, -1, -left, top}, nil
}

// showPage loads a page and keeps it loaded until another is asked for.
func (d *Document) showPage(g *guest, n int) (uint64, error) {
	if d.shown == n && d.shownPage != 0 {
		return d.shownPage, nil
	}
	d.hidePage(g)
	if n < 1 || n > d.pages {
		return 0, fmt.Errorf("no page %d in a document of %d", n, d.pages)
	}
	page := g.ptr("FPDF_LoadPage", d.handle, uint64(n-1))
	if page == 0 {
		return 0, errors.New("page cannot be loaded")
	}
	d.shown, d.shownPage = n, page
	return page, nil
}

// hidePage unloads the page. Reading modifies a loaded page, so it is not kept after that.
func (d *Document) hidePage(g *guest) {
	if d.shownPage != 0 && d.guest == g {
		page := d.shownPage
		d.shown, d.shownPage = 0, 0
		g.call("FPDF_ClosePage", page)
	}
}

func (d *Document) label(g *guest, n int) string {
	return g.utf16(g.int("FPDF_GetPageLabel", d.handle, uint64(n-1), g.scratch, scratchSize))
}

func pageRect(p *model.Page) model.Rect { return model.Rect{X1: p.Width, Y1: p.Height} }

// bounds is the upright box around transformed points.
func bounds(points ...model.Point) model.Rect {
	r := model.Rect{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	for _, p := range points {
		r.X0, r.Y0 = math.Min(r.X0, p.X), math.Min(r.Y0, p.Y)
		r.X1, r.Y1 = math.Max(r.X1, p.X), math.Max(r.Y1, p.Y)
	}
	return r
}

// transformRect is the upright box around a transformed box.
func transformRect(m model.Matrix, x0, y0, x1, y1 float64) model.Rect {
	return bounds(m.Apply(x0, y0), m.Apply(x1, y0), m.Apply(x1, y1), m.Apply(x0, y1))
}

// scale is the length in points of the matrix's unit vectors.
func scale(m model.Matrix) (x, y float64) { return math.Hypot(m[0], m[1]), math.Hypot(m[2], m[3]) }

// apart reports whether two boxes have no point in common, borders included.
func apart(a, b model.Rect) bool { return a.X1 < b.X0 || b.X1 < a.X0 || a.Y1 < b.Y0 || b.Y1 < a.Y0 }
