package ocr

import (
	"os"
	"path/filepath"
)

// Folders are where Tesseract's language data lie, those that the environment names first. Nothing else is read.
func Folders() []string {
	var out []string
	if prefix := os.Getenv("TESSDATA_PREFIX"); prefix != "" {
		out = append(out, prefix, filepath.Join(prefix, "tessdata"))
	}
	return append(out, "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
		"/usr/local/share/tessdata", "/opt/homebrew/share/tessdata")
}
