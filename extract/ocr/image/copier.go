package image

import (
	"image"
	"slices"
	"sort"
)

// Each copy of a copy adds specks: dust on the glass, worn drums. On such a page they outnumber the characters, decide its
// slope and its tone, close the gaps between words, and are read as points, minus signs and strokes of digits. How many there
// are and how large is measured where the page is empty. From a page with many, every blob as small as they are is taken off
// before anything else is measured, unless its place says that it is print: a decimal point on the baseline between two
// digits, a colon, a dot of a leader, a piece of a character between two others. A page with few is left as it is.

const (
	copyDark   = 170  // pixels of an evenly lit raster below this are specks or strokes
	copyFew    = 25   // a copy has more specks than this in its empty parts
	copyRare   = 0.01 // and more than this for a square as high as its characters
	copyUsual  = 98   // in percent: so many of the specks are not larger than what is taken off
	copyShare  = 0.5  // of what is near print and as small as a speck: where less are specks, print is broken
	copyLarger = 1    // pixels by which a speck may be larger, for its soft edge
)

// uncopied takes the specks of a copier off an evenly lit raster. It returns the raster itself where they are few.
func uncopied(r *Raster) *Raster {
	all := Blobs(r, r.Bounds(), copyDark)
	em := heightOfMost(all)
	if em == 0 {
		return r
	}
	d := dirtOf(r, all, em)
	if d.size == 0 {
		return r
	}
	p := newCopied(all, d, em)
	out := &Raster{r.W, r.H, slices.Clone(r.Pix)}
	for _, s := range p.specks {
		if !p.belongs(s) {
			out.Fill(s.Inset(-1), 255)
		}
	}
	return out
}

// heightOfMost is the height of characters in pixels, 0 where there are none: that of the blobs which could be characters and
// have most of the ink between them. Specks have little, however many they are.
func heightOfMost(all []Blob) int {
	const lowest, highest, part = 6, 120, 4 // a quarter of the ink is in higher blobs
	var ink [highest + 1]int
	sum := 0
	for _, b := range all {
		w, h := b.Box.Dx(), b.Box.Dy()
		if h >= lowest && h <= highest && w >= h/5 && w <= 3*h && b.Area*12 > w*h {
			ink[h] += b.Area
			sum += b.Area
		}
	}
	above := 0
	for h := highest; h >= lowest; h-- {
		if above += ink[h]; above*part > sum {
			return h
		}
	}
	return 0
}

// dirt is what is known of the specks of a page.
type dirt struct {
	size  int     // of the largest usual speck, pixels; 0 for a page with few specks
	share float64 // of the blobs as small near print, that are specks: where print is broken, most are pieces of it
}

// dirtOf measures the specks in the empty parts of a page: squares of the height of a character, with nothing larger than a
// speck in them or beside them.
func dirtOf(r *Raster, all []Blob, em int) dirt {
	small := max(3, em/4)
	cols, deep := r.W/em+1, r.H/em+1
	full := make([]bool, cols*deep)
	for _, b := range all {
		if max(b.Box.Dx(), b.Box.Dy()) <= small {
			continue
		}
		for y := max(0, b.Box.Min.Y/em-1); y <= min(deep-1, (b.Box.Max.Y-1)/em+1); y++ {
			for x := max(0, b.Box.Min.X/em-1); x <= min(cols-1, (b.Box.Max.X-1)/em+1); x++ {
				full[y*cols+x] = true
			}
		}
	}
	var specks []image.Rectangle
	for _, b := range all {
		if max(b.Box.Dx(), b.Box.Dy()) <= small {
			specks = append(specks, b.Box)
		}
	}
	rows := newLines(specks, em)
	var sizes, near []int
	for _, b := range all {
		switch side := max(b.Box.Dx(), b.Box.Dy()); {
		case side <= small && rows.has(b.Box):
		case !full[b.Box.Min.Y/em*cols+b.Box.Min.X/em]:
			sizes = append(sizes, side)
		case side <= small:
			near = append(near, side)
		}
	}
	empty := 0
	for _, f := range full {
		if !f {
			empty++
		}
	}
	if len(sizes) < copyFew || float64(len(sizes)) < copyRare*float64(empty) {
		return dirt{}
	}
	slices.Sort(sizes)
	d := dirt{size: sizes[(len(sizes)-1)*copyUsual/100] + copyLarger}
	as := 0
	for _, n := range near {
		if n <= d.size {
			as++
		}
	}
	d.share = float64(len(sizes)) * float64(len(full)-empty) / float64(empty) / float64(max(1, as))
	return d
}

// copied is a copied page: its print and what may be specks.
type copied struct {
	specks []image.Rectangle // by their upper edges
	lines  *lines
	rest   *buckets
	em     int
	broken bool // most of what is near print and as small as a speck is print
}

func newCopied(all []Blob, d dirt, em int) *copied {
	p := &copied{em: em, broken: d.share < copyShare}
	var rest []Blob
	for _, b := range all {
		if max(b.Box.Dx(), b.Box.Dy()) <= d.size {
			p.specks = append(p.specks, b.Box)
		} else {
			rest = append(rest, b)
		}
	}
	p.rest, p.lines = newBuckets(rest, em), newLines(p.specks, em)
	return p
}

// belongs reports whether a blob as small as a speck is print.
func (p *copied) belongs(s image.Rectangle) bool {
	if p.lines.has(s) {
		return true
	}
	if p.broken {
		return p.rest.any(s.Inset(-p.em * 2 / 3))
	}
	left, right := p.beside(s, -1), p.beside(s, 1)
	if p.colon(s, left) {
		return true
	}
	if left.Empty() || right.Empty() {
		return p.between(s, p.em/5, left, right)
	}
	if p.digit(left) && p.digit(right) {
		return p.point(s, left, right)
	}
	return p.between(s, p.em/5, left, right)
}

// beside is the nearest character before (-1) or after (1) a speck, on its line and at most two thirds of a character away; the
// empty box where there is none.
func (p *copied) beside(s image.Rectangle, side int) image.Rectangle {
	reach := p.em * 2 / 3
	part := image.Rect(s.Max.X, s.Min.Y, s.Max.X+reach, s.Max.Y)
	if side < 0 {
		part = image.Rect(s.Min.X-reach, s.Min.Y, s.Min.X, s.Max.Y)
	}
	part.Min.Y -= p.em / 4 // a comma hangs below the digits, and a line slopes
	best := image.Rectangle{}
	p.rest.each(part, func(at image.Point) bool {
		for _, o := range p.rest.cells[at] {
			if !o.Overlaps(part) || o.Dy() < p.em*2/5 {
				continue
			}
			if best.Empty() || side < 0 && o.Max.X > best.Max.X || side > 0 && o.Min.X < best.Min.X {
				best = o
			}
		}
		return false
	})
	return best
}

// digit reports whether a box has the size of a digit.
func (p *copied) digit(b image.Rectangle) bool {
	return b.Dy()*20 >= p.em*9 && b.Dy()*10 <= p.em*13 && b.Dx()*5 <= b.Dy()*4
}

// point reports whether a speck between two digits is a point or a comma: on their baseline, in a gap wider than that between
// two digits, and not the thinnest of specks.
func (p *copied) point(s, left, right image.Rectangle) bool {
	base := (left.Max.Y + right.Max.Y) / 2
	high := (left.Dy() + right.Dy()) / 2
	return s.Max.Y >= base-high/6 && s.Max.Y <= base+high/3 && s.Min.Y >= base-high*2/5 &&
		right.Min.X-left.Max.X >= s.Dx()+high/8 && max(s.Dx(), s.Dy())*14 >= p.em
}

// between reports whether there is print near two opposite sides of a speck.
func (p *copied) between(s image.Rectangle, reach int, left, right image.Rectangle) bool {
	near := func(x0, y0, x1, y1 int) bool { return p.rest.any(image.Rect(x0, y0, x1, y1)) }
	across := near(s.Min.X-reach, s.Min.Y, s.Min.X, s.Max.Y) && near(s.Max.X, s.Min.Y, s.Max.X+reach, s.Max.Y)
	along := near(s.Min.X, s.Min.Y-reach, s.Max.X, s.Min.Y) && near(s.Min.X, s.Max.Y, s.Max.X, s.Max.Y+reach)
	return across || along
}

// colon reports whether a speck is one of two above each other after a character.
func (p *copied) colon(s, left image.Rectangle) bool {
	if left.Empty() || s.Min.X-left.Max.X > p.em/2 {
		return false
	}
	slip := max(1, p.em/16)
	for _, o := range p.from(s.Min.Y - p.em*2/3) {
		if o.Min.Y > s.Max.Y+p.em*2/3 {
			break
		}
		d := o.Min.Y - s.Min.Y
		if abs := max(d, -d); abs >= p.em/4 && abs <= p.em*2/3 && within(o.Min.X, s.Min.X, slip) && within(o.Dx(), s.Dx(), slip) && within(o.Dy(), s.Dy(), slip) {
			return true
		}
	}
	return false
}

// from is the specks whose upper edges are at y or below.
func (p *copied) from(y int) []image.Rectangle {
	return p.specks[sort.Search(len(p.specks), func(i int) bool { return p.specks[i].Min.Y >= y }):]
}

// lines find small blobs that stand in a row or a column: the dots of leaders, and what is left of thin rules.
type lines struct {
	down   []image.Rectangle // by their upper edges
	across []image.Rectangle // the same with rows and columns exchanged, by their left edges
	em     int
}

func newLines(specks []image.Rectangle, em int) *lines {
	l := &lines{down: specks, em: em}
	for _, s := range specks {
		l.across = append(l.across, transposed(s))
	}
	slices.SortStableFunc(l.across, func(a, b image.Rectangle) int { return a.Min.Y - b.Min.Y })
	return l
}

func transposed(b image.Rectangle) image.Rectangle {
	return image.Rect(b.Min.Y, b.Min.X, b.Max.Y, b.Max.X)
}

// has reports whether a small blob stands in a row or a column of many.
func (l *lines) has(s image.Rectangle) bool {
	return inLine(l.down, s, l.em) || inLine(l.across, transposed(s), l.em)
}

// inLine reports whether many boxes are on one line with a box and near it. They are sorted by their upper edges.
func inLine(all []image.Rectangle, s image.Rectangle, em int) bool {
	const many = 5
	slip := max(1, em/16)
	n := 0
	for _, o := range all[sort.Search(len(all), func(i int) bool { return all[i].Min.Y >= s.Min.Y-slip }):] {
		if o.Min.Y > s.Min.Y+slip {
			break
		}
		if within(o.Min.X, s.Min.X, 2*em) {
			n++
		}
	}
	return n > many // with itself
}

// within reports whether two values differ by at most slip.
func within(a, b, slip int) bool { return a-b <= slip && b-a <= slip }
