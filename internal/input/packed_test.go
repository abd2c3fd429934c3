package input

import (
	"encoding/base64"
	"io"
	"strings"
	"testing"

	"github.com/ulikunitz/xz"
)

// packed compresses a content.
func packed(pack func(io.Writer) io.WriteCloser, content string) string {
	var b strings.Builder
	w := pack(&b)
	io.WriteString(w, content)
	w.Close()
	return b.String()
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
