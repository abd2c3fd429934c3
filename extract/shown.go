package extract

import (
	"image"
	"image/color"
	"math"

	"github.com/countybudget/extract/extract/model"
)

// A picture's own pixels are finer than a rendering of the page, and nothing is printed over them. But the page may show
// something else: another picture or a shape lies over it, it is clipped, or its opacity is 0. So both are compared at low
// resolution before the picture's own pixels are used.

const (
	otherTone  = 96 // difference of a pixel from all pixels around its place in the picture, from which it shows something else
	otherTile  = 32 // pixels; side of the squares in which such pixels are counted
	otherLeast = 12 // such pixels of a square from which the picture differs; scaling alone leaves none
)

// placed renders a picture of w × h pixels; each is the mean of the pixels of img that it covers. at maps its pixels to the
// unit square of img, y up. Outside of img it is white.
func placed(img image.Image, w, h int, at model.Matrix) *image.Gray {
	const most = 3 // samples across a pixel
	out := image.NewGray(image.Rect(0, 0, w, h))
	b := img.Bounds()
	iw, ih := float64(b.Dx()), float64(b.Dy())
	n := int(math.Ceil(math.Max(math.Hypot(at[0]*iw, at[1]*ih), math.Hypot(at[2]*iw, at[3]*ih))))
	n = max(1, min(n, most))
	if at[1] == 0 && at[2] == 0 && at[0] > 0 && at[3] < 0 && (at[0]*iw >= 1 || -at[3]*ih >= 1) {
		if gray, ok := img.(*image.Gray); ok {
			boxed(out, gray, at)
			return out
		}
	}
	line := make([]point, w*n)
	level := math.Abs(at[1])*float64(w)*ih < 0.5 && math.Abs(at[2])*float64(h)*iw < 0.5
	sums := make([]int, w)
	for y := range h {
		clear(sums)
		for j := range n {
			py := float64(y) + (float64(j)+0.5)/float64(n)
			if level && y+j > 0 { // only the y coordinate differs
				row := int(math.Floor((1 - at[3]*py - at[5]) * ih))
				for i := range line {
					line[i].y = row
				}
			} else {
				for i := range line {
					px := (float64(i) + 0.5) / float64(n)
					line[i] = point{int(math.Floor((at[0]*px + at[2]*py + at[4]) * iw)), int(math.Floor((1 - at[1]*px - at[3]*py - at[5]) * ih))}
				}
			}
			switch img := img.(type) {
			case *image.Gray:
				addTones(sums, line, n, b, func(p point) int { return int(img.Pix[p.y*img.Stride+p.x]) })
			case *image.RGBA:
				addTones(sums, line, n, b, func(p point) int {
					c := img.Pix[p.y*img.Stride+4*p.x:][:3]
					return (77*int(c[0]) + 150*int(c[1]) + 29*int(c[2])) >> 8
				})
			default:
				addTones(sums, line, n, b, func(p point) int {
					return int(color.GrayModel.Convert(img.At(b.Min.X+p.x, b.Min.Y+p.y)).(color.Gray).Y)
				})
			}
		}
		for x, s := range sums {
			out.Pix[y*out.Stride+x] = byte(s / (n * n))
		}
	}
	return out
}

// boxed fills out with the means of the pixels of a picture that is not rotated.
func boxed(out, img *image.Gray, at model.Matrix) {
	w, h := out.Rect.Dx(), out.Rect.Dy()
	iw, ih := img.Rect.Dx(), img.Rect.Dy()
	edges := func(n, size int, of func(int) float64) []int {
		e := make([]int, n+1)
		for i := range e {
			e[i] = int(math.Round(of(i) * float64(size)))
		}
		return e
	}
	xs := edges(w, iw, func(i int) float64 { return at[0]*float64(i) + at[4] })
	ys := edges(h, ih, func(i int) float64 { return 1 - at[3]*float64(i) - at[5] })
	for y := range h {
		y0, y1 := ys[y], max(ys[y+1], ys[y]+1)
		for x := range w {
			x0, x1 := xs[x], max(xs[x+1], xs[x]+1)
			sum, n := 0, (x1-x0)*(y1-y0)
			for py := y0; py < y1; py++ {
				for px := x0; px < x1; px++ {
					if uint(px) < uint(iw) && uint(py) < uint(ih) {
						sum += int(img.Pix[py*img.Stride+px])
					} else {
						sum += 255
					}
				}
			}
			out.Pix[y*out.Stride+x] = byte(sum / n)
		}
	}
}

// point is a pixel of a picture, relative to its top left corner.
type point struct{ x, y int }

// addTones adds the gray values of the pixels on a line to the sums, n to each; outside the picture they are white.
func addTones(sums []int, line []point, n int, b image.Rectangle, tone func(point) int) {
	w, h := uint(b.Dx()), uint(b.Dy())
	for x := range sums {
		for _, p := range line[x*n:][:n] {
			if uint(p.x) >= w || uint(p.y) >= h {
				sums[x] += 255
			} else {
				sums[x] += tone(p)
			}
		}
	}
}

// inverse is the inverse matrix; ok is false if there is none.
func inverse(m model.Matrix) (out model.Matrix, ok bool) {
	d := m[0]*m[3] - m[1]*m[2]
	if math.Abs(d) < 1e-9 {
		return out, false
	}
	out = model.Matrix{m[3] / d, -m[1] / d, -m[2] / d, m[0] / d}
	out[4] = -(m[4]*out[0] + m[5]*out[2])
	out[5] = -(m[4]*out[1] + m[5]*out[3])
	return out, true
}

// fromPixels maps the pixels of a rendering of box, kx and ky to a point, to the unit square of a picture.
func fromPixels(m model.Matrix, box model.Rect, kx, ky float64) (model.Matrix, bool) {
	inv, ok := inverse(m)
	if !ok {
		return inv, false
	}
	return model.Matrix{
		inv[0] / kx, inv[1] / kx, inv[2] / ky, inv[3] / ky,
		inv[0]*box.X0 + inv[2]*box.Y0 + inv[4], inv[1]*box.X0 + inv[3]*box.Y0 + inv[5],
	}, true
}

// alone reports whether a page certainly looks like its one picture: that is opaque and complete, and nothing is painted
// after it.
func alone(p, seen *model.Page) bool {
	const slack = 1
	n := len(p.Covers)
	if len(p.Pictures) != 1 || len(seen.Pictures) != 1 || len(p.Patterns) > 0 || n == 0 || p.Covers[n-1].Kind != model.CoverPicture {
		return false
	}
	shown, box := p.Covers[n-1].Box, p.Pictures[0].Box.Intersect(pageBox(p))
	return shown.X0 <= box.X0+slack && shown.Y0 <= box.Y0+slack && shown.X1 >= box.X1-slack && shown.Y1 >= box.Y1-slack
}

// shows reports whether the page looks like its picture at the picture's place. Text of the page over the picture is
// ignored: its place is known.
func (r *recognizer) shows(p *model.Page, pic *model.Picture, img image.Image) (bool, error) {
	box := pic.Box.Intersect(pageBox(p))
	if box.Empty() {
		return false, nil
	}
	drawn, err := r.file.Render(p.Number, lookDPI, &box)
	if err != nil {
		return false, err
	}
	kx, ky := float64(drawn.Rect.Dx())/box.Width(), float64(drawn.Rect.Dy())/box.Height()
	at, ok := fromPixels(pic.Matrix, box, kx, ky)
	if !ok {
		return false, nil
	}
	text := textCover(p)
	own := placed(img, drawn.Rect.Dx(), drawn.Rect.Dy(), at)
	known := func(x, y int) bool {
		return text.has(model.Point{X: box.X0 + (float64(x)+0.5)/kx, Y: box.Y0 + (float64(y)+0.5)/ky})
	}
	return mostUnlike(drawn, own, known) < otherLeast, nil
}

// mostUnlike is the largest number of pixels in a square by which two renderings of the same size differ.
func mostUnlike(a, b *image.Gray, known func(x, y int) bool) int {
	w, h := a.Rect.Dx(), a.Rect.Dy()
	tw := (w + otherTile - 1) / otherTile
	count := make([]int, tw*((h+otherTile-1)/otherTile))
	most := 0
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			va, vb := int(a.Pix[y*a.Stride+x]), int(b.Pix[y*b.Stride+x])
			if abs(va-vb) <= otherTone || !apart(a, vb, x, y) && !apart(b, va, x, y) || known(x, y) {
				continue
			}
			t := y/otherTile*tw + x/otherTile
			count[t]++
			most = max(most, count[t])
		}
	}
	return most
}

// apart reports whether a gray value differs from all those of a rendering at and around a place.
func apart(img *image.Gray, tone, x, y int) bool {
	low, high := 255, 0
	for dy := -1; dy <= 1; dy++ {
		for _, v := range img.Pix[(y+dy)*img.Stride+x-1:][:3] {
			low, high = min(low, int(v)), max(high, int(v))
		}
	}
	return tone < low-otherTone || tone > high+otherTone
}
