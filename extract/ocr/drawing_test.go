package ocr

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"strconv"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// drawing is a page drawn for a test.
type drawing struct {
	*image.Gray
	face font.Face
}

func newDrawing(t testing.TB, w, h int) *drawing {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 26, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		t.Fatal(err)
	}
	d := &drawing{image.NewGray(image.Rect(0, 0, w, h)), face}
	draw.Draw(d, d.Rect, image.White, image.Point{}, draw.Src)
	return d
}

func (d *drawing) box(b image.Rectangle, gray uint8) {
	draw.Draw(d, b, image.NewUniform(color.Gray{Y: gray}), image.Point{}, draw.Src)
}

// text writes on the baseline y so that it ends at x.
func (d *drawing) text(x, y int, s string) {
	pen := font.Drawer{Dst: d, Src: image.NewUniform(color.Gray{Y: 30}), Face: d.face}
	pen.Dot = fixed.P(x, y).Sub(fixed.Point26_6{X: pen.MeasureString(s)})
	pen.DrawString(s)
}

// grid is a ruled table of amounts, with its cells.
type grid struct {
	*drawing
	xs, ys  []int
	amounts [][]string
}

// newGrid draws rows × cols amounts below a row of column numbers.
func newGrid(t testing.TB, rows, cols int, random *rand.Rand) *grid {
	t.Helper()
	const left, top, width, height = 80, 80, 190, 48
	g := &grid{drawing: newDrawing(t, 2*left+cols*width, 2*top+rows*height)}
	for i := range cols + 1 {
		g.xs = append(g.xs, left+i*width)
	}
	for i := range rows + 1 {
		g.ys = append(g.ys, top+i*height)
	}
	for _, x := range g.xs {
		g.box(image.Rect(x-1, top, x+1, top+rows*height), 60)
	}
	for _, y := range g.ys {
		g.box(image.Rect(left, y-1, left+cols*width, y+1), 60)
	}
	for r := range rows {
		var row []string
		for c := range cols {
			s := strconv.FormatFloat(float64(random.IntN(1_000_000))/100, 'f', 2, 64)
			if random.IntN(4) == 0 {
				s = "0.00"
			}
			g.text(g.xs[c+1]-12, g.ys[r+1]-14, s)
			row = append(row, s)
		}
		g.amounts = append(g.amounts, row)
	}
	return g
}

// worn rotates a picture and adds shade, noise and specks, as scanning does.
func worn(p *image.Gray, degrees float64, random *rand.Rand) *image.Gray {
	r := rotated(grayOf(p), -degrees)
	for y := range r.h {
		row := r.row(y)
		for x := range row {
			v := int(row[x])*(255-40*x/r.w)/255 + int(random.NormFloat64()*4)
			row[x] = byte(max(0, min(255, v)))
		}
	}
	for range 40 {
		x, y := random.IntN(r.w-3), random.IntN(r.h-3)
		r.fill(image.Rect(x, y, x+2, y+2), 20)
	}
	return r.image()
}

func seeded() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }
