package ocr

import (
	"math"
	"regexp"
	"strings"
	"unicode"

	"github.com/countybudget/extract/extract/model"
)

// What a recognizer returns for a line becomes a reading: its text, tidied, and one confidence.

// readingOf joins the characters of a candidate, without white space. The confidence of a text is the mean of its characters',
// that of a number the least.
func readingOf(characters []Character, charset Charset) model.Reading {
	var b strings.Builder
	sum, least := float32(0), float32(1)
	characters = apart(characters)
	for _, c := range characters {
		b.WriteString(c.Text)
		sure := sureness(c.Probability)
		sum += sure
		least = min(least, sure)
	}
	switch {
	case len(characters) == 0:
		return model.Reading{}
	case charset == Numbers:
		return model.Reading{Text: regrouped(b.String()), Confidence: least}
	}
	return model.Reading{Text: tidy(b.String()), Confidence: sum / float32(len(characters))}
}

// regrouped replaces points between groups of three digits by commas: in a number with decimals they cannot be anything else.
func regrouped(s string) string {
	if !groupedShape.MatchString(s) {
		return s
	}
	point := strings.LastIndexByte(s, '.')
	return strings.ReplaceAll(s[:point], ".", ",") + s[point:]
}

var groupedShape = regexp.MustCompile(`^[-(]?\d{1,3}(?:[.,]\d{3})+\.\d{2}\)?$`)

// apart returns the characters other than white space, and of two in one place only the more probable one: a recognizer
// sometimes reads what it cannot tell apart, such as comma and semicolon, as both.
func apart(characters []Character) []Character {
	const (
		samePlace = 4 // pixels; no two characters are nearer
		sameMark  = 7 // nor two punctuation marks
	)
	var out []Character
	for _, c := range characters {
		if strings.TrimSpace(c.Text) == "" {
			continue
		}
		if n := len(out); n > 0 {
			last := &out[n-1]
			d := c.X - last.X
			if d < samePlace || d < sameMark && isMark(c.Text) && isMark(last.Text) {
				if c.Probability > last.Probability {
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

// sureness makes a confidence of a probability: most probabilities are near to 1, where small differences matter.
func sureness(p float32) float32 {
	return float32(max(0, 1+0.35*math.Log(max(1e-9, float64(p)))))
}

// Brackets that a round one is misread as.
const (
	openLike  = "〈<《〔[{"
	closeLike = "〉>》〕]}"
)

// tidy corrects brackets and quotes by their partners: 〈不含上年结转) must open as it closes, and of two quotes the first opens.
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
