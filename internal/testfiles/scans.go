package testfiles

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Drawing is a gray page drawn for a test of recognition: white, with text in Go Regular of 26 pixels.
type Drawing struct {
	*image.Gray
	face font.Face
}

// NewDrawing returns a white page of w × h pixels.
func NewDrawing(t testing.TB, w, h int) *Drawing {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 26, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		t.Fatal(err)
	}
	d := &Drawing{image.NewGray(image.Rect(0, 0, w, h)), face}
	draw.Draw(d, d.Rect, image.White, image.Point{}, draw.Src)
	return d
}

// Box fills a box.
func (d *Drawing) Box(b image.Rectangle, gray uint8) {
	draw.Draw(d, b, image.NewUniform(color.Gray{Y: gray}), image.Point{}, draw.Src)
}

// Text writes on the baseline y so that the text ends at x.
func (d *Drawing) Text(x, y int, s string) {
	pen := font.Drawer{Dst: d, Src: image.NewUniform(color.Gray{Y: 30}), Face: d.face}
	pen.Dot = fixed.P(x, y).Sub(fixed.Point26_6{X: pen.MeasureString(s)})
	pen.DrawString(s)
}

// Grid is a ruled table of amounts.
type Grid struct {
	*Drawing
	Xs, Ys  []int // of its rules, pixels
	Amounts [][]string
}

// NewGrid draws rows × cols amounts in a ruled table.
func NewGrid(t testing.TB, rows, cols int, random *rand.Rand) *Grid {
	t.Helper()
	const left, top, width, height = 80, 80, 190, 48
	g := &Grid{Drawing: NewDrawing(t, 2*left+cols*width, 2*top+rows*height)}
	for i := range cols + 1 {
		g.Xs = append(g.Xs, left+i*width)
	}
	for i := range rows + 1 {
		g.Ys = append(g.Ys, top+i*height)
	}
	for _, x := range g.Xs {
		g.Box(image.Rect(x-1, top, x+1, top+rows*height), 60)
	}
	for _, y := range g.Ys {
		g.Box(image.Rect(left, y-1, left+cols*width, y+1), 60)
	}
	for r := range rows {
		var row []string
		for c := range cols {
			s := strconv.FormatFloat(float64(random.IntN(1_000_000))/100, 'f', 2, 64)
			if random.IntN(4) == 0 {
				s = "0.00"
			}
			g.Text(g.Xs[c+1]-12, g.Ys[r+1]-14, s)
			row = append(row, s)
		}
		g.Amounts = append(g.Amounts, row)
	}
	return g
}

// Cells are the boxes of the grid's cells in pixels, row by row.
func (g *Grid) Cells() []image.Rectangle {
	var out []image.Rectangle
	for r := 1; r < len(g.Ys); r++ {
		for c := 1; c < len(g.Xs); c++ {
			out = append(out, image.Rect(g.Xs[c-1], g.Ys[r-1], g.Xs[c], g.Ys[r]))
		}
	}
	return out
}

// Worn returns a picture as scanning leaves it: with a skew by which its rows descend to the right, in degrees, a shadow,
// noise and specks.
func Worn(p *image.Gray, degrees float64, random *rand.Rand) *image.Gray {
	out := skewed(p, degrees)
	w, h := out.Rect.Dx(), out.Rect.Dy()
	for y := range h {
		row := out.Pix[y*out.Stride:][:w]
		for x := range row {
			v := int(row[x])*(255-40*x/w)/255 + int(random.NormFloat64()*4)
			row[x] = byte(max(0, min(255, v)))
		}
	}
	for range 40 {
		x, y := random.IntN(w-3), random.IntN(h-3)
		draw.Draw(out, image.Rect(x, y, x+2, y+2), image.NewUniform(color.Gray{Y: 20}), image.Point{}, draw.Src)
	}
	return out
}

// skewed turns a picture clockwise about its center, with white corners.
func skewed(p *image.Gray, degrees float64) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(w-1)/2, float64(h-1)/2
	for y := range h {
		for x := range w {
			u, v := float64(x)-cx, float64(y)-cy
			fx, fy := cx+u*cos+v*sin, cy-u*sin+v*cos
			i, j := int(math.Floor(fx)), int(math.Floor(fy))
			value := 255.0
			if i >= 0 && j >= 0 && i+1 < w && j+1 < h {
				a, b := fx-float64(i), fy-float64(j)
				at := p.Pix[j*p.Stride+i:]
				below := p.Pix[(j+1)*p.Stride+i:]
				value = (float64(at[0])*(1-a)+float64(at[1])*a)*(1-b) + (float64(below[0])*(1-a)+float64(below[1])*a)*b
			}
			out.Pix[y*out.Stride+x] = byte(value + 0.5)
		}
	}
	return out
}

// Seeded returns the same random numbers each time.
func Seeded() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }
