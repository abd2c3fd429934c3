// Package ocr recognizes printed tables and text in pictures with Tesseract's models.
//
// Method. (1) prepare.go: the picture becomes a Sheet: gray, evenly lit (background.go), dark if it was faint (faint.go),
// without red stamps (gray.go), watermark (tone.go) and specks (speck.go), turned upright (upright.go) and levelled
// (skew.go). (2) lines.go: long thin runs of ink are rules; the caller says which cells they enclose; erase.go takes them out. (3) bands.go: what ink is left in
// a cell, or outside all cells, is cut into pieces: single lines of text or single numbers. (4) line.go: pieces are
// scaled to the height that the engine reads best and read many at a time (read.go), numbers with the English model and only
// the characters of numbers, text with the Chinese one; of what a line may say, known names and well-made numbers are
// preferred. (5) shapes.go: the digits of one sheet look alike, so their
// shapes give each number a second reading, independent of the engine's; where both differ the number is doubtful, and is
// read again in other ways (doubt.go). Targets such as ≥98% are read without their sign, which is known by its strokes
// (signs.go, relation.go). Of a large table the engine reads only as many numbers as teach what the digits look like, and
// those that are not clear by that (spared.go). All readings are kept.
//
// The models are those of Tesseract's language data, run by package lstm; they are loaded when they are first needed. To
// build, a C compiler is enough. With the build tag noocr, or without cgo, it is built without text recognition; then Load
// fails with ErrNotBuilt and everything else works.
package ocr

import "errors"

// ErrNotBuilt says that this program was built without text recognition.
var ErrNotBuilt = errors.New("this program was built without text recognition (build tag noocr)")

// DefaultLanguage is what Chinese budgets are printed in.
const DefaultLanguage = "chi_sim"
