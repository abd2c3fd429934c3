// Package caption reads what stands above and below tables: title, unit, owner, form number and notes. It knows a table by its
// box alone.
//
// Method. The lines above a table are read upwards from it. A line of labelled texts (unit, owner, form number) belongs to the
// caption. The nearest line that is none of these is the title if it stands where titles stand and is no sentence; what is above
// the title is not read. Below a table, a line that begins as notes do is a note, and lines close below a note continue it.
package caption

import (
	"fmt"
	"math"

	"github.com/countybudget/extract/extract/model"
)

// Settings are distances in points.
type Settings struct {
	CaptionGap float64 // lines further above a table than this are not its title
	NoteGap    float64 // lines further below a table than this are not its notes
}

// Validate reports the first setting that makes no sense.
func (s Settings) Validate() error {
	for _, v := range []float64{s.CaptionGap, s.NoteGap} {
		if !(v > 0 && v < 1000) {
			return fmt.Errorf("caption: setting %v is out of range", v)
		}
	}
	return nil
}

// Around reads what stands around each of the tables on a page. lines are the page's, from the top, without furniture. Those that
// belong to a table become taken; rest are the lines that belong to none, parted between tables beside each other.
func Around(tables []model.Rect, lines []model.Line, taken []bool, s Settings) (captions []Caption, notes [][]model.Note, rest []model.Line) {
	parts, whole := partLines(tables, lines, s)
	used := make([]bool, len(parts))
	for i := range parts {
		used[i] = taken[whole[i]]
	}
	use := func(indices []int) {
		for _, i := range indices {
			used[i] = true
		}
	}
	for i, table := range tables {
		floor := 0.0
		for k, other := range tables {
			if k != i && other.Y1 <= table.Y0+2 && inColumn(other, table) {
				floor = math.Max(floor, other.Y1)
			}
		}
		c, its := above(table, beside(tables, i), parts, used, floor, s)
		captions = append(captions, c)
		use(its)
	}
	for i, table := range tables {
		ceiling := math.Inf(1)
		for k, other := range tables {
			if k != i && other.Y0 >= table.Y1-2 && inColumn(other, table) {
				ceiling = math.Min(ceiling, other.Y0)
			}
		}
		n, its := below(table, beside(tables, i), parts, used, ceiling, s)
		notes = append(notes, n)
		use(its)
	}
	for i := range parts {
		if !used[i] {
			rest = append(rest, parts[i])
		}
	}
	mark(used, whole, taken)
	return captions, notes, rest
}
