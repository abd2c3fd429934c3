package ocr

import (
	"image"
	"math"
	"regexp"
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
)

// A piece becomes a picture of one line as the engine wants it: as high as its input, the characters in the middle.

const (
	longestLine = 6000 // pixels; longer ones are drawn smaller
	linesAtOnce = 96   // pieces read by one call at the most
)

// size is how high the ink of a line's characters is to be, in hundredths of the height of the engine's input.
type size int

// What the models read best was measured: lines smaller than the input, and a little above its middle, with narrow margins.
const (
	textSize    size = 64
	smallText   size = 60
	largeText   size = 70
	digitSize   size = 66
	smallDigits size = 57
	largeDigits size = 74

	textMargin, textRise   = 5, 2 // pixels of paper before and behind a line, and from the middle up
	digitMargin, digitRise = 1, 1
)

// picture is a line of gray pixels of the height of the engine's input, row by row.
type picture struct {
	width int
	pix   []byte
}

// lineOf makes a piece's picture of so many pixels height, to be read in one way; em is the height of characters. Chinese
// lines are as high as their characters; a line without a tall character is scaled like its neighbours.
func lineOf(w way, p *piece, em, height int) picture {
	ink := p.box.Dy()
	if ink < em*7/10 && !p.number {
		ink = em
	}
	k := float64(height) * float64(w.size) / 100 / float64(ink)
	k = max(0.1, min(k, 8))
	around, margin, rise := 2, textMargin, textRise // the tips of characters that touch a line
	if w.numbers {
		around, margin, rise = 1, digitMargin, digitRise // the line itself would be read as a digit
	}
	cut := p.box.Inset(-around).Intersect(image.Rect(0, 0, w.r.w, w.r.h))
	if wide := float64(cut.Dx()) * k; wide > longestLine {
		k *= longestLine / wide
	}
	c := w.r.crop(cut).scaled(k)
	if c.h > height {
		c = c.crop(image.Rect(0, (c.h-height)/2, c.w, (c.h-height)/2+height))
	}
	out := blank(c.w+2*margin, height)
	out.paste(c, margin, max(0, (height-c.h)/2-rise))
	return picture{out.w, out.pix}
}

// turned is the line stood on its head.
func (p picture) turned() picture {
	r := raster{p.width, len(p.pix) / p.width, p.pix}
	return picture{p.width, r.turned(2).pix}
}

// letter is a character that the engine read.
type letter struct {
	text       string
	confidence float32 // 0 to 1
	x          float32 // where it is seen best, pixels of the picture
}

// candidate is what a line may say.
type candidate struct {
	letters []letter
	share   float32 // its probability, of the most probable one's
}

// joined is the text of characters without white space. That of a text is as sure as its characters are on average, a number
// as its least sure one.
func joined(letters []letter, number bool) model.Reading {
	var b strings.Builder
	sum, least := float32(0), float32(1)
	letters = apart(letters)
	for _, c := range letters {
		b.WriteString(c.text)
		sure := sureness(c.confidence)
		sum += sure
		least = min(least, sure)
	}
	switch {
	case len(letters) == 0:
		return model.Reading{}
	case number:
		return model.Reading{Text: regrouped(b.String()), Confidence: least}
	}
	return model.Reading{Text: tidy(b.String()), Confidence: sum / float32(len(letters))}
}

// regrouped is a number with commas between its groups of three digits where points were read: with decimals behind them,
// they can be nothing else.
func regrouped(s string) string {
	if !groupedShape.MatchString(s) {
		return s
	}
	point := strings.LastIndexByte(s, '.')
	return strings.ReplaceAll(s[:point], ".", ",") + s[point:]
}

var groupedShape = regexp.MustCompile(`^[-(]?\d{1,3}(?:[.,]\d{3})+\.\d{2}\)?$`)

// apart is the characters other than white space, of two that are seen in one place the surer one: what the engine cannot
// tell from another, such as a comma from a semicolon, it sometimes reads as both.
func apart(letters []letter) []letter {
	const (
		samePlace = 4 // pixels; no two characters are so near
		sameMark  = 7 // nor two marks so near
	)
	var out []letter
	for _, c := range letters {
		if strings.TrimSpace(c.text) == "" {
			continue
		}
		if n := len(out); n > 0 {
			last := &out[n-1]
			d := c.x - last.x
			if d < samePlace || d < sameMark && isMark(c.text) && isMark(last.text) {
				if c.confidence > last.confidence {
					*last = c
				}
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

// isMark reports whether a character is neither a letter nor a digit.
func isMark(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// sureness stretches the probability of a character: most are near to 1, and differ there in what they are worth.
func sureness(p float32) float32 {
	return float32(max(0, 1+0.35*math.Log(max(1e-9, float64(p)))))
}

// Brackets that a round one is taken for.
const (
	openLike  = "〈<《〔[{"
	closeLike = "〉>》〕]}"
)

// tidy mends brackets and quotes by their partners: 〈不含上年结转) opens as it closes, and of quotes every other one opens.
func tidy(s string) string {
	if strings.ContainsAny(s, ")）") && strings.ContainsAny(s, openLike) && !strings.ContainsAny(s, "(（"+closeLike) {
		s = strings.Map(func(r rune) rune {
			if strings.ContainsRune(openLike, r) {
				return '('
			}
			return r
		}, s)
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
