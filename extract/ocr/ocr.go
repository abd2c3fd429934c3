//go:build cgo && !noocr

package ocr

import (
	"fmt"
	"image"

	"github.com/countybudget/extract/extract/ocr/tesseract"
)

// Engine is a pair of warm Tesseract engines, one for text and one for numbers. It is for one goroutine. Loading takes
// about 120 ms: keep it.
type Engine struct {
	text, number *tesseract.Engine
}

// NewEngine loads an engine for text in a language installed with Tesseract, "" for DefaultLanguage. Engines must not be
// loaded at the same time.
func NewEngine(language string) (*Engine, error) {
	if language == "" {
		language = DefaultLanguage
	}
	text, err := loadModel(language)
	if err != nil {
		return nil, err
	}
	number, err := loadModel(digitLanguage)
	if err != nil {
		text.Close()
		return nil, err
	}
	return &Engine{text, number}, nil
}

func loadModel(language string) (*tesseract.Engine, error) {
	e, err := tesseract.New(language)
	if err != nil {
		return nil, fmt.Errorf("tesseract cannot load the language %q: %w", language, err)
	}
	for _, v := range [][2]string{{"user_defined_dpi", "300"}, {"debug_file", "/dev/null"}} {
		if err := e.Set(v[0], v[1]); err != nil {
			e.Close()
			return nil, fmt.Errorf("tesseract: %w", err)
		}
	}
	return e, nil
}

// Version names Tesseract and its version, which is known once an engine was loaded.
func Version() string { return "tesseract " + tesseract.Version() }

// word is a piece of text that the engine found, with its place in the picture it was given.
type word struct {
	text       string
	box        image.Rectangle
	confidence float32 // 0 to 1
}

// read recognizes a picture with the number model and its characters only, or with the text model.
func (e *Engine) read(r *raster, seg segmentation, numbers bool) ([]word, error) {
	engine, allowed := e.text, ""
	if numbers {
		engine, allowed = e.number, digits
	}
	mode := tesseract.Block
	if seg == asLine {
		mode = tesseract.Line
	}
	if err := engine.Set("tessedit_char_whitelist", allowed); err != nil {
		return nil, fmt.Errorf("text recognition: %w", err)
	}
	found, err := engine.Read(r.pix, r.w, r.h, mode)
	if err != nil {
		return nil, fmt.Errorf("text recognition: %w", err)
	}
	out := make([]word, 0, len(found))
	for _, w := range found {
		if w.Text != "" {
			out = append(out, word{w.Text, w.Box, float32(float64(w.Confidence) / 100)})
		}
	}
	return out, nil
}

// Close frees the engine.
func (e *Engine) Close() error {
	e.text.Close()
	e.number.Close()
	return nil
}

// digitLanguage is the model that reads numbers best.
const digitLanguage = "eng"

// digits are the characters of amounts, codes and counts.
const digits = "0123456789.,-()%"
