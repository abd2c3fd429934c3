// Package shape reads the numbers of a sheet by the shapes of their characters, as a second witness beside recognition.
//
// All numbers of a sheet are printed in one or two fonts, so a digit looks like the sheet's other digits of its kind. Numbers
// that were recognized surely give samples of their characters (Learn in book.go); every other shape is compared with the
// nearest samples of each character (shape.go). A digit that the recognizer took for another one looks like its own kind
// here. Widths tell how many characters a number has (widths.go), and relation signs such as ≥ are known by their strokes
// (relation.go).
package shape
