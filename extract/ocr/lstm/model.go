//go:build cgo && !noocr

package lstm

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// Model is the recognizer of one language. It does not change and serves any number of readers.
type Model struct {
	net      *network
	alphabet *alphabet
	kind     kind
	version  string
}

// Load reads a traineddata file of Tesseract 4 or 5.
func Load(path string) (*Model, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// Parse reads the content of such a file.
func Parse(data []byte) (*Model, error) { return parse(data, bestKind()) }

func parse(data []byte, k kind) (*Model, error) {
	parts, err := components(data)
	if err != nil {
		return nil, err
	}
	for _, i := range []int{componentNetwork, componentUnicharset, componentRecoder} {
		if parts[i] == nil {
			return nil, fmt.Errorf("it has no recognizer of lines (component %d is missing)", i)
		}
	}
	m := &Model{kind: k, version: strings.TrimSpace(string(parts[componentVersion]))}
	if m.net, err = readNetwork(parts[componentNetwork], k); err != nil {
		return nil, fmt.Errorf("its network: %w", err)
	}
	if m.alphabet, err = readAlphabet(parts[componentUnicharset], parts[componentRecoder], m.net.last.outputs, m.net.nothing); err != nil {
		return nil, fmt.Errorf("its characters: %w", err)
	}
	return m, nil
}

// Version is what the file says of itself.
func (m *Model) Version() string { return m.version }

// Height is the height of a line's picture in pixels.
func (m *Model) Height() int { return m.net.height }

// Line is a picture of one line of text: gray, one byte a pixel, row by row, as many rows as the model is high.
type Line struct {
	Width int
	Pix   []byte
}

// Character is one that was read.
type Character struct {
	Text       string
	Confidence float32 // 0 to 1
	X          float32 // where it is most clearly seen, pixels from the left of the line
}

// Candidate is a text that a line may be read as.
type Candidate struct {
	Characters []Character
	Share      float32 // its probability, of the most probable one's
}

// Reader reads lines. It is for one goroutine.
type Reader struct {
	model *Model
	forward
	decoder
}

// NewReader returns a reader; its scratch memory grows with what it reads.
func (m *Model) NewReader() *Reader {
	return &Reader{model: m, forward: forward{net: m.net, kind: m.kind}, decoder: decoder{alphabet: m.alphabet, nothing: int16(m.net.nothing)}}
}

// Codes is the set of codes that the characters of a text are spelled with, to read nothing but these.
func (m *Model) Codes(characters string) Codes {
	allowed := make(Codes, m.net.last.outputs)
	for i, text := range m.alphabet.texts {
		if text != "" && strings.Contains(characters, text) {
			for _, code := range m.alphabet.spellings[i] {
				allowed[code] = true
			}
		}
	}
	return allowed
}

// Codes says of each code whether it may be read; nil allows all.
type Codes []bool

// Suggest is asked for what else a text of a line, given without spaces, may be.
type Suggest func(line int, text string) []string

// Read reads lines; the result has the texts that each may be, the most probable one first, none where a line is empty, and
// after them what is suggested, nil for nothing. A line of another height is a mistake of the program.
func (r *Reader) Read(lines []Line, allowed Codes, suggest Suggest) [][]Candidate {
	const mostPixels = 36000 // of all lines read at once, so wide as the widest
	out := make([][]Candidate, len(lines))
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return lines[b].Width - lines[a].Width })
	r.decoder.allowed = allowed
	for len(order) > 0 {
		n := min(len(order), sideBySide, max(1, mostPixels/max(1, lines[order[0]].Width)))
		part := make([]Line, n)
		for i := range part {
			part[i] = lines[order[i]]
			if len(part[i].Pix) != part[i].Width*r.model.net.height {
				panic(fmt.Sprintf("lstm: a line of %d bytes, %d wide", len(part[i].Pix), part[i].Width))
			}
		}
		now := order[:n]
		r.forward.run(part, func(i int, odds func(int) []float32) {
			columns := part[i].Width / pool
			found := r.decoder.decode(columns, odds)
			if suggest != nil && len(found) > 0 {
				found = r.decoder.judge(found, columns, odds, func(text string) []string { return suggest(now[i], text) })
			}
			out[now[i]] = found
		})
		order = order[n:]
	}
	return out
}
