//go:build cgo && !noocr

package lstm

import (
	"context"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/ctc"
	"github.com/countybudget/extract/extract/ocr/traineddata"
)

// numberLanguage is the language whose model reads numbers best.
const numberLanguage = "eng"

// engine has one model for text and one for numbers.
type engine struct {
	text, number *model
	name         string
}

// Load loads the models for text in a language installed with Tesseract, "" for ocr.DefaultLanguage, and for numbers. It fails
// with ocr.ErrNotBuilt where the program was built without recognition; other errors say what to install.
func Load(language string) (ocr.Engine, error) {
	if language == "" {
		language = ocr.DefaultLanguage
	}
	e := &engine{}
	var err error
	if e.text, err = find(language); err != nil {
		return nil, err
	}
	if e.number, err = find(numberLanguage); err != nil {
		return nil, err
	}
	e.name = "tesseract models " + e.text.name + ", " + e.number.name
	return e, nil
}

func (e *engine) Name() string { return e.name }

// find loads the model of a language that is installed.
func find(language string) (*model, error) {
	f, err := traineddata.Open(language)
	if err != nil {
		return nil, err
	}
	return loadModel(f)
}

// NewRecognizer implements ocr.Engine.
func (e *engine) NewRecognizer() ocr.Recognizer {
	return &recognizer{text: e.text.newRunner(), number: e.number.newRunner(), sets: map[ocr.Charset]ctc.LabelSet{}}
}

// recognizer reads text with one model and limited character sets with the other.
type recognizer struct {
	text, number *runner
	sets         map[ocr.Charset]ctc.LabelSet
}

func (r *recognizer) runner(charset ocr.Charset) *runner {
	if charset == ocr.AnyText {
		return r.text
	}
	return r.number
}

func (r *recognizer) LineHeight(charset ocr.Charset) int { return r.runner(charset).model.height() }

func (r *recognizer) Read(ctx context.Context, lines []ocr.Line, charset ocr.Charset, suggest ocr.Suggest) ([][]ocr.Candidate, error) {
	runner := r.runner(charset)
	var allowed ctc.LabelSet
	if charset != ocr.AnyText {
		if r.sets[charset] == nil {
			r.sets[charset] = runner.model.alphabet.Labels(string(charset))
		}
		allowed = r.sets[charset]
	}
	return runner.read(ctx, lines, allowed, suggest)
}

func (r *recognizer) Close() error { return nil }
