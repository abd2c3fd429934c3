package ocr

import (
	"math"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
)

// A segment's text becomes glyphs: the characters of a number stand where its parts are, if there are as many; other texts are
// spread over the width of the segment, Chinese characters twice as wide as others. The places that a recognizer gives for
// characters are too inexact.

const (
	digitHeight = 0.69 // of the em
	charHeight  = 0.92 // of the em, the ink of a Chinese character
	belowBase   = 0.08 // of the em, the part of it below the baseline
)

// put adds a segment's text to the page.
func (f *frame) put(page *model.Page, p *entry) {
	n := utf8.RuneCountInString(p.best.Text)
	if n == 0 {
		return
	}
	box := f.rect(p.Box)
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

// size returns the em and the baseline of a segment, in points.
func (f *frame) size(p *entry, n int) (size, base float64) {
	box := f.rect(p.Box)
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

// spread returns the boxes of n characters; only X0 and X1 are set.
func (f *frame) spread(p *entry, n int) []model.Rect {
	out := make([]model.Rect, 0, n)
	if p.Number && len(p.Parts) == n {
		for i, b := range p.Parts {
			out = append(out, f.rect(b))
			if i > 0 { // no gaps beside a narrow 1, so that the number is one word
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
	box := f.rect(p.Box)
	x, k := box.X0, box.Width()/ems
	for _, r := range p.best.Text {
		w := weight(r) * k
		out = append(out, model.Rect{X0: x, X1: x + w})
		x += w
	}
	return out
}
