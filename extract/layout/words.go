// Package layout turns a page's glyphs into words, words into lines, and lines into titled sections of prose.
//
// Method. Glyphs that are text (horizontal, visible, no watermark) are sorted by baseline and gathered into rows; within a
// row they are sorted from left to right and split into words at gaps. Lines are words of one baseline. Furniture – page
// numbers, running headers, the table of contents – is recognized by place and repetition over all pages. The remaining
// lines become paragraphs by their indentation and sections by their numbering.
package layout

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Settings are the distances of this stage, all in ems of the glyphs concerned unless said otherwise.
type Settings struct {
	WordGap      float64 // a wider gap ends a word
	BaselineSlip float64 // glyphs of one line differ at most by this in baseline
	Indent       float64 // a line indented more than this starts a paragraph
	ShortLine    float64 // a line ending this much before the right margin ends a paragraph
	Margin       float64 // the part of the page's height, at the top and at the bottom, in which furniture is
	RunningPages int     // number of pages from which a text in the margin is a running header or footer
}

// Defaults returns the settings that published disclosures need.
func Defaults() Settings {
	return Settings{WordGap: 0.35, BaselineSlip: 0.4, Indent: 0.8, ShortLine: 2.2, Margin: 0.12, RunningPages: 3}
}

// Validate reports the first invalid setting.
func (s Settings) Validate() error {
	for _, v := range []float64{s.WordGap, s.BaselineSlip, s.Indent, s.ShortLine, s.Margin} {
		if !(v > 0 && v < 100) {
			return fmt.Errorf("layout: setting %v is out of range", v)
		}
	}
	if s.RunningPages < 2 {
		return fmt.Errorf("layout: RunningPages %d is less than 2", s.RunningPages)
	}
	return nil
}

// Horizontal reports whether a glyph is upright on a horizontal baseline.
func Horizontal(g *model.Glyph) bool {
	return math.Abs(g.Angle) < 2 && !g.Is(model.FlagVertical)
}

// Readable returns the glyphs of a page that are text: finite, horizontal, no watermark, not clipped or hidden; invisible
// ones only on pages without other text.
func Readable(p *model.Page) []*model.Glyph {
	var seen, hidden []*model.Glyph
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if g.Is(model.FlagWatermark|model.FlagClipped|model.FlagHidden) || !Horizontal(g) || !finite(g) {
			continue
		}
		if g.Is(model.FlagInvisible) {
			hidden = append(hidden, g)
			continue
		}
		seen = append(seen, g)
	}
	for _, g := range seen {
		if !wording.Blank(g.Text) {
			return seen
		}
	}
	return hidden
}

// far is beyond any page that PDF allows (14,400 units times a UserUnit).
const far = 1e6

func finite(g *model.Glyph) bool {
	b := g.Box
	return math.Abs(b.X0) < far && math.Abs(b.X1) < far && math.Abs(b.Y0) < far && math.Abs(b.Y1) < far &&
		math.Abs(g.Origin.Y) < far && g.Size > 0 && g.Size < far && b.X0 <= b.X1 && b.Y0 <= b.Y1
}

// Words gathers the readable glyphs of a page into words, line by line from the top, each line from the left.
func Words(p *model.Page, s Settings) []model.Word {
	var words []model.Word
	glyphs := Readable(p)
	glyphs = append(glyphs, drawnMinuses(p, glyphs)...)
	for _, row := range rows(glyphs, s.BaselineSlip) {
		words = append(words, cut(row, s)...)
	}
	return attachMarks(words)
}

// rows groups glyphs by baseline. The distance to the first glyph of a row counts, so that small steps do not add up.
func rows(glyphs []*model.Glyph, slip float64) [][]*model.Glyph {
	slices.SortStableFunc(glyphs, func(a, b *model.Glyph) int {
		if a.Origin.Y != b.Origin.Y {
			return cmp.Compare(a.Origin.Y, b.Origin.Y)
		}
		return cmp.Compare(a.Box.X0, b.Box.X0)
	})
	var out [][]*model.Glyph
	start := 0
	for i := 1; i <= len(glyphs); i++ {
		if i < len(glyphs) {
			anchor := glyphs[start]
			if glyphs[i].Origin.Y-anchor.Origin.Y <= slip*math.Min(anchor.Size, glyphs[i].Size) {
				continue
			}
		}
		if i > start {
			row := glyphs[start:i:i]
			slices.SortStableFunc(row, func(a, b *model.Glyph) int { return cmp.Compare(a.Box.X0, b.Box.X0) })
			out = append(out, row)
		}
		start = i
	}
	return out
}

// cut splits one row of glyphs into words, at white space, a gap, a step back, a change of size by half, and a change of
// baseline.
func cut(row []*model.Glyph, s Settings) []model.Word {
	var words []model.Word
	run := make([]*model.Glyph, 0, len(row)) // the words of a row share one array
	flush := func() {
		if n := len(run); n > 0 {
			words = append(words, NewWord(run[:n:n]))
			run = run[n:]
		}
	}
	for _, g := range row {
		if wording.Blank(g.Text) {
			flush()
			continue
		}
		if n := len(run); n > 0 {
			last := run[n-1]
			if twice(run, g) {
				continue
			}
			em := math.Min(last.Size, g.Size)
			if g.Box.X0-last.Box.X1 > s.WordGap*em || math.Max(last.Size, g.Size) > 1.6*em ||
				math.Abs(g.Origin.Y-last.Origin.Y) > s.BaselineSlip*0.75*em || raises(g, last) || raises(last, g) {
				flush()
			}
		} else if n := len(words); n > 0 && twice(words[n-1].Glyphs, g) {
			continue
		}
		run = append(run, g)
	}
	flush()
	return words
}

// twice reports whether g repeats one of the last glyphs of the run in the same place, as programs do for bold.
func twice(run []*model.Glyph, g *model.Glyph) bool {
	for i := len(run) - 1; i >= 0 && i >= len(run)-3; i-- {
		o := run[i]
		if o.Text == g.Text && math.Abs(o.Box.X0-g.Box.X0) < 0.15*g.Size && math.Abs(o.Origin.Y-g.Origin.Y) < 0.15*g.Size {
			return true
		}
	}
	return false
}

// NewWord makes a word of glyphs in reading order.
func NewWord(run []*model.Glyph) model.Word {
	w := model.Word{Glyphs: run, Source: model.SourceText, Confidence: 1}
	n := 0
	for _, g := range run {
		n += len(g.Text)
	}
	text := make([]byte, 0, n)
	for _, g := range run {
		text = append(text, g.Text...)
		w.Box = w.Box.Union(g.Box)
		if g.Source == model.SourceOCR {
			w.Source = model.SourceOCR
		}
		w.Confidence = min(w.Confidence, g.Confidence)
	}
	w.Text = string(text)
	return w
}
