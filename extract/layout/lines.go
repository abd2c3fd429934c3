package layout

import (
	"math"
	"sort"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Lines joins words of one baseline to lines, in reading order. Line.Words keeps the words apart, so that a caption with a
// label at the left and another at the right is not taken for a sentence.
func Lines(page int, words []model.Word, s Settings) []model.Line {
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return words[order[i]].Baseline() < words[order[j]].Baseline() })
	var lines []model.Line
	start := 0
	for i := 1; i <= len(order); i++ {
		if i < len(order) {
			a, b := &words[order[start]], &words[order[i]]
			if b.Baseline()-a.Baseline() <= s.BaselineSlip*math.Min(a.Em(), b.Em()) {
				continue
			}
		}
		if i > start {
			row := make([]model.Word, 0, i-start)
			for _, k := range order[start:i] {
				row = append(row, words[k])
			}
			sort.SliceStable(row, func(i, j int) bool { return row[i].Box.X0 < row[j].Box.X0 })
			lines = append(lines, NewLine(page, row))
		}
		start = i
	}
	return lines
}

// NewLine makes a line of words in reading order.
func NewLine(page int, words []model.Word) model.Line {
	l := model.Line{Page: page, Words: words}
	sizes := map[float64]int{}
	bold, count := 0, 0
	for i := range words {
		w := &words[i]
		l.Text = wording.JoinWords(l.Text, w.Text, true)
		l.Box = l.Box.Union(w.Box)
		for _, g := range w.Glyphs {
			sizes[math.Round(g.Size*2)/2]++
			count++
			if g.Font != nil && g.Font.Bold {
				bold++
			}
		}
	}
	best := 0
	for v, n := range sizes {
		if n > best || n == best && v > l.Size {
			best, l.Size = n, v
		}
	}
	if count == 0 {
		l.Size = l.Box.Height()
	}
	l.Bold = count > 0 && bold*2 > count
	return l
}

// Segments splits a line at gaps wider than two ems, which separate texts.
func Segments(l model.Line) []model.Line {
	var out []model.Line
	start := 0
	for i := 1; i <= len(l.Words); i++ {
		if i < len(l.Words) && l.Words[i].Box.X0-l.Words[i-1].Box.X1 <= 2*l.Size {
			continue
		}
		out = append(out, NewLine(l.Page, l.Words[start:i]))
		start = i
	}
	return out
}
