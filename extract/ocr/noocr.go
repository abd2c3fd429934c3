//go:build noocr || !cgo

package ocr

// Models stand in for those that were not built in.
type Models struct{}

// Load fails with ErrNotBuilt.
func Load(string) (*Models, error) { return nil, ErrNotBuilt }

// Name is empty.
func (m *Models) Name() string { return "" }

// NewEngine returns an engine that reads nothing.
func (m *Models) NewEngine() *Engine { return &Engine{} }

// Engine stands in for the engine that was not built.
type Engine struct{}

func (e *Engine) height(bool) int { return 1 }

func (e *Engine) read(lines []picture, _ bool, _ func(int, string) []string) [][]candidate {
	return make([][]candidate, len(lines))
}
