//go:build cgo && !noocr

package ppocr

import (
	"fmt"
	"sync"

	ort "github.com/yalue/onnxruntime_go"
)

// runtime is the process's ONNX Runtime. Its library and its environment are global by nature: package onnxruntime_go keeps them
// in variables of its own, which this type guards. Nothing else in the program may use that package.
type runtime struct {
	mu       sync.Mutex
	library  string              // its path; "" before it is loaded
	networks map[string]*network // by the path of the model; they stay loaded
}

// shared is the only runtime.
var shared runtime

// network returns the network of a model, loaded with the library. Of several libraries the first that was loaded serves all.
func (r *runtime) network(library, model string) (*network, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := r.networks[model]; n != nil {
		return n, nil
	}
	if r.library == "" {
		ort.SetSharedLibraryPath(library)
		if err := ort.InitializeEnvironment(ort.WithLogLevelFatal()); err != nil {
			return nil, fmt.Errorf("%s: %w", library, err)
		}
		r.library = library
	}
	n, err := loadNetwork(model)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", model, err)
	}
	if r.networks == nil {
		r.networks = map[string]*network{}
	}
	r.networks[model] = n
	return n, nil
}
