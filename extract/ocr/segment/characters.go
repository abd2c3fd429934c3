package segment

import (
	"image"
	"sort"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// A number is cut into its characters by white columns or by connected components. Components of one broken character lie
// above each other and are joined. A part wider than a digit is several digits that touch; it is cut where it has least ink.

// Typeface says how the numbers of a sheet are cut into characters.
type Typeface struct {
	Dark  byte    // pixels below this are ink
	Gaps  bool    // cut at white columns, else into connected components
	Pitch float64 // distance from digit to digit as a part of the number's height; 0 when not known: touching digits stay
}

// Typefaces are those to try for a sheet, the usual one first: thin print falls apart at a low threshold, bold print runs
// together at a high one. Their Pitch is 0.
func Typefaces() []Typeface {
	return []Typeface{
		{gapDark, true, 0}, {240, true, 0}, {228, true, 0}, {190, true, 0}, {gapDark, false, 0}, {190, false, 0}, {160, false, 0}, {128, false, 0},
	}
}

// Characters cuts the number in a box into the boxes of its characters, from the left.
func (c *Cutter) Characters(b image.Rectangle, t Typeface) []image.Rectangle {
	cut := &Cutter{c.ink, c.em, t.Dark}
	var parts []image.Rectangle
	if t.Gaps {
		parts = cut.Parts(b)
	} else {
		parts = cut.separate(b)
	}
	if t.Pitch <= 0 {
		return parts
	}
	var out []image.Rectangle
	for _, p := range parts {
		out = append(out, cut.cutTouching(p, b, t)...)
	}
	return out
}

// separate finds the connected components of a number.
func (c *Cutter) separate(b image.Rectangle) []image.Rectangle {
	var parts []image.Rectangle
	for _, o := range pix.Blobs(c.ink, b, c.dark) {
		if o.Area > 1 || o.Box.Dy() > 1 {
			parts = append(parts, o.Box)
		}
	}
	sort.Slice(parts, func(i, j int) bool { return parts[i].Min.X < parts[j].Min.X })
	return c.joinBroken(parts, b)
}

// joinBroken joins parts that lie above each other. A point below the arm of a digit stays separate.
func (c *Cutter) joinBroken(parts []image.Rectangle, b image.Rectangle) []image.Rectangle {
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

// isPoint reports whether a part of a number has the size and the place of a decimal point or a comma.
func isPoint(p, number image.Rectangle) bool {
	h := number.Dy()
	return p.Dy()*5 <= h*2 && p.Dx()*5 <= h*2 && p.Min.Y > number.Min.Y+h/2
}

// cutTouching cuts a part that is as wide as several digits.
func (c *Cutter) cutTouching(p, b image.Rectangle, t Typeface) []image.Rectangle {
	digit := t.Pitch * float64(b.Dy())
	n := int((float64(p.Dx())+digit/8)/digit + 0.5) // the last digit's gap is not in the part
	if p.Dy()*5 < b.Dy()*4 || float64(p.Dx()) < 1.4*digit || n < 2 {
		return []image.Rectangle{p}
	}
	ink := make([]int, p.Dx())
	for y := p.Min.Y; y < p.Max.Y; y++ {
		for i, v := range c.ink.Row(y)[p.Min.X:p.Max.X] {
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
			out = append(out, c.Tight(image.Rect(p.Min.X+from, p.Min.Y, p.Min.X+to, p.Max.Y)))
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
