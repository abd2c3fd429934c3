package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/normalize/amount"
	"golang.org/x/text/unicode/norm"
)

// stream is the text of a section without white space.
type stream struct {
	words   *Words
	section *model.Section
	printed []rune  // as printed
	folded  []rune  // as compared, rune by rune
	at      []place // where each rune stands; empty for a section without lines
	breaks  []gap   // what stands before each rune
}

// place is a rune of a word of a line.
type place struct{ line, word, rune int32 }

// gap is what separates a rune from the one before it.
type gap uint8

const (
	none gap = iota
	space
	newline   // a line ends; the text may run on
	paragraph // a new paragraph begins
)

// newStream reads a section's lines, or its text where it has no lines.
func newStream(w *Words, s *model.Section) *stream {
	st := &stream{words: w, section: s}
	n := len(s.Text) / 3
	st.printed, st.folded, st.breaks = make([]rune, 0, n), make([]rune, 0, n), make([]gap, 0, n)
	if len(s.Lines) == 0 {
		title := amount.StripSpace(s.Title)
		if !strings.HasPrefix(amount.StripSpace(s.Text), title) {
			st.add(s.Title, place{}, false, paragraph)
		}
		for p := range strings.SplitSeq(s.Text, "\n") {
			st.add(p, place{}, false, paragraph)
		}
	} else {
		for i := range s.Lines {
			st.line(&s.Lines[i], int32(i))
		}
		st.paragraphs(s)
	}
	st.settle()
	return st
}

func (st *stream) line(l *model.Line, i int32) {
	if len(l.Words) == 0 {
		st.add(l.Text, place{line: i, word: -1}, true, newline)
		return
	}
	for j := range l.Words {
		g := space
		if j == 0 {
			g = newline
		}
		st.add(l.Words[j].Text, place{line: i, word: int32(j)}, true, g)
	}
}

// add appends a text whose first rune follows a gap. Footnote marks are left out.
func (st *stream) add(text string, at place, placed bool, g gap) {
	skip := 0
	for i, r := range text {
		if skip == 0 && (r >= 0x80 || r == '[') {
			skip = st.words.footnote(text, i)
		}
		if skip > 0 {
			skip--
			at.rune++
			continue
		}
		if unicode.IsSpace(r) {
			g = max(g, space)
			at.rune++
			continue
		}
		st.printed = append(st.printed, r)
		st.folded = append(st.folded, fold(r))
		st.breaks = append(st.breaks, g)
		if placed {
			st.at = append(st.at, at)
		}
		at.rune++
		g = none
	}
}

// footnote is the length in runes of the footnote mark that stands at a byte of a text: superscripts, but for those behind a
// Latin letter (m²), and behind a figure ① or [1].
func (w *Words) footnote(text string, i int) int {
	r, size := utf8.DecodeRuneInString(text[i:])
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	figure := isDigit(before) || before == w.yuan || before == '%'
	switch {
	case r == '[' || r == '［' || r == '〔' || r == '【':
		if !figure {
			return 0
		}
		rest := text[i+size:]
		n := len(rest) - len(strings.TrimLeftFunc(rest, isDigit))
		end, _ := utf8.DecodeRuneInString(rest[n:])
		if n < 1 || n > 2 || !strings.ContainsRune("]］〕】", end) {
			return 0
		}
		return n + 2
	case !amount.IsMark(r) || isLetter(before):
		return 0
	case r >= '①': // orders what follows, elsewhere
		if !figure {
			return 0
		}
		return 1
	}
	n := 0
	for _, r := range text[i:] {
		if !amount.IsMark(r) || r >= '①' {
			break
		}
		n++
	}
	return n
}

// paragraphs marks the paragraphs that the section's text shows. The text follows the title, or begins with it.
func (st *stream) paragraphs(s *model.Section) {
	title := []rune(amount.StripSpace(s.Title))
	start := 0
	if body := []rune(firstRunes(s.Text, len(title)+8)); !hasPrefix(body, title) && hasPrefix(st.printed, title) {
		start = len(title)
		st.mark(start, paragraph)
	}
	i, g, skip := start, none, 0
	for at, r := range s.Text {
		if r == '\n' {
			g = paragraph
			continue
		}
		if skip == 0 && (r >= 0x80 || r == '[') {
			skip = st.words.footnote(s.Text, at)
		}
		if skip > 0 {
			skip--
			continue
		}
		if unicode.IsSpace(r) {
			continue
		}
		if i >= len(st.printed) || st.printed[i] != r {
			return // the text is not that of the lines: line ends are all there is to go by
		}
		if g == paragraph {
			st.mark(i, paragraph)
		}
		g = none
		i++
	}
}

func (st *stream) mark(i int, g gap) {
	if i < len(st.breaks) {
		st.breaks[i] = g
	}
}

// settle keeps only paragraphs that begin with a number or follow a finished sentence or a title: a page end or a short
// line looks like the end of one too.
func (st *stream) settle() {
	title := len([]rune(amount.StripSpace(st.section.Title)))
	for i := range st.breaks {
		if i == 0 || st.breaks[i] < newline {
			continue
		}
		ended := finished(st.folded[i-1])
		numbered := st.words.numbering(st.printed[i:]) > 0
		switch {
		case st.breaks[i] == paragraph && !ended && !numbered && i != title:
			st.breaks[i] = newline
		case st.breaks[i] == newline && ended && numbered:
			st.breaks[i] = paragraph
		}
	}
}

func finished(r rune) bool { return strings.ContainsRune("。！？：；:;!?", r) }

// numbering is the length in runes of the numbering that a text begins with.
func (w *Words) numbering(text []rune) int {
	if len(text) == 0 || !strings.ContainsRune(w.numberingStart, text[0]) {
		return 0
	}
	head := string(text[:min(len(text), 8)])
	return len([]rune(head[:amount.Numbering(head)]))
}

func firstRunes(s string, n int) string {
	s = strings.TrimLeft(s, "\n")
	out := make([]rune, 0, n)
	for _, r := range s {
		if r == '\n' || len(out) == n {
			break
		}
		if !unicode.IsSpace(r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// fold is the form of a rune in which phrases are compared: full-width forms made half-width, quotes alike.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r > 0xff00 && r < 0xff5f:
		return r - 0xfee0
	case r == '“' || r == '”' || r == '„' || r == '‟' || r == '〝' || r == '〞' || r == '「' || r == '」' || r == '『' || r == '』':
		return '"'
	case r == '−' || r == '–':
		return '-'
	case r == '∶':
		return ':'
	case r == '﹣' || r == '﹕' || r == '﹔' || r >= 0x2e80 && r < 0x2fe0 || r >= 0xf900 && r < 0xfb00:
		first, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
		return first
	}
	return r
}

// foldAll folds a phrase.
func foldAll(s string) []rune {
	out := []rune(s)
	for i, r := range out {
		out[i] = fold(r)
	}
	return out
}
