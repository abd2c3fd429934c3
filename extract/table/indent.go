package table

import (
	"math"
	"sort"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/wording"
)

// indent sets the level of indentation of names set to the left: the distances of the texts of one column from its left
// border fall into few steps, and the step's rank is the level. Centred texts and figures have none.
func indent(t *model.Table, s Settings) {
	byCol := map[int][]*model.Cell{}
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row >= t.HeaderRows && c.Text != "" && !wording.IsNumber(c.Text) && !centredIn(c) {
			byCol[c.Col] = append(byCol[c.Col], c)
		}
	}
	for _, cells := range byCol {
		setLevels(cells, s.IndentStep)
	}
}

// setLevels ranks the left distances of cells of one column. More than six steps are no indentation but chance.
func setLevels(cells []*model.Cell, step float64) {
	sort.SliceStable(cells, func(i, j int) bool { return lead(cells[i]) < lead(cells[j]) })
	level := make([]int, len(cells))
	for i := 1; i < len(cells); i++ {
		level[i] = level[i-1]
		if lead(cells[i])-lead(cells[i-1]) > step*lineHeight(cells[i]) {
			level[i]++
		}
	}
	if len(cells) == 0 || level[len(level)-1] > 6 {
		return
	}
	for i, c := range cells {
		c.Indent = level[i]
	}
}

func lead(c *model.Cell) float64 { return c.TextBox.X0 - c.Box.X0 }

// lineHeight is about one em of the cell's text, 8 to 14 points in these documents.
func lineHeight(c *model.Cell) float64 { return math.Max(6, math.Min(c.TextBox.Height(), 12)) }

func centredIn(c *model.Cell) bool {
	left, right := lead(c), c.Box.X1-c.TextBox.X1
	return left > 6 && math.Abs(left-right) < 3
}
