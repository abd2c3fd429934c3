//go:build cgo && !noocr

package lstm

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A network's outputs are codes. A character is spelled with one to five of them, as a Chinese one is by its parts; no
// character's codes begin another's, or they end one and go on in the other.

const (
	longestSpelling = 9
	mostCharacters  = 1 << 16
)

// alphabet is the characters of a recognizer with their spellings.
type alphabet struct {
	texts     []string
	spellings [][]int16
	nodes     []node // beginnings of spellings; the first is the empty one
	index     map[string]int32
	longest   int // bytes of a character's text
}

// node is a beginning of spellings.
type node struct {
	next      []step
	character int32 // that is spelled with this, -1 for none
}

type step struct {
	code int16
	node int32
}

// readAlphabet reads the components of the characters and of their spellings, with codes below a limit.
func readAlphabet(unicharset, recoder []byte, codes, nothing int) (*alphabet, error) {
	texts, err := readUnicharset(unicharset)
	if err != nil {
		return nil, err
	}
	r := reader{data: recoder}
	n := r.count(5)
	if r.err == nil && n != len(texts) {
		return nil, fmt.Errorf("%d spellings for %d characters", n, len(texts))
	}
	a := &alphabet{texts: texts, nodes: []node{{character: -1}}, index: map[string]int32{}, spellings: make([][]int16, n)}
	for i := range n {
		r.byte() // whether it stands for itself
		length := int(r.int32())
		if r.err == nil && (length < 0 || length > longestSpelling) {
			return nil, fmt.Errorf("a spelling of %d codes", length)
		}
		var spelling []int16
		for range length {
			code := int(r.int32())
			if r.err == nil && (code < 0 || code >= codes) {
				return nil, fmt.Errorf("the code %d of %d", code, codes)
			}
			spelling = append(spelling, int16(code))
		}
		if r.err != nil {
			return nil, r.err
		}
		if length > 0 && int(spelling[0]) != nothing {
			a.spell(int32(i), spelling)
		}
	}
	return a, nil
}

// spell adds a character; of two with the same spelling the first stays.
func (a *alphabet) spell(character int32, spelling []int16) {
	at := int32(0)
	for _, code := range spelling {
		next := a.follow(at, code)
		if next < 0 {
			next = int32(len(a.nodes))
			a.nodes[at].next = append(a.nodes[at].next, step{code, next})
			a.nodes = append(a.nodes, node{character: -1})
		}
		at = next
	}
	if a.nodes[at].character < 0 {
		a.nodes[at].character = character
		a.spellings[character] = spelling
		if text := a.texts[character]; text != "" {
			a.index[text] = character
			a.longest = max(a.longest, len(text))
		}
	}
}

// follow is the node after a code, -1 if there is none.
func (a *alphabet) follow(at int32, code int16) int32 {
	for _, s := range a.nodes[at].next {
		if s.code == code {
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
