//go:build !noocr

// Package tesseract calls Tesseract's library, which is loaded when the first engine is asked for: most documents have no
// scans, and with what the library brings along it is 55 more to load at every start. So neither its headers nor the
// library are needed to build, and a system without it reads everything but scans.
package tesseract

// #cgo linux LDFLAGS: -ldl
// #include <stdlib.h>
// #include "bridge.h"
import "C"

import (
	"errors"
	"fmt"
	"image"
	"runtime"
	"sync"
	"unsafe"
)

// libraries are the names under which systems have the library, the newest first.
func libraries() []string {
	if runtime.GOOS == "darwin" {
		const brew = "/opt/homebrew/lib/"
		return []string{"libtesseract.5.dylib", brew + "libtesseract.5.dylib", "libtesseract.dylib", brew + "libtesseract.dylib"}
	}
	return []string{"libtesseract.so.5", "libtesseract.so.4", "libtesseract.so"}
}

var load = sync.OnceValue(func() error { return open(libraries()) })

// open loads the first of the libraries that there is.
func open(names []string) error {
	list := make([]*C.char, len(names)+1)
	for i, name := range names {
		list[i] = C.CString(name)
		defer C.free(unsafe.Pointer(list[i]))
	}
	block := (**C.char)(C.malloc(C.size_t(len(list)) * C.size_t(unsafe.Sizeof(list[0]))))
	defer C.free(unsafe.Pointer(block))
	copy(unsafe.Slice(block, len(list)), list)
	if missing := C.bridge_open(block); missing != nil {
		return fmt.Errorf("its library cannot be loaded (is Tesseract installed?): %s", C.GoString(missing))
	}
	return nil
}

// Mode is what a picture shows (Tesseract's page segmentation modes).
type Mode int

// The modes that are used.
const (
	Block Mode = 6 // lines of text one below the other
	Line  Mode = 7 // one line
)

// Engine is one engine with the model of one language. It is for one goroutine.
type Engine struct{ api unsafe.Pointer }

// New loads an engine. It fails where the library or the language's model is not installed. Engines must not be loaded at
// the same time.
func New(language string) (*Engine, error) {
	if err := load(); err != nil {
		return nil, err
	}
	e := &Engine{C.bridge_create()}
	name := C.CString(language)
	defer C.free(unsafe.Pointer(name))
	if C.bridge_init(e.api, name) != 0 {
		e.Close()
		return nil, errors.New("it has no data for the language (is it installed?)")
	}
	return e, nil
}

// Version is the library's, empty before an engine was asked for.
func Version() string { return C.GoString(C.bridge_version()) }

// Set sets one of Tesseract's variables.
func (e *Engine) Set(variable, value string) error {
	name, text := C.CString(variable), C.CString(value)
	defer C.free(unsafe.Pointer(name))
	defer C.free(unsafe.Pointer(text))
	if C.bridge_set(e.api, name, text) == 0 {
		return fmt.Errorf("it has no variable %s", variable)
	}
	return nil
}

// Word is a piece of text that was found, with its place in the picture.
type Word struct {
	Text       string
	Box        image.Rectangle
	Confidence float32 // 0 to 100
}

// Read recognizes a gray picture, one byte a pixel, row by row.
func (e *Engine) Read(gray []byte, width, height int, mode Mode) ([]Word, error) {
	if width <= 0 || height <= 0 || len(gray) < width*height {
		return nil, fmt.Errorf("a picture of %d × %d pixels in %d bytes", width, height, len(gray))
	}
	C.bridge_mode(e.api, C.int(mode))
	C.bridge_image(e.api, (*C.uchar)(&gray[0]), C.int(width), C.int(height))
	if C.bridge_recognize(e.api) != 0 {
		return nil, errors.New("it failed")
	}
	words := C.bridge_words(e.api)
	if words == nil {
		return nil, nil
	}
	defer C.bridge_end_words(words)
	var found []Word
	for more := true; more; more = C.bridge_next(words) != 0 {
		var w C.bridge_word
		C.bridge_word_at(words, &w)
		if w.text == nil {
			continue
		}
		found = append(found, Word{
			Text: C.GoString(w.text), Confidence: float32(w.confidence),
			Box: image.Rect(int(w.left), int(w.top), int(w.right), int(w.bottom)),
		})
		C.bridge_free(w.text)
	}
	return found, nil
}

// Close frees the engine.
func (e *Engine) Close() {
	C.bridge_delete(e.api)
	e.api = nil
}
