//go:build cgo && !noocr

package lstm

import (
	"fmt"
	"os"
	"strings"

	"github.com/countybudget/extract/extract/ocr/ctc"
)

// model is the line recognizer of one language. It does not change and serves any number of runners.
type model struct {
	net      *network
	alphabet *ctc.Alphabet
	kind     kind
	version  string // what the file says of itself
}

// loadModel reads a traineddata file of Tesseract 4 or 5.
func loadModel(path string) (*model, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := parse(data, bestKind())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// parse reads the content of a traineddata file for a kind of processor.
func parse(data []byte, k kind) (*model, error) {
	parts, err := components(data)
	if err != nil {
		return nil, err
	}
	for _, i := range []int{componentNetwork, componentUnicharset, componentRecoder} {
		if parts[i] == nil {
			return nil, fmt.Errorf("it has no recognizer of lines (component %d is missing)", i)
		}
	}
	m := &model{kind: k, version: strings.TrimSpace(string(parts[componentVersion]))}
	if m.net, err = readNetwork(parts[componentNetwork], k); err != nil {
		return nil, fmt.Errorf("its network: %w", err)
	}
	if m.alphabet, err = readAlphabet(parts[componentUnicharset], parts[componentRecoder], m.net.last.outputs, m.net.blank); err != nil {
		return nil, fmt.Errorf("its characters: %w", err)
	}
	return m, nil
}

// height is the height of a line's picture in pixels.
func (m *model) height() int { return m.net.height }
