// Package table rebuilds tables as a reader sees them.
//
// Method. (1) Package lattice finds the grids that the drawn rules form, and their cells. Lines that strike out or underline
// words are no borders (underline.go). (2) open.go, columns.go, plain.go: where there are rules in one direction only, or
// none, columns come from the ends of the rules and from the white space that runs down between texts. (3) text.go: each text
// goes to the cell that holds most of it, numbers as a whole. (4) header.go: rows above the data are header. (5) caption.go,
// join.go: fragments of one table on several pages are joined, and the lines around them become title, unit, owner and notes.
package table

import (
	"fmt"

	"github.com/countybudget/extract/extract/table/lattice"
)

// Settings are the distances of this stage, in points unless said otherwise.
type Settings struct {
	lattice.Settings
	ColumnSlip float64 // columns of a continued table may be off by this from page to page
	CaptionGap float64 // lines further above a table than this are not its title
	NoteGap    float64 // lines further below a table than this are not its notes
	IndentStep float64 // texts of one column whose starts differ by more than this, in ems, are on different levels
}

// Defaults returns the settings that published disclosures need.
func Defaults() Settings {
	return Settings{
		Settings:   lattice.Settings{Snap: 2.2, Join: 4, MinRule: 4, EdgeCover: 0.7, OpenSide: 8, MaxBoxes: 200_000},
		ColumnSlip: 4, CaptionGap: 90, NoteGap: 40, IndentStep: 0.45,
	}
}

// Validate reports the first setting that makes no sense.
func (s Settings) Validate() error {
	for _, v := range []float64{s.Snap, s.Join, s.MinRule, s.OpenSide, s.ColumnSlip, s.CaptionGap, s.NoteGap, s.IndentStep} {
		if !(v > 0 && v < 1000) {
			return fmt.Errorf("table: setting %v is out of range", v)
		}
	}
	if !(s.EdgeCover > 0 && s.EdgeCover <= 1) || s.MaxBoxes < 1 {
		return fmt.Errorf("table: EdgeCover %v or MaxBoxes %d is out of range", s.EdgeCover, s.MaxBoxes)
	}
	return nil
}
