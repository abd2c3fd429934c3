package segment

import "image"

// The columns of a table without rules are often nearer to each other than two texts of a line may be. What parts them is
// white over many lines, which no gap between words is: a gutter.

// Lengths in characters' heights.
const (
	gutterTall  = 8  // a gutter is white over more than this
	gutterLines = 3  // of which it has ink on both sides
	gutterReach = 10 // as near as this
)

// gutter reports whether a white box between two inks of a line lies in a gutter.
func (c *Cutter) gutter(b image.Rectangle) bool {
	narrow := c.em/2 + 1
	if b.Dx() < narrow || b.Dx() > c.em*gutterReach {
		return false
	}
	for x := b.Min.X; x+narrow <= b.Max.X; x++ {
		top, bottom := c.white(x, narrow, b.Min.Y, -1), c.white(x, narrow, b.Max.Y-1, 1)
		if bottom-top > gutterTall*c.em && c.parted(image.Rect(x, top, x+narrow, bottom)) {
			return true
		}
	}
	return false
}

// white is the last row from y on, up (-1) or down (1), before one with ink in so many columns from x on; not more rows away
// than tell.
func (c *Cutter) white(x, wide, y, step int) int {
	for n := 0; n < 2*gutterTall*c.em && y+step >= 0 && y+step < c.ink.H && !c.inked(y+step, x, x+wide); n++ {
		y += step
	}
	return y
}

// parted reports whether a white box has enough rows with ink on both sides.
func (c *Cutter) parted(b image.Rectangle) bool {
	reach, n := gutterReach*c.em, 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		if c.inked(y, max(0, b.Min.X-reach), b.Min.X) && c.inked(y, b.Max.X, min(c.ink.W, b.Max.X+reach)) {
			n++
		}
	}
	return n > gutterLines*c.em
}
