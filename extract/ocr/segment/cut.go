package segment

import (
	"image"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// The ink of a cell, or of what lies outside all cells, is cut along white rows and white columns in turn (an XY-cut), until
// each segment is a single line of text without wide gaps.

// Segment is a single line of text, or a single number.
type Segment struct {
	Box    image.Rectangle   // tight around the ink, pixels of the sheet
	Cell   int               // the cell that it lies in, -1 outside all cells
	Parts  []image.Rectangle // its ink between white columns, from the left
	Number bool              // shaped like a number: small upright parts with gaps between them
	Text   string            // what it says, where its shape alone tells (dot leaders, the dashes beside a page number)
}

// Cut erases the rules from the sheet's Ink and cuts what is left into segments, cell by cell, then outside the cells. It
// returns the columns of the cells too.
func Cut(s *pix.Sheet, rules []Rule, cells []image.Rectangle) ([]Segment, Columns) {
	columns := columnsOf(cells)
	c := NewCutter(s.Ink, Em(s))
	erase(s, rules)
	whole := s.Ink.Bounds()
	var out []Segment
	for i, b := range cells {
		out = append(out, c.segments(b.Inset(1).Intersect(whole), i)...)
	}
	outside := s.Ink.Crop(whole)
	for _, b := range cells {
		outside.Fill(b.Inset(-1), 255)
	}
	c.ink = outside
	out = append(out, c.segments(whole, -1)...)
	markNumbers(out, columns, c.em)
	return out, columns
}

// Em is the height of a sheet's characters in pixels, 8 at least.
func Em(s *pix.Sheet) int { return max(8, s.TextHeight()) }

// Cutter cuts the ink of a sheet.
type Cutter struct {
	ink  *pix.Raster
	em   int  // height of characters, pixels
	dark byte // pixels below this are ink
}

// NewCutter returns a cutter for a sheet's Ink and the height of its characters in pixels.
func NewCutter(ink *pix.Raster, em int) *Cutter { return &Cutter{ink, em, gapDark} }

// gapDark is the threshold at which the blur around strokes does not close the gaps between them.
const gapDark = 215

// leaders is the text of a row of dot leaders.
const leaders = "……"

// leader reports whether a part has the size of one dot of a dot leader.
func (c *Cutter) leader(b image.Rectangle) bool { return b.Dx() <= c.em/4 && b.Dy() <= c.em/4 }

// split cuts a segment at rows of dot leaders, and a page number from its dashes.
func (c *Cutter) split(p Segment) []Segment {
	if p.Cell < 0 && c.pageNumber(p.Parts) {
		return c.dashed(p)
	}
	const row = 6 // dots in a row
	var out []Segment
	start := 0
	cut := func(end int, dots bool) {
		if end > start {
			q := Segment{Cell: p.Cell, Parts: p.Parts[start:end]}
			for _, b := range q.Parts {
				q.Box = q.Box.Union(b)
			}
			if dots {
				q.Text = leaders
			} else {
				q.Number = c.numberLike(q.Parts, q.Box)
			}
			out = append(out, q)
		}
		start = end
	}
	for i := 0; i < len(p.Parts); i++ {
		n := i
		for n < len(p.Parts) && c.leader(p.Parts[n]) {
			n++
		}
		if n-i >= row {
			cut(i, false)
			cut(n, true)
			i = n
		}
	}
	cut(len(p.Parts), false)
	return out
}

// pageNumber reports whether the parts of a segment are a number between two dashes.
func (c *Cutter) pageNumber(parts []image.Rectangle) bool {
	n := len(parts)
	if n < 3 || n > 6 {
		return false
	}
	inner := image.Rectangle{}
	for _, b := range parts[1 : n-1] {
		inner = inner.Union(b)
	}
	dash := func(b image.Rectangle) bool {
		return b.Dy()*4 <= inner.Dy() && b.Dx() > 2*b.Dy() && b.Min.Y > inner.Min.Y && b.Max.Y < inner.Max.Y
	}
	return dash(parts[0]) && dash(parts[n-1]) && c.numberLike(parts[1:n-1], inner)
}

// dashed makes three segments of a number between dashes.
func (c *Cutter) dashed(p Segment) []Segment {
	n := len(p.Parts)
	first, last, inner := p, p, p
	first.Parts, inner.Parts, last.Parts = p.Parts[:1], p.Parts[1:n-1], p.Parts[n-1:]
	for _, q := range []*Segment{&first, &inner, &last} {
		q.Box = image.Rectangle{}
		for _, b := range q.Parts {
			q.Box = q.Box.Union(b)
		}
	}
	inner.Number = true
	first.Text = "—"
	last.Text = first.Text
	first.Box.Max.Y, last.Box.Max.Y = inner.Box.Max.Y, inner.Box.Max.Y // on one baseline with the number
	return []Segment{first, inner, last}
}

// segments cuts a part of the raster.
func (c *Cutter) segments(part image.Rectangle, cell int) []Segment {
	var out []Segment
	for _, band := range c.bands(part) {
		for _, run := range c.stretches(band, cell < 0) {
			lines := c.bands(run)
			if len(lines) > 1 && run.Dx() < part.Dx() && lines[0] != band {
				out = append(out, c.segments(run, cell)...)
				continue
			}
			box := c.Tight(run)
			if box.Empty() || c.dust(box) {
				continue
			}
			p := Segment{Box: box, Cell: cell, Parts: c.Parts(box)}
			p.Number = c.numberLike(p.Parts, box)
			out = append(out, c.split(p)...)
		}
	}
	return out
}

// bands returns the lines of text of a part, from the top: rows of ink between white rows. A band too low for a line of its
// own is part of a character in the line above or below.
func (c *Cutter) bands(part image.Rectangle) []image.Rectangle {
	var out []image.Rectangle
	start := -1
	for y := part.Min.Y; y <= part.Max.Y; y++ {
		if y < part.Max.Y && c.inked(y, part.Min.X, part.Max.X) {
			if start < 0 {
				start = y
			}
			continue
		}
		if start >= 0 {
			out = append(out, image.Rect(part.Min.X, start, part.Max.X, y))
			start = -1
		}
	}
	return c.merged(out)
}

// merged joins bands that together are no higher than one line, those with the smallest gap first.
func (c *Cutter) merged(bands []image.Rectangle) []image.Rectangle {
	limit := c.em * 23 / 20
	for {
		best, at := c.em*3/5, -1
		for i := 1; i < len(bands); i++ {
			gap := bands[i].Min.Y - bands[i-1].Max.Y
			if bands[i].Max.Y-bands[i-1].Min.Y <= limit && gap < best {
				best, at = gap, i
			}
		}
		if at < 0 {
			return bands
		}
		bands[at-1].Max.Y = bands[at].Max.Y
		bands = append(bands[:at], bands[at+1:]...)
	}
}

func (c *Cutter) inked(y, x0, x1 int) bool {
	for _, v := range c.ink.Row(y)[x0:x1] {
		if v < c.dark {
			return true
		}
	}
	return false
}

// columns reports for each pixel column of a box whether it has ink.
func (c *Cutter) columns(b image.Rectangle) []bool {
	out := make([]bool, b.Dx())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for i, v := range c.ink.Row(y)[b.Min.X:b.Max.X] {
			if v < c.dark {
				out[i] = true
			}
		}
	}
	return out
}

// stretches cuts a line at gaps so wide that the texts beside them do not belong together, and, outside cells, at gutters.
func (c *Cutter) stretches(b image.Rectangle, outside bool) []image.Rectangle {
	wide := max(c.em, b.Dy()) * 7 / 4
	var out []image.Rectangle
	start, last := -1, 0
	for i, ink := range c.columns(b) {
		if !ink {
			continue
		}
		if start >= 0 && (i-last > wide || outside && c.gutter(image.Rect(b.Min.X+last+1, b.Min.Y, b.Min.X+i, b.Max.Y))) {
			out = append(out, image.Rect(b.Min.X+start, b.Min.Y, b.Min.X+last+1, b.Max.Y))
			start = -1
		}
		if start < 0 {
			start = i
		}
		last = i
	}
	if start >= 0 {
		out = append(out, image.Rect(b.Min.X+start, b.Min.Y, b.Min.X+last+1, b.Max.Y))
	}
	return out
}

// Tight returns the bounding box of the ink in b.
func (c *Cutter) Tight(b image.Rectangle) image.Rectangle {
	out := image.Rectangle{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := c.ink.Row(y)[b.Min.X:b.Max.X]
		for i, v := range row {
			if v < c.dark {
				out = out.Union(image.Rect(b.Min.X+i, y, b.Min.X+i+1, y+1))
			}
		}
	}
	return out
}

// dust reports whether a segment is too small for a character.
func (c *Cutter) dust(b image.Rectangle) bool {
	small := c.em / 3
	if b.Dx() > small || b.Dy() > small {
		return b.Dx() <= 2 || b.Dy() <= 3
	}
	return true
}

// Parts returns the boxes of the ink between white columns: a digit each in a number, a character or a part of one in a text.
func (c *Cutter) Parts(b image.Rectangle) []image.Rectangle {
	var out []image.Rectangle
	start := -1
	cols := c.columns(b)
	for i := 0; i <= len(cols); i++ {
		if i < len(cols) && cols[i] {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			out = append(out, c.Tight(image.Rect(b.Min.X+start, b.Min.Y, b.Min.X+i, b.Max.Y)))
			start = -1
		}
	}
	return out
}

// numberLike reports whether a segment is shaped like a number: all its parts are as high as the segment and none is wider
// than high, except low ones at the baseline (points, commas) or in the middle (minus). Digits that touch fail this test and
// are read as text first.
func (c *Cutter) numberLike(parts []image.Rectangle, b image.Rectangle) bool {
	if b.Dy() > c.em*3/2 || b.Dy() < c.em*2/5 {
		return false
	}
	tall, odd := 0, 0
	for _, p := range parts {
		switch {
		case p.Dy() >= b.Dy()*4/5 && p.Dx() <= b.Dy()*3/4:
			tall++
		case p.Dy() <= b.Dy()*2/5 && p.Dx() <= b.Dy()*3/5:
		default:
			odd++
		}
	}
	return tall > 0 && odd == 0
}
