package segment

import (
	"image"
	"slices"
)

// Columns groups cells by their left and right borders. Cells of one column hold the same kind of thing, which tells numbers
// from text before anything is read, and amounts from codes afterwards.
type Columns struct {
	of []int // the column of each cell
	n  int
}

// columnsOf finds the columns of the cells of a sheet.
func columnsOf(cells []image.Rectangle) Columns {
	const slip = 4 // pixels by which the borders of a column's cells may differ
	c := Columns{of: make([]int, len(cells))}
	var seen []image.Rectangle
	for i, b := range cells {
		k := slices.IndexFunc(seen, func(o image.Rectangle) bool {
			return abs(o.Min.X-b.Min.X) <= slip && abs(o.Max.X-b.Max.X) <= slip
		})
		if k < 0 {
			k = len(seen)
			seen = append(seen, b)
		}
		c.of[i] = k
	}
	c.n = len(seen)
	return c
}

// Same reports whether two cells, by their indices, stand in one column.
func (c Columns) Same(cell, other int) bool { return c.of[cell] == c.of[other] }

// markNumbers marks the segments that are as high as the numbers of their column, or of the sheet. Digits that touch are not
// recognized by their shapes, but they are lower than Chinese characters.
func markNumbers(segments []Segment, columns Columns, em int) {
	heights := make([][]int, columns.n)
	var all []int
	for i := range segments {
		if p := &segments[i]; p.Cell >= 0 && p.Number {
			k := columns.of[p.Cell]
			heights[k] = append(heights[k], p.Box.Dy())
			all = append(all, p.Box.Dy())
		}
	}
	usual, few := median(all), len(all) < 8
	for i := range segments {
		p := &segments[i]
		if p.Number || p.Cell < 0 || p.Text != "" {
			continue
		}
		h := usual
		if own := heights[columns.of[p.Cell]]; len(own) > 2 {
			h = median(own)
		} else if few {
			continue
		}
		if abs(p.Box.Dy()-h) <= 1 && h*10 <= em*9 && p.Box.Dx() < 10*h {
			p.Number = true
		}
	}
}

// median is 0 for no values.
func median(v []int) int {
	if len(v) == 0 {
		return 0
	}
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}

func abs(v int) int { return max(v, -v) }
