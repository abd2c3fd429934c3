package dewarp

import (
	"github.com/countybudget/extract/extract/model"
	pix "github.com/countybudget/extract/extract/ocr/image"
)

// knot is the distance of the mesh's knots in pixels; between them, the mapping is bilinear.
const knot = 24

// mesh finds the places in the picture, in pixels, of the knots of a window as large as it; nil where the mapping folds the page.
func (c *camera) mesh(r *pix.Raster, w window) *model.Bend {
	m := &model.Bend{Cols: r.W/knot + 2, Rows: r.H/knot + 2, Step: knot}
	for j := range m.Rows {
		for i := range m.Cols {
			p := c.invert(point{w.left + float64(i*knot)*w.size, w.top + float64(j*knot)*w.size})
			m.At = append(m.At, model.Point{X: c.cx + p.x*c.unit, Y: c.cy + p.y*c.unit})
		}
	}
	for k, p := range m.At {
		if k%m.Cols > 0 && !stretches(p.X-m.At[k-1].X) || k >= m.Cols && !stretches(p.Y-m.At[k-m.Cols].Y) {
			return nil
		}
	}
	return m
}

// stretches reports whether two neighbouring knots are as far from each other as those of an unfolded page.
func stretches(d float64) bool { return d > folded*knot && d < knot/folded }

// drawn returns the flat picture of the paper, evenly lit.
func drawn(r *pix.Raster, m *model.Bend, paper *sheet) *pix.Raster {
	out := pix.NewRaster(r.W, r.H)
	set := make([]bool, len(out.Pix))
	for y := range r.H {
		row, in := out.Row(y), set[y*r.W:(y+1)*r.W]
		for x := range row {
			if p := m.Point(model.Point{X: float64(x) + 0.5, Y: float64(y) + 0.5}); paper.has(point{p.X, p.Y}) {
				row[x], in[x] = cubic(r, p.X-0.5, p.Y-0.5)
			}
		}
	}
	lit(out, set)
	return out
}

// cubic interpolates the value at a place, the middle of the first pixel being 0 (Catmull-Rom); ok is false outside the raster.
func cubic(r *pix.Raster, x, y float64) (v byte, ok bool) {
	if !(x >= 0 && y >= 0 && x <= float64(r.W-1) && y <= float64(r.H-1)) {
		return 0, false
	}
	i, j := int(x), int(y)
	kx, ky := kernel(x-float64(i)), kernel(y-float64(j))
	sum := float32(0)
	for b := range 4 {
		row := r.Row(max(0, min(r.H-1, j+b-1)))
		line := float32(0)
		if i >= 1 && i+2 < r.W {
			q := row[i-1 : i+3 : i+3]
			line = kx[0]*float32(q[0]) + kx[1]*float32(q[1]) + kx[2]*float32(q[2]) + kx[3]*float32(q[3])
		} else {
			for a := range 4 {
				line += kx[a] * float32(row[max(0, min(r.W-1, i+a-1))])
			}
		}
		sum += ky[b] * line
	}
	return byte(max(0, min(255, sum+0.5))), true
}

// kernel is the weights of four neighbours of a place t between the second and the third.
func kernel(t float64) [4]float32 {
	t2, t3 := t*t, t*t*t
	return [4]float32{
		float32((-t3 + 2*t2 - t) / 2), float32((3*t3 - 5*t2 + 2) / 2), float32((-3*t3 + 4*t2 + t) / 2), float32((t3 - t2) / 2),
	}
}
