// Package table rebuilds tables as a reader sees them.
//
// Method. (1) rules.go: drawn rules are cleaned, snapped to common positions and joined over the gaps at crossings.
// (2) grid.go: rules that cross form a grid; what runs between two crossings is an edge of a box. (3) cells.go: boxes with
// no edge between them are one cell. (4) open.go: where there are rules in one direction only, or none, columns come from
// the ends of the rules and from the white space that runs down between texts. (5) text.go: texts go to the cell that
// holds most of them, whole numbers at a time. (6) header.go: rows above the data are header. (7) caption.go, join.go:
// fragments of one table on several pages are joined, and the lines around them become title, unit, owner and notes.
//
// The lattice of (1) to (3) follows Nurminen's thesis (2013) as pdfplumber and Tabula read it.
package table

import "fmt"

// Settings are the distances of this stage, in points unless said otherwise.
type Settings struct {
	Snap       float64 // rules nearer than this are one rule drawn twice, or a double line
	Join       float64 // a gap in a rule up to this is drawn over: crossings, dashes
	MinRule    float64 // a rule shorter than this, after joining, is a speck
	EdgeCover  float64 // the part of a box's side that a rule must cover to close it, 0 to 1
	OpenSide   float64 // rules reaching further than this beyond the outermost crossing rule show an open side
	MaxBoxes   int     // a grid of more boxes than this is a drawing, not a table
	ColumnSlip float64 // columns of a continued table may be off by this from page to page
	CaptionGap float64 // lines further above a table than this are not its title
	NoteGap    float64 // lines further below a table than this are not its notes
	IndentStep float64 // texts of one column whose starts differ by more than this, in ems, are on different levels
}

// Defaults returns the settings that published disclosures need.
func Defaults() Settings {
	return Settings{
		Snap: 2.2, Join: 4, MinRule: 4, EdgeCover: 0.7, OpenSide: 8, MaxBoxes: 200_000,
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
