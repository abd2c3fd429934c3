//go:build cgo && !noocr

package ppocr

import (
	"context"
	"fmt"
	"strings"

	ort "github.com/yalue/onnxruntime_go"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ctc"
)

// engine is a loaded network.
type engine struct{ network *network }

// Load loads the model, which reads Chinese, Japanese and English, whatever the language. It fails with ocr.ErrNotBuilt where the
// program was built without recognition; other errors say what to install.
func Load(string) (ocr.Engine, error) { return load(modelFolders()) }

func load(folders []string) (ocr.Engine, error) {
	library, model := find(folders, libraryFile), find(folders, modelFile)
	for _, f := range []struct{ path, name string }{{model, modelFile}, {library, libraryFile}} {
		if f.path == "" {
			return nil, fmt.Errorf(`text recognition: %s is not installed (run "make models", or set EXTRACT_MODELS to the folder that has it)`, f.name)
		}
	}
	n, err := shared.network(library, model)
	if err != nil {
		return nil, fmt.Errorf("text recognition: %w", err)
	}
	return &engine{n}, nil
}

func (e *engine) Name() string {
	return fmt.Sprintf("%s %s, ONNX Runtime %s", strings.TrimSuffix(modelFile, ".onnx"), e.network.sum, ort.GetVersion())
}

// NewRecognizer implements ocr.Engine.
func (e *engine) NewRecognizer() ocr.Recognizer {
	return &recognizer{network: e.network, decoder: ctc.Decoder{Alphabet: e.network.alphabet, Step: step}, sets: map[ocr.Charset]labelSet{}}
}

// recognizer reads lines; its scratch memory grows with what it reads.
type recognizer struct {
	network       *network
	decoder       ctc.Decoder
	sets          map[ocr.Charset]labelSet
	picture       []float32
	probabilities []float32
}

// Heights of lines, pixels. Lines are cut to the height of the network, so that higher ones show their characters larger.
const (
	textHeight   = 54
	numberHeight = 48
)

func (r *recognizer) LineHeight(charset ocr.Charset) int {
	if charset == ocr.AnyText {
		return textHeight
	}
	return numberHeight
}

func (r *recognizer) Read(ctx context.Context, lines []ocr.Line, charset ocr.Charset, suggest ocr.Suggest) ([][]ocr.Candidate, error) {
	for i := range lines {
		if err := check(&lines[i], r.LineHeight(charset)); err != nil {
			return nil, err
		}
	}
	out := make([][]ocr.Candidate, len(lines))
	for i := range lines {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if lines[i].Width == 0 {
			continue
		}
		var ask func(string) []string
		if suggest != nil {
			ask = func(text string) []string { return suggest(i, text) }
		}
		found, err := r.read(&lines[i], charset, ask)
		if err != nil {
			return nil, err
		}
		out[i] = found
	}
	return out, nil
}

// read reads one line.
func (r *recognizer) read(l *ocr.Line, charset ocr.Charset, suggest func(string) []string) ([]ocr.Candidate, error) {
	steps, labels := widthOf(l)/step, r.network.labels
	r.picture = picture(l, r.picture)
	r.probabilities = sized(r.probabilities, steps*labels)
	if err := r.network.run(r.picture, r.probabilities); err != nil {
		return nil, err
	}
	at := func(t int) []float32 { return r.probabilities[t*labels : (t+1)*labels] }
	return r.candidates(l, charset, steps, at, suggest), nil
}

// candidates are the texts that the probabilities of a line's time steps give. It changes the probabilities.
func (r *recognizer) candidates(l *ocr.Line, charset ocr.Charset, steps int, at func(step int) []float32, suggest func(string) []string) []ocr.Candidate {
	set := r.labels(charset)
	for t := range steps {
		set.fold(at(t))
	}
	r.decoder.Allowed = set.allowed
	found := r.decoder.Decode(steps, at)
	if charset != ocr.AnyText {
		within(found, 1-r.network.words(steps, at))
	}
	if suggest != nil && len(found) > 0 {
		found = r.decoder.Weigh(found, steps, at, suggest)
	}
	for i := range found {
		for k := range found[i].Characters {
			c := &found[i].Characters[k]
			c.X = min(max(0, c.X-margin), float32(l.Width))
		}
	}
	return found
}

func (r *recognizer) Close() error { return nil }

// within bounds the probabilities of characters.
func within(found []ocr.Candidate, most float32) {
	for i := range found {
		for k := range found[i].Characters {
			c := &found[i].Characters[k]
			c.Probability = max(0, min(c.Probability, most))
		}
	}
}

// words is the highest probability of a Chinese character in any time step: a line that has one is no number, though its digits
// are sure.
func (n *network) words(steps int, at func(step int) []float32) float32 {
	most := float32(0)
	for t := range steps {
		p := at(t)
		for _, label := range n.han {
			most = max(most, p[label])
		}
	}
	return most
}

// labelSet is the labels of a character set.
type labelSet struct {
	allowed ctc.LabelSet
	twins   map[int]int // the label of a character's full-width form → that of the character
}

// labels finds the labels of a character set once.
func (r *recognizer) labels(charset ocr.Charset) labelSet {
	if charset == ocr.AnyText {
		return labelSet{}
	}
	if s, ok := r.sets[charset]; ok {
		return s
	}
	s := labelSet{allowed: r.network.alphabet.Labels(string(charset)), twins: map[int]int{}}
	for _, c := range string(charset) {
		const fullWidth = 0xFEE0 // from a character of ASCII to its full-width form
		one, ok := r.network.alphabet.Label(string(c))
		if wide, found := r.network.alphabet.Label(string(c + fullWidth)); ok && found {
			s.twins[int(wide)] = int(one)
		}
	}
	r.sets[charset] = s
	return s
}

// fold adds the probabilities of full-width forms to those of their characters.
func (s labelSet) fold(probabilities []float32) {
	for wide, one := range s.twins {
		probabilities[one] = min(1, probabilities[one]+probabilities[wide])
		probabilities[wide] = 0
	}
}
