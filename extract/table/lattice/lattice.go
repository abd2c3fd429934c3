// Package lattice finds the grids that the drawn rules of a page form, and their cells. It looks at geometry alone, no text.
//
// Method, after Nurminen's thesis (2013) as implemented by pdfplumber and Tabula. Rules are snapped to common positions and
// joined over the gaps at crossings (rules.go); strokes of letters are no rules (letters.go). Rules that cross form a
// component; its positions divide it into boxes, and an edge of a box is closed if a rule covers enough of it (grid.go).
// Boxes without an edge between them are one cell (cells.go).
//
// Coordinates are points from the top left of the page, y down.
package lattice

// Settings are distances in points unless said otherwise.
type Settings struct {
	Snap      float64 // rules nearer than this are one rule drawn twice, or a double line
	Join      float64 // a gap in a rule up to this is closed: crossings, dashes
	MinRule   float64 // a rule shorter than this, after joining, is a speck
	EdgeCover float64 // the part of a box's side that a rule must cover to close it, 0 to 1
	OpenSide  float64 // a side is open if rules extend more than this beyond the outermost crossing rule
	MaxBoxes  int     // a grid of more boxes than this is a drawing, not a table
}
