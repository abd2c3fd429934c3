package layout

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// A raised small text beside a word – the digit of a footnote, [1], ①, the 2 of m² – is a word of its own by size and
// baseline. It is joined to its word, on that word's baseline, with superscript characters for digits. So no later stage
// takes it for a digit of an amount or a code, and nothing is lost.

const (
	markSize   = 1.2  // least ratio of the word's size to the mark's
	markRise   = 0.12 // least height of its baseline above the word's, in ems of the word
	markHigh   = 0.85 // greatest height
	markGap    = 0.4  // greatest gap to its word, in ems of the word
	markWindow = 400  // words tried for one mark
)

// raises reports whether small is raised beside large, as a footnote mark is.
func raises(small, large *model.Glyph) bool {
	rise := large.Origin.Y - small.Origin.Y
	return small.Size*markSize <= large.Size && rise >= markRise*large.Size && rise <= markHigh*large.Size &&
		small.Source == model.SourceText && large.Source == model.SourceText
}

// attachMarks joins raised marks to their words. Words are in rows from the top, as Words cuts them.
func attachMarks(words []model.Word) []model.Word {
	host := map[int]int{} // the word of each mark
	for i := range words {
		if !canMark(&words[i]) {
			continue
		}
		if k := hostOf(words, i); k >= 0 {
			host[i] = k
		}
	}
	if len(host) == 0 {
		return words
	}
	for i := range words {
		k, marks := host[i]
		if !marks {
			continue
		}
		if _, both := host[k]; both { // raised over another mark
			delete(host, i)
			continue
		}
		words[k] = withMark(&words[k], &words[i])
	}
	out := words[:0:0]
	for i := range words {
		if _, marks := host[i]; !marks {
			out = append(out, words[i])
		}
	}
	return out
}

// canMark reports whether a word is short and consists of characters that marks have.
func canMark(w *model.Word) bool {
	return len(w.Text) <= 16 && len(w.Glyphs) > 0 && utf8.RuneCountInString(w.Text) <= 6 && w.Glyphs[0].Source == model.SourceText &&
		strings.IndexFunc(w.Text, func(r rune) bool { return !wording.CanMark(r) }) < 0
}

// hostOf is the word to which a mark belongs: one with a glyph that ends at the mark, else the one that begins behind it; -1
// for none.
func hostOf(words []model.Word, i int) int {
	m := &words[i]
	before, behind := -1, -1
	look := func(k int) {
		w := &words[k]
		if len(w.Glyphs) == 0 || w.Box.X0 > m.Box.X1+2*w.Em() || w.Box.X1 < m.Box.X0-2*w.Em() {
			return
		}
		if n := behindGlyph(w, m); before < 0 && n > 0 {
			before = k
		}
		first := w.Glyphs[0]
		if gap := first.Box.X0 - m.Box.X1; behind < 0 && raises(m.Glyphs[0], first) && math.Abs(gap) <= markGap*first.Size {
			behind = k
		}
	}
	const tallest = 60.0
	for k := i + 1; k < len(words) && k-i < markWindow && words[k].Baseline()-m.Baseline() < markHigh*tallest; k++ {
		look(k)
	}
	if i > 0 {
		look(i - 1) // a mark that is raised little is in the row of its word
	}
	if before >= 0 {
		return before
	}
	return behind
}

// behindGlyph is the number of a word's glyphs before the mark, 0 if the mark is not behind or within the word. Within a
// word there must be a gap for it.
func behindGlyph(w, mark *model.Word) int {
	const slack = 0.15 // ems
	for i, g := range w.Glyphs {
		gap := mark.Box.X0 - g.Box.X1
		if !raises(mark.Glyphs[0], g) {
			continue
		}
		if i+1 == len(w.Glyphs) {
			if math.Abs(gap) <= markGap*g.Size {
				return i + 1
			}
			break
		}
		if math.Abs(gap) <= slack*g.Size && w.Glyphs[i+1].Box.X0 >= mark.Box.X1-slack*g.Size {
			return i + 1
		}
	}
	return 0
}

// withMark is a word with a mark behind, within or before it.
func withMark(w, mark *model.Word) model.Word {
	ref := w.Glyphs[0]
	all := make([]*model.Glyph, 0, len(w.Glyphs)+len(mark.Glyphs))
	n := behindGlyph(w, mark)
	all = append(all, w.Glyphs[:n]...)
	plain := wording.Raised(mark.Text) == mark.Text
	for _, g := range mark.Glyphs {
		c := *g
		if !plain {
			c.Text = wording.Raised(g.Text)
		}
		c.Origin.Y, c.Size = ref.Origin.Y, ref.Size
		c.Box.Y0, c.Box.Y1 = ref.Box.Y0, ref.Box.Y1
		all = append(all, &c)
	}
	return NewWord(append(all, w.Glyphs[n:]...))
}
