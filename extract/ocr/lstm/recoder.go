//go:build cgo && !noocr

package lstm

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A network's outputs are labels and the blank. A character is encoded by one to nine labels (Tesseract's "recoder"): Chinese
// characters by their components. The encodings form a prefix tree.

const (
	longestEncoding = 9
	mostCharacters  = 1 << 16
)

// alphabet is the characters of a model with their encodings.
type alphabet struct {
	texts     []string
	encodings [][]int16
	nodes     []node // prefixes of encodings; the first is the root, the empty prefix
	index     map[string]int32
	longest   int // bytes of a character's text
}

// node is a node of the prefix tree.
type node struct {
	next      []edge
	character int32 // encoded by the labels up to here, -1 for none
}

type edge struct {
	label int16
	node  int32
}

// readAlphabet reads the components of the characters and of their encodings; labels is the number of the network's outputs.
func readAlphabet(unicharset, recoder []byte, labels, blank int) (*alphabet, error) {
	texts, err := readUnicharset(unicharset)
	if err != nil {
		return nil, err
	}
	r := reader{data: recoder}
	n := r.count(5)
	if r.err == nil && n != len(texts) {
		return nil, fmt.Errorf("%d encodings for %d characters", n, len(texts))
	}
	a := &alphabet{texts: texts, nodes: []node{{character: -1}}, index: map[string]int32{}, encodings: make([][]int16, n)}
	for i := range n {
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
			a.add(int32(i), encoding)
		}
	}
	return a, nil
}

// add adds a character. Of two characters with the same encoding, the first is kept.
func (a *alphabet) add(character int32, encoding []int16) {
	at := int32(0)
	for _, label := range encoding {
		next := a.follow(at, label)
		if next < 0 {
			next = int32(len(a.nodes))
			a.nodes[at].next = append(a.nodes[at].next, edge{label, next})
			a.nodes = append(a.nodes, node{character: -1})
		}
		at = next
	}
	if a.nodes[at].character < 0 {
		a.nodes[at].character = character
		a.encodings[character] = encoding
		if text := a.texts[character]; text != "" {
			a.index[text] = character
			a.longest = max(a.longest, len(text))
		}
	}
}

// follow returns the child of a node for a label, -1 if there is none.
func (a *alphabet) follow(at int32, label int16) int32 {
	for _, s := range a.nodes[at].next {
		if s.label == label {
			return s.node
		}
	}
	return -1
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
