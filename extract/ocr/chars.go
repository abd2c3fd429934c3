package ocr

import (
	"image"
	"slices"
	"sort"
)

// A number is cut into its characters by connected pieces of ink. Pieces of one broken character lie above each other and
// are joined; a piece that is wider than a digit can be is several digits that touch, and is cut where it has least ink.

// typeface is what the digits of a sheet have in common.
type typeface struct {
	dark  byte    // pixels below this are ink
	gaps  bool    // characters are parted by white columns, else by being separate pieces
	pitch float64 // from digit to digit, of the height of their number
}

// characters cuts a number into the boxes of its characters, from the left.
func (c *cutter) characters(b image.Rectangle, t typeface) []image.Rectangle {
	cut := &cutter{c.r, c.em, t.dark}
	var parts []image.Rectangle
	if t.gaps {
		parts = cut.shapes(b)
	} else {
		parts = cut.separate(b)
	}
	if t.pitch <= 0 {
		return parts
	}
	var out []image.Rectangle
	for _, p := range parts {
		out = append(out, c.cutTouching(p, b, t)...)
	}
	return out
}

// separate finds the connected pieces of a number.
func (c *cutter) separate(b image.Rectangle) []image.Rectangle {
	var parts []image.Rectangle
	for _, o := range blobs(c.r, b, c.dark) {
		if o.area > 1 || o.box.Dy() > 1 {
			parts = append(parts, o.box)
		}
	}
	sort.Slice(parts, func(i, j int) bool { return parts[i].Min.X < parts[j].Min.X })
	return c.joinBroken(parts, b)
}

// joinBroken joins pieces that lie above each other; a point below the arm of a digit stays by itself.
func (c *cutter) joinBroken(parts []image.Rectangle, b image.Rectangle) []image.Rectangle {
	var out []image.Rectangle
	for _, p := range parts {
		if n := len(out); n > 0 {
			last := &out[n-1]
			common := min(last.Max.X, p.Max.X) - max(last.Min.X, p.Min.X)
			if common*2 >= min(last.Dx(), p.Dx()) && !(isPoint(p, b) && !isPoint(*last, b) && last.Max.Y > p.Min.Y) {
				*last = last.Union(p)
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// isPoint reports whether a piece of a number has the size and the place of a decimal point or a comma.
func isPoint(p, number image.Rectangle) bool {
	h := number.Dy()
	return p.Dy()*5 <= h*2 && p.Dx()*5 <= h*2 && p.Min.Y > number.Min.Y+h/2
}

// cutTouching cuts a piece that is as wide as several digits.
func (c *cutter) cutTouching(p, b image.Rectangle, t typeface) []image.Rectangle {
	digit := t.pitch * float64(b.Dy())
	n := int((float64(p.Dx())+digit/8)/digit + 0.5) // the last digit's gap is not in the piece
	if p.Dy()*5 < b.Dy()*4 || float64(p.Dx()) < 1.4*digit || n < 2 {
		return []image.Rectangle{p}
	}
	ink := make([]int, p.Dx())
	for y := p.Min.Y; y < p.Max.Y; y++ {
		for i, v := range c.r.row(y)[p.Min.X:p.Max.X] {
			ink[i] += 255 - int(v)
		}
	}
	var out []image.Rectangle
	from := 0
	for k := 1; k <= n; k++ {
		to := p.Dx()
		if k < n {
			to = lightest(ink, k*p.Dx()/n, max(1, p.Dx()/(4*n)))
		}
		if to > from {
			out = append(out, c.tight(image.Rect(p.Min.X+from, p.Min.Y, p.Min.X+to, p.Max.Y)))
		}
		from = to
	}
	return out
}

// lightest is the index of the least ink within reach of a place.
func lightest(ink []int, at, reach int) int {
	best := at
	for i := max(1, at-reach); i <= min(len(ink)-1, at+reach); i++ {
		if ink[i] < ink[best] {
			best = i
		}
	}
	return best
}

// typefaceOf finds how the numbers of a sheet are best cut: the value that parts ink from gaps at which most surely read
// numbers have as many pieces as characters. Thin print falls apart at a low one, bold print runs together at a high one.
// The part of the numbers that then fit is returned too.
func (n *session) typefaceOf(sure []*piece) (typeface, float64) {
	c := &cutter{n.sheet.ink, n.em, gapDark}
	width := pitch(sure)
	best, most := typeface{dark: gapDark, gaps: true}, -1
	for _, t := range []typeface{
		{gapDark, true, 0}, {240, true, 0}, {228, true, 0}, {190, true, 0}, {gapDark, false, 0}, {190, false, 0}, {160, false, 0}, {128, false, 0},
	} {
		t.pitch = width
		fit := 0
		for _, p := range sure {
			if len(c.characters(p.box, t)) == len(p.best.Text) {
				fit++
			}
		}
		if fit > most {
			best, most = t, fit
		}
	}
	if len(sure) == 0 {
		return best, 0
	}
	return best, float64(most) / float64(len(sure))
}

// pitch is the distance from digit to digit of the numbers read surely, of their height: that of codes, which are digits
// only, or else that of amounts, whose points take about half as much; 0 when there are too few.
func pitch(pieces []*piece) float64 {
	var codes, amounts []float64
	for _, p := range pieces {
		text := p.best.Text
		points := len(text) - digitCount(text)
		w := float64(p.box.Dx()) / float64(p.box.Dy())
		switch {
		case points == 0 && len(text) >= 3:
			codes = append(codes, w/float64(len(text)))
		case points > 0:
			amounts = append(amounts, w/(float64(len(text)-points)+0.55*float64(points)))
		}
	}
	if len(codes) < 3 {
		codes = amounts
	}
	if len(codes) < 5 {
		return 0
	}
	slices.Sort(codes)
	return codes[len(codes)/2]
}

func digitCount(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
