//go:build cgo && !noocr

package lstm

import (
	"fmt"

	"github.com/countybudget/extract/extract/ocr/ctc"
	"github.com/countybudget/extract/extract/ocr/traineddata"
)

// model is the line recognizer of one language. It does not change and serves any number of runners.
type model struct {
	net      *network
	alphabet *ctc.Alphabet
	kind     kind
	name     string // the language and the version of its file
}

// loadModel makes the model of a language's file.
func loadModel(f *traineddata.File) (*model, error) {
	m, err := parse(f, bestKind())
	if err != nil {
		return nil, fmt.Errorf("text recognition: %s: %w", f.Path, err)
	}
	return m, nil
}

// parse reads the components of a traineddata file for a kind of processor.
func parse(f *traineddata.File, k kind) (*model, error) {
	for _, i := range []int{traineddata.Network, traineddata.Unicharset, traineddata.Recoder} {
		if f.Component(i) == nil {
			return nil, fmt.Errorf("it has no recognizer of lines (component %d is missing)", i)
		}
	}
	m := &model{kind: k, name: f.Name()}
	var err error
	if m.net, err = readNetwork(f.Component(traineddata.Network), k); err != nil {
		return nil, fmt.Errorf("its network: %w", err)
	}
	if m.alphabet, err = readAlphabet(f.Component(traineddata.Unicharset), f.Component(traineddata.Recoder), m.net.last.outputs, m.net.blank); err != nil {
		return nil, fmt.Errorf("its characters: %w", err)
	}
	return m, nil
}

// height is the height of a line's picture in pixels.
func (m *model) height() int { return m.net.height }
