package overlay

import (
	"bytes"
	"encoding/xml"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/model"
)

// sample is a page with a table of two header rows over one row, its title and its unit, and hostile text.
func sample() (*model.Document, *model.Sheet) {
	cell := func(row, col, rows, cols int, text string) model.Cell {
		return model.Cell{
			Row: row, Col: col, RowSpan: rows, ColSpan: cols, Text: text, IsHeader: row < 2, Page: 3,
			Box: model.Rect{X0: 50 + 100*float64(col), Y0: 100 + 20*float64(row), X1: 50 + 100*float64(col+cols), Y1: 100 + 20*float64(row+rows)},
		}
	}
	d := &model.Document{Tables: []model.Table{{
		No: 7, Kind: model.TableRuled, Title: "支出表", TitleBox: model.Rect{X0: 120, Y0: 60, X1: 180, Y1: 75}, Unit: "万元",
		FirstPage: 3, LastPage: 3, Rows: 3, Cols: 3, HeaderRows: 2,
		Cells: []model.Cell{
			cell(0, 0, 2, 1, "科目"), cell(0, 1, 1, 2, "支出"), cell(1, 1, 1, 1, "基本"), cell(1, 2, 1, 1, "项目"),
			cell(2, 0, 1, 1, "合计"), cell(2, 1, 1, 1, "1.00"), cell(2, 2, 1, 1, "</text><script>alert(1)</script>"),
		},
	}}}
	s := &model.Sheet{
		Number: 3, Width: 400, Height: 300,
		Glyphs: []model.SheetGlyph{{Text: "<&\x00\"", Origin: model.Point{X: 10, Y: 10}, Size: 10, Angle: 45, Color: model.Black}},
		Rules:  []model.Rule{{Rect: model.Rect{X0: 50, Y0: 100, X1: 350, Y1: 100}}},
		Lines: []model.Line{
			{Page: 3, Text: "支出表", Box: model.Rect{X0: 120, Y0: 60, X1: 180, Y1: 75}},
			{Page: 3, Text: "单位：万元", Box: model.Rect{X0: 300, Y0: 80, X1: 350, Y1: 92}},
		},
	}
	return d, s
}

func TestSVG(t *testing.T) {
	d, s := sample()
	d.Tables[0].Title = "<script>"
	var out bytes.Buffer
	if err := SVG(&out, d, s); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{">1  支出 › 基本</text>", ">2  支出 › 项目</text>", ">#7 ruled, 3 × 3, 2 header rows, pages 3–3</text>", ">unit: 万元</text>", "&lt;script&gt;"} {
		if !strings.Contains(text, want) {
			t.Errorf("not in the drawing: %s", want)
		}
	}
	dec := xml.NewDecoder(&out)
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "script" {
			t.Error("a script came through")
		}
	}
}

func TestPNG(t *testing.T) {
	d, s := sample()
	var out bytes.Buffer
	if err := PNG(&out, d, s); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 800 || b.Dy() != 600 {
		t.Fatalf("bounds %v", b)
	}
	for _, at := range []struct {
		what  string
		x, y  int
		white bool
	}{
		{"beside everything", 780, 580, true}, {"inside a cell of the data", 130, 290, true}, {"a header cell", 130, 230, false},
		{"the border", 100, 250, false}, {"the title's box", 240, 140, false},
	} {
		if white := color.RGBAModel.Convert(img.At(at.x, at.y)) == (color.RGBA{255, 255, 255, 255}); white != at.white {
			t.Errorf("%s: white %v", at.what, white)
		}
	}
}

// TestOddGeometry draws what no page should have, and must neither fail nor take long.
func TestOddGeometry(t *testing.T) {
	d, s := sample()
	s.Width, s.Height = 1e7, 1e-3
	d.Tables[0].Cells[0].Box = model.Rect{X0: -1e300, Y0: math.Inf(-1), X1: 1e300, Y1: math.NaN()}
	d.Tables[0].HeaderRows = 99
	d.Tables[0].Cells[1].ColSpan = 1000
	var out bytes.Buffer
	if err := SVG(&out, d, s); err != nil {
		t.Error(err)
	}
	if err := PNG(&out, d, s); err != nil {
		t.Error(err)
	}
	s.Width = 0
	if err := PNG(&out, d, s); err == nil {
		t.Error("a page without width was drawn")
	}
}
