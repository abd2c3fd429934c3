//go:build cgo && !noocr

package lstm

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/countybudget/extract/extract/ocr/ctc"
)

// A network's outputs are labels and the blank. A character is encoded by one to nine labels (Tesseract's "recoder"): Chinese
// characters by their components.

const (
	longestEncoding = 9
	mostCharacters  = 1 << 16
)

// readAlphabet reads the components of the characters and of their encodings; labels is the number of the network's outputs.
func readAlphabet(unicharset, recoder []byte, labels, blank int) (*ctc.Alphabet, error) {
	texts, err := readUnicharset(unicharset)
	if err != nil {
		return nil, err
	}
	r := reader{data: recoder}
	n := r.count(5)
	if r.err == nil && n != len(texts) {
		return nil, fmt.Errorf("%d encodings for %d characters", n, len(texts))
	}
	a := ctc.NewAlphabet(int16(blank))
	for _, text := range texts {
		r.byte() // whether it stands for itself
		length := int(r.int32())
		if r.err == nil && (length < 0 || length > longestEncoding) {
			return nil, fmt.Errorf("an encoding of %d labels", length)
		}
		var encoding []int16
		for range length {
			label := int(r.int32())
			if r.err == nil && (label < 0 || label >= labels) {
				return nil, fmt.Errorf("the label %d of %d", label, labels)
			}
			encoding = append(encoding, int16(label))
		}
		if r.err != nil {
			return nil, r.err
		}
		if length > 0 && int(encoding[0]) != blank {
			a.Add(text, encoding...)
		}
	}
	return a, nil
}

// readUnicharset reads the characters: their number, then a line for each, which begins with the character itself, NULL for
// a space. The second and the third stand for things that are no text.
func readUnicharset(data []byte) ([]string, error) {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	n, err := strconv.Atoi(strings.TrimSpace(string(first)))
	if err != nil || n <= 0 || n > mostCharacters {
		return nil, errors.New("the list of characters has no number of them")
	}
	texts := make([]string, 0, n)
	for len(texts) < n {
		if len(rest) == 0 {
			return nil, fmt.Errorf("%d characters of %d", len(texts), n)
		}
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		text, _, _ := strings.Cut(string(line), " ")
		switch {
		case text == "NULL":
			text = " "
		case len(texts) < 3 && (text == "Joined" || strings.HasPrefix(text, "|Broken")):
			text = ""
		}
		texts = append(texts, text)
	}
	return texts, nil
}
