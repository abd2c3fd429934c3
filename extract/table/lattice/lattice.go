// Package lattice finds the grids that the drawn rules of a page form, and their cells. It looks at geometry alone, no text.
//
// Method, after Nurminen's thesis (2013) as implemented by pdfplumber and Tabula. Rules are snapped to common positions and
// joined over the gaps at crossings (rules.go); strokes of letters are no rules (letters.go). Rules that cross form a
// component; its positions divide it into boxes, and an edge of a box is closed if a rule covers enough of it (grid.go).
// Boxes without an edge between them are one cell (cells.go).
//
// Coordinates are points from the top left of the page, y down.
package lattice

import "fmt"

// Settings are distances in points unless said otherwise.
type Settings struct {
	Snap      float64 // rules nearer than this are one rule drawn twice, or a double line
	Join      float64 // a gap in a rule up to this is closed: crossings, dashes
	MinRule   float64 // a rule shorter than this, after joining, is a speck
	EdgeCover float64 // the part of a box's side that a rule must cover to close it, 0 to 1
	OpenSide  float64 // a side is open if rules extend more than this beyond the outermost crossing rule
	MaxBoxes  int     // a grid of more boxes than this is a drawing, not a table
}

// Validate reports the first setting that makes no sense.
func (s Settings) Validate() error {
	for _, v := range []float64{s.Snap, s.Join, s.MinRule, s.OpenSide} {
		if !(v > 0 && v < 1000) {
			return fmt.Errorf("lattice: setting %v is out of range", v)
		}
	}
	if !(s.EdgeCover > 0 && s.EdgeCover <= 1) || s.MaxBoxes < 1 {
		return fmt.Errorf("lattice: EdgeCover %v or MaxBoxes %d is out of range", s.EdgeCover, s.MaxBoxes)
	}
	return nil
}
