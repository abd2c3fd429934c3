// Package segment finds what is to be read on a prepared sheet.
//
// Rules finds the ruled lines (rules.go) and joins those that a bilevel copy broke (broken.go); the caller says which cells they
// enclose. Cut erases the rules (erase.go) and cuts the ink of each cell, and of what lies outside all cells, into segments: single
// lines of text or single numbers (cut.go); the columns of tables without rules are parted at their gutters (gutter.go).
// Columns tells which cells stand above each other (columns.go). Characters cuts a number into its digits (characters.go).
//
// Coordinates are pixels of the sheet, from the top left, y down.
package segment
