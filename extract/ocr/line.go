package ocr

import (
	"image"

	pix "github.com/countybudget/extract/extract/ocr/image"
)

// A segment becomes a picture of one line as the recognizer wants it: of its height, with the characters in the middle.

const (
	longestLine = 6000 // pixels; longer lines are drawn smaller
	linesAtOnce = 96   // lines of one call at most
)

// size is the height of the ink of a line's characters, in percent of the height of the line's picture.
type size int

// The sizes that the models read best were measured: characters smaller than the picture, slightly above its middle, with
// narrow margins.
const (
	textSize    size = 64
	smallText   size = 60
	largeText   size = 70
	digitSize   size = 66
	smallDigits size = 57
	largeDigits size = 74

	// What a witness costs grows with the width of its lines, so that its characters are smaller.
	witnessText   size = 60
	witnessDigits size = 50

	textMargin, textRise   = 5, 2 // pixels of paper before and after a line, and from the middle up
	digitMargin, digitRise = 1, 1
)

// pass is one way of recognizing segments: from which raster, at which size, with which characters.
type pass struct {
	raster  *pix.Raster
	size    size
	charset Charset
}

// lineOf makes the picture of a segment for a pass, height pixels high; em is the height of the sheet's characters. A line
// without a tall character is scaled like its neighbours.
func lineOf(w pass, p *entry, em, height int) Line {
	ink := p.Box.Dy()
	if ink < em*7/10 && !p.Number {
		ink = em
	}
	k := float64(height) * float64(w.size) / 100 / float64(ink)
	k = max(0.1, min(k, 8))
	around, margin, rise := 2, textMargin, textRise // includes the tips of characters that touch a rule
	if w.charset == Numbers {
		around, margin, rise = 1, digitMargin, digitRise // a rest of the rule would be read as a digit
	}
	cut := p.Box.Inset(-around).Intersect(w.raster.Bounds())
	if wide := float64(cut.Dx()) * k; wide > longestLine {
		k *= longestLine / wide
	}
	c := w.raster.Crop(cut).Scaled(k)
	if c.H > height {
		c = c.Crop(image.Rect(0, (c.H-height)/2, c.W, (c.H-height)/2+height))
	}
	out := pix.Blank(c.W+2*margin, height)
	out.Paste(c, margin, max(0, (height-c.H)/2-rise))
	return Line{out.W, out.H, out.Pix}
}

// turned is the line turned by half a circle.
func (l Line) turned() Line {
	r := pix.Raster{W: l.Width, H: l.Height, Pix: l.Pix}
	return Line{l.Width, l.Height, r.Turned(2).Pix}
}
