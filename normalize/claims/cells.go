package claims

import (
	"math"

	"github.com/countybudget/extract/extract/model"
)

// pageCells finds the cell at a point of a page.
type pageCells map[pageBand][]placed

// pageBand is a strip of a page.
type pageBand struct{ page, band int }

const (
	bandHeight = 16.0
	lastBand   = 512 // a cell further down a page than any page is long is in the last band
)

type placed struct {
	table *model.Table
	cell  *model.Cell
}

func bandOf(y float64) int { return int(math.Min(math.Max(y/bandHeight, 0), lastBand)) }

func cellsOf(doc *model.Document) pageCells {
	out := pageCells{}
	for i := range doc.Tables {
		t := &doc.Tables[i]
		for k := range t.Cells {
			c := &t.Cells[k]
			box := CellBox(c)
			for b := bandOf(box.Y0); b <= bandOf(box.Y1); b++ {
				at := pageBand{c.Page, b}
				out[at] = append(out[at], placed{t, c})
			}
		}
	}
	return out
}

// CellBox is where a cell and its text are on their page, in points.
func CellBox(c *model.Cell) model.Rect {
	if c.Box == (model.Rect{}) {
		return c.TextBox
	}
	return c.Box.Union(c.TextBox)
}

func (p pageCells) at(n *model.Number) (placed, bool) {
	center := n.Box.Center()
	for _, x := range p[pageBand{n.Page, bandOf(center.Y)}] {
		if CellBox(x.cell).Contains(center) {
			return x, true
		}
	}
	return placed{}, false
}
