package ctc

import (
	"slices"
	"strings"
)

// Alphabet is the characters of a network with their encodings, which form a prefix tree. Once it is complete it serves any
// number of decoders.
type Alphabet struct {
	blank     int16
	texts     []string
	encodings [][]int16
	nodes     []node // prefixes of encodings; the first is the root, the empty prefix
	index     map[string]int32
	longest   int // bytes of a character's text
}

// node is a node of the prefix tree.
type node struct {
	next      []edge // by label
	character int32  // encoded by the labels up to here, -1 for none
}

type edge struct {
	label int16
	node  int32
}

// NewAlphabet returns an alphabet without characters; blank is the label of the CTC blank.
func NewAlphabet(blank int16) *Alphabet {
	return &Alphabet{blank: blank, nodes: []node{{character: -1}}, index: map[string]int32{}}
}

// Add adds a character with its encoding, one label at least. Of two characters with the same encoding, the first is kept.
func (a *Alphabet) Add(text string, encoding ...int16) {
	at := int32(0)
	for _, label := range encoding {
		i, found := a.edge(at, label)
		if !found {
			a.nodes[at].next = slices.Insert(a.nodes[at].next, i, edge{label, int32(len(a.nodes))})
			a.nodes = append(a.nodes, node{character: -1})
		}
		at = a.nodes[at].next[i].node
	}
	if a.nodes[at].character >= 0 {
		return
	}
	character := int32(len(a.texts))
	a.nodes[at].character = character
	a.texts, a.encodings = append(a.texts, text), append(a.encodings, encoding)
	if text != "" {
		a.index[text] = character
		a.longest = max(a.longest, len(text))
	}
}

// edge finds the edge of a node for a label, or the place where it would be.
func (a *Alphabet) edge(at int32, label int16) (int, bool) {
	return slices.BinarySearchFunc(a.nodes[at].next, label, func(e edge, l int16) int { return int(e.label) - int(l) })
}

// follow returns the child of a node for a label, -1 if there is none.
func (a *Alphabet) follow(at int32, label int16) int32 {
	if i, found := a.edge(at, label); found {
		return a.nodes[at].next[i].node
	}
	return -1
}

// LabelSet is the labels that may be recognized, by number; nil allows all, and labels beyond its length are not allowed.
type LabelSet []bool

// Labels is the set of labels that encode the characters of a text.
func (a *Alphabet) Labels(characters string) LabelSet {
	var allowed LabelSet
	for i, text := range a.texts {
		if text == "" || !strings.Contains(characters, text) {
			continue
		}
		for _, label := range a.encodings[i] {
			if missing := int(label) + 1 - len(allowed); missing > 0 {
				allowed = append(allowed, make(LabelSet, missing)...)
			}
			allowed[label] = true
		}
	}
	if allowed == nil {
		return LabelSet{}
	}
	return allowed
}

// has reports whether a label may be recognized.
func (s LabelSet) has(label int) bool { return s == nil || label < len(s) && s[label] }

// characters divides a text into characters of the alphabet, the longest first. It reports whether that is possible.
func (a *Alphabet) characters(text string) ([]int32, bool) {
	var out []int32
	for text != "" {
		n := min(len(text), a.longest)
		for ; n > 0; n-- {
			if c, ok := a.index[text[:n]]; ok {
				out = append(out, c)
				break
			}
		}
		if n == 0 {
			return nil, false
		}
		text = text[n:]
	}
	return out, true
}

// Label is the label of a character that is encoded by one.
func (a *Alphabet) Label(character string) (int16, bool) {
	c, ok := a.index[character]
	if !ok || len(a.encodings[c]) != 1 {
		return 0, false
	}
	return a.encodings[c][0], true
}
