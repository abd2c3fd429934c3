package dewarp

import (
	"math"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// knot is the distance of the mesh's knots in pixels; between them, the mapping is bilinear.
const knot = 24

// mesh is the places in the picture of a grid of places of the flat page.
type mesh struct {
	cols, rows int
	at0        []point
}

// mesh makes the mesh of a window as large as the picture; nil where the mapping folds the page.
func (c *camera) mesh(r *pix.Raster, w window) *mesh {
	m := &mesh{cols: r.W/knot + 2, rows: r.H/knot + 2}
	m.at0 = make([]point, 0, m.cols*m.rows)
	for j := range m.rows {
		for i := range m.cols {
			p := c.invert(point{w.left + float64(i*knot)*w.size, w.top + float64(j*knot)*w.size})
			m.at0 = append(m.at0, point{c.cx + p.x*c.unit, c.cy + p.y*c.unit})
		}
	}
	for k, p := range m.at0 {
		if k%m.cols > 0 && !stretches(p.x-m.at0[k-1].x) || k >= m.cols && !stretches(p.y-m.at0[k-m.cols].y) {
			return nil
		}
	}
	return m
}

// stretches reports whether two neighbouring knots are as far from each other as those of an unfolded page.
func stretches(d float64) bool { return d > folded*knot && d < knot/folded }

// at maps a place of the flat page to the picture.
func (m *mesh) at(x, y float64) point {
	u, v := x/knot, y/knot
	i, j := max(0, min(m.cols-2, int(math.Floor(u)))), max(0, min(m.rows-2, int(math.Floor(v))))
	u, v = u-float64(i), v-float64(j)
	a, b := m.at0[j*m.cols+i], m.at0[j*m.cols+i+1]
	c, d := m.at0[(j+1)*m.cols+i], m.at0[(j+1)*m.cols+i+1]
	return point{
		(a.x*(1-u)+b.x*u)*(1-v) + (c.x*(1-u)+d.x*u)*v,
		(a.y*(1-u)+b.y*u)*(1-v) + (c.y*(1-u)+d.y*u)*v,
	}
}

// drawn returns the flat picture of the paper, evenly lit.
func drawn(r *pix.Raster, m *mesh, paper *sheet) *pix.Raster {
	out := pix.NewRaster(r.W, r.H)
	set := make([]bool, len(out.Pix))
	for y := range r.H {
		row, in := out.Row(y), set[y*r.W:(y+1)*r.W]
		for x := range row {
			if p := m.at(float64(x)+0.5, float64(y)+0.5); paper.has(p) {
				row[x], in[x] = cubic(r, p.x-0.5, p.y-0.5)
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
