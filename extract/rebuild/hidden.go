package rebuild

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Text that is in the file but not visible is listed in diagnostics, line by line, and nowhere else. Text that is also
// visible at the same place, drawn again or recognized from a picture, is not listed.

const (
	hiddenCode = "hidden_text"
	mostOnPage = 40   // lines of hidden text of one page that are listed
	mostHidden = 400  // of a document
	mostWords  = 2000 // words of one page that are compared with visible text
)

// hidden lists the hidden text of all pages.
func hidden(pages []*model.Page, turns turned, s layout.Settings) []model.Diagnostic {
	var out []model.Diagnostic
	told := map[string]bool{} // the same text at the same place of several pages is listed once
	left := 0
	for _, p := range pages {
		listed := 0
		lines, more := hiddenLines(p, s)
		left += more
		for _, l := range lines {
			key := fmt.Sprintf("%s %.0f %.0f", l.text, l.box.X0/4, l.box.Y0/4)
			if told[key] {
				continue
			}
			told[key] = true
			if listed >= mostOnPage || len(out) >= mostHidden {
				left++
				continue
			}
			listed++
			out = append(out, l.diagnostic(p.Number, turns.back(p.Number, l.box)))
		}
	}
	if left > 0 {
		out = append(out, model.Diagnostic{
			Severity: model.Warning, Code: hiddenCode,
			Message: fmt.Sprintf("%d more pieces of text that the pages do not show are not listed", left),
		})
	}
	return out
}

// hiddenLine is hidden text on one line.
type hiddenLine struct {
	text string
	box  model.Rect
	why  model.GlyphFlags
}

func (l *hiddenLine) diagnostic(page int, box model.Rect) model.Diagnostic {
	d := model.Diagnostic{Severity: model.Info, Code: hiddenCode, Page: page, Box: box, RawText: l.text}
	if strings.ContainsFunc(l.text, isDigit) {
		d.Severity = model.Warning
	}
	switch {
	case l.why&model.FlagCovered != 0:
		d.Message = "the page does not show this text: something was painted over it"
	case l.why&model.FlagOff != 0:
		d.Message = "the page does not show this text: its layer or annotation is off"
	default:
		d.Message = "the page does not show this text: it is transparent, or as light or dark as what it stands on"
	}
	return d
}

// hiddenLines gathers the hidden glyphs of a page into lines. more is the number of words beyond the limit.
func hiddenLines(p *model.Page, s layout.Settings) (out []hiddenLine, more int) {
	var seen []*model.Glyph
	for _, why := range [3]model.GlyphFlags{model.FlagCovered, model.FlagOff, model.FlagFaint} {
		level, turned := unseen(p, why)
		words := layout.Words(level, s)
		if len(words)+len(turned) > 0 && seen == nil {
			seen = layout.Readable(p)
		}
		if n := len(words) - mostWords; n > 0 {
			words, more = words[:mostWords], more+n
		}
		words = slices.DeleteFunc(words, func(w model.Word) bool { return shown(&w, seen) })
		for _, l := range layout.Lines(p.Number, words, s) {
			out = append(out, hiddenLine{l.Text, l.Box, why})
		}
		for _, w := range turned {
			out = append(out, hiddenLine{w.Text, w.Box, why})
		}
	}
	return out, more
}

// unseen are the glyphs of a page that are hidden for one reason: horizontal ones as a page, the others as words.
func unseen(p *model.Page, why model.GlyphFlags) (level *model.Page, turned []model.Word) {
	level = &model.Page{Number: p.Number, Width: p.Width, Height: p.Height}
	var run []*model.Glyph
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if !g.Is(why) || g.Is(model.FlagWatermark|model.FlagClipped) || wording.Blank(g.Text) || !placed(g) {
			continue
		}
		if layout.Horizontal(g) {
			c := *g
			c.Flags &^= model.FlagHidden | model.FlagInvisible
			level.Glyphs = append(level.Glyphs, c)
			continue
		}
		if n := len(run); n > 0 && (run[n-1].Angle != g.Angle || distance(run[n-1].Origin, g.Origin) > 1.5*g.Size) {
			turned, run = append(turned, layout.NewWord(run)), nil
		}
		run = append(run, g)
	}
	if len(run) > 0 {
		turned = append(turned, layout.NewWord(run))
	}
	return level, turned
}

// mostSeen is the number of visible glyphs up to which hidden text is compared with them.
const mostSeen = 20_000

// shown reports whether the text of a hidden word is visible at its place. Recognized text is compared by its figures only,
// because names are often misread.
func shown(w *model.Word, seen []*model.Glyph) bool {
	box := w.Box
	slack := box.Height() / 4
	box.X0, box.X1, box.Y0, box.Y1 = box.X0-slack, box.X1+slack, box.Y0-slack, box.Y1+slack
	var there []*model.Glyph
	for _, g := range seen[:min(len(seen), mostSeen)] {
		if box.Contains(g.Box.Center()) {
			there = append(there, g)
		}
	}
	slices.SortStableFunc(there, func(a, b *model.Glyph) int { return cmp.Compare(a.Box.X0, b.Box.X0) })
	text, recognized := "", false
	for _, g := range there {
		text += g.Text
		recognized = recognized || g.Source == model.SourceOCR
	}
	if recognized {
		return digits(w.Text) == digits(text)
	}
	return wording.Squeeze(text) == wording.Squeeze(w.Text)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, s)
}
