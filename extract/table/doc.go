// Package table finds the tables on one page: their rows, columns and cells, and the text of each cell.
//
// Method. (1) Package lattice finds the grids that the drawn rules form. Package stroke tells the lines that strike out or
// underline words, which are no borders. (2) Where a ruled grid has no rules between its rows, text parts them (bands.go).
// Where there are rules in one direction only (open.go), or none (plain.go), columns come from the ends of the rules and from
// the white space that runs down between texts (columns.go), and merged cells from where texts stand (spans.go, groups.go).
// (3) Package cell gives each text to the cell that holds most of it, numbers as a whole (amounts.go, broken.go); labels that
// run up or down go to the cell they stand in (sideways.go). (4) The rows above the data are the header (header.go).
//
// Package caption reads the lines around tables; package join makes the tables of a document of those on its pages.
package table
