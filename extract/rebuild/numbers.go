package rebuild

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/layout"
	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/table"
	"github.com/countybudget/extract/extract/wording"
)

// numbers lists the numeric tokens of the pages, page by page: those in tables, then those in lines. Page numbers, running
// headers and the table of contents are no content and are not listed.
func numbers(pages []*model.Page, fragments []table.Fragment, lines []model.Line, roles []layout.Role) []model.Number {
	var out []model.Number
	f, l := 0, 0
	for _, p := range pages {
		for ; f < len(fragments) && fragments[f].Page <= p.Number; f++ {
			for i := range fragments[f].Words {
				out = append(out, tokens(p.Number, fragments[f].Words, i)...)
			}
		}
		for ; l < len(lines) && lines[l].Page <= p.Number; l++ {
			if roles[l] != layout.Body {
				continue
			}
			for i := range lines[l].Words {
				found := tokens(p.Number, lines[l].Words, i)
				if standsApart(&lines[l], i) {
					for k := range found {
						found[k].Held = false
					}
				}
				out = append(out, found...)
			}
		}
	}
	return out
}

// standsApart reports whether a word of a line of text is an amount with wide white space before it. Sentences do not have
// that: it is part of a table that was not found.
func standsApart(l *model.Line, i int) bool {
	const gap = 1.5 // of the height of the letters
	w := &l.Words[i]
	return i > 0 && wording.IsAmount(w.Text) && w.Box.X0-l.Words[i-1].Box.X1 >= gap*l.Size
}

// unreadNumbers are the numbers of text that no stage reads. Their Held is false.
func unreadNumbers(page int, glyphs []*model.Glyph) []model.Number {
	var out []model.Number
	var run []*model.Glyph
	flush := func() {
		if len(run) > 0 {
			w := layout.NewWord(run)
			for _, n := range tokens(page, []model.Word{w}, 0) {
				n.Held = false
				out = append(out, n)
			}
			run = nil
		}
	}
	for _, g := range glyphs {
		if n := len(run); n > 0 && (run[n-1].Angle != g.Angle || distance(run[n-1].Origin, g.Origin) > 1.5*g.Size) {
			flush()
		}
		run = append(run, g)
	}
	flush()
	return out
}

// placed reports whether the place of a glyph is within the size that a page can have.
func placed(g *model.Glyph) bool {
	const far = 1e6
	b := g.Box
	return math.Abs(b.X0) < far && math.Abs(b.Y0) < far && math.Abs(b.X1) < far && math.Abs(b.Y1) < far && g.Size < far
}

func distance(a, b model.Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }

// tokens are the numbers of the i-th word. Every word becomes part of a cell, a caption, a note or a section, so their Held
// is true.
func tokens(page int, words []model.Word, i int) []model.Number {
	w := &words[i]
	var out []model.Number
	for m := (span{}); m.next(w.Text); {
		n := model.Number{Page: page, Text: w.Text[m.start:m.end], Box: w.Box, Held: true}
		behind := w.Text[m.end:]
		if behind == "" && i+1 < len(words) && beside(w.Box, words[i+1].Box) {
			behind = words[i+1].Text
		}
		n.Year = isYear(w.Text[:m.start], n.Text, behind)
		pos := 0
		box := model.Rect{}
		for _, g := range w.Glyphs {
			end := pos + len(g.Text)
			if pos < m.end && end > m.start {
				box = box.Union(g.Box)
			}
			pos = end
		}
		if box != (model.Rect{}) {
			n.Box = box
		}
		if utf8.ValidString(n.Text) {
			out = append(out, n)
		}
	}
	return out
}

// beside reports whether b is to the right of a on one line.
func beside(a, b model.Rect) bool {
	middle := (b.Y0 + b.Y1) / 2
	return b.X0 >= a.X0 && a.Y0 <= middle && middle <= a.Y1
}

// isYear reports whether a number is a year by the text around it.
func isYear(before, number, behind string) bool {
	if len(number) != 4 || !strings.HasPrefix(number, "19") && !strings.HasPrefix(number, "20") {
		return false
	}
	if wording.Pattern("year_behind_pattern").MatchString(behind) {
		return true
	}
	for _, b := range [...][2]string{{"〔", "〕"}, {"[", "]"}, {"﹝", "﹞"}, {"［", "］"}, {"【", "】"}} {
		if strings.HasSuffix(before, b[0]) && strings.HasPrefix(behind, b[1]) {
			return true
		}
	}
	return false
}

// span is the byte range of a number in a text: digits with commas, or with apostrophes that separate thousands, then
// perhaps decimals.
type span struct{ start, end int }

// next moves to the first number behind the span and reports whether there is one.
func (s *span) next(text string) bool {
	first := strings.IndexFunc(text[s.end:], isDigit)
	if first < 0 {
		return false
	}
	s.start = s.end + first
	s.end = len(text)
	if n := strings.IndexFunc(text[s.start:], func(r rune) bool { return !isDigit(r) && r != ',' && r != '，' }); n >= 0 {
		s.end = s.start + n
	}
	for {
		n := apostropheGroup(text[s.end:])
		if n == 0 || s.end-s.start > 3 && !strings.ContainsAny(text[s.start:s.end], apostrophes) {
			break
		}
		s.end += n
	}
	if rest := text[s.end:]; strings.HasPrefix(rest, ".") {
		decimals := strings.IndexFunc(rest[1:], func(r rune) bool { return !isDigit(r) })
		if decimals < 0 {
			decimals = len(rest) - 1
		}
		if decimals > 0 {
			s.end += 1 + decimals
		}
	}
	return true
}

const apostrophes = "'’‘′＇"

// apostropheGroup is the length of an apostrophe with three digits at the beginning of text, 0 if it does not begin so.
func apostropheGroup(text string) int {
	r, n := utf8.DecodeRuneInString(text)
	if !strings.ContainsRune(apostrophes, r) {
		return 0
	}
	digits := strings.IndexFunc(text[n:], func(r rune) bool { return !isDigit(r) })
	if digits < 0 {
		digits = len(text) - n
	}
	if digits != 3 {
		return 0
	}
	return n + digits
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
