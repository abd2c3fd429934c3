//go:build cgo && !noocr

package gosseract

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"

	library "github.com/otiai10/gosseract/v2"

	"github.com/countybudget/extract/extract/ocr"
	"github.com/countybudget/extract/extract/ocr/traineddata"
)

// numberLanguage is the language whose model reads numbers best.
const numberLanguage = "eng"

// lineHeight is the height of lines in pixels, that of the networks of both languages: Tesseract scales others to it.
const lineHeight = 36

// engine knows which models to use. Every recognizer loads its own.
type engine struct {
	text, number *traineddata.File
	name         string
	starting     sync.Mutex // the library redirects standard error while it loads a model
}

// Load finds the models for text in a language installed with Tesseract, "" for ocr.DefaultLanguage, and for numbers. It fails
// with ocr.ErrNotBuilt where the program was built without recognition; other errors say what to install.
func Load(language string) (ocr.Engine, error) {
	if language == "" {
		language = ocr.DefaultLanguage
	}
	text, err := traineddata.Open(language)
	if err != nil {
		return nil, err
	}
	number, err := traineddata.Open(numberLanguage)
	if err != nil {
		return nil, err
	}
	return &engine{text: text, number: number, name: fmt.Sprintf("gosseract, tesseract %s models %s, %s", library.Version(), text.Name(), number.Name())}, nil
}

// Name implements ocr.Engine.
func (e *engine) Name() string { return e.name }

// NewRecognizer implements ocr.Engine. Each character set that the recognizer reads takes some 30 MB outside of Go's memory.
func (e *engine) NewRecognizer() ocr.Recognizer {
	return &recognizer{engine: e, clients: map[ocr.Charset]*client{}}
}

// recognizer has a client of the library for each character set that it was asked for.
type recognizer struct {
	engine  *engine
	clients map[ocr.Charset]*client
}

// client is an instance of the library.
type client struct {
	*library.Client
	started bool // it has loaded its model
}

// LineHeight implements ocr.Recognizer.
func (r *recognizer) LineHeight(ocr.Charset) int { return lineHeight }

// Read implements ocr.Recognizer. It proposes one candidate for a line, and asks for no suggestions: the library cannot tell the
// probability of a given text.
func (r *recognizer) Read(ctx context.Context, lines []ocr.Line, charset ocr.Charset, _ ocr.Suggest) ([][]ocr.Candidate, error) {
	for i := range lines {
		if l := &lines[i]; l.Width < 0 || l.Width > longestLine || l.Height != lineHeight || len(l.Pix) != l.Width*l.Height {
			return nil, fmt.Errorf("a line of %d × %d pixels with %d bytes, where lines are %d high and %d wide at most", l.Width, l.Height, len(l.Pix), lineHeight, longestLine)
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
		found, err := r.line(&lines[i], charset)
		if err != nil {
			return nil, fmt.Errorf("gosseract: %w", err)
		}
		out[i] = found
	}
	return out, ctx.Err()
}

// line reads one line.
func (r *recognizer) line(l *ocr.Line, charset ocr.Charset) ([]ocr.Candidate, error) {
	c, err := r.client(charset)
	if err != nil {
		return nil, err
	}
	if err := c.SetImageFromBytes(pgm(l)); err != nil {
		return nil, err
	}
	boxes, err := c.symbols(&r.engine.starting)
	if err != nil {
		return nil, err
	}
	return candidates(boxes, l.Width), nil
}

// symbols finds the characters of the picture that the client has. The first call loads the model, one client at a time.
func (c *client) symbols(starting *sync.Mutex) ([]library.BoundingBox, error) {
	if !c.started {
		starting.Lock()
		defer starting.Unlock()
	}
	boxes, err := c.GetBoundingBoxes(library.RIL_SYMBOL)
	c.started = c.started || err == nil
	return boxes, err
}

// client is the library's client for a character set.
func (r *recognizer) client(charset ocr.Charset) (*client, error) {
	if c := r.clients[charset]; c != nil {
		return c, nil
	}
	file := r.engine.text
	if charset != ocr.AnyText {
		file = r.engine.number
	}
	c := &client{Client: library.NewClient()}
	for _, set := range []func() error{
		func() error { return c.SetTessdataPrefix(filepath.Dir(file.Path)) },
		func() error { return c.SetLanguage(file.Language) },
		func() error { return c.SetWhitelist(string(charset)) },
		func() error { return c.SetPageSegMode(library.PSM_SINGLE_LINE) },
	} {
		if err := set(); err != nil {
			_ = c.Close() // that is the error to tell
			return nil, err
		}
	}
	r.clients[charset] = c
	return c, nil
}

// Close implements ocr.Recognizer.
func (r *recognizer) Close() error {
	for charset, c := range r.clients {
		delete(r.clients, charset)
		if err := c.Close(); err != nil {
			return err
		}
	}
	return nil
}
