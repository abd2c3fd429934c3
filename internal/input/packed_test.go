package input

import (
	"bytes"
	"encoding/base64"
	"io"
	"testing"

	"github.com/ulikunitz/xz"
)

func xzOf(t testing.TB, content string, config xz.WriterConfig) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := config.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func xzTar(w io.Writer) io.WriteCloser { x, _ := xz.NewWriter(w); return x }

// bzip2 has no writer in Go: x.tar with a.pdf (A) and d.txt, b.pdf with a signature, 80 MiB of zeros.
const (
	bzippedTar   = "QlpoOTFBWSZTWY8jQwcAAJl/kMmAAAJAAWWEJAAACGUAXkAEAAAIIAByEqBGJkZMg0egVKKbU9INGTTQG/4vPyqzCBppW8iRnx9rs1DNksumNEhUlJt64NGtUllCTZVsojnNVjJdhY5YgsO+hmN/aH4iDkIxFKDIu5IpwoSEeRoYOA=="
	bzippedPDF   = "QlpoOTFBWSZTWV/CatwAAACfAEIDIIAFAEAAEAAgACIAaeoQAww5agDxdyRThQkF/CatwA=="
	bzippedZeros = "QlpoOTFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZiY9QcwEi9EAA4AAACCAAMMwFKaYSqQjYiVSEeLuSKcKEhKzkrmg="
)

func bzipped(t *testing.T, text string) string {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
