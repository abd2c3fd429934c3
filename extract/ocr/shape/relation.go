package shape

import (
	"image"
	"math"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// Relation signs are recognized by their strokes, without samples. A column of pixels through > or < crosses an upper and a
// lower stroke, which converge towards the tip. Through ≥ and ≤ it also crosses the bar below them, which is level or slanted
// like the lower stroke.

const (
	signColumns = 6    // the least width of a sign, pixels
	signSlope   = 0.25 // how far a stroke rises or falls across its width, of the sign's height at the least
	signStray   = 0.10 // how far it may be from straight, of the sign's height
	signOpen    = 65   // percent of the width in which the strokes are apart
	signShare   = 0.6  // the part of the columns that must cross strokes as a sign's do
	signSkew    = 1.8  // how many times steeper one stroke may be than the other
	signTop     = 0.2  // how far from the top the upper stroke may begin, of the height
	signTip     = 0.3  // how far from the tip the strokes may meet, of the width
	strokeDepth = 40   // how much darker than both sides a stroke is
)

// Relation returns the relation sign in a box: ≥, ≤, > or <, "" for none.
func Relation(r *pix.Raster, part image.Rectangle) string {
	w, h := part.Dx(), part.Dy()
	if w < signColumns || h < signColumns || 2*w > 3*h || h > 2*w {
		return ""
	}
	part = part.Inset(-1).Intersect(image.Rect(0, 0, r.W, r.H))
	open := max(signColumns/2, part.Dx()*signOpen/100)
	if is, bar := opens(r, part.Min.X+1, part.Min.X+open, part, 1); is {
		return map[bool]string{true: "≥", false: ">"}[bar]
	}
	if is, bar := opens(r, part.Max.X-open, part.Max.X-1, part, -1); is {
		return map[bool]string{true: "≤", false: "<"}[bar]
	}
	return ""
}

// opens reports whether, between two columns of a part, the upper stroke falls and the lower one rises (where falls is -1, the
// reverse), and whether there is a bar below them.
func opens(r *pix.Raster, x0, x1 int, part image.Rectangle, falls float64) (is, bar bool) {
	var upper, lower, barred, bars trend
	for x := x0; x < x1; x++ {
		ys := strokes(r, x, part.Min.Y, part.Max.Y)
		if len(ys) != 2 && len(ys) != 3 {
			continue
		}
		upper.add(float64(x), ys[0])
		lower.add(float64(x), ys[1])
		if len(ys) == 3 {
			barred.add(float64(x), ys[1])
			bars.add(float64(x), ys[2])
		}
	}
	n := len(upper.xs)
	if float64(n) < signShare*float64(x1-x0) {
		return false, false
	}
	bar = 2*len(barred.xs) > n
	if bar { // in small print the bar and the lower stroke run together where they are nearest
		lower = barred
	}
	u, l := upper.line(), lower.line()
	w, h := float64(part.Dx()), float64(part.Dy())
	least := signSlope * h / w
	if falls*u.slope < least || -falls*l.slope < least || max(u.stray, l.stray) > signStray*h ||
		math.Abs(u.slope) > signSkew*math.Abs(l.slope) || math.Abs(l.slope) > signSkew*math.Abs(u.slope) {
		return false, false
	}
	open, tip := float64(part.Min.X), float64(part.Max.X)
	if falls < 0 {
		open, tip = tip, open
	}
	foot := float64(part.Max.Y)
	if bar {
		foot = bars.line().at(tip) - h/10
	}
	if !pointed(r, part, falls, foot) {
		return false, false
	}
	meet := (l.base - u.base) / (u.slope - l.slope)
	return math.Abs(u.at(open)-float64(part.Min.Y)) <= signTop*h && math.Abs(meet-tip) <= signTip*w, bar
}

// pointed reports whether the ink above the foot takes up at most half of the part's height at the end where the tip is.
func pointed(r *pix.Raster, part image.Rectangle, falls, foot float64) bool {
	x0, x1 := part.Max.X-1-part.Dx()/8, part.Max.X
	if falls < 0 {
		x0, x1 = part.Min.X, part.Min.X+1+part.Dx()/8
	}
	top, bottom := part.Max.Y, part.Min.Y
	for y := part.Min.Y; y < min(part.Max.Y, int(foot)); y++ {
		for _, v := range r.Row(y)[x0:x1] {
			if v < pix.StrokeDark {
				top, bottom = min(top, y), y
			}
		}
	}
	return 2*(bottom-top) <= part.Dy()
}

// strokes returns the centers of the strokes that a column of pixels crosses, from the top.
func strokes(r *pix.Raster, x, y0, y1 int) []float64 {
	var out []float64
	light := 255 // the lightest since the last stroke
	dark, from, to := 255, 0, 0
	for y := y0; y <= y1; y++ {
		v := 255
		if y < y1 {
			v = int(r.Pix[y*r.W+x])
		}
		switch {
		case v < dark:
			dark, from, to = v, y, y
		case v == dark:
			to = y
		case v-dark >= strokeDepth && light-dark >= strokeDepth:
			out = append(out, float64(from+to)/2)
			light, dark = v, 255
		}
		if v > light {
			light, dark = v, v
		}
	}
	return out
}

// trend collects points for a linear regression.
type trend struct{ xs, ys []float64 }

func (t *trend) add(x, y float64) { t.xs, t.ys = append(t.xs, x), append(t.ys, y) }

// straightLine is a line and the mean distance of the points from it.
type straightLine struct{ slope, base, stray float64 }

func (l straightLine) at(x float64) float64 { return l.base + l.slope*x }

// line is the least-squares line through the points.
func (t *trend) line() straightLine {
	n := float64(len(t.xs))
	var sx, sy, sxx, sxy float64
	for i, x := range t.xs {
		sx, sy, sxx, sxy = sx+x, sy+t.ys[i], sxx+x*x, sxy+x*t.ys[i]
	}
	d := n*sxx - sx*sx
	if d == 0 {
		return straightLine{stray: math.Inf(1)}
	}
	l := straightLine{slope: (n*sxy - sx*sy) / d}
	l.base = (sy - l.slope*sx) / n
	for i, x := range t.xs {
		l.stray += math.Abs(t.ys[i]-l.at(x)) / n
	}
	return l
}
