package table

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sheet draws a page: what a PDF would have drawn, without the PDF.
type sheet struct {
	model.Page
	font *model.Font
}

func newSheet(number int) *sheet {
	return &sheet{
		Page: model.Page{Number: number, Width: 595, Height: 842},
		font: &model.Font{Name: "Song", Ascent: 0.88, Descent: 0.12},
	}
}

// text sets a string with its left end at x and its baseline at y; Chinese characters are an em wide, others half.
func (s *sheet) text(x, y, size float64, text string) float64 {
	for _, r := range text {
		w := size
		if r < 0x2000 {
			w = size / 2
		}
		s.Glyphs = append(s.Glyphs, model.Glyph{
			Text: string(r), Box: model.Rect{X0: x, Y0: y - 0.88*size, X1: x + w, Y1: y + 0.12*size},
			Origin: model.Point{X: x, Y: y}, Font: s.font, Size: size, Color: model.Black,
			Order: len(s.Glyphs) + len(s.Rules), Source: model.SourceText, Confidence: 1,
		})
		x += w
	}
	return x
}

// width is the width of a string as text sets it.
func width(size float64, text string) float64 {
	w := 0.0
	for _, r := range text {
		if r < 0x2000 {
			w += size / 2
		} else {
			w += size
		}
	}
	return w
}

func (s *sheet) hline(x0, x1, y float64) {
	s.Rules = append(s.Rules, model.Rule{Rect: model.Rect{X0: x0, Y0: y, X1: x1, Y1: y}, Width: 0.5, Color: model.Black})
}

func (s *sheet) vline(x, y0, y1 float64) {
	s.Rules = append(s.Rules, model.Rule{Rect: model.Rect{X0: x, Y0: y0, X1: x, Y1: y1}, Width: 0.5, Color: model.Black})
}

// box draws the four sides of a rectangle, each apart.
func (s *sheet) box(x0, y0, x1, y1 float64) {
	s.hline(x0, x1, y0)
	s.hline(x0, x1, y1)
	s.vline(x0, y0, y1)
	s.vline(x1, y0, y1)
}

// cell is a cell to draw: its text, with / for new lines, and the columns and rows it spans.
type cell struct {
	text       string
	rows, cols int
	indent     float64
}

func c(text string) cell                  { return cell{text: text, rows: 1, cols: 1} }
func wide(text string, r, n int) cell     { return cell{text: text, rows: r, cols: n} }
func in(text string, points float64) cell { return cell{text: text, rows: 1, cols: 1, indent: points} }

// frame is where a drawn table stands and how large its columns and rows are.
type frame struct {
	x, y   float64
	widths []float64
	row    float64
}

// draw calls paint for every cell with its box.
func (f frame) draw(rows [][]cell, paint func(c cell, b model.Rect)) float64 {
	taken := map[[2]int]bool{}
	for r, row := range rows {
		k := 0
		for _, one := range row {
			for taken[[2]int{r, k}] {
				k++
			}
			b := model.Rect{X0: f.x + sum(f.widths[:k]), Y0: f.y + float64(r)*f.row}
			b.X1 = b.X0 + sum(f.widths[k:k+one.cols])
			b.Y1 = b.Y0 + float64(one.rows)*f.row
			for i := range one.rows {
				for j := range one.cols {
					taken[[2]int{r + i, k + j}] = true
				}
			}
			paint(one, b)
			k += one.cols
		}
	}
	return f.y + float64(len(rows))*f.row
}

func sum(v []float64) float64 {
	t := 0.0
	for _, x := range v {
		t += x
	}
	return t
}

// put sets a cell's text: figures to the right, other texts to the left, both in the middle of the height.
func (s *sheet) put(one cell, b model.Rect) {
	lines := strings.Split(one.text, "/")
	y := (b.Y0+b.Y1)/2 - float64(len(lines)-1)*5 + 3
	for _, l := range lines {
		x := b.X0 + 2 + one.indent
		if l != "" && strings.Trim(l, "0123456789.,") == "" {
			x = b.X1 - 2 - width(8, l)
		}
		if one.cols > 1 {
			x = (b.X0 + b.X1 - width(8, l)) / 2
		}
		s.text(x, y, 8, l)
		y += 10
	}
}

// ruled draws a table with every cell's border.
func (s *sheet) ruled(f frame, rows [][]cell) float64 {
	return f.draw(rows, func(one cell, b model.Rect) {
		s.box(b.X0, b.Y0, b.X1, b.Y1)
		s.put(one, b)
	})
}

// tables runs the stages over pages.
func tables(t *testing.T, sheets ...*sheet) []model.Table {
	t.Helper()
	var fs []Fragment
	var lines []model.Line
	for _, s := range sheets {
		found, rest := Find(&s.Page, layout.Words(&s.Page, layout.Defaults()), Defaults())
		fs = append(fs, found...)
		lines = append(lines, layout.Lines(s.Number, rest, layout.Defaults())...)
	}
	out, _ := Join(fs, lines, Defaults())
	return out
}

// print writes tables as the golden files have them.
func print(ts []model.Table) string {
	var b strings.Builder
	for i := range ts {
		t := &ts[i]
		fmt.Fprintf(&b, "table %d, %s, pages %d-%d, %d x %d, %d header rows\n", t.No, t.Kind, t.FirstPage, t.LastPage, t.Rows, t.Cols, t.HeaderRows)
		for _, f := range [][2]string{{"title", t.Title}, {"unit", t.Unit}, {t.OwnerLabel, t.Owner}, {"form", t.FormNo}, {"notes", strings.Join(t.Notes, " / ")}} {
			if f[1] != "" {
				fmt.Fprintf(&b, "  %s: %s\n", f[0], f[1])
			}
		}
		for r := range t.Rows {
			fmt.Fprintf(&b, "%4d", r)
			for k := range t.Cells {
				cell := &t.Cells[k]
				if cell.Row != r {
					continue
				}
				b.WriteString(" | " + strings.Repeat(">", cell.Indent) + cell.Text)
				if cell.RowSpan > 1 || cell.ColSpan > 1 {
					fmt.Fprintf(&b, " {%dx%d}", cell.RowSpan, cell.ColSpan)
				}
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n got:\n%s\nwant:\n%s", path, got, want)
	}
}
