package table

import (
	"math"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// Two tables without rules may stand beside each other. Their figures look like those of one table, but each has a unit of its
// own, which is printed at the right end of the table. The gutter begins there.

// strips parts the words of a page where lines with two units show tables beside each other. What stands above and below these
// tables is a part of its own.
func strips(words []model.Word) [][]model.Word {
	lines := rowsOfWords(words)
	for i := range lines {
		end, ok := firstUnit(lines[i])
		if !ok {
			continue
		}
		cut, n := gutter(lines[i:], end)
		if n == 0 {
			continue
		}
		var left, right []model.Word
		for _, line := range lines[i : i+n] {
			for _, w := range line {
				if w.Box.Center().X < cut {
					left = append(left, w)
				} else {
					right = append(right, w)
				}
			}
		}
		out := [][]model.Word{flat(lines[:i]), left}
		out = append(out, strips(right)...)
		return append(out, strips(flat(lines[i+n:]))...)
	}
	return [][]model.Word{words}
}

// firstUnit is the right end of the first of several units that a line names.
func firstUnit(line []model.Word) (end float64, ok bool) {
	const most = 40 // words of a line of captions
	if len(line) < 2 || len(line) > most {
		return 0, false
	}
	units := 0
	for i := range line {
		if _, _, unit := wording.Labelled("unit", line[i].Text); unit {
			if units++; units == 1 {
				end = line[i].Box.X1
			}
		}
	}
	return end, units > 1
}

// gutter finds the white space that runs down from the right end of a unit, and how many lines it passes; 0 if it is narrow or
// passes too few lines for a table.
func gutter(lines [][]model.Word, end float64) (middle float64, n int) {
	const least, wide = 4, 2 // lines: units, names and two rows; ems
	size := lines[0][0].Em()
	lo, hi := end, math.Inf(1)
	for _, line := range lines {
		l, h := lo, hi
		for i := range line {
			if b := line[i].Box; b.X1 < end+size {
				l = math.Max(l, b.X1)
			} else {
				h = math.Min(h, b.X0)
			}
		}
		if h-l < wide*size {
			break
		}
		lo, hi = l, h
		n++
	}
	if n < least || math.IsInf(hi, 1) {
		return 0, 0
	}
	return (lo + hi) / 2, n
}

// flat is the words of lines.
func flat(lines [][]model.Word) []model.Word {
	var out []model.Word
	for _, line := range lines {
		out = append(out, line...)
	}
	return out
}
