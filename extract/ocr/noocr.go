//go:build noocr

package ocr

// Engine stands in for the engine that was not built.
type Engine struct{}

// New fails with ErrNotBuilt.
func New(...string) (*Engine, error) { return nil, ErrNotBuilt }

// Version is empty.
func Version() string { return "" }

// Text fails with ErrNotBuilt.
func (e *Engine) Text([]byte, Layout, string) (string, error) { return "", ErrNotBuilt }

// Close does nothing.
func (e *Engine) Close() error { return nil }
