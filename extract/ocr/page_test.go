package ocr_test

import (
	"image"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/lstm"
	"github.com/countybudget/extract/internal/testfiles"
)

// recognizer loads the LSTM engine, or skips the test.
func recognizer(t *testing.T) ocr.Recognizer {
	t.Helper()
	m, err := lstm.Load("")
	if err != nil {
		t.Skipf("no text recognition here: %v", err)
	}
	return m.NewRecognizer()
}

// boxes is an ocr.Grid that knows the cells.
func boxes(g *testfiles.Grid) ocr.Grid {
	return func(*model.Page) []model.Rect {
		var out []model.Rect
		for _, b := range g.Cells() {
			out = append(out, model.Rect{X0: float64(b.Min.X), Y0: float64(b.Min.Y), X1: float64(b.Max.X), Y1: float64(b.Max.Y)})
		}
		return out
	}
}

// scan lays a picture on a page of as many points as it has pixels.
func scan(p *image.Gray) ocr.Scan {
	w, h := float64(p.Rect.Dx()), float64(p.Rect.Dy())
	return ocr.Scan{Image: p, Matrix: model.Matrix{w, 0, 0, -h, 0, h}, Width: w, Height: h}
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
	e := recognizer(t)
	random := testfiles.Seeded()
	g := testfiles.NewGrid(t, 12, 5, random)
	result, err := ocr.Page(t.Context(), e, scan(testfiles.Worn(g.Gray, 0.6, random)), ocr.Options{Grid: boxes(g)})
	if err != nil {
		t.Fatal(err)
	}
	page, cells := result.Page, boxes(g)(nil)
	for r, row := range g.Amounts {
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
	e := recognizer(t)
	d := testfiles.NewDrawing(t, 400, 300)
	result, err := ocr.Page(t.Context(), e, scan(d.Gray), ocr.Options{Grid: func(*model.Page) []model.Rect { return nil }})
	if err != nil || len(result.Page.Glyphs) != 0 || len(result.Page.Rules) != 0 {
		t.Errorf("%v, %v", result.Page, err)
	}
}

func TestUnknownLanguage(t *testing.T) {
	recognizer(t)
	if _, err := lstm.Load("klingon"); err == nil {
		t.Error("a language that is not installed: no error")
	}
}

func TestTargetsAreReadWithoutTheirSign(t *testing.T) {
	e := recognizer(t)
	g := testfiles.NewGrid(t, 1, 2, testfiles.Seeded())
	g.Box(image.Rect(g.Xs[0]+3, g.Ys[0]+3, g.Xs[1]-3, g.Ys[1]-3), 255)
	g.Box(image.Rect(g.Xs[1]+3, g.Ys[0]+3, g.Xs[2]-3, g.Ys[1]-3), 255)
	g.Text(g.Xs[1]-60, g.Ys[1]-14, "≥95%")
	g.Text(g.Xs[2]-60, g.Ys[1]-14, "≤9000")
	result, err := ocr.Page(t.Context(), e, scan(g.Gray), ocr.Options{Grid: boxes(g)})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"≥95%", "≤9000"} {
		if got := textIn(result.Page, boxes(g)(nil)[i]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
