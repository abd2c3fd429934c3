package testfiles

import (
	"bytes"
	"compress/flate"
	"io"
	"testing"
)

// TestFlateBomb: the bomb inflates to a GiB, or the tests that use it prove nothing.
func TestFlateBomb(t *testing.T) {
	data := Broken()["flate_bomb.pdf"]
	start := bytes.Index(data, []byte("stream\n")) + len("stream\n")
	end := bytes.Index(data, []byte("\nendstream"))
	n, err := io.Copy(io.Discard, flate.NewReader(bytes.NewReader(data[start+2:end])))
	if want := int64(1<<20/14*14) * 1024; n != want || err != nil {
		t.Errorf("%d bytes (%v), want %d", n, err, want)
	}
	if len(data) > 8<<20 {
		t.Errorf("%d bytes are no small file", len(data))
	}
}
