package extract

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// An undecoded character may be a digit or the decimal point of a number: a budget had the point of 286.7 as a private-use
// character. Such a number is recognized from the rendered page. The result is accepted if the known digits beside it were
// recognized correctly.

// errUndecodedNumber is the error of a page with such a number that recognition did not decode.
var errUndecodedNumber = errors.New("a number has a character of unknown meaning: compare the page")

// drift is how far, in ems, a recognized character may be from its place.
const drift = 2

// beside is the widest gap, in ems, between characters of one number.
const beside = 0.35

// undecodedInNumbers lists the visible undecoded characters that are beside a digit on their line.
func undecodedInNumbers(p *model.Page) []int {
	var out []int
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if !g.Is(model.FlagUndecoded) || !seenBySomeone(g) {
			continue
		}
		for k := max(0, i-2); k < min(len(p.Glyphs), i+3); k++ { // programs draw the characters of a number one after the other
			if isDigit(p.Glyphs[k].Text) && touches(g, &p.Glyphs[k]) {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// needsDecoding reports whether a page has characters without a known meaning that recognition may read.
func needsDecoding(p *model.Page) bool {
	return len(undecodedInNumbers(p)) > 0 || len(unsureInText(p)) > 0
}

func isDigit(s string) bool { return len(s) == 1 && s[0] >= '0' && s[0] <= '9' || isFullWidthDigit(s) }

func isFullWidthDigit(s string) bool {
	r := []rune(s)
	return len(r) == 1 && r[0] >= '０' && r[0] <= '９'
}

// touches reports whether two characters are beside each other on a line.
func touches(a, b *model.Glyph) bool {
	size := math.Max(a.Size, b.Size)
	gap := math.Max(a.Box.X0, b.Box.X0) - math.Min(a.Box.X1, b.Box.X1)
	return math.Abs(a.Origin.Y-b.Origin.Y) <= 0.3*size && gap <= beside*size
}

// decodeNumbers gives undecoded characters of numbers the values that were recognized at their places. Recognition knows
// places only roughly, so a number is searched for in its line near its place, and accepted if all its known characters were
// recognized correctly.
func decodeNumbers(p, found *model.Page) {
	for _, i := range undecodedInNumbers(p) {
		if !p.Glyphs[i].Is(model.FlagUndecoded) {
			continue // together with another character of the same number
		}
		from, to := numberAround(p, i)
		number := p.Glyphs[from:to]
		line := lineOf(found, &number[i-from])
		var read []*model.Glyph
		for k := 0; k+len(number) <= len(line); k++ {
			part := line[k : k+len(number)]
			if !agrees(number, part) || math.Abs(part[0].Box.X0-number[0].Box.X0) > drift*number[0].Size {
				continue
			}
			if read != nil && !sameText(read, part) {
				read = nil
				break
			}
			read = part
		}
		for k := range read {
			if g := &number[k]; g.Is(model.FlagUndecoded) {
				g.Text, g.Source, g.Confidence = read[k].Text, model.SourceOCR, read[k].Confidence
				g.Flags &^= model.FlagUndecoded
			}
		}
	}
}

// numberAround is the range of characters without a gap around the i-th.
func numberAround(p *model.Page, i int) (from, to int) {
	part := func(k int) bool {
		g := &p.Glyphs[k]
		return isDigit(g.Text) || g.Is(model.FlagUndecoded) || g.Text == "." || g.Text == ","
	}
	for from = i; from > 0 && part(from-1) && touches(&p.Glyphs[from-1], &p.Glyphs[from]); from-- {
	}
	for to = i + 1; to < len(p.Glyphs) && part(to) && touches(&p.Glyphs[to-1], &p.Glyphs[to]); to++ {
	}
	return from, to
}

// lineOf is the recognized characters on the line of a character and near it, from left to right.
func lineOf(found *model.Page, g *model.Glyph) []*model.Glyph {
	const near = 6 // em
	var line []*model.Glyph
	for i := range found.Glyphs {
		f := &found.Glyphs[i]
		c := f.Box.Center()
		if c.Y > g.Box.Y0-0.2*g.Size && c.Y < g.Box.Y1+0.2*g.Size && math.Abs(c.X-g.Box.Center().X) <= near*g.Size && !wording.Blank(f.Text) {
			line = append(line, f)
		}
	}
	slices.SortStableFunc(line, func(a, b *model.Glyph) int { return cmp.Compare(a.Box.X0, b.Box.X0) })
	return line
}

// agrees reports whether a recognized text has the known characters of a number, and at the other places characters that
// numbers have.
func agrees(number []model.Glyph, read []*model.Glyph) bool {
	for k := range number {
		switch text := halfWidth(read[k].Text); {
		case !number[k].Is(model.FlagUndecoded):
			if text != halfWidth(number[k].Text) {
				return false
			}
		case !isDigit(text) && text != "." && text != "," && text != "-":
			return false
		}
	}
	return true
}

func sameText(a, b []*model.Glyph) bool {
	return slices.EqualFunc(a, b, func(x, y *model.Glyph) bool { return x.Text == y.Text })
}

func halfWidth(s string) string {
	if isFullWidthDigit(s) {
		return string([]rune(s)[0] - '０' + '0')
	}
	return s
}

// tellUndecoded sets the error of pages with numbers that recognition did not decode. Pages of undecoded text throughout
// have an error already.
func tellUndecoded(pages []*model.Page) {
	for _, p := range pages {
		if p.Err == nil && !p.Unreadable() && len(undecodedInNumbers(p)) > 0 {
			p.Err = errUndecodedNumber
		}
	}
}
