package pdf

import (
	"bytes"
	"os"
	"regexp"
	"testing"
)

// The identifier of an encrypted file goes into its key, and the last trailer need not repeat it.
func TestEncryptedWithoutLastID(t *testing.T) {
	for _, name := range []string{"cos/testdata/rc4_40.pdf", "cos/testdata/rc4_128.pdf", "cos/testdata/aes_128.pdf"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		trailer := data[bytes.LastIndex(data, []byte("trailer")):]
		without := regexp.MustCompile(`(?s)/ID\s*\[.*?\]`).ReplaceAll(trailer, nil)
		if len(without) == len(trailer) {
			t.Fatalf("%s has no /ID", name)
		}
		d, err := Open(append(bytes.Clone(data), without...), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := textOf(d.Page(1)); got != "Budget 2024" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}
