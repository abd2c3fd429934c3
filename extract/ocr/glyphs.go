package ocr

import (
	"math"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
)

// A piece's text becomes glyphs: a digit for each shape where their numbers agree, else characters spread over the width of
// the piece, Chinese ones twice as wide as others. What the engine says about the places of characters is not to be
// trusted.

const (
	digitHeight = 0.69 // of the em
	charHeight  = 0.92 // of the em, the ink of a Chinese character
	belowBase   = 0.08 // of the em, what of it lies below the baseline
)

// put adds a piece to the page.
func (f *frame) put(page *model.Page, p *piece) {
	n := utf8.RuneCountInString(p.best.Text)
	if n == 0 {
		return
	}
	box := f.rect(p.box)
	size, base := f.size(p, n)
	boxes := f.spread(p, n)
	i := 0
	for _, r := range p.best.Text {
		b := boxes[i]
		b.Y0, b.Y1 = box.Y0, box.Y1
		page.Glyphs = append(page.Glyphs, model.Glyph{
			Text: string(r), Box: b, Origin: model.Point{X: b.X0, Y: base}, Font: scanFont, Size: size,
			Color: model.Black, Order: len(page.Glyphs), Source: model.SourceOCR, Confidence: p.best.Confidence,
		})
		i++
	}
	page.Reads = append(page.Reads, model.Read{Box: box, Readings: p.others})
}

// scanFont stands for the unknown font of a picture.
var scanFont = &model.Font{Name: "scan", Ascent: 0.88, Descent: 0.12}

// weight is the width of a character in ems.
func weight(r rune) float64 {
	if r < 0x2000 {
		return 0.5
	}
	return 1
}

// size is the em and the baseline of a piece, in points.
func (f *frame) size(p *piece, n int) (size, base float64) {
	box := f.rect(p.box)
	wide, ems := 0, 0.0
	for _, r := range p.best.Text {
		ems += weight(r)
		if weight(r) == 1 {
			wide++
		}
	}
	if wide == 0 {
		return box.Height() / digitHeight, box.Y1
	}
	size = box.Height() / charHeight
	if pitch := box.Width() / ems; wide >= 2 && n == wide && pitch > size {
		size = math.Min(pitch, 1.5*size)
	}
	return size, box.Y1 - belowBase*size
}

// spread gives the boxes of n characters; only their widths are set.
func (f *frame) spread(p *piece, n int) []model.Rect {
	out := make([]model.Rect, 0, n)
	if p.number && len(p.parts) == n {
		for i, b := range p.parts {
			out = append(out, f.rect(b))
			if i > 0 { // a number is one word, however narrow its ones
				middle := (out[i-1].X1 + out[i].X0) / 2
				out[i-1].X1, out[i].X0 = middle, middle
			}
		}
		return out
	}
	ems := 0.0
	for _, r := range p.best.Text {
		ems += weight(r)
	}
	box := f.rect(p.box)
	x, k := box.X0, box.Width()/ems
	for _, r := range p.best.Text {
		w := weight(r) * k
		out = append(out, model.Rect{X0: x, X1: x + w})
		x += w
	}
	return out
}
