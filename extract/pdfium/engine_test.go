package pdfium

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// The module must not see the file system: PDFium itself is asked to open a file by its path. A module with the root
// folder mounted, as go-pdfium does by default, opens it, which shows that the question is the right one.
func TestNoFileSystem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.pdf")
	if err := os.WriteFile(path, onePage("", "", ""), 0o600); err != nil {
		t.Fatal(err)
	}
	openPath := func(g *guest) bool {
		p := g.cString(path)
		defer g.free(p)
		return g.ptr("FPDF_LoadDocument", p, 0) != 0
	}

	d := openTest(t, onePage("", "", ""))
	if openPath(d.guest) {
		t.Error("the module opened a file by its path")
	}

	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cache := openCache(""); cache != nil {
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		MaxTotal: 1, FSConfig: wazero.NewFSConfig().WithDirMount("/", "/"), RuntimeConfig: config,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	g, err := newGuest(pool)
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	if !openPath(g) {
		t.Error("the control could not open the file: the test proves nothing")
	}
}

func TestEngineIsLazy(t *testing.T) {
	e := New(Options{})
	if e.pool != nil || e.cache != nil {
		t.Error("New has started something")
	}
	if _, err := e.Open([]byte("no PDF"), ""); !errors.Is(err, ErrNotPDF) || e.pool != nil {
		t.Errorf("a file that is no PDF: %v, and pool %v", err, e.pool)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	if _, err := e.Open(onePage("", "", ""), ""); err == nil {
		t.Error("a closed engine opens files")
	}
}

func TestCacheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "cache")
	cache := openCache(dir)
	if cache == nil {
		t.Fatal("no cache in a new folder")
	}
	cache.Close(t.Context())
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("cache folder: %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if openCache(dir) != nil {
		t.Error("a folder that others can write to is used")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if openCache(file) != nil {
		t.Error("a file is used as a folder")
	}
}

// A document that needs more memory than it may have is an error, and the engine lives on.
func TestMemoryLimit(t *testing.T) {
	e := New(Options{MaxMemoryPages: 320}) // 20 MiB
	defer e.Close()
	big := append(onePage("", "", ""), make([]byte, 24<<20)...)
	if _, err := e.Open(big, ""); err == nil {
		t.Error("a file larger than the memory was opened")
	}
	d, err := e.Open(onePage("", "", "BT /F 20 Tf 50 50 Td (ok) Tj ET"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if p := d.Page(1); p.Err != nil || len(p.Glyphs) != 2 {
		t.Errorf("after it: %v, %d glyphs", p.Err, len(p.Glyphs))
	}
	if _, err := d.Render(1, 1500, nil); err == nil {
		t.Error("an image larger than the memory was drawn")
	}
	if p := d.Page(1); p.Err != nil || len(p.Glyphs) != 2 {
		t.Errorf("after the failed drawing: %v, %d glyphs", p.Err, len(p.Glyphs))
	}
}
