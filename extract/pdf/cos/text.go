package cos

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// TextString decodes a text string (PDF 32000-1, 7.9.2): UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding, or
// GBK, which Chinese programs write without a mark.
func TextString(s string) string { return CleanText(DecodeText(s)) }

// DecodeText decodes a text string and keeps line ends and other control characters.
func DecodeText(s string) string {
	switch {
	case strings.HasPrefix(s, "\xfe\xff"), strings.HasPrefix(s, "\xff\xfe"):
		t, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().String(s)
		if err == nil {
			return t
		}
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		return s[3:]
	}
	if utf8.ValidString(s) {
		return s
	}
	if t, err := simplifiedchinese.GBK.NewDecoder().String(s); err == nil && !strings.ContainsRune(t, utf8.RuneError) {
		return t
	}
	t, _ := charmap.Windows1252.NewDecoder().String(s)
	return t
}

// CleanText removes control characters and replacement characters.
func CleanText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}
