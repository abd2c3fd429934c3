package layout

import (
	"math"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

var levels = []struct {
	level int
	re    *regexp.Regexp
}{
	{4, regexp.MustCompile(`^\d{1,2}(?:[、．]|[.](?:\D|$))`)},
	{5, regexp.MustCompile(`^(?:[（(]\d{1,2}[）)]|[①-⑳])`)},
}

// numbering returns the heading level of the number that a text begins with, 0 for none, and the number's length in bytes.
func numbering(t string) (level, length int) {
	if m := wording.Match("part_pattern", t); m != "" {
		return 1, len(m)
	}
	for level, kind := range [...]string{2: "heading_2_pattern", 3: "heading_3_pattern"} {
		if kind == "" {
			continue
		}
		if loc := wording.Pattern(kind).FindStringIndex(t); loc != nil {
			return level, loc[1]
		}
	}
	for _, l := range levels {
		if loc := l.re.FindStringIndex(t); loc != nil {
			if l.level == 4 && t[loc[1]-1] != '.' && strings.ContainsRune(t[:loc[1]], '.') {
				_, n := utf8.DecodeLastRuneInString(t[:loc[1]])
				return 4, loc[1] - n
			}
			return l.level, loc[1]
		}
	}
	return 0, 0
}

// Sections builds titled sections of lines of body text in reading order. A heading has a number and is no sentence, or is
// larger and centred. A run-in heading at the beginning of its paragraph (（一）机关运行经费。…) is a title too. Paragraphs are
// separated by a newline.
func Sections(lines []model.Line, s Settings) []model.Section {
	m := measure(lines)
	b := sectioner{s: s, m: m}
	for i := 0; i < len(lines); {
		n := b.heading(lines[i:])
		if n == 0 {
			b.text(lines, i)
			i++
			continue
		}
		i += n
	}
	b.close()
	return b.out
}

// margins describe the text block of the pages.
type margins struct {
	left, right map[int]float64 // by page, points
	size        float64         // of body text, points
}

func measure(lines []model.Line) margins {
	m := margins{left: map[int]float64{}, right: map[int]float64{}}
	count := map[int]int{}
	sizes := map[float64]int{}
	for i := range lines {
		p, b := lines[i].Page, lines[i].Box
		if count[p] == 0 {
			m.left[p], m.right[p] = b.X0, b.X1
		}
		count[p]++
		m.left[p] = math.Min(m.left[p], b.X0)
		m.right[p] = math.Max(m.right[p], b.X1)
		sizes[lines[i].Size] += utf8.RuneCountInString(lines[i].Text)
	}
	best := 0
	for v, n := range sizes {
		if n > best || n == best && v > m.size {
			best, m.size = n, v
		}
	}
	// Pages with few lines take the most common margins.
	var lefts, rights []float64
	for p, n := range count {
		if n >= 5 {
			lefts, rights = append(lefts, m.left[p]), append(rights, m.right[p])
		}
	}
	sort.Float64s(lefts)
	sort.Float64s(rights)
	for p, n := range count {
		if n < 5 && len(rights) > 0 {
			m.left[p] = math.Min(m.left[p], lefts[len(lefts)/2])
			m.right[p] = math.Max(m.right[p], rights[len(rights)/2])
		}
	}
	return m
}

// sectioner collects sections line by line.
type sectioner struct {
	s     Settings
	m     margins
	out   []model.Section
	stack []int // numbers of the open sections, by level
	cur   *model.Section
	para  strings.Builder
}

// heading opens a section if lines begin with a heading, and returns the number of its lines.
func (b *sectioner) heading(lines []model.Line) int {
	l := &lines[0]
	t := wording.Squeeze(l.Text)
	level, _ := numbering(t)
	large := l.Size >= 1.15*b.m.size && b.centred(l)
	if level == 0 && large && utf8.RuneCountInString(t) <= 50 && !sentence(t) {
		level = 1
	}
	if level > 1 && wording.Matches("heading_end_pattern", t) {
		t = strings.TrimSuffix(t, "。")
	}
	if level == 0 || level > 4 || sentence(t) || utf8.RuneCountInString(t) > 60 || level == 4 && !l.Bold && utf8.RuneCountInString(t) > 25 {
		return 0
	}
	n := 1
	title := t
	for n < len(lines) && n < 3 && b.headingGoesOn(&lines[n-1], &lines[n], large) {
		title += wording.Squeeze(lines[n].Text)
		n++
	}
	if n == 1 && level > 1 && !b.short(l) && !l.Bold { // a full line without an end of sentence is continued on the next line
		return 0
	}
	b.open(level, title, lines[:n])
	return n
}

func (b *sectioner) headingGoesOn(upper, lower *model.Line, large bool) bool {
	t := wording.Squeeze(lower.Text)
	if level, _ := numbering(t); level > 0 || lower.Page != upper.Page || sentence(t) {
		return false
	}
	alike := math.Abs(upper.Size-lower.Size) < 0.6 && upper.Bold == lower.Bold
	near := lower.Box.Y0-upper.Box.Y1 < 1.2*upper.Size
	if !alike || !near {
		return false
	}
	return large && b.centred(lower) || upper.Bold && !b.short(upper) && upper.Size > b.m.size
}

func (b *sectioner) centred(l *model.Line) bool {
	left, right := b.m.left[l.Page], b.m.right[l.Page]
	middle := (left + right) / 2
	return math.Abs(l.Box.Center().X-middle) < 0.08*(right-left)+l.Size
}

// short reports whether a line ends before the right margin.
func (b *sectioner) short(l *model.Line) bool {
	return l.Box.X1 < b.m.right[l.Page]-b.s.ShortLine*l.Size
}

func sentence(t string) bool {
	if strings.ContainsAny(t, "。；") {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(t)
	return strings.ContainsRune("，,、：:;", r)
}

// text adds a line of running text and begins a paragraph or a run-in section if needed.
func (b *sectioner) text(lines []model.Line, i int) {
	l := &lines[i]
	t := strings.TrimSpace(l.Text)
	if b.begins(lines, i) {
		b.endParagraph()
		if title, level := runIn(wording.Squeeze(t)); title != "" {
			b.open(level, title, nil)
		}
	}
	if b.cur == nil {
		b.open(1, "", nil)
	}
	joined := wording.JoinLines(b.para.String(), t, true)
	b.para.Reset()
	b.para.WriteString(joined)
	b.cur.Lines = append(b.cur.Lines, *l)
	b.cur.LastPage = l.Page
	b.source(l)
}

func (b *sectioner) source(l *model.Line) {
	for i := range l.Words {
		if l.Words[i].Source == model.SourceOCR {
			b.cur.Source = model.SourceOCR
		}
	}
}

// begins reports whether a line is the first of a paragraph.
func (b *sectioner) begins(lines []model.Line, i int) bool {
	if i == 0 || b.para.Len() == 0 {
		return true
	}
	up, l := &lines[i-1], &lines[i]
	if math.Abs(up.Size-l.Size) > 1 {
		return true
	}
	end, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(up.Text))
	ended := strings.ContainsRune("。；：;:！？”）…_", end)
	level, _ := numbering(wording.Squeeze(l.Text))
	in := l.Box.X0 > b.m.left[l.Page]+b.s.Indent*l.Size
	switch {
	case level > 0 && (ended || in):
		return true
	case in && !(math.Abs(l.Box.X0-up.Box.X0) < 0.5*l.Size && !ended && !b.short(up)):
		return true
	default: // a line may end early because the number that follows cannot be broken
		return b.short(up) && (ended || up.Box.X1 < b.m.left[up.Page]+0.6*(b.m.right[up.Page]-b.m.left[up.Page]))
	}
}

// runIn returns the heading at the beginning of a paragraph, as in （一）机关运行经费。2021年…, and its level.
func runIn(t string) (title string, level int) {
	level, length := numbering(t)
	if level < 2 || level > 3 {
		return "", 0
	}
	rest := t[length:]
	i := strings.IndexAny(rest, "。：")
	if i <= 0 || utf8.RuneCountInString(rest[:i]) > 25 || strings.ContainsAny(rest[:i], "，；、") || wording.Pattern("stated_figure_pattern").MatchString(rest[:i]) {
		return "", 0
	}
	_, n := utf8.DecodeRuneInString(rest[i:])
	if len(rest) <= i+n {
		return "", 0
	}
	return t[:length+i], level
}

func (b *sectioner) endParagraph() {
	if b.para.Len() == 0 || b.cur == nil {
		return
	}
	if b.cur.Text != "" {
		b.cur.Text += "\n"
	}
	b.cur.Text += b.para.String()
	b.para.Reset()
}

// open begins a section below the nearest open one of a lower level.
func (b *sectioner) open(level int, title string, lines []model.Line) {
	b.close()
	for len(b.stack) > 0 && b.out[b.stack[len(b.stack)-1]-1].Level >= level {
		b.stack = b.stack[:len(b.stack)-1]
	}
	sec := model.Section{No: len(b.out) + 1, Level: level, Title: title, Source: model.SourceText}
	if n := len(b.stack); n > 0 {
		sec.ParentNo = b.stack[n-1]
	}
	sec.Lines = append(sec.Lines, lines...)
	b.out = append(b.out, sec)
	b.stack = append(b.stack, sec.No)
	b.cur = &b.out[len(b.out)-1]
	for i := range lines {
		b.source(&lines[i])
	}
}

func (b *sectioner) close() {
	b.endParagraph()
	if b.cur != nil && len(b.cur.Lines) > 0 {
		b.cur.FirstPage = b.cur.Lines[0].Page
		b.cur.LastPage = b.cur.Lines[len(b.cur.Lines)-1].Page
	}
	b.cur = nil
}
