//go:build cgo && !noocr

package ppocr

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/countybudget/extract/extract/ocr/ctc"
)

// A model names its characters in its metadata, one a line. Its outputs are the blank, then these characters, then the space.

const (
	blank          = 0
	mostCharacters = math.MaxInt16 - 2
	longestText    = 64 // bytes; some characters are sequences of code points
)

// readDictionary makes the alphabet of a network with so many outputs.
func readDictionary(text string, outputs int) (*ctc.Alphabet, error) {
	n := strings.Count(text, "\n") + 1
	if n > mostCharacters || n+2 != outputs {
		return nil, fmt.Errorf("a list of %d characters for %d outputs: the blank, the characters and the space", n, outputs)
	}
	a := ctc.NewAlphabet(blank)
	label := int16(blank)
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if label++; !utf8.ValidString(line) || len(line) > longestText {
			return nil, fmt.Errorf("character %d is no text: %.20q", label, line)
		}
		a.Add(line, label)
	}
	a.Add(" ", label+1)
	return a, nil
}

// hanLabels are the labels of Chinese characters in a list of characters.
func hanLabels(text string) []int {
	var out []int
	label := blank
	for line := range strings.SplitSeq(text, "\n") {
		label++
		if r, _ := utf8.DecodeRuneInString(line); unicode.Is(unicode.Han, r) {
			out = append(out, label)
		}
	}
	return out
}
