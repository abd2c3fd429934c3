package extract

import (
	"math"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Programs that write a PDF anew may leave some characters of a font without a Unicode value, or with a wrong one: 财政 becomes 财
// and an unknown one, 上年 becomes 上幪, on every page. The page as drawn still shows them. Such a character of a Chinese text is
// recognized, and accepted if a known character beside it was recognized correctly.

// unsureInText lists the visible characters of Chinese texts that are undecoded, or, in a font that has such ones, not in GB/T 2312,
// which has the characters of names in budgets. They are of the font of a Chinese character beside them: bullets and ornaments come
// from fonts of their own.
func unsureInText(p *model.Page) []int {
	broken := map[*model.Font]bool{}
	for i := range p.Glyphs {
		if g := &p.Glyphs[i]; g.Is(model.FlagUndecoded) && seenBySomeone(g) {
			broken[g.Font] = true
		}
	}
	if len(broken) == 0 {
		return nil
	}
	var out []int
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if !broken[g.Font] || !seenBySomeone(g) || !doubted(g) {
			continue
		}
		for k := max(0, i-2); k < min(len(p.Glyphs), i+3); k++ {
			if n := &p.Glyphs[k]; n.Font == g.Font && isHan(n.Text) && !doubted(n) && touches(g, n) {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// doubted reports a character of a broken font that may not be what the font says.
func doubted(g *model.Glyph) bool {
	return g.Is(model.FlagUndecoded) || isHan(g.Text) && !inGB2312(g.Text)
}

func inGB2312(s string) bool {
	_, err := simplifiedchinese.HZGB2312.NewEncoder().String(s)
	return err == nil
}

func isHan(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && unicode.Is(unicode.Han, r)
}

// decodeText gives unsure characters of texts the values that were recognized at their places.
func decodeText(p, found *model.Page) {
	for _, i := range unsureInText(p) {
		g := &p.Glyphs[i]
		read := characterAt(found, g)
		if read == nil || !isHan(read.Text) || !besideRead(p, found, i) {
			continue
		}
		g.Text, g.Source, g.Confidence = read.Text, model.SourceOCR, read.Confidence
		g.Flags &^= model.FlagUndecoded
	}
}

// besideRead reports whether a known Chinese character beside the i-th was recognized correctly, and none wrongly.
func besideRead(p, found *model.Page, i int) bool {
	right := false
	for k := max(0, i-2); k < min(len(p.Glyphs), i+3); k++ {
		n := &p.Glyphs[k]
		if k == i || doubted(n) || !isHan(n.Text) || !touches(&p.Glyphs[i], n) {
			continue
		}
		read := characterAt(found, n)
		if read == nil || read.Text != n.Text {
			return false
		}
		right = true
	}
	return right
}

// characterAt is the recognized character at the place of a glyph: the nearest whose middle is less than half an em away.
func characterAt(found *model.Page, g *model.Glyph) *model.Glyph {
	var best *model.Glyph
	least := g.Size / 2
	at := g.Box.Center()
	for _, f := range lineOf(found, g) {
		c := f.Box.Center()
		if d := math.Abs(c.X - at.X); d < least && !wording.Blank(f.Text) {
			best, least = f, d
		}
	}
	return best
}
