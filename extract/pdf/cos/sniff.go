package cos

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// sniff recognizes what is often found in place of a PDF: other file types under its name.
func sniff(data []byte) error {
	if len(data) == 0 {
		return ErrEmpty
	}
	head := data[:min(len(data), 1024)]
	if bytes.Contains(head, []byte("%PDF-")) || bytes.Contains(head, []byte("%!PS-Adobe-")) && bytes.Contains(data, []byte(" obj")) {
		return nil
	}
	if what := kindOfFile(data); what != "" {
		return fmt.Errorf("%w (%s)", ErrNotPDF, what)
	}
	return ErrNotPDF
}

var magics = []struct{ prefix, what string }{
	{"\xff\xd8\xff", "JPEG"}, {"\x89PNG", "PNG"}, {"GIF8", "GIF"}, {"BM", "BMP"},
	{"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"},
	{"PK\x03\x04", "ZIP, perhaps an Office document"}, {"Rar!", "RAR"}, {"7z\xbc\xaf", "7-Zip"}, {"\x1f\x8b", "gzip"},
	{"\xd0\xcf\x11\xe0", "an old Office document"}, {"{\\rtf", "RTF"}, {"%!PS", "PostScript"}, {"AT&TFORM", "DjVu"},
}

func kindOfFile(data []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.what
		}
	}
	head := data[:min(len(data), 4096)]
	low := bytes.ToLower(head)
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if bytes.Contains(low, []byte(tag)) {
			return "HTML"
		}
	}
	if bytes.HasPrefix(bytes.TrimSpace(low), []byte("<?xml")) {
		return "XML"
	}
	if isText(head) {
		return "text"
	}
	return ""
}

func isText(b []byte) bool {
	for len(b) > utf8.UTFMax {
		r, n := utf8.DecodeRune(b)
		if r < ' ' && !strings.ContainsRune("\t\r\n\f", r) || r == utf8.RuneError && n == 1 && b[0] < 0x81 {
			return false
		}
		b = b[n:]
	}
	return true
}
