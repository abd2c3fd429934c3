package extract

import (
	"sync"

	"github.com/countybudget/extract/extract/model"
	"github.com/countybudget/extract/extract/ocr"
)

// secondEngine is an engine that reads beside the first, or what that leaves in doubt. It is loaded when something is, and what
// happens to it costs its readings only. Its methods may be called concurrently, and where it is nil.
type secondEngine struct {
	load     OCRLoader
	language string
	part     string // in the recognition: witness or doubts

	mu     sync.Mutex // guards what follows
	tried  bool
	engine ocr.Engine
	err    error // the first
}

// newSecond is the engine that load loads for a part of the recognition; nil for nil.
func newSecond(load OCRLoader, language, part string) *secondEngine {
	if load == nil {
		return nil
	}
	return &secondEngine{load: load, language: language, part: part}
}

// recognizer makes a recognizer, for the caller to close.
func (s *secondEngine) recognizer() (ocr.Recognizer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.tried {
		s.tried = true
		s.engine, s.err = s.load(s.language)
	}
	if s.engine == nil {
		return nil, s.err
	}
	return s.engine.NewRecognizer(), nil
}

// note keeps why doubts were not read.
func (s *secondEngine) note(err error) {
	if s == nil || err == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
}

// used adds the engine's name to that of the first, if it was loaded, and tells why it could not read.
func (s *secondEngine) used(name string) (string, []model.Diagnostic) {
	if s == nil {
		return name, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.engine != nil {
		name += "; " + s.part + ": " + s.engine.Name()
	}
	if s.err == nil {
		return name, nil
	}
	return name, []model.Diagnostic{{Severity: model.Info, Code: "ocr_doubt", Message: "what recognition left in doubt was not read a second time: " + s.err.Error()}}
}
