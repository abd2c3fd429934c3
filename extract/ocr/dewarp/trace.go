package dewarp

import (
	"math"
	"slices"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// A rule is a valley of gray: darker than what is above and below it. Valleys are found in narrow strips of the picture and
// linked from strip to strip along their direction, so that a rule may slope and bend. Strokes of text are too short or too
// rough to pass for one.

const (
	strip      = 6    // pixels; the width of a strip
	depth      = 10   // gray levels by which a valley is darker than both of its sides
	jump       = 1.5  // pixels that a rule may leave its direction between strips
	missed     = 4    // strips without a valley that do not end a rule
	back       = 12   // points that a rule's direction is taken from
	coverage   = 0.8  // of the strips along a rule that have a valley
	shortest   = 12   // a rule is at least this part of the picture's side
	roughness  = 0.7  // pixels; the median distance of a point from the middle of its neighbours
	steepest   = 0.35 // slope
	neighbours = 4    // points
	mostTraces = 600  // of one direction; the longest are kept
)

// point is a place in a picture; of a trace, x runs along it.
type point struct{ x, y float64 }

// trace is a line of the picture that is straight on the page.
type trace struct {
	points []point // in the picture
	down   bool    // upright on the page, not level
}

// traces finds the rules of a picture in one direction.
func traces(r *pix.Raster, down bool) []trace {
	if down {
		r = r.Transposed()
	}
	cols := r.W / strip
	if cols < 3 || r.H < 16 {
		return nil
	}
	var l linker
	t := strips(r, cols)
	reach := max(5, min(r.W, r.H)/280)
	column := make([]byte, r.H)
	for j := range cols {
		for y := range column {
			column[y] = t[y*cols+j]
		}
		l.add(j, valleys(column, reach))
	}
	l.close(math.MaxInt)
	least := cols / shortest
	out := make([]trace, 0, len(l.done))
	for _, p := range l.done {
		if n := len(p); n < max(least, back) || float64(n) < coverage*(p[n-1].x-p[0].x) || rough(p) > roughness {
			continue
		}
		points := make([]point, len(p))
		for i, q := range p {
			points[i] = point{(q.x + 0.5) * strip, q.y + 0.5}
			if down {
				points[i].x, points[i].y = points[i].y, points[i].x
			}
		}
		out = append(out, trace{points, down})
	}
	slices.SortStableFunc(out, func(a, b trace) int { return len(b.points) - len(a.points) })
	return out[:min(len(out), mostTraces)]
}

// strips returns the means of each row in strips.
func strips(r *pix.Raster, cols int) []byte {
	out := make([]byte, cols*r.H)
	for y := range r.H {
		row, to := r.Row(y), out[y*cols:(y+1)*cols]
		for j := range to {
			sum := 0
			for _, v := range row[j*strip : (j+1)*strip] {
				sum += int(v)
			}
			to[j] = byte(sum / strip)
		}
	}
	return out
}

// valleys returns the places of a strip that are darker than both sides within reach.
func valleys(column []byte, reach int) []float64 {
	var out []float64
	for y := 1; y < len(column)-1; y++ {
		v := column[y]
		if v > 255-depth || v > column[y-1] || v >= column[y+1] {
			continue
		}
		above, below := slices.Max(column[max(0, y-reach):y]), slices.Max(column[y+1:min(len(column), y+1+reach)])
		if int(min(above, below))-int(v) < depth {
			continue
		}
		a, b := float64(column[y-1])-float64(v), float64(column[y+1])-float64(v)
		out = append(out, float64(y)+(a-b)/(2*(a+b))) // the vertex of the parabola through three pixels; b > 0
	}
	return out
}

// linker joins valleys of neighbouring strips.
type linker struct {
	open, done [][]point // x in strips
}

// add continues open lines with the valleys of strip j, and opens lines with the others.
func (l *linker) add(j int, found []float64) {
	l.close(j)
	taken := map[int]bool{}
	for _, y := range found {
		best, at := math.Inf(1), -1
		for i, p := range l.open {
			if taken[i] {
				continue
			}
			last := p[len(p)-1]
			from := p[max(0, len(p)-back)]
			slope, ahead := 0.0, float64(j)-last.x
			if len(p) > neighbours {
				slope = (last.y - from.y) / (last.x - from.x)
			}
			if math.Abs(slope) > steepest*strip {
				continue
			}
			if d := math.Abs(y - last.y - slope*ahead); d < best && d <= jump+0.25*(ahead-1) {
				best, at = d, i
			}
		}
		if at < 0 {
			l.open = append(l.open, nil)
			at = len(l.open) - 1
		}
		taken[at] = true
		l.open[at] = append(l.open[at], point{float64(j), y})
	}
}

// close ends the lines that have had no valley for long before strip j. Short ones are dropped.
func (l *linker) close(j int) {
	l.open = slices.DeleteFunc(l.open, func(p []point) bool {
		if float64(j)-p[len(p)-1].x <= missed {
			return false
		}
		if len(p) >= back {
			l.done = append(l.done, p)
		}
		return true
	})
}

// rough is the median distance of points from the middle between their neighbours.
func rough(p []point) float64 {
	var d []float64
	for i := neighbours; i+neighbours < len(p); i++ {
		a, b := p[i-neighbours], p[i+neighbours]
		middle := a.y + (b.y-a.y)*(p[i].x-a.x)/(b.x-a.x)
		d = append(d, math.Abs(p[i].y-middle))
	}
	return quantile(d, 0.5)
}

// quantile returns the value that a share of values is below; 0 of none. It sorts them.
func quantile(v []float64, share float64) float64 {
	if len(v) == 0 {
		return 0
	}
	slices.Sort(v)
	return v[min(len(v)-1, int(share*float64(len(v))))]
}
