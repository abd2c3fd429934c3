package batch

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

const byteOrderMark = "\uFEFF"

// listNames reads a list of inputs as programs on any system write it: in UTF-8, UTF-16 with a byte order mark, or
// GB18030; lines that end with LF or CRLF, or names that end with NUL.
func listNames(data []byte) ([]string, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil {
			return nil, errors.New("not valid UTF-16")
		}
		data = text
	default:
		data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	}
	end, cut := "\n", "\r"
	if bytes.IndexByte(data, 0) >= 0 {
		end, cut = "\x00", ""
	}
	names := strings.Split(string(data), end)
	decode := !utf8.Valid(data) && isGBText(names)
	kept := names[:0]
	for _, name := range names {
		name = strings.TrimRight(name, cut)
		if strings.TrimSpace(name) == "" {
			continue
		}
		if decode {
			if text, ok := fromGBPath(name); ok {
				name = text
			}
		}
		kept = append(kept, name)
	}
	return kept, nil
}

// isGBText tells a list written in GB18030 of files with UTF-8 names from a list of names whose bytes are GB18030 on the
// disk: by the first name that is there.
func isGBText(names []string) bool {
	for _, name := range names {
		name = strings.TrimRight(name, "\r")
		if utf8.ValidString(name) {
			continue
		}
		if _, err := os.Lstat(name); err == nil {
			return false
		}
		text, ok := fromGBPath(name)
		if !ok {
			return false
		}
		if _, err := os.Lstat(text); err == nil {
			return true
		}
	}
	return false
}
