package ocr

import (
	"image"

	"github.com/countybudget/extract/extract/model"
)

// The ink of a cell, or of what lies outside all cells, is cut along white rows and white columns in turn, until each
// piece is a single line of text without wide gaps.

// piece is a single line of text, or a single number.
type piece struct {
	box    image.Rectangle // tight around the ink, pixels of the sheet
	cell   int             // the cell it lies in, -1 outside all
	parts  []image.Rectangle
	number bool // made like a number: small upright shapes with gaps between them
	spared bool // a number known by its shapes without the engine
	best   model.Reading
	others []model.Reading // all it was read as, the best too
	votes  []float32       // the sum of the confidences with which each of them was read
}

// cutter cuts parts of a cleaned raster into pieces.
type cutter struct {
	r    *raster
	em   int  // height of the sheet's characters, pixels
	dark byte // pixels below this count as ink when gaps are looked for
}

// gapDark is the value of dark at which the blur around strokes does not close the gaps between them.
const gapDark = 215

// leaders is what a row of dots from a title to its page number becomes.
const leaders = "……"

// leader reports whether a part is a dot of such a row, by its size.
func (c *cutter) leader(b image.Rectangle) bool { return b.Dx() <= c.em/4 && b.Dy() <= c.em/4 }

// split parts a piece at rows of dots.
func (c *cutter) split(p piece) []piece {
	if p.cell < 0 && c.pageNumber(p.parts) {
		return c.dashed(p)
	}
	const row = 6 // dots in a row
	var out []piece
	start := 0
	cut := func(end int, dots bool) {
		if end > start {
			q := piece{cell: p.cell, parts: p.parts[start:end]}
			for _, b := range q.parts {
				q.box = q.box.Union(b)
			}
			if dots {
				q.best = model.Reading{Text: leaders, Confidence: 1}
			} else {
				q.number = c.numberLike(q.parts, q.box)
			}
			out = append(out, q)
		}
		start = end
	}
	for i := 0; i < len(p.parts); i++ {
		n := i
		for n < len(p.parts) && c.leader(p.parts[n]) {
			n++
		}
		if n-i >= row {
			cut(i, false)
			cut(n, true)
			i = n
		}
	}
	cut(len(p.parts), false)
	return out
}

// pageNumber reports whether shapes are a number between two dashes.
func (c *cutter) pageNumber(parts []image.Rectangle) bool {
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

// dashed makes three pieces of a number between dashes.
func (c *cutter) dashed(p piece) []piece {
	n := len(p.parts)
	first, last, inner := p, p, p
	first.parts, inner.parts, last.parts = p.parts[:1], p.parts[1:n-1], p.parts[n-1:]
	for _, q := range []*piece{&first, &inner, &last} {
		q.box = image.Rectangle{}
		for _, b := range q.parts {
			q.box = q.box.Union(b)
		}
	}
	inner.number = true
	first.best = model.Reading{Text: "—", Confidence: 1}
	last.best = first.best
	first.box.Max.Y, last.box.Max.Y = inner.box.Max.Y, inner.box.Max.Y // on one baseline with the number
	return []piece{first, inner, last}
}

// pieces cuts a part of the raster.
func (c *cutter) pieces(part image.Rectangle, cell int) []piece {
	var out []piece
	for _, band := range c.bands(part) {
		for _, run := range c.stretches(band) {
			lines := c.bands(run)
			if len(lines) > 1 && run.Dx() < part.Dx() && lines[0] != band {
				out = append(out, c.pieces(run, cell)...)
				continue
			}
			box := c.tight(run)
			if box.Empty() || c.dust(box) {
				continue
			}
			p := piece{box: box, cell: cell, parts: c.shapes(box)}
			p.number = c.numberLike(p.parts, box)
			out = append(out, c.split(p)...)
		}
	}
	return out
}

// bands are the lines of text of a part, from the top: rows of ink between white rows. What is too low for a line is a
// part of the character above or below it.
func (c *cutter) bands(part image.Rectangle) []image.Rectangle {
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

// merged joins bands that together are no higher than one line, the nearest first.
func (c *cutter) merged(bands []image.Rectangle) []image.Rectangle {
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

func (c *cutter) inked(y, x0, x1 int) bool {
	for _, v := range c.r.row(y)[x0:x1] {
		if v < c.dark {
			return true
		}
	}
	return false
}

// columns marks the columns of a box that have ink.
func (c *cutter) columns(b image.Rectangle) []bool {
	out := make([]bool, b.Dx())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for i, v := range c.r.row(y)[b.Min.X:b.Max.X] {
			if v < c.dark {
				out[i] = true
			}
		}
	}
	return out
}

// stretches cuts a line at gaps that set texts apart.
func (c *cutter) stretches(b image.Rectangle) []image.Rectangle {
	wide := max(c.em, b.Dy()) * 7 / 4
	var out []image.Rectangle
	start, last := -1, 0
	for i, ink := range c.columns(b) {
		if !ink {
			continue
		}
		if start >= 0 && i-last > wide {
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

// tight is the box of the ink in b.
func (c *cutter) tight(b image.Rectangle) image.Rectangle {
	out := image.Rectangle{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := c.r.row(y)[b.Min.X:b.Max.X]
		for i, v := range row {
			if v < c.dark {
				out = out.Union(image.Rect(b.Min.X+i, y, b.Min.X+i+1, y+1))
			}
		}
	}
	return out
}

// dust reports whether a piece is too little ink for a character.
func (c *cutter) dust(b image.Rectangle) bool {
	small := c.em / 3
	if b.Dx() > small || b.Dy() > small {
		return b.Dx() <= 2 || b.Dy() <= 3
	}
	return true
}

// shapes are the boxes between white columns: a digit each in a number, a character or a part of one in a text.
func (c *cutter) shapes(b image.Rectangle) []image.Rectangle {
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
			out = append(out, c.tight(image.Rect(b.Min.X+start, b.Min.Y, b.Min.X+i, b.Max.Y)))
			start = -1
		}
	}
	return out
}

// numberLike reports whether a piece is made as numbers are: all its shapes are as high as the piece and none wider than
// high, but for low ones at its foot (points, commas) or in its middle (minus). Digits that touch are not known by this;
// they are read as text first.
func (c *cutter) numberLike(parts []image.Rectangle, b image.Rectangle) bool {
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
