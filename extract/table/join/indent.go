package join

import (
	"math"
	"sort"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// indent sets the indentation levels of names that are set to the left. The distances of a column's texts from its left border
// fall into a few steps; the rank of its step is the level of a text. Centred texts and figures have none.
func indent(t *model.Table, s Settings) {
	byCol := map[int][]*model.Cell{}
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row >= t.HeaderRows && c.Text != "" && !wording.IsNumber(c.Text) && !wording.Is("total", c.Text) {
			byCol[c.Col] = append(byCol[c.Col], c)
		}
	}
	for _, cells := range byCol {
		setLevels(cells, s.IndentStep)
	}
}

// setLevels ranks the left distances of cells of one column. Centred texts make no step, but may stand on one by chance. A
// column with more than six steps is not indented.
func setLevels(cells []*model.Cell, step float64) {
	var left, middle []*model.Cell
	for _, c := range cells {
		if centredIn(c) {
			middle = append(middle, c)
		} else {
			left = append(left, c)
		}
	}
	sort.SliceStable(left, func(i, j int) bool { return lead(left[i]) < lead(left[j]) })
	var steps []float64 // the least distance of each level
	for _, c := range left {
		if n := len(steps); n == 0 || lead(c)-steps[n-1] > step*lineHeight(c) {
			steps = append(steps, lead(c))
		}
	}
	if len(steps) > 6 {
		return
	}
	for _, c := range append(left, middle...) {
		for k, v := range steps {
			if d := lead(c) - v; d >= -0.5 && d <= step*lineHeight(c) {
				c.Indent = k
			}
		}
	}
}

func lead(c *model.Cell) float64 { return c.TextBox.X0 - c.Box.X0 }

// lineHeight is about one em of the cell's text, 8 to 14 points in these documents.
func lineHeight(c *model.Cell) float64 { return math.Max(6, math.Min(c.TextBox.Height(), 12)) }

func centredIn(c *model.Cell) bool {
	left, right := lead(c), c.Box.X1-c.TextBox.X1
	return left > 6 && math.Abs(left-right) < 3
}
