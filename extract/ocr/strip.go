package ocr

import (
	"image"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
)

// Reading has a price for each call. So pieces are set below each other on one strip, like the lines of a page, and read
// together; what the engine finds goes back to the piece at its height.

const (
	textHeightRead  = 38 // pixels: the height of lines of Chinese that the engine reads best
	digitHeightRead = 28 // pixels: the height of digits
	stripMargin     = 16 // pixels of white around the lines of a strip
	stripGap        = 24 // pixels of white between them
	stripLines      = 24 // lines of a strip at the most
)

// strip is pieces set below each other.
type strip struct {
	r      *raster
	places []image.Rectangle // by piece
	scales []float64
}

// scaleOf is the factor that brings a piece to the height to read. Chinese lines are as high as their characters; a line
// without a tall character is scaled like its neighbours.
func scaleOf(p *piece, em, height int) float64 {
	h := p.box.Dy()
	if h < em*7/10 && !p.number {
		h = em
	}
	k := float64(height) / float64(h)
	return max(0.3, min(k, 4))
}

// compose sets pieces on a strip.
func compose(r *raster, pieces []*piece, em, height int) *strip {
	s := &strip{}
	cuts := make([]*raster, len(pieces))
	w, y := 0, stripMargin
	margin := 2 // the tips of characters that touch a line
	if len(pieces) > 0 && pieces[0].number {
		margin = 1 // the line itself would be read as a digit
	}
	for i, p := range pieces {
		k := scaleOf(p, em, height)
		cuts[i] = r.crop(p.box.Inset(-margin).Intersect(image.Rect(0, 0, r.w, r.h))).scaled(k)
		s.places = append(s.places, image.Rect(stripMargin, y, stripMargin+cuts[i].w, y+cuts[i].h))
		s.scales = append(s.scales, k)
		w = max(w, cuts[i].w)
		y += cuts[i].h + stripGap
	}
	s.r = blank(w+2*stripMargin, y-stripGap+stripMargin)
	for i, c := range cuts {
		s.r.paste(c, s.places[i].Min.X, s.places[i].Min.Y)
	}
	return s
}

// deal gives the words of a strip to the pieces they stand on.
func (s *strip) deal(words []word) [][]word {
	out := make([][]word, len(s.places))
	for _, w := range words {
		best, at := 0, -1
		for i, p := range s.places {
			if n := min(w.box.Max.Y, p.Max.Y+stripGap/3) - max(w.box.Min.Y, p.Min.Y-stripGap/3); n > best {
				best, at = n, i
			}
		}
		if at >= 0 {
			out[at] = append(out[at], w)
		}
	}
	for _, ws := range out {
		sort.SliceStable(ws, func(i, j int) bool { return ws[i].box.Min.X < ws[j].box.Min.X })
	}
	return out
}

// joined is the text of words without white space; its confidence is their mean, by length.
func joined(words []word) model.Reading {
	var b strings.Builder
	sum, n := float32(0), 0
	for _, w := range words {
		t := strings.Join(strings.Fields(w.text), "")
		b.WriteString(t)
		k := utf8.RuneCountInString(t)
		sum += max(0, w.confidence) * float32(k)
		n += k
	}
	if n == 0 {
		return model.Reading{}
	}
	return model.Reading{Text: tidy(b.String()), Confidence: sum / float32(n)}
}

// tidy mends brackets and quotes by their partners: 〈不含上年结转) opens as it closes, and of quotes every other one opens.
func tidy(s string) string {
	if strings.ContainsAny(s, "〈<") && strings.ContainsAny(s, ")）") && !strings.ContainsAny(s, "〉>(（") {
		s = strings.NewReplacer("〈", "(", "<", "(").Replace(s)
	}
	if !strings.ContainsAny(s, "“”″") || strings.Count(s, "“")+strings.Count(s, "”")+strings.Count(s, "″")+strings.Count(s, "\"") != 2 {
		return s
	}
	open := false
	return strings.Map(func(r rune) rune {
		switch r {
		case '“', '”', '″', '"':
			open = !open
			if open {
				return '“'
			}
			return '”'
		}
		return r
	}, s)
}
