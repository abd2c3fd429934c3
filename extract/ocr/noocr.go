//go:build noocr || !cgo

package ocr

import "image"

// Engine stands in for the engine that was not built.
type Engine struct{}

// NewEngine fails with ErrNotBuilt.
func NewEngine(string) (*Engine, error) { return nil, ErrNotBuilt }

// Version is empty.
func Version() string { return "" }

type word struct {
	text       string
	box        image.Rectangle
	confidence float32
}

func (e *Engine) read(*raster, segmentation, bool) ([]word, error) { return nil, ErrNotBuilt }

// Close does nothing.
func (e *Engine) Close() error { return nil }
