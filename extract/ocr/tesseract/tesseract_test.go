//go:build !noocr

package tesseract

import (
	"debug/elf"
	"os"
	"runtime"
	"strings"
	"testing"
)

// TestLoadedWhenNeeded: the program starts without the library, which would double the time of a start.
func TestLoadedWhenNeeded(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("not ELF")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f, err := elf.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	names, err := f.ImportedLibraries()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.Contains(name, "tesseract") || strings.Contains(name, "lept") {
			t.Errorf("%s is loaded at the start", name)
		}
	}
}

func TestNotInstalled(t *testing.T) {
	err := open([]string{"libnosuchlibrary.so.1", "libnosuchlibrary.so"})
	if err == nil || !strings.Contains(err.Error(), "is Tesseract installed?") || !strings.Contains(err.Error(), "libnosuchlibrary.so") {
		t.Errorf("a missing library: %v", err)
	}
	if runtime.GOOS == "linux" {
		if err := open([]string{"libc.so.6"}); err == nil || !strings.Contains(err.Error(), "TessVersion") {
			t.Errorf("another library: %v", err)
		}
	}
}

func TestEngine(t *testing.T) {
	e, err := New("eng")
	if err != nil {
		t.Skip("no recognition here: ", err)
	}
	defer e.Close()
	if Version() == "" {
		t.Error("no version")
	}
	if err := e.Set("no_such_variable", "1"); err == nil {
		t.Error("an unknown variable was set")
	}
	if _, err := e.Read(make([]byte, 10), 10, 10, Block); err == nil {
		t.Error("a picture without its pixels was read")
	}
	blank := make([]byte, 64*64)
	for i := range blank {
		blank[i] = 255
	}
	if words, err := e.Read(blank, 64, 64, Block); err != nil || len(words) > 1 {
		t.Errorf("blank paper: %v, %v", words, err)
	}
	if _, err := New("nosuchlanguage"); err == nil {
		t.Error("a language without data was loaded")
	}
}
