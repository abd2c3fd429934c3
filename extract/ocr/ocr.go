//go:build !noocr

package ocr

import (
	"errors"
	"fmt"
	"strings"

	"github.com/otiai10/gosseract/v2"
)

// Engine is one Tesseract engine with its languages loaded. Loading takes about 120 ms: keep it. It is for one goroutine.
type Engine struct {
	client *gosseract.Client
}

// New loads an engine. The languages must be installed with Tesseract.
func New(languages ...string) (*Engine, error) {
	if len(languages) == 0 {
		languages = DefaultLanguages
	}
	client := gosseract.NewClient()
	e := &Engine{client}
	for _, err := range []error{
		client.SetLanguage(languages...),
		client.SetVariable("user_defined_dpi", "300"),
		client.SetVariable("debug_file", "/dev/null"),
	} {
		if err != nil {
			return nil, errors.Join(fmt.Errorf("text recognition with %s: %w", strings.Join(languages, "+"), err), client.Close())
		}
	}
	return e, nil
}

// Version is the version of Tesseract.
func Version() string { return gosseract.Version() }

// Text recognizes a picture (PGM, PNG or JPEG). A whitelist restricts the characters; "" allows all.
func (e *Engine) Text(picture []byte, layout Layout, whitelist string) (string, error) {
	mode := gosseract.PSM_SINGLE_BLOCK
	if layout == Line {
		mode = gosseract.PSM_SINGLE_LINE
	}
	for _, step := range []func() error{
		func() error { return e.client.SetPageSegMode(mode) },
		func() error { return e.client.SetWhitelist(whitelist) },
		func() error { return e.client.SetImageFromBytes(picture) },
	} {
		if err := step(); err != nil {
			return "", fmt.Errorf("text recognition: %w", err)
		}
	}
	text, err := e.client.Text()
	if err != nil {
		return "", fmt.Errorf("text recognition: %w", err)
	}
	return strings.TrimSpace(text), nil
}

// Close frees the engine.
func (e *Engine) Close() error { return e.client.Close() }
