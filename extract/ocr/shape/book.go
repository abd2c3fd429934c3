package shape

import (
	"image"
	"math"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
	pix "github.com/countybudget/extract/extract/ocr/image"
	"github.com/countybudget/extract/extract/ocr/segment"
)

// Confidences of readings by shapes.
const (
	ClearNumber = 0.85 // a reading surer than this has, for each character, the next candidate at least twice as far as the nearest
	Witness     = 0.78 // a reading surer than this counts as a second witness of a number
)

const (
	sampleSure  = 0.85 // numbers recognized with at least this confidence give samples
	sampleFair  = 0.50 // and with at least this, samples of characters that have few
	samplesFew  = 6    // a character with fewer samples has few
	samplesMost = 60   // samples kept of a character
	neighbours  = 3    // nearest samples that are compared; a character with fewer samples is not known
	strange     = 0.16 // a shape at a greater distance from all samples is unknown
	spread      = 1.6  // so is one at this many times the distance that 90 % of the samples have from their own kind
	wellCut     = 0.85 // the part of the surely recognized numbers that must have as many parts as characters
	fewNumbers  = 8    // fewer surely recognized numbers say nothing about the sheet
	alphabet    = 8    // characters that must be known before shapes may contradict the recognizer
	telling     = 0.20 // the nearest character must be nearer than the next by this part
)

// Sample is a number of the sheet and what it was recognized as.
type Sample struct {
	*segment.Segment
	Text       string  // "" where it is not well-formed as a number
	Confidence float32 // 0 to 1
}

// Book knows the characters of a sheet's numbers by samples of their shapes.
type Book struct {
	Widths Widths // of the sheet's numbers
	Cuts   bool   // the numbers of the sheet are cut well into characters

	sheet   *pix.Sheet
	cutter  *segment.Cutter
	face    segment.Typeface
	chars   []byte
	samples [][]shape // of each of chars
	known   int       // characters with enough samples
	limit   float32   // the distance beyond which a shape is unknown
}

// Learn cuts numbers into characters, which sets their Parts, and takes samples of the surely recognized ones.
func Learn(sheet *pix.Sheet, numbers []Sample) *Book {
	var sure []Sample
	for _, p := range numbers {
		if p.Confidence >= sampleSure && p.Text != "" {
			sure = append(sure, p)
		}
	}
	b := &Book{Widths: widthsOf(sure), sheet: sheet, cutter: segment.NewCutter(sheet.Ink, segment.Em(sheet))}
	face, fit := typefaceOf(b.cutter, sure)
	b.Cuts = fit >= wellCut && len(sure) >= fewNumbers
	b.face = face
	for _, p := range numbers {
		p.Parts = b.Cut(p.Segment)
	}
	for _, p := range sure {
		if len(p.Text) == len(p.Parts) {
			b.take(p, samplesMost)
		}
	}
	for _, p := range numbers {
		if p.Confidence >= sampleFair && p.Confidence < sampleSure && p.Text != "" && len(p.Text) == len(p.Parts) {
			b.take(p, samplesFew)
		}
	}
	b.measure()
	return b
}

// measure finds how much samples of one character differ from each other.
func (b *Book) measure() {
	var all []float32
	for _, samples := range b.samples {
		if len(samples) <= neighbours {
			continue
		}
		b.known++
		for i := range min(len(samples), 12) {
			rest := slices.Concat(samples[:i], samples[i+1:])
			all = append(all, distance(&samples[i], rest))
		}
	}
	if len(all) == 0 {
		return
	}
	slices.Sort(all)
	b.limit = min(strange, spread*all[len(all)*9/10])
}

// Cut returns the boxes of a number's characters.
func (b *Book) Cut(p *segment.Segment) []image.Rectangle { return b.cutter.Characters(p.Box, b.face) }

// take adds the characters of a number to the samples, up to most of each.
func (b *Book) take(p Sample, most int) {
	for i := range p.Parts {
		k := slices.Index(b.chars, p.Text[i])
		if k < 0 {
			k = len(b.chars)
			b.chars = append(b.chars, p.Text[i])
			b.samples = append(b.samples, nil)
		}
		if len(b.samples[k]) < most {
			b.samples[k] = append(b.samples[k], normalize(b.sheet.Read, p.Parts[i], p.Box))
		}
	}
}

// Read reads a number by the shapes of its Parts; the empty reading where one of them is unknown.
func (b *Book) Read(p *segment.Segment) model.Reading {
	var text strings.Builder
	sure := float32(1)
	for _, part := range p.Parts {
		c, s := b.match(normalize(b.sheet.Read, part, p.Box))
		if s == 0 {
			return model.Reading{}
		}
		text.WriteByte(c)
		sure = min(sure, s)
	}
	return model.Reading{Text: text.String(), Confidence: sure}
}

// match finds the character whose samples are nearest to a shape, and the confidence in it, 0 where the shape is unknown.
func (b *Book) match(s shape) (byte, float32) {
	best, second := float32(math.Inf(1)), float32(math.Inf(1))
	at := -1
	for k := range b.chars {
		if len(b.samples[k]) < neighbours {
			continue
		}
		switch d := distance(&s, b.samples[k]); {
		case d < best:
			best, second, at = d, best, k
		case d < second:
			second = d
		}
	}
	if at < 0 || best > b.limit {
		return 0, 0
	}
	margin := float32(1)
	if second < float32(math.Inf(1)) {
		margin = (second - best) / max(second, 1e-6)
	}
	if margin < telling {
		return b.chars[at], margin
	}
	return b.chars[at], min(0.99, 0.6+margin/2)
}

// MayContradict reports whether the book knows enough characters to say something else than the recognizer.
func (b *Book) MayContradict() bool { return b.known >= alphabet }

// AllDigits reports whether the book has enough samples of each of the ten digits.
func (b *Book) AllDigits() bool {
	known := 0
	for k, c := range b.chars {
		if c >= '0' && c <= '9' && len(b.samples[k]) > neighbours {
			known++
		}
	}
	return known == 10
}

// Fits reports whether a text has as many characters as a number has parts, and the number's width. A decimal point that
// touches a digit is no part of its own.
func (b *Book) Fits(p *segment.Segment, text string) bool {
	n := len(text) - len(p.Parts)
	return b.Widths.Agrees(p, text) && (!b.Cuts || n == 0 || n == 1 && strings.Count(text, ".") == 1)
}
