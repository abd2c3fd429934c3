package ocr

import (
	"image"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// engine loads an engine, or skips the test.
func engine(t *testing.T) *Engine {
	t.Helper()
	m, err := Load("")
	if err != nil {
		t.Skipf("no text recognition here: %v", err)
	}
	return m.NewEngine()
}

// boxes is a Grid that knows the cells.
func (g *grid) boxes(*model.Page) []model.Rect {
	var out []model.Rect
	for r := 1; r < len(g.ys); r++ {
		for c := 1; c < len(g.xs); c++ {
			out = append(out, model.Rect{
				X0: float64(g.xs[c-1]), Y0: float64(g.ys[r-1]), X1: float64(g.xs[c]), Y1: float64(g.ys[r]),
			})
		}
	}
	return out
}

// scan lays a picture on a page of as many points as it has pixels.
func scan(p *image.Gray) Scan {
	w, h := float64(p.Rect.Dx()), float64(p.Rect.Dy())
	return Scan{Image: p, Matrix: model.Matrix{w, 0, 0, -h, 0, h}, Width: w, Height: h}
}

// textIn joins the glyphs of a page that lie in a box.
func textIn(p *model.Page, b model.Rect) string {
	var s strings.Builder
	for i := range p.Glyphs {
		if b.Contains(p.Glyphs[i].Box.Center()) {
			s.WriteString(p.Glyphs[i].Text)
		}
	}
	return s.String()
}

func TestAmountsOfAWornGrid(t *testing.T) {
	e := engine(t)
	random := seeded()
	g := newGrid(t, 12, 5, random)
	page, err := e.Page(t.Context(), scan(worn(g.Gray, 0.6, random)), Options{Grid: g.boxes})
	if err != nil {
		t.Fatal(err)
	}
	cells := g.boxes(nil)
	for r, row := range g.amounts {
		for c, want := range row {
			if got := textIn(page, cells[r*len(row)+c]); got != want {
				t.Errorf("row %d, column %d: %q, want %q", r, c, got, want)
			}
		}
	}
	if len(page.Reads) < len(cells) || page.Rotate != 0 {
		t.Errorf("%d reads of %d cells, turned by %d", len(page.Reads), len(cells), page.Rotate)
	}
	for i := range page.Glyphs {
		if g := &page.Glyphs[i]; g.Source != model.SourceOCR || g.Confidence < 0 || g.Confidence > 1 || g.Font == nil {
			t.Fatalf("glyph %+v", g)
		}
	}
}

func TestEmptyPage(t *testing.T) {
	e := engine(t)
	d := newDrawing(t, 400, 300)
	page, err := e.Page(t.Context(), scan(d.Gray), Options{Grid: func(*model.Page) []model.Rect { return nil }})
	if err != nil || len(page.Glyphs) != 0 || len(page.Rules) != 0 {
		t.Errorf("%v, %v", page, err)
	}
}

func TestUnknownLanguage(t *testing.T) {
	engine(t)
	if _, err := Load("klingon"); err == nil {
		t.Error("a language that is not installed: no error")
	}
}
