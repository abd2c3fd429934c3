package ocr

import (
	"image"
	"math"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/model"
)

// All numbers of a sheet are printed in one or two fonts, so a digit looks like the sheet's other digits of its kind. The
// shapes of numbers that the engine read surely are samples; every shape is then compared with them. This second reading
// is independent of the engine: a digit that the engine took for another one looks like its own kind here.

const (
	shapeSide   = 16   // pixels of a normalized shape: the height of its number, and as wide
	sampleSure  = 0.85 // numbers read more surely than this give samples
	sampleFair  = 0.50 // and less surely read ones for characters that have few
	samplesFew  = 6    // so many are few
	samplesMost = 60   // of a character
	neighbours  = 3    // nearest samples that are compared; a character with fewer samples is not known
	strange     = 0.16 // a shape that differs more than this from all samples is none of them
	spread      = 1.6  // nor one that differs by so many times more than nine of ten samples differ from their own kind
	wellCut     = 0.85 // the part of the surely read numbers that must have as many pieces as characters
	fewNumbers  = 8    // fewer surely read numbers tell nothing of the sheet
	alphabet    = 8    // characters that must be known before a shape may say what the engine does not
	telling     = 0.20 // the nearest character must be nearer than the next by this part
)

// shape is a normalized picture of a character, in the box of its number, row by row, a byte a pixel: 0 paper, 255 ink.
type shape [shapeSide * shapeSide / wordBytes]uint64

const wordBytes = 8 // pixels of a shape that are compared at once

// shapeBook holds the samples of a sheet by character.
type shapeBook struct {
	chars   []byte
	samples [][]shape
	face    typeface
	widths  measure // of the sheet's numbers
	cuts    bool    // the numbers of the sheet are cut well into characters
	known   int     // characters with enough samples
	limit   float32 // a shape that differs more than this is not known
}

// normalize scales a part of a number to a shape; the number's height fills it, the part stands in its middle.
func normalize(r *raster, part, number image.Rectangle) shape {
	var s shape
	h := number.Dy()
	left := float64(part.Min.X+part.Max.X)/2 - float64(h)/2
	k := float64(h) / shapeSide
	for j := range shapeSide {
		for i := range shapeSide {
			at := j*shapeSide + i
			ink := inkIn(r, part, left+float64(i)*k, float64(number.Min.Y)+float64(j)*k, k)
			s[at/wordBytes] |= uint64(255*ink+0.5) << (8 * (at % wordBytes))
		}
	}
	return s
}

// inkIn is the share of ink in a square with its top left at x, y, of what lies in the part's columns.
func inkIn(r *raster, part image.Rectangle, x, y, side float64) float32 {
	x0, x1 := int(math.Floor(x)), int(math.Ceil(x+side))
	y0, y1 := int(math.Floor(y)), int(math.Ceil(y+side))
	sum, n := 0.0, 0.0
	for v := y0; v < y1; v++ {
		wy := math.Min(float64(v+1), y+side) - math.Max(float64(v), y)
		for u := x0; u < x1; u++ {
			w := wy * (math.Min(float64(u+1), x+side) - math.Max(float64(u), x))
			n += w
			if u >= part.Min.X && u < part.Max.X && v >= part.Min.Y-1 && v <= part.Max.Y && v >= 0 && v < r.h {
				sum += w * float64(255-r.pix[v*r.w+u]) / 255
			}
		}
	}
	if n <= 0 {
		return 0
	}
	return float32(sum / n)
}

// learn cuts the pieces into characters and takes samples of those that were read surely.
func (n *session) learn(pieces []*piece) *shapeBook {
	var sure []*piece
	for _, p := range pieces {
		if p.best.Confidence >= sampleSure && plausible(p.best.Text) {
			sure = append(sure, p)
		}
	}
	b := &shapeBook{widths: measureOf(sure)}
	face, fit := n.typefaceOf(sure)
	b.cuts = fit >= wellCut && len(sure) >= fewNumbers
	b.face = face
	for _, p := range pieces {
		p.parts = b.cut(n, p)
	}
	for _, p := range sure {
		if len(p.best.Text) == len(p.parts) {
			b.take(n.sheet.read, p, samplesMost)
		}
	}
	for _, p := range pieces {
		if p.best.Confidence >= sampleFair && p.best.Confidence < sampleSure && plausible(p.best.Text) && len(p.best.Text) == len(p.parts) {
			b.take(n.sheet.read, p, samplesFew)
		}
	}
	b.measure()
	return b
}

// measure finds how much samples of one kind differ from each other.
func (b *shapeBook) measure() {
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

// cut parts a number into its characters.
func (b *shapeBook) cut(n *session, p *piece) []image.Rectangle {
	c := &cutter{n.sheet.ink, n.em, b.face.dark}
	return c.characters(p.box, b.face)
}

// take adds the characters of a piece to the samples, up to most of each.
func (b *shapeBook) take(r *raster, p *piece, most int) {
	for i := range p.parts {
		k := slices.Index(b.chars, p.best.Text[i])
		if k < 0 {
			k = len(b.chars)
			b.chars = append(b.chars, p.best.Text[i])
			b.samples = append(b.samples, nil)
		}
		if len(b.samples[k]) < most {
			b.samples[k] = append(b.samples[k], normalize(r, p.parts[i], p.box))
		}
	}
}

// read reads a piece by its shapes; the confidence is 0 where a shape is not known.
func (b *shapeBook) read(r *raster, p *piece) model.Reading {
	var text strings.Builder
	sure := float32(1)
	for _, part := range p.parts {
		c, s := b.match(normalize(r, part, p.box))
		if s == 0 {
			return model.Reading{}
		}
		text.WriteByte(c)
		sure = min(sure, s)
	}
	return model.Reading{Text: text.String(), Confidence: sure}
}

// match finds the character a shape looks like, and how surely.
func (b *shapeBook) match(s shape) (byte, float32) {
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

// distance is the mean difference from the nearest samples of a character: 0 none, 1 of ink from paper.
func distance(s *shape, samples []shape) float32 {
	const most = 255 * shapeSide * shapeSide
	nearest := [neighbours]int{} // the farthest first
	for i := range nearest {
		nearest[i] = most
	}
	for k := range samples {
		sum := 0
		for from := 0; from < len(s) && sum < nearest[0]; from += len(s) / 4 { // else too far already
			sum += difference(s[from:from+len(s)/4], samples[k][from:from+len(s)/4])
		}
		if sum >= nearest[0] {
			continue
		}
		nearest[0] = sum
		for i := 1; i < neighbours && nearest[i-1] < nearest[i]; i++ {
			nearest[i-1], nearest[i] = nearest[i], nearest[i-1]
		}
	}
	sum := 0
	for _, v := range nearest {
		sum += v
	}
	return float32(sum) / (neighbours * most)
}

// difference is the sum of the differences of pixels, of not more than 128 words. Four pixels lie in a word's lanes of 16
// bits: in each of them 256 + a - b has its ninth bit if a is not less, and tells the difference either way.
func difference(a, b []uint64) int {
	const (
		lanes = 0x0001_0001_0001_0001
		low   = 0x00ff * lanes
	)
	sum := uint64(0)
	for i, x := range a {
		y := b[i]
		even := (x&low | 0x0100*lanes) - y&low
		odd := (x>>8&low | 0x0100*lanes) - y>>8&low
		evenUp, oddUp := even>>8&lanes, odd>>8&lanes
		sum += even ^ (lanes-evenUp)*0x01ff - (0x00ff*lanes + evenUp)
		sum += odd ^ (lanes-oddUp)*0x01ff - (0x00ff*lanes + oddUp)
	}
	return int(sum&0xffff + sum>>16&0xffff + sum>>32&0xffff + sum>>48)
}
