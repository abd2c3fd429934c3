package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// DefaultMemoryPages is the memory one document may use, in WebAssembly pages of 64 KiB: 384 MiB. It holds the file
// itself, so a file of more than about 300 MB does not fit.
const DefaultMemoryPages = 6144

// Options are the settings of an Engine.
type Options struct {
	// CacheDir is where the compiled module is kept between runs; wazero makes a sub-folder of its own for each of its
	// versions. "" is extract/wazero in the user's cache folder. Without a usable folder every process compiles anew,
	// which takes seconds.
	CacheDir string

	// MaxMemoryPages limits the memory of one document, in pages of 64 KiB; 0 is DefaultMemoryPages.
	MaxMemoryPages uint32
}

// Engine holds the compiled PDFium. It is safe for concurrent use; the documents it opens are not.
type Engine struct {
	opt   Options
	once  sync.Once
	err   error // why the module could not be compiled
	pool  pdfium.Pool
	cache wazero.CompilationCache
}

// New returns an engine. It does no work: the module is compiled, or taken from the cache, when the first document is
// opened.
func New(opt Options) *Engine {
	if opt.MaxMemoryPages == 0 {
		opt.MaxMemoryPages = DefaultMemoryPages
	}
	return &Engine{opt: opt}
}

// Close ends every document of the engine and frees the compiled module.
func (e *Engine) Close() error {
	e.once.Do(func() { e.err = errors.New("pdfium: engine is closed") })
	var errs []error
	if e.pool != nil {
		errs = append(errs, e.pool.Close())
	}
	if e.cache != nil {
		errs = append(errs, e.cache.Close(context.Background()))
	}
	e.pool, e.cache = nil, nil
	return errors.Join(errs...)
}

// compile prepares the module for the first document.
func (e *Engine) compile() {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(e.opt.MaxMemoryPages)
	if e.cache = openCache(e.opt.CacheDir); e.cache != nil {
		config = config.WithCompilationCache(e.cache)
	}
	e.pool, e.err = webassembly.Init(webassembly.Config{
		Context:       withMemory(context.Background()),
		MaxTotal:      -1,                   // as many documents as the caller opens
		FSConfig:      wazero.NewFSConfig(), // the default mounts the root folder
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if e.err != nil {
		e.err = fmt.Errorf("pdfium: compile the module: %w", e.err)
	}
}

// openCache opens the compilation cache, or returns nil without a safe folder: the cache is machine code that will be run,
// so nobody else may be able to write to it.
func openCache(dir string) wazero.CompilationCache {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return nil
		}
		dir = filepath.Join(base, "extract", "wazero")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil
	}
	info, err := os.Stat(dir)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return cache
}
