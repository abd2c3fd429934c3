//go:build cgo && !noocr

package ocr

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/countybudget/extract/extract/ocr/lstm"
)

// Models are what engines read with: one for text and one for numbers. They do not change and serve any number of engines.
type Models struct {
	text, number *lstm.Model
	name         string
}

// Load loads the models for text in a language installed with Tesseract, "" for DefaultLanguage, and for numbers.
func Load(language string) (*Models, error) {
	if language == "" {
		language = DefaultLanguage
	}
	m := &Models{}
	var err error
	if m.text, err = load(language); err != nil {
		return nil, err
	}
	if m.number, err = load(digitLanguage); err != nil {
		return nil, err
	}
	m.name = "tesseract models " + named(language, m.text) + ", " + named(digitLanguage, m.number)
	return m, nil
}

// Name tells the languages and the versions of the models, as documents.ocr_engine has them.
func (m *Models) Name() string { return m.name }

// named is a model's language with its version, the form of its network left out.
func named(language string, m *lstm.Model) string {
	version, _, _ := strings.Cut(m.Version(), ":[")
	return strings.TrimSpace(language + " " + version)
}

// load finds a language's model where systems have it.
func load(language string) (*lstm.Model, error) {
	if language != filepath.Base(language) {
		return nil, fmt.Errorf("text recognition: %q is no language of Tesseract's, such as chi_sim", language)
	}
	for _, folder := range Folders() {
		m, err := lstm.Load(filepath.Join(folder, language+".traineddata"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("text recognition: %w", err)
		}
		return m, nil
	}
	return nil, fmt.Errorf("text recognition: there are no data for the language %q (install them: on Debian the package tesseract-ocr-%s; or set TESSDATA_PREFIX to the folder of %[1]s.traineddata)",
		language, strings.ReplaceAll(language, "_", "-"))
}

// Engine reads lines. It is for one goroutine; its scratch memory grows with what it reads.
type Engine struct {
	text, number *lstm.Reader
	models       *Models
	digits       lstm.Codes
}

// NewEngine makes an engine.
func (m *Models) NewEngine() *Engine {
	return &Engine{m.text.NewReader(), m.number.NewReader(), m, m.number.Codes(digits)}
}

// height is the height in pixels of the pictures that are read, as numbers or as text.
func (e *Engine) height(numbers bool) int {
	if numbers {
		return e.models.number.Height()
	}
	return e.models.text.Height()
}

// read reads the pictures of lines, as numbers or as text: for each what it may say, the most probable first, and then what
// is suggested for that, if suggest is not nil.
func (e *Engine) read(lines []picture, numbers bool, suggest func(line int, text string) []string) [][]candidate {
	reader, allowed := e.text, lstm.Codes(nil)
	if numbers {
		reader, allowed = e.number, e.digits
	}
	in := make([]lstm.Line, len(lines))
	for i, l := range lines {
		in[i] = lstm.Line{Width: l.width, Pix: l.pix}
	}
	out := make([][]candidate, len(lines))
	for i, found := range reader.Read(in, allowed, suggest) {
		for _, f := range found {
			c := candidate{share: f.Share}
			for _, l := range f.Characters {
				c.letters = append(c.letters, letter{l.Text, l.Confidence, l.X})
			}
			out[i] = append(out[i], c)
		}
	}
	return out
}

// digitLanguage is the model that reads numbers best.
const digitLanguage = "eng"

// digits are the characters of amounts, codes and counts.
const digits = "0123456789.,-()%"
