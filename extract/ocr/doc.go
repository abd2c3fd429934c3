// Package ocr recognizes printed text in pictures with Tesseract, through gosseract.
//
// It needs Tesseract's libraries and a C++ compiler to build. With the build tag noocr it is built without them; then New
// fails with ErrNotBuilt and everything else works.
package ocr

import (
	"errors"
	"fmt"
)

// ErrNotBuilt says that this program was built without text recognition.
var ErrNotBuilt = errors.New("this program was built without text recognition (build tag noocr)")

// DefaultLanguages are what Chinese budgets are printed in.
var DefaultLanguages = []string{"chi_sim", "eng"}

// Layout tells the engine what a picture shows (Tesseract's page segmentation modes).
type Layout int

// The layouts.
const (
	Block Layout = iota // a uniform block of text, a table cell for example
	Line                // one line
)

// Digits is the whitelist for cells that hold amounts.
const Digits = "0123456789.,-()%"

// PGM encodes rows of gray pixels (0 black, 255 white) as the picture format that Engine reads without any library.
func PGM(width, height int, gray []byte) []byte {
	return append(fmt.Appendf(nil, "P5 %d %d 255\n", width, height), gray[:width*height]...)
}
