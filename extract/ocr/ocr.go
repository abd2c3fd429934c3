//go:build !noocr

package ocr

import (
	"errors"
	"fmt"
	"image"

	"github.com/otiai10/gosseract/v2"
)

// Engine is a pair of warm Tesseract engines, one for text and one for numbers. It is for one goroutine. Loading takes
// about 120 ms: keep it.
type Engine struct {
	text, number *gosseract.Client
}

// NewEngine loads an engine for text in a language installed with Tesseract, "" for DefaultLanguage. Engines must not be
// loaded at the same time.
func NewEngine(language string) (*Engine, error) {
	if language == "" {
		language = DefaultLanguage
	}
	text, err := newClient(language)
	if err != nil {
		return nil, err
	}
	number, err := newClient(digitLanguage)
	if err != nil {
		return nil, errors.Join(err, text.Close())
	}
	return &Engine{text, number}, nil
}

// newClient loads one model and reads an empty picture with it, so that what is missing shows now.
func newClient(language string) (*gosseract.Client, error) {
	c := gosseract.NewClient()
	empty := blank(32, 32)
	err := errors.Join(
		c.SetLanguage(language),
		c.SetVariable("user_defined_dpi", "300"),
		c.SetVariable("debug_file", "/dev/null"),
		c.SetImageFromBytes(pgm(empty)),
	)
	if err == nil {
		_, err = c.Text()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("tesseract cannot load the language %q (is its data installed?): %w", language, err), c.Close())
	}
	return c, nil
}

// Version names Tesseract and its version.
func Version() string { return "tesseract " + gosseract.Version() }

// word is a piece of text that the engine found, with its place in the picture it was given.
type word struct {
	text       string
	box        image.Rectangle
	confidence float32 // 0 to 1
}

// read recognizes a picture with the number model and its characters only, or with the text model.
func (e *Engine) read(r *raster, seg segmentation, numbers bool) ([]word, error) {
	c, allowed := e.text, ""
	if numbers {
		c, allowed = e.number, digits
	}
	mode := gosseract.PSM_SINGLE_BLOCK
	if seg == asLine {
		mode = gosseract.PSM_SINGLE_LINE
	}
	err := errors.Join(c.SetPageSegMode(mode), c.SetWhitelist(allowed), c.SetImageFromBytes(pgm(r)))
	if err != nil {
		return nil, fmt.Errorf("text recognition: %w", err)
	}
	boxes, err := c.GetBoundingBoxes(gosseract.RIL_WORD)
	if err != nil {
		return nil, fmt.Errorf("text recognition: %w", err)
	}
	out := make([]word, 0, len(boxes))
	for _, b := range boxes {
		if b.Word != "" {
			out = append(out, word{b.Word, b.Box, float32(b.Confidence / 100)})
		}
	}
	return out, nil
}

// Close frees the engine.
func (e *Engine) Close() error { return errors.Join(e.text.Close(), e.number.Close()) }

// digitLanguage is the model that reads numbers best.
const digitLanguage = "eng"

// digits are the characters of amounts, codes and counts.
const digits = "0123456789.,-()%"

// pgm encodes a raster as the picture format that the engine reads without any library.
func pgm(r *raster) []byte {
	return append(fmt.Appendf(nil, "P5 %d %d 255\n", r.w, r.h), r.pix...)
}
