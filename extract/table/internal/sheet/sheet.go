// Package sheet draws pages with tables for tests, as a PDF would have drawn them, and finds the tables on them.
package sheet

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/table/join"
)

// Sheet is a page of A4 to draw on. Places are points from the top left, y down.
type Sheet struct {
	model.Page
	font *model.Font
}

// New returns an empty page with a number.
func New(number int) *Sheet {
	return &Sheet{
		Page: model.Page{Number: number, Width: 595, Height: 842},
		font: &model.Font{Name: "Song", Ascent: 0.88, Descent: 0.12},
	}
}

// Text sets a string with its left end at x and its baseline at y. Chinese characters are an em wide, others half.
func (s *Sheet) Text(x, y, size float64, text string) {
	for _, r := range text {
		w := Width(size, string(r))
		s.Glyphs = append(s.Glyphs, model.Glyph{
			Text: string(r), Box: model.Rect{X0: x, Y0: y - 0.88*size, X1: x + w, Y1: y + 0.12*size},
			Origin: model.Point{X: x, Y: y}, Font: s.font, Size: size, Color: model.Black,
			Order: len(s.Glyphs) + len(s.Rules), Source: model.SourceText, Confidence: 1,
		})
		x += w
	}
}

// Width is the width of a string as Text sets it, points.
func Width(size float64, text string) float64 {
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

// HLine draws a horizontal rule.
func (s *Sheet) HLine(x0, x1, y float64) {
	s.Rules = append(s.Rules, model.Rule{Rect: model.Rect{X0: x0, Y0: y, X1: x1, Y1: y}, Width: 0.5, Color: model.Black})
}

// VLine draws a vertical rule.
func (s *Sheet) VLine(x, y0, y1 float64) {
	s.Rules = append(s.Rules, model.Rule{Rect: model.Rect{X0: x, Y0: y0, X1: x, Y1: y1}, Width: 0.5, Color: model.Black})
}

// Shade fills a box with gray. Its edges are hints, no lines.
func (s *Sheet) Shade(x0, y0, x1, y1 float64) {
	for _, side := range []model.Rect{{X0: x0, Y0: y0, X1: x1, Y1: y0}, {X0: x0, Y0: y1, X1: x1, Y1: y1}, {X0: x0, Y0: y0, X1: x0, Y1: y1}, {X0: x1, Y0: y0, X1: x1, Y1: y1}} {
		s.Rules = append(s.Rules, model.Rule{Rect: side, Color: model.Color{R: 160, G: 160, B: 160, Alpha: 255}, Kind: model.RuleEdge})
	}
}

// box draws the four sides of a rectangle, each apart.
func (s *Sheet) box(x0, y0, x1, y1 float64) {
	s.HLine(x0, x1, y0)
	s.HLine(x0, x1, y1)
	s.VLine(x0, y0, y1)
	s.VLine(x1, y0, y1)
}

// Cell is a cell to draw: its text, with / for new lines, and the columns and rows it spans.
type Cell struct {
	Text       string
	Rows, Cols int
	Indent     float64 // points
}

// One is a cell of one row and one column.
func One(text string) Cell { return Cell{Text: text, Rows: 1, Cols: 1} }

// Wide is a cell over some rows and columns.
func Wide(text string, rows, cols int) Cell { return Cell{Text: text, Rows: rows, Cols: cols} }

// Indented is a cell of one row and one column whose text begins some points further right.
func Indented(text string, points float64) Cell {
	return Cell{Text: text, Rows: 1, Cols: 1, Indent: points}
}

// Frame is where a drawn table stands, and how wide its columns and how high its rows are.
type Frame struct {
	X, Y   float64
	Widths []float64
	Row    float64
}

// draw calls paint for every cell with its box.
func (f Frame) draw(rows [][]Cell, paint func(c Cell, b model.Rect)) float64 {
	taken := map[[2]int]bool{}
	for r, row := range rows {
		k := 0
		for _, one := range row {
			for taken[[2]int{r, k}] {
				k++
			}
			b := model.Rect{X0: f.X + sum(f.Widths[:k]), Y0: f.Y + float64(r)*f.Row}
			b.X1 = b.X0 + sum(f.Widths[k:k+one.Cols])
			b.Y1 = b.Y0 + float64(one.Rows)*f.Row
			for i := range one.Rows {
				for j := range one.Cols {
					taken[[2]int{r + i, k + j}] = true
				}
			}
			paint(one, b)
			k += one.Cols
		}
	}
	return f.Y + float64(len(rows))*f.Row
}

func sum(v []float64) float64 {
	t := 0.0
	for _, x := range v {
		t += x
	}
	return t
}

// put sets a cell's text: figures to the right, other texts to the left, both in the middle of the height.
func (s *Sheet) put(one Cell, b model.Rect) {
	lines := strings.Split(one.Text, "/")
	y := (b.Y0+b.Y1)/2 - float64(len(lines)-1)*5 + 3
	for _, l := range lines {
		x := b.X0 + 2 + one.Indent
		if l != "" && strings.Trim(l, "0123456789.,") == "" {
			x = b.X1 - 2 - Width(8, l)
		}
		if one.Cols > 1 {
			x = (b.X0 + b.X1 - Width(8, l)) / 2
		}
		s.Text(x, y, 8, l)
		y += 10
	}
}

// Ruled draws a table with every cell's border. It returns where the table ends.
func (s *Sheet) Ruled(f Frame, rows [][]Cell) float64 {
	return f.draw(rows, func(one Cell, b model.Rect) {
		s.box(b.X0, b.Y0, b.X1, b.Y1)
		s.put(one, b)
	})
}

// Open draws a table with horizontal rules only: those above the rows, and below the last one, that rule says.
func (s *Sheet) Open(f Frame, rows [][]Cell, rule func(r int) bool) {
	right := f.X + sum(f.Widths)
	for r := 0; r <= len(rows); r++ {
		if rule(r) {
			s.HLine(f.X, right, f.Y+float64(r)*f.Row)
		}
	}
	s.Texts(f, rows)
}

// Texts sets the texts of a table without its rules.
func (s *Sheet) Texts(f Frame, rows [][]Cell) { f.draw(rows, s.put) }

// Tables finds the tables of a document of pages.
func Tables(sheets ...*Sheet) []model.Table {
	var fs []table.Fragment
	var lines []model.Line
	for _, s := range sheets {
		found, rest := table.Find(&s.Page, layout.Words(&s.Page, layout.Defaults()), table.Defaults())
		fs = append(fs, found...)
		lines = append(lines, layout.Lines(s.Number, rest, layout.Defaults())...)
	}
	out, _ := join.Join(fs, lines, join.Defaults())
	return out
}

// Print writes tables as the golden files have them.
func Print(ts []model.Table) string {
	var b strings.Builder
	for i := range ts {
		t := &ts[i]
		fmt.Fprintf(&b, "table %d, %s, pages %d-%d, %d x %d, %d header rows\n", t.No, t.Kind, t.FirstPage, t.LastPage, t.Rows, t.Cols, t.HeaderRows)
		for _, f := range [][2]string{{"title", t.Title}, {"unit", t.Unit}, {t.OwnerLabel, t.Owner}, {"form", t.FormNo}, {"notes", strings.Join(t.NoteTexts(), " / ")}} {
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

// Golden compares a text with a file of testdata, or writes the file anew.
func Golden(t *testing.T, name, got string, update bool) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if update {
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
