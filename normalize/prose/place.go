package prose

import (
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/schema"
)

// boxOf is the page and the box of the runes from a to b, of the first line they stand on.
func (st *stream) boxOf(a, b int) (int32, model.Rect) {
	if a >= len(st.at) {
		return int32(st.section.FirstPage), model.Rect{}
	}
	var box model.Rect
	first := st.at[a].line
	for i := a; i < b && i < len(st.at) && st.at[i].line == first; i++ {
		box = box.Union(st.runeBox(st.at[i]))
	}
	return int32(st.section.Lines[first].Page), box
}

// boxesOf are the boxes of the runes from a to b, one for each line that they stand on.
func (st *stream) boxesOf(a, b int) []PageBox {
	var out []PageBox
	for i := a; i < b && i < len(st.at); {
		line := st.at[i].line
		var box model.Rect
		for ; i < b && i < len(st.at) && st.at[i].line == line; i++ {
			box = box.Union(st.runeBox(st.at[i]))
		}
		out = append(out, PageBox{st.section.Lines[line].Page, box})
	}
	return out
}

// runeBox is the box of one rune: its glyph's, else its share of the word's.
func (st *stream) runeBox(p place) model.Rect {
	l := &st.section.Lines[p.line]
	if p.word < 0 {
		return shareOf(l.Text, l.Box, int(p.rune))
	}
	w := &l.Words[p.word]
	n := int(p.rune)
	total := 0
	for _, g := range w.Glyphs {
		total += utf8.RuneCountInString(g.Text)
	}
	if total != utf8.RuneCountInString(w.Text) {
		return shareOf(w.Text, w.Box, n)
	}
	for _, g := range w.Glyphs {
		k := utf8.RuneCountInString(g.Text)
		if n < k {
			return g.Box
		}
		n -= k
	}
	return w.Box
}

// shareOf is the box of the n-th rune of a text: Chinese takes an em, everything else half of one.
func shareOf(text string, box model.Rect, n int) model.Rect {
	before, own, all, i := 0.0, 0.0, 0.0, 0
	for _, r := range text {
		width := 0.5
		if r >= 0x1100 {
			width = 1
		}
		switch {
		case i < n:
			before += width
		case i == n:
			own = width
		}
		all += width
		i++
	}
	if all == 0 {
		return box
	}
	em := box.Width() / all
	return model.Rect{X0: box.X0 + before*em, Y0: box.Y0, X1: box.X0 + (before+own)*em, Y1: box.Y1}
}

// origin is the source and the confidence of the runes from a to b.
func (st *stream) origin(a, b int) (schema.Source, float32) {
	source, confidence := schema.Source(st.section.Source), float32(1)
	if source == "" {
		source = schema.FromText
	}
	for i := a; i < b && i < len(st.at); i++ {
		if p := st.at[i]; p.word >= 0 {
			w := &st.section.Lines[p.line].Words[p.word]
			if w.Source == model.SourceOCR {
				source = schema.FromOCR
			}
			confidence = min(confidence, w.Confidence)
		}
	}
	return source, confidence
}
